using IIKernel.Reports.Tables;
using IIKernel.Sensitivity;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>A part of a total's variance.</summary>
/// <param name="Figure">The total.</param>
/// <param name="Source">The factor, two factors joined by " × ", "higher interactions", "choices" for all of these, or "chance".</param>
/// <param name="Variance">The part.</param>
public sealed record VariancePart(ChoiceFigure Figure, string Source, double Variance)
{
    /// <summary>The part as a share of the whole; shares of everything but "choices" add up to 1.</summary>
    public double Share => Variance / Figure.Variance.Total;
}

/// <summary>The files of choices against chance: choices.csv and choice-variance.csv.</summary>
public static class ChoicesCsv
{
    /// <summary>File name of the combinations.</summary>
    public const string FileName = "choices.csv";

    /// <summary>File name of the parts of the variance.</summary>
    public const string VarianceFile = "choice-variance.csv";

    /// <summary>What <see cref="VariancePart.Source"/> says of all factors and interactions together.</summary>
    public const string Choices = "choices";

    /// <summary>What it says of chance.</summary>
    public const string Chance = "chance";

    internal const string Higher = "higher interactions";

    /// <summary>The columns of the parts, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<VariancePart>> VarianceColumns { get; } =
    [
        new("year", p => p.Figure.Year), new("component", p => EstimatesCsv.Word(p.Figure.Component)), new("source", p => p.Source),
        new("variance", p => p.Variance), new("share", p => p.Share),
    ];

    /// <summary>The columns of the combinations: one for each factor, then those of an estimate.</summary>
    public static IReadOnlyList<TidyColumn<ChoiceOutcome>> Columns(ChoiceAnalysis analysis, SamplingOptions sampling)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var choices = analysis.Choices;
        return
        [
            new("combination", o => o.Combination + 1),
            .. choices.Factors.Select((f, i) => new TidyColumn<ChoiceOutcome>(
                f.Name, o => f.Options[choices.Combinations[o.Combination][i]].Name)),
            new("year", o => o.Key.Year), new("component", o => EstimatesCsv.Word(o.Key.Component)), new("unit", o => o.Key.Unit),
            new("point", o => o.Key.Point), new("mean", o => o.Statistics.Mean), new("sd", o => o.Statistics.StandardDeviation),
            new("lower", o => o.Statistics.Lower), new("upper", o => o.Statistics.Upper), new("se_mean", o => o.Statistics.MeanError),
            new("se_sd", o => o.Statistics.StandardDeviationError), new("level", _ => sampling.Level), new("draws", _ => sampling.Draws),
        ];
    }

    /// <summary>The parts of the variance of every total.</summary>
    public static IEnumerable<VariancePart> Parts(ChoiceAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var names = analysis.Choices.Factors.Select(f => f.Name).ToArray();
        string[] pairs = [.. names.SelectMany((a, i) => names.Skip(i + 1).Select(b => $"{a} × {b}"))];
        foreach (var figure in analysis.Figures)
        {
            var v = figure.Variance;
            foreach (var (name, part) in names.Zip(v.Main).Concat(pairs.Zip(v.Pairs))) yield return new(figure, name, part);
            if (v.Main.Count > 2) yield return new(figure, Higher, v.Higher);
            yield return new(figure, Choices, v.Choices);
            yield return new(figure, Chance, v.Chance);
        }
    }

    /// <summary>Writes a row for each combination and total.</summary>
    public static void Write(TextWriter writer, ChoiceAnalysis analysis, SamplingOptions sampling)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        TidyTable.Write(writer, Columns(analysis, sampling), analysis.Outcomes);
    }

    /// <summary>Writes a row for each total and part of its variance.</summary>
    public static void WriteVariance(TextWriter writer, ChoiceAnalysis analysis) =>
        TidyTable.Write(writer, VarianceColumns, Parts(analysis));
}
