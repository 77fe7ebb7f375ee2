using IIKernel.Reports.Tables;
using IIKernel.Sensitivity;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>sensitivity --choices</c> shows: what each option makes of the national total, and choices against chance.</summary>
public static class ChoicesReport
{
    // What would be printed as 0.0 %.
    private const double Least = 0.05;

    /// <summary>The report of an analysis.</summary>
    /// <param name="study">The study before any choice.</param>
    /// <param name="analysis">The analysis.</param>
    /// <param name="sampling">How each combination was drawn.</param>
    /// <param name="rows">Most combinations that are shown; null for all.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    public static Report Of(Study study, ChoiceAnalysis analysis, SamplingOptions sampling, int? rows, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(analysis);
        var report = new Report();
        report.Title(study.Name, study.Note);
        var combinations = Counted.Combinations(analysis.Choices.Combinations.Count);
        var which = analysis.Choices.IsFactorial ? Say($"all that there are") : Say($"as listed");
        report.Line(Say($"{combinations}, {which}; {Counted.Draws(sampling.Draws)} of each, seed {sampling.Seed}"));
        report.Add(Combinations(study, analysis, sampling, rows, elsewhere));
        report.Add(Options(study, analysis, elsewhere));
        report.Add(Variance(analysis, elsewhere));
        report.Line("");
        report.Line(Say($"choices: the variance of the combinations' means, each combination as likely as the others; chance: the mean of "
            + $"their variances. The two are the whole (law of total variance)"));
        report.Line(analysis.Choices.IsFactorial
            ? Say($"factors and × (interactions) add up to choices, exactly: every combination was computed")
            : Say($"what each factor brings can be told where every combination is computed: leave out the key combinations"));
        if (Dominant(analysis) is var (combination, share, deviation))
        {
            report.Line(Say($"{Wording.Fixed(100 * share, 0)} % of the chance in {Last(analysis).Year}, total, is that of one combination, "
                + $"{analysis.Choices.Words(analysis.Choices.Combinations[combination])}, whose standard deviation is "
                + $"{NumberFormat.Point(deviation)}: look at the intervals"));
        }

        return report;
    }

    // The combination that brings more than half of the chance, if one does and there are more than two.
    private static (int Combination, double Share, double Deviation)? Dominant(ChoiceAnalysis analysis)
    {
        var last = Last(analysis);
        var outcomes = analysis.Outcomes.Where(o => (o.Key.Year, o.Key.Component) == (last.Year, last.Component)).ToArray();
        var most = outcomes.MaxBy(o => o.Statistics.StandardDeviation)!;
        var sd = most.Statistics.StandardDeviation;
        var share = sd * sd / (last.Variance.Chance * outcomes.Length);
        return outcomes.Length > 2 && share > 0.5 ? (most.Combination, share, sd) : null;
    }

    // The total of the last year, which the other figures are parts of.
    private static ChoiceFigure Last(ChoiceAnalysis analysis) => analysis.Figures[^1];

    private static ReportTable Combinations(Study study, ChoiceAnalysis analysis, SamplingOptions sampling, int? rows, string elsewhere)
    {
        var (choices, last) = (analysis.Choices, Last(analysis));
        var outcomes = analysis.Outcomes.Where(o => (o.Key.Year, o.Key.Component) == (last.Year, last.Component)).ToArray();
        var shown = Math.Min(rows ?? int.MaxValue, outcomes.Length);
        var which = shown < outcomes.Length ? Say($"First {shown} of {outcomes.Length} combinations") : Say($"Combinations");
        var table = new ReportTable(Say($"{which}, nation, {last.Year}, total, {study.Unit.Text}"),
            [
                .. choices.Factors.Select(f => ReportColumn.Text(f.Name)), Titled.Number($"point"), Titled.Number($"mean", 2),
                Titled.Number($"sd", 1), Headings.Interval(sampling, 3),
            ])
        { Elsewhere = elsewhere };
        foreach (var o in outcomes.Take(shown))
        {
            var s = o.Statistics;
            table.Add([.. choices.Combinations[o.Combination].Select((k, i) => (ReportCell)choices.Factors[i].Options[k].Name),
                ReportCell.Point(o.Key.Point), ReportCell.Statistic(s.Mean, s.MeanError),
                ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError), NumberFormat.Interval(s)]);
        }

        return table;
    }

    private static ReportTable Options(Study study, ChoiceAnalysis analysis, string elsewhere)
    {
        var last = Last(analysis);
        var table = new ReportTable(Say($"Each option over the others' combinations, nation, {last.Year}, total, {study.Unit.Text}"),
            [Titled.Text($"factor"), Titled.Text($"option"), Titled.Number($"mean"), Titled.Number($"from all")])
        { Elsewhere = elsewhere };
        for (var f = 0; f < analysis.Choices.Factors.Count; f++)
        {
            var all = analysis.Mean(last, f, null);
            for (var o = 0; o < analysis.Choices.Factors[f].Options.Count; o++)
            {
                if (!analysis.Choices.Combinations.Any(c => c[f] == o)) continue;
                var mean = analysis.Mean(last, f, o);
                table.Add(analysis.Choices.Factors[f].Name, analysis.Choices.Factors[f].Options[o].Name, ReportCell.Point(mean),
                    new(mean / all - 1, Wording.Percent(100 * (mean / all - 1), 2)));
            }
        }

        return table;
    }

    // What is no factor's name and no product of two.
    private static string Part(string source) => source switch
    {
        ChoicesCsv.Choices => Say($"choices"),
        ChoicesCsv.Chance => Say($"chance"),
        ChoicesCsv.Higher => Say($"higher interactions"),
        _ => source,
    };

    private static ReportTable Variance(ChoiceAnalysis analysis, string elsewhere)
    {
        var figures = analysis.Figures;
        // The last year's first, and of it the total.
        int[] order = [.. Enumerable.Range(0, figures.Count).OrderByDescending(i => (figures[i].Year, figures[i].Component))];
        var table = new ReportTable(Say($"Share of the variance, %"),
            [
                Titled.Text($"source"),
                .. order.Select((i, k) =>
                    ReportColumn.Number($"{figures[i].Year} {Word(EstimatesCsv.Word(figures[i].Component))}", k)),
            ])
        { Elsewhere = elsewhere };
        var parts = ChoicesCsv.Parts(analysis).ToLookup(p => p.Figure);
        var sources = parts[figures[0]].Select(p => p.Source).ToArray();
        var factors = analysis.Choices.Factors.Select(f => f.Name).ToArray();
        var left = 0;
        for (var s = 0; s < sources.Length; s++)
        {
            double[] shares = [.. order.Select(i => 100 * parts[figures[i]].ElementAt(s).Share)];
            if (!factors.Contains(sources[s]) && shares.All(share => share < Least)) left++;
            else table.Add([factors.Contains(sources[s]) ? sources[s] : Part(sources[s]), .. shares.Select(x => ReportCell.Fixed(x, 1))]);
        }

        if (left > 0) table.Note(Say($"{Counted.Interactions(left)} below {Least} % of every total left out; see {elsewhere}"));
        return table;
    }
}
