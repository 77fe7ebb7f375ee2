using System.Text.Json.Serialization;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>What <c>run --json</c> prints: the receipt, every figure and what was asked beside them.</summary>
/// <param name="Run">The receipt, as in run.json.</param>
/// <param name="Growth">The production function and the multipliers T_t, with standard errors.</param>
/// <param name="Sources">The nation's amounts by each source alone, as in sources.csv.</param>
/// <param name="Estimates">The figures, as in estimates.csv.</param>
public sealed record EstimatesJson(
    Receipt Run, GrowthFit Growth, IReadOnlyList<IReadOnlyDictionary<string, object?>> Sources,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Estimates)
{
    /// <summary>As in intervals.csv; left out where it was not asked for, as are the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Intervals { get; private init; }

    /// <summary>As in density.csv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Density { get; private init; }

    /// <summary>As in derived.csv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Derived { get; private init; }

    /// <summary>As in ranks.csv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Ranks { get; private init; }

    /// <summary>As in counts.csv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Counts { get; private init; }

    /// <summary>As in classes.csv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Classes { get; private init; }

    /// <summary>As in bias.csv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Bias { get; private init; }

    /// <summary>The JSON form of a run.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="reply">What was asked beside every figure.</param>
    /// <param name="receipt">Its receipt.</param>
    public static EstimatesJson Of(UncertaintySummary summary, SampleReply reply, Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(reply);
        var (sampling, joint) = (summary.Sampling, reply.Joint);
        return new(
            receipt, GrowthFit.Of(summary.Study, summary.Point.Growth), TidyTable.Objects(SourcesCsv.Columns(summary), summary.SourceTable),
            TidyTable.Objects(EstimatesCsv.Columns(sampling), summary.Estimates))
        {
            Intervals = Table(IntervalsCsv.Columns(sampling), IntervalsCsv.Rows(summary)),
            Density = Table(DensityCsv.Columns, DensityCsv.Rows(reply.Densities, sampling.Draws)),
            Derived = Table(DerivedCsv.Columns(sampling), reply.Derived),
            Ranks = Table(RanksCsv.Columns, RanksCsv.Rows(joint)),
            Counts = Table(CountsCsv.Columns, CountsCsv.Rows(joint)),
            Classes = Table(ClassesCsv.Columns, ClassesCsv.Rows(joint)),
            Bias = Table(BiasCsv.Columns, summary.Bias),
        };
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, object?>>? Table<T>(
        IReadOnlyList<TidyColumn<T>> columns, IEnumerable<T> rows) =>
        TidyTable.Objects(columns, rows) is { Count: > 0 } table ? table : null;
}
