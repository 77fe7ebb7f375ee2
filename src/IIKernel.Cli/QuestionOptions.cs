using System.Globalization;
using CommandLine;
using IIKernel.Kernels.Search;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Uncertainty;
using static System.FormattableString;

namespace IIKernel.Cli;

/// <summary>Options of what is asked of the draws beside a description of every figure.</summary>
public abstract class QuestionOptions : FormatOptions
{
    private const int MostBins = 100_000;

    /// <summary>Further levels.</summary>
    [Option("levels", MetaValue = "LIST", Separator = ',',
        HelpText = "Coverage probabilities, such as 0.5,0.8,0.95: intervals.csv has the intervals of every figure at each.")]
    public IEnumerable<string> Levels { get; set; } = [];

    /// <summary>Bins of densities.</summary>
    [Option("density", MetaValue = "BINS", HelpText = "density.csv counts the draws of the figures of --figures in so many bins.")]
    public int? Density { get; set; }

    /// <summary>Some figures.</summary>
    [Option("figures", MetaValue = "LIST", Separator = ',',
        HelpText = "Figures SCOPE[:CODE].PART[.YEAR], such as nation.total.2022 or provinces.growth (default: the nation's totals).")]
    public IEnumerable<string> Figures { get; set; } = [];

    /// <summary>Differences.</summary>
    [Option("difference", MetaValue = "LIST", Separator = ',',
        HelpText = "Differences A-B of two figures, draw by draw, such as nation.total.2022-nation.total.2021, to derived.csv.")]
    public IEnumerable<string> Difference { get; set; } = [];

    /// <summary>Ratios.</summary>
    [Option("ratio", MetaValue = "LIST", Separator = ',',
        HelpText = "Ratios A/B of two figures, draw by draw, such as provinces:440000.total/nation.total, to derived.csv; without a year "
            + "one for each.")]
    public IEnumerable<string> Ratio { get; set; } = [];

    /// <summary>Whether figures are ranked.</summary>
    [Option("ranks", HelpText = "How probable each rank of each region and category is, by its total, to ranks.csv; of all years, or that "
        + "of --year.")]
    public bool Ranks { get; set; }

    /// <summary>Thresholds.</summary>
    [Option("above", MetaValue = "LIST", Separator = ',',
        HelpText = "Thresholds in the study's unit: how many regions and categories lie above each, to counts.csv, and how probable "
            + "each class between them is, to classes.csv.")]
    public IEnumerable<string> Above { get; set; } = [];

    /// <summary>Names of the files that the questions add to a run's.</summary>
    public IEnumerable<string> AnswerNames =>
    [
        .. Levels.Any() ? [IntervalsCsv.FileName] : (string[])[], .. Density is null ? (string[])[] : [DensityCsv.FileName],
        .. Difference.Any() || Ratio.Any() ? [DerivedCsv.FileName] : (string[])[], .. Ranks ? [RanksCsv.FileName] : (string[])[],
        .. Above.Any() ? [CountsCsv.FileName, ClassesCsv.FileName] : (string[])[],
    ];

    /// <summary>The further levels, once the options were looked at that can be refused without a study.</summary>
    /// <exception cref="CommandException">
    /// A level or a threshold is none, or is given twice; no number of bins; figures that nothing is asked of.
    /// </exception>
    public virtual IReadOnlyList<double> CheckedLevels()
    {
        if (Density is < 1 or > MostBins) throw CommandException.Of("--density", Density, Invariant($"expected 1 to {MostBins:N0} bins."));
        if (Figures.Any() && !UsesFigures)
            throw new CommandException(ExitCodes.BadInput, $"--figures: found nothing that is asked of them; expected {FigureUses} too.");
        _ = Thresholds();
        var levels = new List<double>();
        foreach (var word in Levels)
        {
            if (!TryNumber(word, out var level) || level is not (> 0 and < 1))
            {
                var meant = level is > 1 and < 100 || (word.EndsWith('%') && TryNumber(word.TrimEnd('%'), out level))
                    ? Invariant($"{level / 100:0.####}") : null;
                throw Refused("--levels", word, "expected probabilities between 0 and 1, such as 0.5,0.8,0.95." + NearestWord.Meant(meant));
            }

            if (levels.Contains(level)) throw Refused("--levels", word, "found twice; expected each level once.");
            levels.Add(level);
        }

        return levels;
    }

