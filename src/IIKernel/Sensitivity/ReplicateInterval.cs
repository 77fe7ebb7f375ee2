using IIKernel.Inputs;
using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>
/// Intervals from R independent replicates of an estimate, by Student's t with R − 1 degrees of freedom. Draw i belongs to replicate
/// i mod R. It holds for pseudo-random draws, of which the replicates are batches, and for Sobol' points, of which each replicate is a
/// sequence scrambled on its own; resampling single draws, as a bootstrap does, takes them to be independent, which Sobol' points are not.
/// </summary>
public sealed class ReplicateInterval
{
    private readonly double _quantile;

    /// <summary>Intervals of so many replicates.</summary>
    /// <param name="replicates">R; with 1 there are no intervals.</param>
    /// <param name="level">Coverage probability.</param>
    public ReplicateInterval(int replicates, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        Replicates = replicates;
        _quantile = double.NaN;
        if (replicates == 1) return;
        var inputs = new MarginalCompiler(new FittedTables());
        inputs.Add("t", new StudentMarginal(replicates - 1), 0);
        _quantile = MarginalDistribution.Quantile(inputs.Build(), 0, (1 + level) / 2);
    }

    /// <summary>R.</summary>
    public int Replicates { get; }

    /// <summary>Half the width of the interval of the estimate of all draws; NaN where there is one replicate.</summary>
    /// <param name="estimates">The replicates' estimates; R.</param>
    public double HalfWidth(ReadOnlySpan<double> estimates) => _quantile * StudyProgram.ReplicateError(estimates);
}
