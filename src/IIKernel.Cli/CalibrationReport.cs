using IIKernel.Calibration;
using IIKernel.Reports;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>What <c>calibrate</c> prints.</summary>
public static class CalibrationReport
{
    // What is left out first where room is scarce.
    private static readonly Dictionary<string, int> Priorities = new() { ["year"] = 1, ["sd"] = 4, ["before"] = 3, ["prior"] = 3, ["± sd"] = 2, ["mean"] = 2 };

    // Of a combination, the terms that make up most of it.
    private const int Terms = 4;

    /// <summary>Prints the fit, the coefficients and what the targets determine.</summary>
    public static void Print(IAnsiConsole console, Study study, CalibratedStudy calibrated, SamplingOptions sampling, IReadOnlyList<string> files)
    {
        var result = calibrated.Fit;
        console.MarkupLineInterpolated($"[bold]{study.Name}[/]");
        if (study.Note is not null) console.MarkupLineInterpolated($"[yellow]{study.Note}[/]");
        var targets = NewTable($"Targets, {study.Unit.Text}", ["figure", "part"], ["year", "published", "sd", "before", "after", "distance"]);
        foreach (var t in result.Targets)
        {
            targets.Add(t.Figure.Scope == "nation" ? "nation" : $"{t.Figure.Scope} {t.Figure.Code}", EstimatesCsv.Word(t.Figure.Component), $"{t.Figure.Year}",
                NumberFormat.Published(t.Figure.Value), $"{t.Sd:G3}", NumberFormat.Point(t.Before), NumberFormat.Point(t.After), double.IsNaN(t.DistancePercent) ? "" : Wording.Percent(t.DistancePercent, 2));
        }

        TextReport.Print(console, targets);
        var coefficients = NewTable("Coefficients", ["sector", "name"], ["prior", "± sd", "found", "± sd", "determined"]);
        foreach (var c in result.Coefficients)
        {
            coefficients.Add(c.Code, c.Name, $"{c.Prior:0.0000}", $"{c.PriorSd:0.0000}", $"{c.Value:0.0000}{(c.AtBound ? " *" : "")}",
                $"{c.PosteriorSd:0.0000}", $"{100 * c.Determined:0} %");
        }

        TextReport.Print(console, coefficients);
        if (result.Coefficients.Any(c => c.AtBound)) console.WriteLine("* at a bound: the targets ask for more than the bound allows");
        var left = result.Coefficients.Where(c => c.Determined < 0.5).Select(c => c.Code).ToArray();
        if (left.Length > 0) console.WriteLine($"determined by the prior more than by the targets: {string.Join(", ", left)}");
        foreach (var m in result.Multipliers) console.WriteLine($"multiplier of {m.Year}: {m.Value:0.00000} asked for, {m.GrowthAccounting:0.00000} by growth accounting");

        var combinations = NewTable($"Combinations: the targets say more than the prior about {result.Identified} of {result.Combinations.Count}", ["combination of coefficients in prior sd"], ["singular value"]);
        foreach (var c in result.Combinations) combinations.Add(Words(result, c), Wording.Significant(c.SingularValue, 3));
        TextReport.Print(console, combinations);
        PrintNation(console, study, calibrated, sampling);
        if (!(calibrated.LargestReduction < CalibratedStudy.MostReduction))
            console.MarkupLineInterpolated($"[yellow]warning posterior-not-mixed:[/] The potential scale reduction is {calibrated.LargestReduction:0.00}; above {CalibratedStudy.MostReduction} the chains have not met and their draws are not to be trusted. More --draws make them longer; targets that contradict each other leave them too little room, which a larger --discrepancy widens.");
        foreach (var file in files) console.WriteLine($"written: {file}");
    }

    private static void PrintNation(IAnsiConsole console, Study study, CalibratedStudy calibrated, SamplingOptions sampling)
    {
        console.WriteLine($"{Wording.Count(sampling.Draws, "draw")} given the targets, seed {sampling.Seed}; acceptance {calibrated.Acceptance:0.00}, potential scale reduction {calibrated.LargestReduction:0.000}");
        var table = NewTable($"Nation given the targets, {study.Unit.Text}", ["year", "part"], ["fit", "mean", "sd", $"{100 * sampling.Level:0.##} % interval"]);
        foreach (var (key, s) in calibrated.Estimates.Where(e => e.Key.Scope == "nation" && e.Key.Measure == Measure.Value).Select(e => (e.Key, e.Statistics)))
        {
            var error = Math.Max(s.LowerError, s.UpperError);
            table.Add($"{key.Year}", EstimatesCsv.Word(key.Component), NumberFormat.Point(key.Point), NumberFormat.Statistic(s.Mean, s.MedianError),
                NumberFormat.Statistic(s.StandardDeviation, s.MedianError), double.IsNaN(s.Lower) ? "–" : $"{NumberFormat.Statistic(s.Lower, error)} … {NumberFormat.Statistic(s.Upper, error)}");
        }

        TextReport.Print(console, table);
    }

    private static string Words(CalibrationResult result, IdentifiedCombination combination)
    {
        string[] names = [.. result.Coefficients.Select(c => c.Code), .. result.Multipliers.Select(m => $"T {m.Year}")];
        var terms = combination.Weights.Select((w, i) => (Weight: w, Name: names[i])).OrderByDescending(t => Math.Abs(t.Weight)).Take(Terms);
        return string.Join(" ", terms.Select(t => $"{Wording.Signed(t.Weight, 2)}·{t.Name}")) + (names.Length > Terms ? " …" : "");
    }

    private static ReportTable NewTable(string title, string[] left, string[] right) =>
        new(title, [.. left.Select(header => ReportColumn.Text(header)), .. right.Select(header => ReportColumn.Number(header, Priorities.GetValueOrDefault(header)))]);
}
