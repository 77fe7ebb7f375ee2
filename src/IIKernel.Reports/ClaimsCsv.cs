using IIKernel.Claims;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports;

/// <summary>
/// claims.csv: one claim a row, then one row for each label that claims share and one for all claims: those hold together. A margin that is
/// empty is larger than <see cref="ClaimMargins.MostScale"/>, and an input that is empty is not there within the range that is searched.
/// </summary>
public static class ClaimsCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "claims.csv";

    /// <summary>The columns, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<ClaimRow>> Columns { get; } =
    [
        new("kind", r => r.Result is not null ? "claim" : r.Joint!.Group.Length > 0 ? "group" : "all"),
        new("id", r => r.Result?.Claim.Id ?? r.Joint!.Group),
        new("text", r => r.Result?.Claim.Text),
        new("text_en", r => r.Result?.Claim.TextEnglish),
        new("group", r => r.Result?.Claim.Group),
        new("claims", r => r.Joint?.Claims),
        new("at_point", r => r.Result is { } claim ? EstimatesCsv.Word(claim.AtPoint) : r.Joint!.HoldsAtPoint ? "holds" : "fails"),
        new("probability", r => r.Share.Probability),
        new("se", r => r.Share.StandardError),
        new("held", r => r.Share.Held),
        new("undefined", r => r.Result?.Undefined),
        new("draws", r => r.Share.Draws),
        new("margin", r => r.Margin?.Scale),
        new("nearest_input", r => r.Margin?.Nearest?.Input.Name),
        new("nearest_value", r => r.Margin?.Nearest?.Value),
        new("nearest_move", r => r.Margin?.Nearest?.Move),
    ];

    /// <summary>The rows, in the order of the file.</summary>
    /// <param name="summary">The claims.</param>
    /// <param name="margins">The margin of each.</param>
    public static IReadOnlyList<ClaimRow> Rows(ClaimSummary summary, IReadOnlyList<ClaimMargin> margins)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return
        [
            .. summary.Claims.Zip(margins, (claim, margin) => new ClaimRow(claim, margin, null)),
            .. summary.Joint.Select(joint => new ClaimRow(null, null, joint)),
        ];
    }
}

/// <summary>A row of <see cref="ClaimsCsv"/>: a claim, or claims together.</summary>
/// <param name="Result">The claim; null for claims together.</param>
/// <param name="Margin">Its margin; null likewise.</param>
/// <param name="Joint">The claims together; null for a claim.</param>
public sealed record ClaimRow(ClaimResult? Result, ClaimMargin? Margin, JointClaims? Joint)
{
    /// <summary>The draws in which it holds.</summary>
    public DrawShare Share => Result?.Share ?? Joint!.Share;
}
