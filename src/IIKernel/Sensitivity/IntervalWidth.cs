using IIKernel.Kernels.Search;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>Width of a figure's coverage interval, from all draws and from those of each replicate.</summary>
/// <param name="All">Of all draws.</param>
/// <param name="Replicates">Of the draws i with i mod R = r; R.</param>
internal sealed record IntervalWidth(double All, double[] Replicates)
{
    /// <summary>What this width is of another's, with an interval.</summary>
    public IndexEstimate Over(IntervalWidth other, ReplicateInterval interval) => IndexEstimate.OfSquares(
        All / other.All, interval.HalfWidth([.. Replicates.Zip(other.Replicates, (own, of) => own / of)]));
}

/// <summary>Takes the widths of intervals in samples of one size.</summary>
/// <param name="draws">N.</param>
/// <param name="replicates">R, which divides N.</param>
/// <param name="level">Coverage probability.</param>
internal sealed class WidthOfSample(int draws, int replicates, double level)
{
    private readonly QuantileRanks _all = CoverageRanks.For(draws, level);
    private readonly QuantileRanks _own = CoverageRanks.For(draws / replicates, level);

    /// <summary>The width of a figure, in draw order.</summary>
    public IntervalWidth Of(double[] values)
    {
        var own = new double[replicates];
        var part = new double[draws / replicates];
        for (var r = 0; r < replicates; r++)
        {
            for (var i = 0; i < part.Length; i++) part[i] = values[i * replicates + r];
            own[r] = Between(part, _own);
        }

        return new(All(values), own);
    }

    /// <summary>The width of all draws alone.</summary>
    public double All(double[] values) => Between([.. values], _all);

    // Between the order statistics of JCGM 101:2008, 7.7; sorts the values.
    private static double Between(double[] values, QuantileRanks ranks)
    {
        Array.Sort(values);
        return ranks.HasInterval ? values[ranks.Upper - 1] - values[ranks.Lower - 1] : double.NaN;
    }
}
