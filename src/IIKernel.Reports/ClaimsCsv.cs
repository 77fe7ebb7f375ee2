using IIKernel.Claims;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports;

/// <summary>
/// claims.csv: one claim a row, then one row for each label that claims share and one for all claims: those hold together.
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
    ];

    /// <summary>The rows, in the order of the file.</summary>
    public static IReadOnlyList<ClaimRow> Rows(ClaimSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return [.. summary.Claims.Select(c => new ClaimRow(c, null)), .. summary.Joint.Select(j => new ClaimRow(null, j))];
    }

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, ClaimSummary summary) => TidyTable.Write(writer, Columns, Rows(summary));
}

/// <summary>A row of <see cref="ClaimsCsv"/>: a claim, or claims together.</summary>
/// <param name="Result">The claim; null for claims together.</param>
/// <param name="Joint">The claims together; null for a claim.</param>
public sealed record ClaimRow(ClaimResult? Result, JointClaims? Joint)
{
    /// <summary>The draws in which it holds.</summary>
    public DrawShare Share => Result?.Share ?? Joint!.Share;
}
