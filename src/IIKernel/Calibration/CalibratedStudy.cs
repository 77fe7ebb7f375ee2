using IIKernel.Uncertainty;

namespace IIKernel.Calibration;

/// <summary>A calibration with what is uncertain given its targets.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Coefficients">Joint draws of S_k given the targets: N rows of m values.</param>
/// <param name="Acceptance">Share of the random walk's proposals that were accepted.</param>
/// <param name="LargestReduction">Largest potential scale reduction over the unknowns; above 1.1 the draws are not to be trusted.</param>
/// <param name="Estimates">Every figure but those of sectors, over the draws; the points are those of the fit.</param>
public sealed record CalibratedStudy(
    CalibrationResult Fit, IReadOnlyList<double[]> Coefficients, double Acceptance, double LargestReduction, IReadOnlyList<UncertainEstimate> Estimates)
{
    /// <summary>The largest potential scale reduction of draws that can be trusted.</summary>
    public const double MostReduction = 1.1;
}
