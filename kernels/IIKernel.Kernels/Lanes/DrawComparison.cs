using System.Numerics;
using System.Runtime.InteropServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>Counts, draw by draw, how often values of the same draw are greater. What is no number is greater than nothing.</summary>
public static class DrawComparison
{
    /// <summary>Adds 1 to the count of each draw whose value is greater than another of its own.</summary>
    /// <param name="values">The values, in draw order.</param>
    /// <param name="than">What each is compared with; as many.</param>
    /// <param name="counts">A count for each draw.</param>
    public static void AddGreater(ReadOnlySpan<double> values, ReadOnlySpan<double> than, Span<long> counts)
    {
        Require(values.Length, than.Length, counts.Length);
        var x = MemoryMarshal.Cast<double, Vector<double>>(values);
        var y = MemoryMarshal.Cast<double, Vector<double>>(than);
        var sums = MemoryMarshal.Cast<long, Vector<long>>(counts);
        // What holds is −1 in every lane.
        for (var i = 0; i < sums.Length; i++) sums[i] -= Vector.GreaterThan(x[i], y[i]);
        for (var d = sums.Length * Vector<double>.Count; d < counts.Length; d++)
            if (values[d] > than[d]) counts[d]++;
    }

    /// <summary>Adds 1 to the count of each draw whose value is greater than a number.</summary>
    /// <param name="values">The values, in draw order.</param>
    /// <param name="than">The number.</param>
    /// <param name="counts">A count for each draw.</param>
    /// <returns>In how many draws it is.</returns>
    public static int AddGreater(ReadOnlySpan<double> values, double than, Span<long> counts)
    {
        Require(values.Length, values.Length, counts.Length);
        var x = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sums = MemoryMarshal.Cast<long, Vector<long>>(counts);
        var (y, all) = (new Vector<double>(than), Vector<long>.Zero);
        for (var i = 0; i < sums.Length; i++)
        {
            var greater = Vector.GreaterThan(x[i], y);
            sums[i] -= greater;
            all -= greater;
        }

        var total = (int)Vector.Sum(all);
        for (var d = sums.Length * Vector<double>.Count; d < counts.Length; d++)
        {
            if (!(values[d] > than)) continue;
            counts[d]++;
            total++;
        }

        return total;
    }

    private static void Require(int values, int than, int counts)
    {
        if (values != counts || than != counts) throw new ArgumentException("Not one value for each count.");
    }
}
