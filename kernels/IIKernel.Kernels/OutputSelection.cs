using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>Which outputs are wanted, where each goes, and how much of the program that needs.</summary>
internal sealed class OutputSelection
{
    /// <summary>Selects <paramref name="outputs"/>, indices of <see cref="OutputMap"/>, of a plan.</summary>
    /// <exception cref="ArgumentException">An output is asked for twice.</exception>
    public OutputSelection(SamplePlan plan, ReadOnlySpan<int> outputs)
    {
        var map = plan.Outputs;
        Count = outputs.Length;
        Rows = new int[map.Count];
        Array.Fill(Rows, Count);
        var firstSector = map.Sector(0, 0);
        var firstBase = map.BaseCategory(0, 0);
        var perYear = map.Index(1, 0, 0);
        for (var i = 0; i < outputs.Length; i++)
        {
            var output = outputs[i];
            if (Rows[output] < Count) throw new ArgumentException($"Output {output} is asked for twice.", nameof(outputs));
            Rows[output] = i;
            if (output >= firstBase) continue;
            if (output >= firstSector) Sectors = 1;
            else Years = Math.Max(Years, output / perYear + 1);
        }
    }

    /// <summary>Number of selected outputs.</summary>
    public int Count { get; }

    /// <summary>The row of each output; <see cref="Count"/>, a row behind the last, for what is not wanted.</summary>
    public int[] Rows { get; }

    /// <summary>How many years the program must write.</summary>
    public int Years { get; }

    /// <summary>1 where sectors are wanted, else 0.</summary>
    public int Sectors { get; }
}
