using IIKernel.Kernels.Plan;
using IIKernel.Reports.Tables;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>
/// What <c>sensitivity</c> shows: a table a figure of what brings its spread, the groups of inputs before the largest inputs.
/// </summary>
public static class SensitivityReport
{
    private const string About = "≈ 0";

    // A gain of a control variate that is more than the chance of sixteen replicates.
    private const double WorthSaying = 2;

    /// <summary>The report.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="rows">Most single inputs of a table; null for all.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    public static Report Of(SensitivityResult result, int? rows, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(result);
        var report = new Report();
        report.Title(result.Study.Name, result.Study.Note);
        foreach (var figure in result.Rows.GroupBy(r => r.Figure))
        {
            var all = figure.ToArray();
            report.Add(Indices(result, figure.Key, all, rows ?? int.MaxValue, elsewhere));
            if (Shapley(figure.Key, all, elsewhere) is { } shapley) report.Add(shapley);
            if (Pairs(figure.Key, all, rows ?? int.MaxValue, elsewhere) is { } pairs) report.Add(pairs);
        }

        report.Line("");
        var level = NumberFormat.Level(result.Options.Level);
        report.Line(Say($"first order: the percentage of the figure's variance that the input brings alone; total order: that which it "
            + $"takes part in, with what it brings together with others; first orders add up to no more than 100, total orders to no "
            + $"less"));
        report.Line(Say($"width if known: percent of the {level} interval's width that would be left with the input at its point"));
        report.Line(Say($"swing: least and greatest value as the input alone goes over its {level} range"));
        report.Line(Say($"{About} cannot be told from 0; – takes no part"));
        if (result.Screened.Looked > 0)
        {
            report.Line(Say(
                $"Of {result.Screened.Looked:N0} inputs of large groups, {result.Screened.Kept} take part in more than "
                + $"{100 * SensitivityOptions.LeastShare} % of a figure's variance by "
                + $"{SensitivityOptions.ScreeningDraws} draws; the others are within their groups."));
        }