    /// <summary>What is asked.</summary>
    /// <param name="study">The study.</param>
    /// <param name="year">The only year of ranks and counts; null for all.</param>
    /// <exception cref="CommandException">An option names no figure, no number of bins, or no thresholds.</exception>
    public SampleRequest Request(CompiledStudy study, int? year)
    {
        ArgumentNullException.ThrowIfNull(study);
        var index = new FigureIndex(study.Keys);
        var thresholds = Thresholds();
        return new()
        {
            Densities = Density is null ? [] : AskedFigures(study, index),
            DensityBins = Density ?? 0,
            Derived =
            [
                .. Difference.SelectMany(text => Derived("--difference", DerivedKind.Difference, text, index)),
                .. Ratio.SelectMany(text => Derived("--ratio", DerivedKind.Ratio, text, index)),
            ],
            Groups = Ranks || thresholds.Count > 0 ? JointEstimates.Totals(study, year) : [],
            Ranks = Ranks,
            Thresholds = thresholds,
        };
    }

    /// <summary>Whether anything is asked of the figures of --figures.</summary>
    protected virtual bool UsesFigures => Density is not null;

    /// <summary>The options that ask something of the figures of --figures, in words.</summary>
    protected virtual string FigureUses => "--density BINS";

    /// <summary>The files of the answers.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="reply">The answers.</param>
    public IEnumerable<OutputFile> Answers(UncertaintySummary summary, SampleReply reply)
    {
        var sampling = summary.Sampling;
        foreach (var name in AnswerNames)
        {
            yield return OutputFile.Text(name, writer =>
            {
                switch (name)
                {
                    case IntervalsCsv.FileName: IntervalsCsv.Write(writer, summary); break;
                    case DensityCsv.FileName: DensityCsv.Write(writer, reply.Densities, sampling.Draws); break;
                    case DerivedCsv.FileName: DerivedCsv.Write(writer, reply.Derived, sampling); break;
                    case RanksCsv.FileName: RanksCsv.Write(writer, reply.Joint); break;
                    case CountsCsv.FileName: CountsCsv.Write(writer, reply.Joint); break;
                    default: ClassesCsv.Write(writer, reply.Joint); break;
                }
            });
        }
    }

    /// <summary>The figures of --figures, each once, in the order that was typed.</summary>
    /// <exception cref="CommandException">One names no figure.</exception>
    protected IReadOnlyList<EstimateKey> AskedFigures(CompiledStudy study, FigureIndex index)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(index);
        string[] patterns = [.. Figures];
        if (patterns.Length == 0) patterns = ["nation.total"];
        return [.. patterns.SelectMany(pattern => Told("--figures", pattern, () => index.Select(pattern))).Distinct()];
    }

    private static IReadOnlyList<DerivedFigure> Derived(string option, DerivedKind kind, string text, FigureIndex index) =>
        Told(option, text, () => DerivedFigure.Parse(kind, text, index));

    private static IReadOnlyList<T> Told<T>(string option, string word, Func<IReadOnlyList<T>> find)
    {
        try
        {
            return find();
        }
        catch (FigurePatternException exception)
        {
            throw Refused(option, word, exception.Message);
        }
    }

    private IReadOnlyList<double> Thresholds()
    {
        var thresholds = new List<double>();
        foreach (var word in Above)
        {
            if (!TryNumber(word, out var threshold))
                throw Refused("--above", word, "expected numbers in the study's unit, such as 500,1000.");
            if (thresholds.Contains(threshold)) throw Refused("--above", word, "found twice; expected each threshold once.");
            thresholds.Add(threshold);
        }

        thresholds.Sort();
        return thresholds;
    }

    private static bool TryNumber(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static CommandException Refused(string option, string word, string message) =>
        new(ExitCodes.BadInput, $"{option} {word}: {message}");
}
