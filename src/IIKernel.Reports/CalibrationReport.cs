using IIKernel.Calibration;
using IIKernel.Model;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>calibrate</c> shows.</summary>
public static class CalibrationReport
{
    // What is left out first where room is scarce.
    private static readonly Dictionary<string, int> Priorities = new()
    {
        ["year"] = 1,
        ["sd"] = 4,
        ["before"] = 3,
        ["prior"] = 3,
        ["± sd"] = 2,
        ["mean"] = 2,
        ["effective draws"] = 5,
    };

    // Of a combination, the terms that make up most of it.
    private const int Terms = 4;

    /// <summary>The fit, the coefficients and what the targets determine.</summary>
    public static Report Of(Study study, CalibratedStudy calibrated, SamplingOptions sampling)
    {
        var (report, result) = (new Report(), calibrated.Fit);
        report.Title(study.Name, study.Note);
        var targets = NewTable($"Targets, {study.Unit.Text}", [$"figure", $"part"],
            [$"year", $"published", $"sd", $"before", $"after", $"distance"]);
        foreach (var t in result.Targets)
        {
            targets.Add(
                t.Figure.Code.Length == 0 ? Scope(t.Figure.Scope) : $"{Scope(t.Figure.Scope)} {t.Figure.Code}",
                Word(EstimatesCsv.Word(t.Figure.Component)), $"{t.Figure.Year}",
                ReportCell.Published(t.Figure.Value), ReportCell.Point(t.Sd), ReportCell.Point(t.Before), ReportCell.Point(t.After),
                double.IsNaN(t.DistancePercent) ? "" : Wording.Percent(t.DistancePercent, 2));
        }

        report.Add(targets);
        AddCoefficients(report, calibrated);
        foreach (var m in result.Multipliers)
        {
            report.Line(Say(
                $"multiplier of {m.Year}: {m.Value:0.00000} asked for, {m.GrowthAccounting:0.00000} by growth accounting"));
        }

        var combinations = NewTable(
            $"Combinations: the targets say more than the prior about {result.Identified} of {result.Combinations.Count}",
            [$"combination of coefficients in prior sd"], [$"singular value"]);
        foreach (var c in result.Combinations)
            combinations.Add(Words(result, c), new ReportCell(c.SingularValue, Wording.Significant(c.SingularValue, 3)));
        report.Add(combinations);
        AddNation(report, study, calibrated, sampling);
        report.Warnings(calibrated.Warnings);
        return report;
    }

    private static void AddCoefficients(Report report, CalibratedStudy calibrated)
    {
        var result = calibrated.Fit;
        var table = NewTable($"Coefficients", [$"sector", $"name"],
            [$"prior", $"± sd", $"fit", $"mean", $"± sd", $"determined", $"effective draws"]);
        foreach (var (c, p) in CalibrationCsv.Coefficients(calibrated))
        {
            table.Add(
                c.Code, c.Name, Coefficient(c.Prior), Coefficient(c.PriorSd), Coefficient(c.Value) + (c.AtBound ? " *" : ""),
                Coefficient(p.Statistics.Mean), Coefficient(p.Statistics.StandardDeviation), $"{Wording.Fixed(100 * p.Determined, 0)} %",
                new ReportCell(p.EffectiveDraws, Wording.Fixed(p.EffectiveDraws, 0, thousands: true)));
        }

        report.Add(table);
        report.Line(Say($"mean, sd and determined (the share of the prior's variance that the targets take away): of the draws, "
            + $"within the bounds 0 and 1"));
        if (result.Coefficients.Any(c => c.AtBound))
        {
            report.Line(Say($"* at a bound, beyond which the targets or the prior ask for more; the combinations are of what no bound "
                + $"holds: {Counted.Unknowns(result.Combinations.Count)}"));
        }

        var left = CalibrationCsv.Coefficients(calibrated).Where(c => c.Posterior.Determined < 0.5).Select(c => c.Fit.Code).ToArray();
        if (left.Length > 0) report.Line(Say($"determined by the prior more than by the targets: {List(left)}"));
        var prior = Wording.Fixed(result.Agreement.Value - result.TargetsCost, 2);
        report.Line(Say($"chi-square of the fit: targets {Wording.Fixed(result.TargetsCost, 2)}, prior {prior}, together "
            + $"{Words(result.Agreement)}"));
        report.Line(Say($"chi-square of the targets alone, whatever the prior: {Words(result.TargetsAlone)}"));
    }

    // A small coefficient has significant digits too.
    private static string Coefficient(double value) =>
        value is 0 or >= 0.001 or <= -0.001 ? Wording.Fixed(value, 4) : Wording.Significant(value, 3);

    private static string Words(ChiSquare test)
    {
        if (test.DegreesOfFreedom <= 0)
            return Say($"{Wording.Fixed(test.Value, 2)} with no degrees of freedom left: the coefficients can meet any such targets");
        var p = test.Probability < 0.001 ? "p < 0.001" : $"p = {Wording.Fixed(test.Probability, 3)}";
        var (value, degrees) = (Wording.Fixed(test.Value, 2), test.DegreesOfFreedom);
        return Say(degrees, $"{value} on {degrees} degree of freedom, {p}", $"{value} on {degrees} degrees of freedom, {p}");
    }

    private static void AddNation(Report report, Study study, CalibratedStudy calibrated, SamplingOptions sampling)
    {
        var fewest = Wording.Fixed(calibrated.FewestEffectiveDraws, 0, thousands: true);
        report.Line(Say($"{Counted.Draws(sampling.Draws)} given the targets, seed {sampling.Seed}; effective draws at least {fewest}, "
            + $"potential scale reduction at most {Wording.Fixed(calibrated.LargestReduction, 3)}"));
        var table = NewTable($"Nation given the targets, {study.Unit.Text}", [$"year", $"part"],
            [$"fit", $"mean", $"sd", $"{NumberFormat.Level(sampling.Level)} interval"]);
        foreach (var (key, s) in calibrated.Estimates.Where(e => e.Key.Kind == EntityKind.Nation && e.Key.Measure == Measure.Value))
        {
            table.Add($"{key.Year}", Word(EstimatesCsv.Word(key.Component)), ReportCell.Point(key.Point),
                ReportCell.Statistic(s.Mean, s.MedianError),
                ReportCell.Statistic(s.StandardDeviation, s.MedianError), NumberFormat.Interval(s));
        }

        report.Add(table);
    }

    private static string Words(CalibrationResult result, IdentifiedCombination combination)
    {
        string[] names = [.. result.Coefficients.Select(c => c.Code), .. result.Multipliers.Select(m => $"T {m.Year}")];
        var terms = combination.Weights.Select((w, i) => (Weight: w, Name: names[i])).OrderByDescending(t => Math.Abs(t.Weight))
            .Take(Terms);
        return string.Join(" ", terms.Select(t => $"{Wording.Signed(t.Weight, 2)}·{t.Name}")) + (names.Length > Terms ? " …" : "");
    }

    private static ReportTable NewTable(Sentence title, Sentence[] left, Sentence[] right) => new(Say(title),
    [
        .. left.Select(header => Titled.Text(header)),
        .. right.Select(header => Titled.Number(header, Priorities.GetValueOrDefault(header.Format))),
    ]);
}