        var exact = result.Rows.Where(r => r.Method == IndexMethod.Exact).Select(r => r.Figure).Distinct().Count();
        var sequence = result.Sequence == SequenceKind.Sobol ? Say($"scrambled Sobol' points") : Say($"pseudorandom draws");
        report.Line(Say($"Indices of {exact} of {result.Figures.Count} figures are exact; all else is from "
            + $"{result.Options.Draws:N0} {sequence} a sample, in {SensitivityOptions.Replicates} replicates."));
        return report;
    }

    private static ReportTable Indices(SensitivityResult result, EstimateKey figure, SensitivityRow[] all, int most, string elsewhere)
    {
        var table = new ReportTable(
            $"{FigureIndex.Reference(figure)}: {NumberFormat.Point(figure.Point)} {figure.Unit}{Width(all)}",
            [
                Titled.Text($"input"), Titled.Number($"first order %"), Titled.Number($"interval", 4),
                Titled.Number($"total order %"), Titled.Number($"interval", 5), Titled.Number($"width if known %", 1),
                Titled.Number($"swing", 2),
            ])
        { Elsewhere = elsewhere };
        var swings = result.Swings.Where(s => s.Figure == figure).ToDictionary(s => s.Swing.Input, s => s.Swing);
        var single = 0;
        foreach (var input in all.Where(r => r.Measure == SensitivityMeasure.Total).Select(r => r.Input!))
        {
            if (!input.IsGroup && single++ >= most) continue;
            var own = all.Where(r => r.Input == input && r.With is null).ToDictionary(r => r.Measure);
            var swing = swings.GetValueOrDefault(input.Name);
            table.Add(
                input.IsGroup ? Say($"{input.Name} (group)") : input.Name,
                Index(own[SensitivityMeasure.First]), Interval(own[SensitivityMeasure.First]),
                Index(own[SensitivityMeasure.Total]), Interval(own[SensitivityMeasure.Total]),
                Percent(own[SensitivityMeasure.WidthKnown].Estimate),
                swing is null ? "" : $"{NumberFormat.Point(swing.Least)} … {NumberFormat.Point(swing.Greatest)}");
        }

        if (!table.Rows.Any()) table.Note(Say($"no draw moves this figure"));
        if (Mean(all) is { } mean) table.Note(mean);
        if (single > most) table.Note(Say($"{single - most} more inputs: --rows all"));
        if (all.FirstOrDefault(r => r.Measure == SensitivityMeasure.WidthTwiceExperts) is { } twice)
            table.Note(Say($"with twice the experts the width would be {Percent(twice.Estimate).Text} % of what it is"));
        if (result.Options.Width is not { } width) return table;
        var wanted = NumberFormat.Level(width);
        var needed = all.Where(r => r.Measure == SensitivityMeasure.SpreadNeeded).ToLookup(r => double.IsNaN(r.Estimate.Value));
        if (needed[false].Any(r => r.Estimate.Value == 1))
            table.Note(Say($"a width of {wanted} of the point is more than the interval has"));
        foreach (var row in needed[false].Where(r => r.Estimate.Value != 1))
        {
            table.Note(Say($"a width of {wanted} of the point is reached with {Percent(row.Estimate).Text} % of the spread of "
                + $"{row.Input!.Name}"));
        }

        if (needed[true].Any())
            table.Note(Say($"a width of {wanted} of the point is not reached by {List(needed[true].Select(r => r.Input!.Name))} alone"));
        return table;
    }

    // The mean, and what the exact part as control variate makes of it where that helps.
    private static string? Mean(SensitivityRow[] all)
    {
        if (all.FirstOrDefault(r => r.Measure == SensitivityMeasure.Mean) is not { } mean) return null;
        if (mean.Method == IndexMethod.Exact) return Say($"mean {NumberFormat.Point(mean.Estimate.Value)}, exact");
        var gain = all.FirstOrDefault(r => r.Measure == SensitivityMeasure.ControlGain)?.Estimate.Value;
        return !(gain > WorthSaying) ? Say($"mean {Number(mean.Estimate)}")
            : Say($"mean {Number(mean.Estimate)}; {Number(all.First(r => r.Measure == SensitivityMeasure.MeanControlled).Estimate)} with "
                + $"its exact part as control variate, whose variance is {gain:0.#} times smaller");

        static string Number(IndexEstimate e) => NumberFormat.Statistic(e.Value, Error(e));
    }

    private static string Width(SensitivityRow[] all) => all.FirstOrDefault(r => r.Measure == SensitivityMeasure.Width) is { } width
        ? Say($", width of its interval {NumberFormat.Statistic(width.Estimate.Value, Error(width.Estimate))}") : "";

    private static ReportTable? Shapley(EstimateKey figure, SensitivityRow[] all, string elsewhere)
    {
        if (all.FirstOrDefault(r => r.Measure == SensitivityMeasure.Explained) is not { } explained) return null;
        var table = new ReportTable(
            Say($"{FigureIndex.Reference(figure)} by coefficient: Shapley effects of a linear model, R² "
                + $"{Wording.Fixed(explained.Estimate.Value, 3)}"),
            [Titled.Text($"coefficient"), Titled.Number($"effect %"), Titled.Number($"interval", 1)])
        { Elsewhere = elsewhere };
        foreach (var row in all.Where(r => r.Measure == SensitivityMeasure.Shapley)) table.Add(row.Input!.Name, Index(row), Interval(row));
        return table;
    }

    private static ReportTable? Pairs(EstimateKey figure, SensitivityRow[] all, int most, string elsewhere)
    {
        var pairs = all.Where(r => r.Measure == SensitivityMeasure.Second).OrderByDescending(r => r.Estimate.Raw).ToArray();
        if (pairs.Length == 0) return null;
        var table = new ReportTable(
            Say($"{FigureIndex.Reference(figure)} by pairs: largest {Math.Min(most, pairs.Length)} of {pairs.Length}"),
            [
                Titled.Text($"input"), Titled.Text($"with"), Titled.Number($"second order %"),
                Titled.Number($"interval", 1),
            ])
        { Elsewhere = elsewhere };
        foreach (var row in pairs.Take(most)) table.Add(row.Input!.Name, row.With!.Name, Index(row), Interval(row));
        return table;
    }

    private static ReportCell Index(SensitivityRow row) => new(row.Estimate.Value, SensitivityCsv.Flag(row) switch
    {
        SensitivityCsv.NoPart => Wording.None,
        SensitivityCsv.NotTold => About,
        _ => row.Estimate.Value == 0 ? Wording.None : Percent(row.Estimate).Text,
    });

    private static ReportCell Interval(SensitivityRow row)
    {
        var (e, error) = (row.Estimate, 100 * Error(row.Estimate));
        return row.Method == IndexMethod.Exact ? Say($"exact") : e is { Raw: 0, Upper: 0 } ? ""
            : $"{NumberFormat.Statistic(100 * e.Lower, error)} … {NumberFormat.Statistic(100 * e.Upper, error)}";
    }

    // In percent: with the digits that its interval leaves it, or two decimals.
    private static ReportCell Percent(IndexEstimate estimate) => Error(estimate) > 0
        ? ReportCell.Statistic(100 * estimate.Value, 100 * Error(estimate)) : ReportCell.Fixed(100 * estimate.Value, 2);

    // About a standard error: a quarter of the interval.
    private static double Error(IndexEstimate estimate) => (estimate.Upper - estimate.Lower) / 4;
}
