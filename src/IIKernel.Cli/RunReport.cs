using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>What <c>run</c> prints: the headline figures with their intervals, and what to know about them.</summary>
public static class RunReport
{
    private const int Regions = 10;
    private const int Categories = 9;

    /// <summary>Prints what is drawn, which is known before anything is.</summary>
    public static void PrintHead(IAnsiConsole console, Study study)
    {
        console.MarkupLineInterpolated($"[bold]{study.Name}[/]");
        if (study.Note is not null) console.MarkupLineInterpolated($"[yellow]{study.Note}[/]");
    }

    /// <summary>Prints the report of <paramref name="summary"/>, which follows the head.</summary>
    public static void Print(IAnsiConsole console, UncertaintySummary summary)
    {
        var study = summary.Study;
        var lastYear = study.Years[^1];
        console.MarkupLineInterpolated($"{Wording.Count(summary.Sampling.Draws, "draw")}, seed {summary.Sampling.Seed}, {summary.Backend.Name} ({summary.Backend.Device}); {summary.PreparationTime.TotalSeconds:0.00} s preparation, {summary.SamplingTime.TotalSeconds:0.00} s sampling");
        console.MarkupLineInterpolated($"all-at-point draw against the explicit inverse: relative distance {summary.PointDistance:0.0e-0}");

        PrintNation(console, summary);
        PrintLargest(console, summary, "category", Categories, $"Largest {Categories} categories, {lastYear}");
        if (study.RegionSets.Count > 0)
        {
            var set = study.RegionSets[0].Name;
            PrintLargest(console, summary, set, Regions, $"Largest {Regions} of {set}, {lastYear}");
        }

        PrintSources(console, summary);
        TextReport.PrintWarnings(console, summary.Warnings);
    }

    /// <summary>Prints which files were written.</summary>
    public static void PrintFiles(IAnsiConsole console, IReadOnlyList<string> files)
    {
        if (files.Count == 0) console.WriteLine("No files were written; --out DIR writes every figure.");
        foreach (var file in files) console.WriteLine($"written: {file}");
    }

    private static void PrintNation(IAnsiConsole console, UncertaintySummary summary)
    {
        // A figure may have been forecast and then published: what was published counts.
        var published = summary.Study.Published.Where(f => f.Scope == "nation").GroupBy(f => (f.Year, f.Component))
            .ToDictionary(g => g.Key, g => (g.FirstOrDefault(f => f.Kind == "published") ?? g.First()).Value);
        var table = NewTable($"Nation, value added of the industrial internet, {summary.Study.Unit.Text}", summary.Sampling.Level, "year", "part");
        table.AddColumn(new TableColumn("published").RightAligned());
        foreach (var estimate in summary.Estimates.Where(e => e.Key.Scope == "nation" && e.Key.Measure == Measure.Value))
        {
            var key = estimate.Key;
            table.AddRow([
                $"{key.Year}{(key.Flags.Contains(EstimateCatalog.Extrapolated) ? " *" : "")}", EstimatesCsv.Word(key.Component), .. Cells(estimate),
                published.TryGetValue((key.Year, key.Component), out var value) ? NumberFormat.Published(value) : ""]);
        }

        console.Write(table);
        if (summary.Estimates.Any(e => e.Key.Flags.Contains(EstimateCatalog.Extrapolated))) console.WriteLine(TextReport.ExtrapolatedNote);
    }

    private static void PrintLargest(IAnsiConsole console, UncertaintySummary summary, string scope, int count, string title)
    {
        var lastYear = summary.Study.Years[^1];
        var table = NewTable($"{title}, total, {summary.Study.Unit.Text}", summary.Sampling.Level, "code", "name");
        var largest = summary.Estimates
            .Where(e => e.Key.Scope == scope && e.Key.Year == lastYear && e.Key.Component == Component.Total && e.Key.Measure == Measure.Value)
            .OrderByDescending(e => e.Key.Point).Take(count);
        foreach (var estimate in largest) table.AddRow([Markup.Escape(estimate.Key.Code), Markup.Escape(estimate.Key.Name), .. Cells(estimate)]);
        console.Write(table);
    }

    // The total of the first year, of the last whose accounts are known (they may be revised) and of the last (it may
    // be predicted), with each source alone and with all.
    private static void PrintSources(IAnsiConsole console, UncertaintySummary summary)
    {
        var study = summary.Study;
        var nation = EntityList.Of(study)[0];
        var filled = new FilledFigures(study);
        var known = Enumerable.Range(0, study.Years.Count).Last(t => t == 0 || !filled.Of(nation, t, Component.Direct));
        int[] years = [.. new[] { study.Years[0], study.Years[known], study.Years[^1] }.Distinct()];
        if (summary.SourceTable.All(r => r.Sources == summary.Sources)) return;
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape($"Nation, total, each source of uncertainty alone, {study.Unit.Text}")).AddColumn("source");
        foreach (var year in years)
            table.AddColumn(new TableColumn($"{year} sd").RightAligned()).AddColumn(new TableColumn($"{year} width of {100 * summary.Sampling.Level:0.##} %").RightAligned());
        foreach (var source in summary.SourceTable.Where(r => r.Key.Component == Component.Total).GroupBy(r => r.Sources))
        {
            var rows = years.Select(y => source.Single(r => r.Key.Year == y)).ToArray();
            table.AddRow([SourcesCsv.Word(rows[0], summary.Sources), .. rows.SelectMany(r => new[]
            {
                NumberFormat.Statistic(r.Statistics.StandardDeviation, r.Statistics.MedianError),
                NumberFormat.Statistic(r.Statistics.Upper - r.Statistics.Lower, Math.Max(r.Statistics.LowerError, r.Statistics.UpperError)),
            })]);
        }

        console.Write(table);
    }

    private static Table NewTable(string title, double level, string first, string second)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title)).AddColumns(first, second);
        foreach (var header in new[] { "point", "mean", "sd", $"{100 * level:0.##} % interval" })
            table.AddColumn(new TableColumn(header).RightAligned());
        return table;
    }

    private static string[] Cells(UncertainEstimate estimate)
    {
        var s = estimate.Statistics;
        var error = Math.Max(s.LowerError, s.UpperError);
        return [
            NumberFormat.Point(estimate.Key.Point), NumberFormat.Statistic(s.Mean, s.MedianError),
            NumberFormat.Statistic(s.StandardDeviation, s.MedianError),
            double.IsNaN(s.Lower) ? "–" : $"{NumberFormat.Statistic(s.Lower, error)} … {NumberFormat.Statistic(s.Upper, error)}"];
    }
}
