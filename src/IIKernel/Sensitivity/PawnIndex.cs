using IIKernel.Kernels.Lanes;

namespace IIKernel.Sensitivity;

/// <summary>What knowing an input's range does to the whole distribution of an output.</summary>
/// <param name="Median">Median over the ranges of the input.</param>
/// <param name="Largest">Largest over the ranges.</param>
/// <param name="IsToldFromZero">Whether the largest is more than chance brings.</param>
public readonly record struct PawnEstimate(double Median, double Largest, bool IsToldFromZero);

/// <summary>
/// The PAWN index from any sample (Pianosi and Wagener 2018): the input's values are cut into ranges of as many draws each, and of each
/// range the Kolmogorov–Smirnov distance between the output's distribution there and over all draws is taken. Inputs may depend on each
/// other. Distances are above 0 by chance; the largest of n is told from zero where it passes the critical value of level 5 %/n,
/// √(−½ ln(α/2n))·√((N − N_c)/(N·N_c)) for a range of N_c of N draws.
/// </summary>
public static class PawnIndex
{
    /// <summary>The usual number of ranges.</summary>
    public const int UsualRanges = 10;

    private const double Significance = 0.05;

    /// <summary>The index of one input.</summary>
    /// <param name="order">The draws by ascending output: <see cref="OrderOf"/> of the outputs.</param>
    /// <param name="outputs">The output; N.</param>
    /// <param name="ranges">The range of each draw: <see cref="RangesOf"/> of the input's values.</param>
    /// <param name="count">Number of ranges.</param>
    public static PawnEstimate Of(int[] order, ReadOnlySpan<double> outputs, int[] ranges, int count)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(ranges);
        var sizes = new int[count];
        foreach (var range in ranges) sizes[range]++;
        var (seen, largest) = (new int[count], new double[count]);
        double n = order.Length;
        for (int from = 0, to; from < order.Length; from = to)
        {
            // A distance is largest just before or just after a step of the range's own distribution; equal outputs are one step.
            for (to = from; to < order.Length && outputs[order[to]] == outputs[order[from]]; to++) Take(ranges[order[to]], from);
            for (var i = from; i < to; i++) seen[ranges[order[i]]]++;
            for (var i = from; i < to; i++) Take(ranges[order[i]], to);
        }

        var told = Enumerable.Range(0, count).Any(r => sizes[r] > 0 && largest[r] > Critical(n, sizes[r], count));
        double[] distances = [.. Enumerable.Range(0, count).Where(r => sizes[r] > 0).Select(r => largest[r]).Order()];
        var middle = distances.Length / 2;
        var median = distances.Length % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
        return new(median, distances[^1], told);

        void Take(int range, int all) => largest[range] = Math.Max(largest[range], Math.Abs((double)seen[range] / sizes[range] - all / n));
    }

    /// <summary>The draws by ascending value.</summary>
    public static int[] OrderOf(ReadOnlySpan<double> values)
    {
        var keys = values.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The range of each draw of an input, from 0: ranges of as many draws each, where equal values share one.</summary>
    public static int[] RangesOf(ReadOnlySpan<double> values, int count)
    {
        var order = OrderOf(values);
        var ranges = new int[order.Length];
        for (int i = 0, first = 0; i < order.Length; i++)
        {
            if (values[order[i]] != values[order[first]]) first = i;
            ranges[order[i]] = (int)((long)first * count / order.Length);
        }

        return ranges;
    }

    private static double Critical(double n, double own, int count) =>
        Math.Sqrt(-ScalarMath.Log(Significance / (2.0 * count)) / 2) * Math.Sqrt((n - own) / (n * own));
}
