using System.Globalization;
using IIKernel.Balances;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>check</c> shows: the size of a study, and its balances.</summary>
public static class CheckReport
{
    /// <summary>The size of a study and its balances.</summary>
    /// <param name="study">The study.</param>
    /// <param name="claims">Its claims, which have been read; null where it names none.</param>
    /// <param name="balances">Its balances.</param>
    /// <param name="warnings">What is to be warned of.</param>
    public static Report Of(Study study, ClaimList? claims, IReadOnlyList<BalanceResult> balances, IReadOnlyList<Warning> warnings)
    {
        var report = new Report();
        report.Title(study.Name, null);
        report.Line(claims is null ? Size(study) : List([Size(study), Counted.Claims(claims.Claims.Count)]));
        foreach (var b in balances)
        {
            var (word, emphasis) = (b.Outcome, b.Severity) switch
            {
                (BalanceOutcome.Passed, _) => (Say($"passed"), Emphasis.Good),
                (BalanceOutcome.NotApplicable, _) => (Say($"not applicable"), Emphasis.Faint),
                (_, BalanceSeverity.Vintage) => (Say($"remark"), Emphasis.Faint),
                (_, BalanceSeverity.Magnitude) => (Say($"WARNING"), Emphasis.Warning),
                _ => (Say($"FAILED"), Emphasis.Bad),
            };
            var count = b.Outcome == BalanceOutcome.NotApplicable ? "" : Say($"{b.Passed} of {b.Passed + b.Failed}");
            report.Line(new ReportSpan(TextWidth.Padded(word, 14), emphasis), $" {b.Name,-26} {count}");
            // What a magnitude finds stands among the warnings.
            var apart = b.Severity == BalanceSeverity.Magnitude ? ""
                : Say($", {(b.WorstGap < 0 ? "−" : "+")}{Percent(b.WorstGap)} apart; up to {Percent(b.Tolerance)} is allowed");
            if (b.Failed > 0) report.Line(Say($"    {Description(b)} Worst: {b.WorstItem}{apart}."));
            if (b.Note.Length > 0) report.Line(new ReportSpan($"    {b.Note}", Emphasis.Faint));
        }

        report.Warnings(warnings);
        return report;
    }

    private static string Size(Study study)
    {
        var sectors = Counted.Sectors(study.Table.Sectors.Count);
        if (study.Missing.Count > 0)
        {
            return Say($"valid: {sectors}, {study.BaseYear}, {study.Unit.Text}; for linkages, aggregate and split alone: "
                + $"the study has no {List(study.Missing)}");
        }

        return List(
        [
            Say($"valid: {sectors}, {study.Coefficients.Count} of them related"), Counted.Categories(study.Categories.Categories.Count),
            Counted.Groups(study.Groups.Count), .. study.RegionSets.Select(s => Say($"{s.Regions.Count} {Scope(s.Name)}")),
            $"{study.BaseYear}–{study.Years[^1]}", study.Unit.Text,
        ]);
    }

    private static string Description(BalanceResult balance) => IsChinese
        && Names.Of(Language.Chinese).TryGetValue($"balance:{balance.Name.Split(':')[0]}", out var words)
            ? words + "。" : balance.Description;

    // The size of a share in percent with three significant digits, however small: "40 %", "0.0001 %".
    private static string Percent(double share)
    {
        var size = 100 * Math.Abs(share);
        var digits = size > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 15) : 0;
        return size.ToString("#,0." + new string('#', digits), CultureInfo.InvariantCulture) + " %";
    }
}
