using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>What <c>run --json</c> prints: the receipt and every figure.</summary>
/// <param name="Run">The receipt, as in run.json.</param>
/// <param name="Growth">The production function and the multipliers T_t, with standard errors.</param>
/// <param name="Sources">The nation's amounts by each source alone, as in sources.csv.</param>
/// <param name="Estimates">The figures, as in estimates.csv.</param>
public sealed record EstimatesJson(
    Receipt Run, GrowthFit Growth, IReadOnlyList<IReadOnlyDictionary<string, object?>> Sources,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Estimates)
{
    /// <summary>The JSON form of <paramref name="summary"/>.</summary>
    public static EstimatesJson Of(UncertaintySummary summary, Receipt receipt) => new(
        receipt, GrowthFit.Of(summary.Study, summary.Point.Growth), TidyTable.Objects(SourcesCsv.Columns(summary), summary.SourceTable),
        TidyTable.Objects(EstimatesCsv.Columns(summary.Sampling), summary.Estimates));
}
