using System.Globalization;
using IIKernel.Gauge;
using IIKernel.Reports.Tables;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>gauge</c> shows: known answers and how they were met.</summary>
public static class GaugeReport
{
    /// <summary>A summary, and the values that are not simply met.</summary>
    /// <param name="results">The values.</param>
    /// <param name="all">Whether every value is shown.</param>
    public static Report Of(IReadOnlyList<GaugeResult> results, bool all)
    {
        var report = new Report();
        var titles = GaugeData.Sets.ToDictionary(s => s.Name, s => s.Title);
        var table = new ReportTable(Say($"Known answers"),
        [
            Titled.Text($"set"), Titled.Text($"about", 1), Titled.Text($"backend"),
            .. Enum.GetValues<GaugeOutcome>().Select(outcome => ReportColumn.Number(Word(outcome).Text)),
        ]);
        foreach (var group in results.GroupBy(r => (r.Set, r.Backend)))
            table.Add([group.Key.Set, titles[group.Key.Set], group.Key.Backend, .. Counts(group).Select(c => new ReportCell(c))]);
        report.Add(table);
        foreach (var r in results.Where(r => all || r.Outcome != GaugeOutcome.Pass))
        {
            var tolerance = r.Tolerance.ToString("0.0e-0", CultureInfo.InvariantCulture);
            report.Line(Word(r.Outcome), Say($" {r.Set}, {r.Item} ({r.Backend}): {Printed(r.Value)}, reference {Printed(r.Reference)}, "
                + $"tolerance {tolerance}. {r.Source.TrimEnd('.')}{(r.Note is null ? "" : $". {r.Note}")}"));
        }

        var counts = Counts(results);
        report.Line(Say($"{results.Count} values: {counts[0]} PASS, {counts[1]} NOTE, {counts[2]} DIFF"));
        return report;
    }

    private static ReportSpan Word(GaugeOutcome outcome) => outcome switch
    {
        GaugeOutcome.Pass => new("PASS", Emphasis.Good),
        GaugeOutcome.Note => new("NOTE", Emphasis.Warning),
        _ => new("DIFF", Emphasis.Bad),
    };

    private static string Printed(double value) => Wording.Minus(value.ToString("R", CultureInfo.InvariantCulture));

    private static int[] Counts(IEnumerable<GaugeResult> results)
    {
        var list = results.ToArray();
        return [.. Enum.GetValues<GaugeOutcome>().Select(o => list.Count(r => r.Outcome == o))];
    }
}
