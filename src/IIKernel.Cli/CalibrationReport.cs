using IIKernel.Calibration;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>What <c>calibrate</c> prints.</summary>
public static class CalibrationReport
{
    // What is left out first where room is scarce.
    private static readonly Dictionary<string, int> Priorities = new() { ["year"] = 1, ["sd"] = 4, ["before"] = 3, ["prior"] = 3, ["± sd"] = 2, ["mean"] = 2, ["effective draws"] = 5 };

    // Of a combination, the terms that make up most of it.
    private const int Terms = 4;

    /// <summary>Prints the fit, the coefficients and what the targets determine.</summary>
    public static void Print(IAnsiConsole console, Study study, CalibratedStudy calibrated, SamplingOptions sampling, IReadOnlyList<string> files)
    {
        var result = calibrated.Fit;
        TextReport.PrintTitle(console, study.Name, study.Note);
        var targets = NewTable($"Targets, {study.Unit.Text}", ["figure", "part"], ["year", "published", "sd", "before", "after", "distance"]);
        foreach (var t in result.Targets)
        {
            targets.Add(
                t.Figure.Code.Length == 0 ? t.Figure.Scope : $"{t.Figure.Scope} {t.Figure.Code}", EstimatesCsv.Word(t.Figure.Component), $"{t.Figure.Year}",
                NumberFormat.Published(t.Figure.Value), NumberFormat.Point(t.Sd), NumberFormat.Point(t.Before), NumberFormat.Point(t.After),
                double.IsNaN(t.DistancePercent) ? "" : Wording.Percent(t.DistancePercent, 2));
        }

        TextReport.Print(console, targets);
        PrintCoefficients(console, calibrated);
        foreach (var m in result.Multipliers) console.WriteLine($"multiplier of {m.Year}: {m.Value:0.00000} asked for, {m.GrowthAccounting:0.00000} by growth accounting");

        var combinations = NewTable($"Combinations: the targets say more than the prior about {result.Identified} of {result.Combinations.Count}", ["combination of coefficients in prior sd"], ["singular value"]);
        foreach (var c in result.Combinations) combinations.Add(Words(result, c), Wording.Significant(c.SingularValue, 3));
        TextReport.Print(console, combinations);
        PrintNation(console, study, calibrated, sampling);
        TextReport.PrintWarnings(console, calibrated.Warnings);
        foreach (var file in files) console.WriteLine($"written: {file}");
    }

    private static void PrintCoefficients(IAnsiConsole console, CalibratedStudy calibrated)
    {
        var result = calibrated.Fit;
        var table = NewTable("Coefficients", ["sector", "name"], ["prior", "± sd", "fit", "mean", "± sd", "determined", "effective draws"]);
        foreach (var (c, p) in CalibrationCsv.Coefficients(calibrated))
        {
            table.Add(
                c.Code, c.Name, Coefficient(c.Prior), Coefficient(c.PriorSd), Coefficient(c.Value) + (c.AtBound ? " *" : ""),
                Coefficient(p.Statistics.Mean), Coefficient(p.Statistics.StandardDeviation), $"{Wording.Fixed(100 * p.Determined, 0)} %", Wording.Fixed(p.EffectiveDraws, 0, thousands: true));
        }

        TextReport.Print(console, table);
        console.WriteLine("mean, sd and determined (the share of the prior's variance that the targets take away): of the draws, within the bounds 0 and 1");
        if (result.Coefficients.Any(c => c.AtBound))
            console.WriteLine($"* at a bound, beyond which the targets or the prior ask for more; the combinations are of what no bound holds: {Wording.Count(result.Combinations.Count, "unknown")}");
        var left = CalibrationCsv.Coefficients(calibrated).Where(c => c.Posterior.Determined < 0.5).Select(c => c.Fit.Code).ToArray();
        if (left.Length > 0) console.WriteLine($"determined by the prior more than by the targets: {string.Join(", ", left)}");
        console.WriteLine($"chi-square of the fit: targets {Wording.Fixed(result.TargetsCost, 2)}, prior {Wording.Fixed(result.Agreement.Value - result.TargetsCost, 2)}, together {Words(result.Agreement)}");
        console.WriteLine($"chi-square of the targets alone, whatever the prior: {Words(result.TargetsAlone)}");
    }

    // A small coefficient has significant digits too.
    private static string Coefficient(double value) => value is 0 or >= 0.001 or <= -0.001 ? Wording.Fixed(value, 4) : Wording.Significant(value, 3);

    private static string Words(ChiSquare test)
    {
        if (test.DegreesOfFreedom <= 0) return $"{Wording.Fixed(test.Value, 2)} with no degrees of freedom left: the coefficients can meet any such targets";
        var p = test.Probability < 0.001 ? "p < 0.001" : $"p = {Wording.Fixed(test.Probability, 3)}";
        return $"{Wording.Fixed(test.Value, 2)} on {(test.DegreesOfFreedom == 1 ? "1 degree" : $"{test.DegreesOfFreedom} degrees")} of freedom, {p}";
    }

    private static void PrintNation(IAnsiConsole console, Study study, CalibratedStudy calibrated, SamplingOptions sampling)
    {
        console.WriteLine($"{Wording.Count(sampling.Draws, "draw")} given the targets, seed {sampling.Seed}; effective draws at least {Wording.Fixed(calibrated.FewestEffectiveDraws, 0, thousands: true)}, potential scale reduction at most {Wording.Fixed(calibrated.LargestReduction, 3)}");
        var table = NewTable($"Nation given the targets, {study.Unit.Text}", ["year", "part"], ["fit", "mean", "sd", $"{100 * sampling.Level:0.##} % interval"]);
        foreach (var (key, s) in calibrated.Estimates.Where(e => e.Key.Kind == EntityKind.Nation && e.Key.Measure == Measure.Value).Select(e => (e.Key, e.Statistics)))
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
