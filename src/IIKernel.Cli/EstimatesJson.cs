using IIKernel.Reports;
using IIKernel.Uncertainty;

namespace IIKernel.Cli;

/// <summary>What <c>run --json</c> prints: the receipt and every figure.</summary>
/// <param name="Run">The receipt, as in run.json.</param>
/// <param name="Estimates">The figures, as in estimates.csv.</param>
public sealed record EstimatesJson(RunReceipt Run, IReadOnlyList<UncertainEstimate> Estimates)
{
    /// <summary>The JSON form of <paramref name="summary"/>.</summary>
    public static EstimatesJson Of(UncertaintySummary summary) => new(RunReceipt.Of(summary, []), summary.Estimates);
}
