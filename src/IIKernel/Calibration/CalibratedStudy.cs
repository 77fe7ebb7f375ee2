using IIKernel.Kernels.Search;
using IIKernel.Uncertainty;

namespace IIKernel.Calibration;

/// <summary>What the draws given the targets say about a coefficient; exact within its bounds, but for the draws' number.</summary>
/// <param name="Statistics">Mean, standard deviation, interval of S_k.</param>
/// <param name="Determined">Share of the prior's variance within the bounds that the targets take away.</param>
/// <param name="EffectiveDraws">Number of independent draws that say as much; NaN where the chains have not moved.</param>
/// <param name="Reduction">Split potential scale reduction; NaN where the chains have not moved.</param>
public sealed record CoefficientPosterior(OutputStatistics Statistics, double Determined, double EffectiveDraws, double Reduction);

/// <summary>A calibration with what is uncertain given its targets.</summary>
public sealed record CalibratedStudy
{
    /// <summary>The largest potential scale reduction of draws that can be trusted.</summary>
    public const double MostReduction = 1.1;

    /// <summary>The fewest effective draws that a mean and an interval should rest on.</summary>
    public const double FewestDraws = 100;

    /// <summary>The fit.</summary>
    public required CalibrationResult Fit { get; init; }

    /// <summary>Joint draws of S_k given the targets: N rows of m values.</summary>
    public required IReadOnlyList<double[]> Coefficients { get; init; }

    /// <summary>The coefficients given the targets; m of them.</summary>
    public required IReadOnlyList<CoefficientPosterior> Posterior { get; init; }

    /// <summary>Largest split potential scale reduction over the unknowns; above 1.1, or NaN, the draws are not to be trusted.</summary>
    public required double LargestReduction { get; init; }

    /// <summary>The smallest effective sample size over the unknowns; NaN where chains have not moved.</summary>
    public required double FewestEffectiveDraws { get; init; }

    /// <summary>Every figure but those of sectors, over the draws; the points are those of the fit.</summary>
    public required IReadOnlyList<UncertainEstimate> Estimates { get; init; }

    /// <summary>Targets out of reach, targets that contradict each other or the prior, draws that are not to be trusted.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}
