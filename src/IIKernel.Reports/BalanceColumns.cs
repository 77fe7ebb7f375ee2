using IIKernel.Balances;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;

namespace IIKernel.Reports;

/// <summary>Balances, one a row.</summary>
public static class BalanceColumns
{
    /// <summary>The columns, in JSON.</summary>
    public static IReadOnlyList<TidyColumn<BalanceResult>> All { get; } =
    [
        new("name", b => b.Name), new("description", b => b.Description), new("outcome", b => b.Outcome), new("severity", b => b.Severity),
        new("passed", b => b.Passed), new("failed", b => b.Failed), new("worst_item", b => b.WorstItem), new("worst_gap", b => b.WorstGap),
        new("tolerance", b => b.Tolerance), new("note", b => b.Note),
        new("finding", b => b.Warning is { } warning ? Vocabulary.English.Text(warning) : ""),
        new("is_failure", b => b.IsFailure), new("warning", b => b.Warning),
    ];
}
