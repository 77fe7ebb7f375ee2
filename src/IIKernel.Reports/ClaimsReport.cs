using System.Globalization;
using IIKernel.Claims;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>claims</c> shows: how each claim stands at the point, and in how many draws it holds.</summary>
public static class ClaimsReport
{
    /// <summary>A table of the claims, one of those that hold together, and one of what would turn each.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sampling">How it was drawn.</param>
    /// <param name="file">The file of claims.</param>
    /// <param name="summary">What the draws say.</param>
    /// <param name="margins">The margin of each claim.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    /// <param name="kept">The file of kept draws that were read in the place of drawing; null where there is none.</param>
    public static Report Of(Study study, SamplingOptions sampling, string file, ClaimSummary summary,
        IReadOnlyList<ClaimMargin> margins, string elsewhere, string? kept = null)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(sampling);
        var report = new Report();
        report.Title(study.Name, study.Note);
        var (claims, draws) = (Counted.Claims(summary.Claims.Count), Headings.Draws(sampling));
        report.Add(Claims(kept is null ? Say($"{claims} of {file}, {draws}, seed {sampling.Seed}")
            : Say($"{claims} of {file}, {draws} kept in {kept}"), summary, elsewhere));
        report.Add(Joint(summary, elsewhere));
        report.Add(Margins(summary, margins, elsewhere));
        report.Line("");
        report.Line(Say($"probability: the share of the draws in which the claim holds, ± its Monte Carlo standard error"));
        // With probability 95 % an event that shows in none of N draws has a probability below 3/N.
        if (summary.Claims.Any(c => c.Share.Held == 0 || c.Share.Held == sampling.Draws))
        {
            report.Line(Say(
                $"0, 100: in none of the draws, or in all; up to {Wording.Significant(300.0 / sampling.Draws, 1)} % may show so"));
        }

        report.Line(Say($"margin: the scale of all spreads at which the verdict at the point holds in no more than half of "
            + $"{Counted.Draws(ClaimMargins.Draws)}"));
        report.Line(Say($"move: how far the nearest input lies from its point where it alone turns the verdict, in normal scores, up to "
            + $"{ClaimMargins.MostScore}"));
        report.Line(Say($"rank: 1 plus the number of greater figures, so that equal figures share the better rank"));
        var undefined = summary.Claims.Count(c => c.Undefined > 0);
        if (undefined > 0)
            report.Line(Say($"{Counted.Claims(undefined)} read figures that are no number in some draws and do not hold in them."));
        return report;
    }

    private static ReportTable Claims(string title, ClaimSummary summary, string elsewhere)
    {
        var table = new ReportTable(title,
        [
            Titled.Text($"id"), Titled.Text($"claim"), Titled.Text($"at the point"),
            Titled.Number($"probability", 0, "%"), Titled.Number($"±"),
        ])
        { Elsewhere = elsewhere };
        foreach (var c in summary.Claims)
            table.Add(c.Claim.Id, Text(c.Claim), VerdictText(c.AtPoint), Probability(c.Share), Error(c.Share));
        return table;
    }

    private static ReportTable Joint(ClaimSummary summary, string elsewhere)
    {
        var table = new ReportTable(Say($"All of them together"),
        [
            Titled.Text($"claims"), Titled.Number($"number", 1), Titled.Text($"at the point"),
            Titled.Number($"probability", 0, "%"), Titled.Number($"±"),
        ])
        { Elsewhere = elsewhere };
        foreach (var j in summary.Joint)
        {
            table.Add(j.Group.Length > 0 ? j.Group : Say($"all"), new(j.Claims),
                VerdictText(j.HoldsAtPoint ? ClaimVerdict.Holds : ClaimVerdict.Fails), Probability(j.Share), Error(j.Share));
        }

        return table;
    }

    private static ReportTable Margins(ClaimSummary summary, IReadOnlyList<ClaimMargin> margins, string elsewhere)
    {
        var table = new ReportTable(Say($"What would turn each verdict"),
        [
            Titled.Text($"id"), Titled.Text($"at the point", 2), Titled.Number($"margin"),
            Titled.Text($"nearest input"), Titled.Number($"its value", 1), Titled.Number($"move"),
        ])
        { Elsewhere = elsewhere };
        foreach (var (c, margin) in summary.Claims.Zip(margins))
        {
            table.Add(c.Claim.Id, VerdictText(c.AtPoint), new(margin.Scale, Scale(margin.Scale)),
                margin.Nearest is { } input ? input.Input.Name : Say($"none alone"),
                margin.Nearest is { } value ? ReportCell.Point(value.Value) : "",
                margin.Nearest is { } move ? ReportCell.Fixed(move.Move, 2) : "");
        }

        return table;
    }

    private static string Scale(double scale) => double.IsPositiveInfinity(scale) ? $"> {ClaimMargins.MostScale}"
        : scale <= ClaimMargins.LeastScale ? "< " + Wording.Significant(ClaimMargins.LeastScale, 1)
        : Wording.Significant(scale, 2);

    private static string Text(Claim claim) =>
        !IsChinese && claim.TextEnglish.Length > 0 ? claim.TextEnglish : claim.Text;

    private static string VerdictText(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => Say($"holds"),
        ClaimVerdict.Fails => Say($"fails"),
        _ => Say($"undefined"),
    };

    // In percent, to the place of the error's first digit; what never or always holds needs none.
    private static ReportCell Probability(DrawShare share) => share.StandardError > 0
        ? ReportCell.Statistic(100 * share.Probability, 100 * share.StandardError)
        : new(100 * share.Probability, (100 * share.Probability).ToString("0", CultureInfo.InvariantCulture));

    private static ReportCell Error(DrawShare share) =>
        new(100 * share.StandardError, Wording.Significant(100 * share.StandardError, 1));
}
