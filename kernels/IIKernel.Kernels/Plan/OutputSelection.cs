using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Plan;

/// <summary>What a program may leave out when nobody asks for it.</summary>
public static class OutputDetail
{
    /// <summary>The regional rows of every year.</summary>
    public const int Rows = 1;

    /// <summary>The sectors of the base year.</summary>
    public const int Sectors = 2;

    /// <summary>Everything.</summary>
    public const int All = Rows | Sectors;
}

/// <summary>Which outputs are wanted, where each goes, and how much of the program that needs.</summary>
public sealed class OutputSelection
{
    /// <summary>Selects outputs of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputs">Indices of <see cref="OutputMap"/>.</param>
    /// <exception cref="ArgumentException">An output is asked for twice.</exception>
    public OutputSelection(SamplePlan plan, ReadOnlySpan<int> outputs)
    {
        var map = plan.Outputs;
        Count = outputs.Length;
        Rows = new int[map.Count];
        Array.Fill(Rows, Count);
        FirstYear = plan.YearCount;
        for (var i = 0; i < outputs.Length; i++)
        {
            var output = outputs[i];
            if (Rows[output] < Count) throw new ArgumentException($"Output {output} is asked for twice.", nameof(outputs));
            Rows[output] = i;
            Need(plan, map, output);
        }

        // Growth needs the year before.
        FirstYear = Math.Max(0, Math.Min(FirstYear, Years) - 1);
    }

    /// <summary>Number of selected outputs.</summary>
    public int Count { get; }

    /// <summary>
    /// The row of each output of the map, in the asked order; <see cref="Count"/> for one that is not wanted.
    /// </summary>
    public int[] Rows { get; }

    /// <summary>The first year to evaluate; 0 for the base year.</summary>
    public int FirstYear { get; private set; }

    /// <summary>The year before which the evaluation ends; 0 where no year is needed.</summary>
    public int Years { get; private set; }

    /// <summary>Sum of <see cref="OutputDetail"/>.</summary>
    public int Detail { get; private set; }

    /// <summary>Which of the outputs first … first + count − 1 are selected, a bit for each, the first one's lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Wanted(int first, int count)
    {
        var wanted = 0;
        for (var i = 0; i < count; i++) wanted |= Rows[first + i] < Count ? 1 << i : 0;
        return wanted;
    }

    private void Need(SamplePlan plan, OutputMap map, int output)
    {
        if (output == map.Bounded)
        {
            // Any extrapolated figure may be bounded: it takes them all to know.
            FirstYear = 0;
            Years = plan.YearCount;
            Detail |= OutputDetail.Rows;
        }
        else if (output < map.Sector(0, 0))
        {
            var perYear = map.Index(1, 0, 0);
            FirstYear = Math.Min(FirstYear, output / perYear);
            Years = Math.Max(Years, output / perYear + 1);
            if (output % perYear >= map.Index(0, map.Row(0), 0)) Detail |= OutputDetail.Rows;
        }
        else if (output < map.BaseCategory(0, 0))
        {
            Detail |= OutputDetail.Sectors;
        }
    }
}
