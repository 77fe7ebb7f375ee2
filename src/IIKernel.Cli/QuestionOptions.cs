using CommandLine;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using static System.FormattableString;

namespace IIKernel.Cli;

/// <summary>Options of what is asked of the draws beside a description of every figure.</summary>
public abstract class QuestionOptions : FormatOptions
{
    private const int MostBins = 100_000;
    private const long UsualMostDraws = 10_000_000;

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

    /// <summary>The file of kept draws.</summary>
    [Option("save-draws", MetaValue = "FILE",
        HelpText = "Keep every draw of the figures of --figures and the inputs of --inputs in a file of this name in the folder of --out, "
            + "one draw a row: FILE.csv or FILE.parquet; the verb describe reads it back.")]
    public string? SaveDraws { get; set; }

    /// <summary>The wanted precision.</summary>
    [Option("tolerance", MetaValue = "PERCENT",
        HelpText = "In the place of --draws: as many draws as the figures of --figures take for their means and the ends of their "
            + "intervals to be right within so many percent of the mean, such as 0.1%, with probability 95 %.")]
    public string? Tolerance { get; set; }

    /// <summary>Most draws.</summary>
    [Option("most-draws", MetaValue = "N", HelpText = "Most draws that --tolerance may take (default: 10000000).")]
    public long? MostDraws { get; set; }

    /// <summary>Inputs.</summary>
    [Option("inputs", MetaValue = "LIST", Separator = ',',
        HelpText = "Inputs to keep with --save-draws: " + DrawColumns.InputForm + ".")]
    public IEnumerable<string> Inputs { get; set; } = [];

    /// <inheritdoc/>
    protected override bool FindsDraws => Tolerance is not null;

    /// <summary>Names of the files that the questions add to a run's.</summary>
    public IEnumerable<string> AnswerNames =>
    [
        .. Levels.Any() ? [IntervalsCsv.FileName] : (string[])[], .. Density is null ? (string[])[] : [DensityCsv.FileName],
        .. Difference.Any() || Ratio.Any() ? [DerivedCsv.FileName] : (string[])[], .. Ranks ? [RanksCsv.FileName] : (string[])[],
        .. Above.Any() ? [CountsCsv.FileName, ClassesCsv.FileName] : (string[])[],
        .. SaveDraws is { } draws ? [draws] : (string[])[],
    ];

    /// <summary>The further levels, once the options were looked at that can be refused without a study.</summary>
    /// <exception cref="CommandException">
    /// A level or a threshold is none, or is given twice; no number of bins; figures that nothing is asked of.
    /// </exception>
    public virtual IReadOnlyList<double> CheckedLevels()
    {
        if (Density is < 1 or > MostBins) throw CommandException.Of("--density", Density, Invariant($"expected 1 to {MostBins:N0} bins."));
        if (Figures.Any() && Density is null && SaveDraws is null && Tolerance is null)
        {
            throw new CommandException(ExitCodes.BadInput, "--figures: found nothing that is asked of them; expected --density BINS, "
                + "--save-draws FILE or --tolerance PERCENT too.");
        }

        CheckShare();
        if (Tolerance is not null) CheckTolerance();
        else if (MostDraws is not null)
            throw CommandException.Of("--most-draws", MostDraws, "expected with --tolerance PERCENT alone; --draws N says how many.");

        if (Inputs.Any() && SaveDraws is null)
            throw new CommandException(ExitCodes.BadInput, "--inputs: found nothing that keeps them; expected --save-draws FILE too.");
        CheckSavedName();
        _ = Thresholds();
        return NumberList.Levels("--levels", Levels);
    }

    /// <summary>Names of all files that a run with these options writes, but for its receipt.</summary>
    public IReadOnlyList<string> WrittenNames => [EstimatesCsv.FileName, SourcesCsv.FileName, .. AnswerNames];

    /// <summary>What is asked.</summary>
    /// <param name="study">The study.</param>
    /// <param name="year">The only year of ranks and counts; null for all.</param>
    /// <exception cref="CommandException">An option names no figure, no number of bins, or no thresholds.</exception>
    public SampleRequest Request(CompiledStudy study, int? year)
    {
        ArgumentNullException.ThrowIfNull(study);
        var index = study.Index;
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

    /// <summary>What is kept of the draws; null for nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="plan">The plan of its draws.</param>
    /// <param name="sources">The sources of uncertainty that the plan draws.</param>
    /// <exception cref="CommandException">An option names no figure or no input.</exception>
    public DrawColumns? Saved(CompiledStudy study, SamplePlan plan, UncertaintySources sources)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (SaveDraws is null) return null;
        try
        {
            return new(study, plan, sources, AskedFigures(study, new(study.Keys)), [.. Inputs]);
        }
        catch (InputNameException exception)
        {
            throw NumberList.Refused("--inputs", string.Join(',', Inputs), exception.Message);
        }
    }

    /// <summary>The file of kept draws, in the form that its name says.</summary>
    /// <param name="saved">What is kept.</param>
    /// <param name="source">The plan on a backend.</param>
    /// <param name="origin">The run, which says how many draws.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1.</param>
    /// <param name="cancellation">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    public OutputFile SavedFile(
        DrawColumns saved, IDrawSource source, DrawsOrigin origin, IProgress<double>? progress, CancellationToken cancellation) =>
        IsParquet(SaveDraws!) ? new(SaveDraws!, stream => DrawsParquet.Write(stream, saved, source, origin, progress, cancellation))
        : OutputFile.Text(
            SaveDraws!, writer => DrawsCsv.Write(writer, saved, source, origin.Sampling.Draws, progress, cancellation));

    /// <summary>Reads kept draws of either form; where a file does not say of which run it is, the receipt beside it does.</summary>
    /// <exception cref="StudyException">The file is not there, or holds something else.</exception>
    internal static DrawsFile ReadKept(string path, CancellationToken cancellation)
    {
        var file = IsParquet(path) ? DrawsParquet.Read(path, cancellation) : DrawsFile.Read(path, cancellation);
        return file.Origin is null ? file with { Origin = RunReceipt.OriginOf(path) } : file;
    }

    private static bool IsParquet(string name) => name.EndsWith(DrawsParquet.Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>The files of the answers.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="reply">The answers.</param>
    public IEnumerable<OutputFile> Answers(UncertaintySummary summary, SampleReply reply)
    {
        var sampling = summary.Sampling;
        foreach (var name in AnswerNames.Where(n => n != SaveDraws))
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
        return [.. patterns.SelectMany(pattern => NumberList.Told("--figures", pattern, () => index.Select(pattern))).Distinct()];
    }

    /// <summary>The number of draws that the wanted precision takes; null where none is wanted.</summary>
    /// <param name="study">The study.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="sampling">Seed, level and sequence.</param>
    /// <param name="sources">The sources of uncertainty that are drawn.</param>
    /// <param name="cancellation">Ends the pilot with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CommandException">An option names no figure, or it would take too many draws.</exception>
    public PrecisionRule? Precision(
        CompiledStudy study, IBackend backend, SamplingOptions sampling, UncertaintySources sources, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (Tolerance is null) return null;
        var figures = AskedFigures(study, new(study.Keys));
        var rule = PrecisionRule.Of(study, backend, sampling, sources, figures, WantedTolerance(), ThreadCount, cancellation);
        var most = MostDraws ?? UsualMostDraws;
        if (rule.Draws <= most) return rule;
        var worst = rule.Pilot.MaxBy(p => double.IsNaN(p.Worst) ? double.PositiveInfinity : p.Worst)!;
        throw CommandException.Of("--tolerance", Tolerance, Invariant($"{FigureIndex.Reference(worst.Key)} would take ")
            + (rule.Draws == SampleStatistics.MaximumDraws ? "more draws than there are" : Invariant($"{rule.Draws:N0} draws"))
            + Invariant($"; expected a tolerance that {most:N0} reach, or more of them by --most-draws N. After a pilot of ")
            + Invariant($"{rule.PilotDraws:N0} draws its precision is {100 * worst.Worst:G2} %, and falls with the root of their number."));
    }

    private void CheckShare()
    {
        if (!IsShare) return;
        if (SaveDraws is { } kept)
        {
            throw CommandException.Of("--save-draws", kept, "found beside --shard; expected one of the two: draws are kept by one "
                + "machine.");
        }

        if (Tolerance is { } wanted)
        {
            throw CommandException.Of("--tolerance", wanted, "found beside --shard, which divides a known number of draws; expected "
                + "--draws N. A run with --tolerance and --most-draws says how many.");
        }
    }

    private void CheckTolerance()
    {
        _ = WantedTolerance();
        if (Draws is not null)
            throw CommandException.Of("--tolerance", Tolerance, "found beside --draws, which says how many; expected one of the two.");
        if (MostDraws is < PrecisionRule.UsualPilot)
            throw CommandException.Of(
                "--most-draws", MostDraws, Invariant($"expected at least the {PrecisionRule.UsualPilot:N0} of the pilot."));
    }

    private double WantedTolerance()
    {
        var isPercent = Tolerance!.EndsWith('%');
        if (isPercent && NumberList.TryNumber(Tolerance.TrimEnd('%').TrimEnd(), out var percent) && percent is > 0 and <= 100)
            return percent / 100;
        throw CommandException.Of("--tolerance", Tolerance, "expected a percentage above 0 with its sign, such as 0.1%."
            + NearestWord.Meant(!isPercent && NumberList.TryNumber(Tolerance, out var bare) && bare is > 0 and <= 100
                ? Tolerance + "%" : null));
    }

    private void CheckSavedName()
    {
        if (SaveDraws is not { } name) return;
        if (Out is null)
            throw CommandException.Of("--save-draws", name, "found no --out; expected --out DIR too, which the file is put into.");
        if (name != Path.GetFileName(name) || name.Contains('\\'))
            throw CommandException.Of("--save-draws", name, "expected a name without a folder: the file is put into that of --out.");
        if (name[0] == '.' || !(name.EndsWith(".csv", StringComparison.Ordinal) || IsParquet(name)))
            throw CommandException.Of("--save-draws", name, "expected a name that ends in .csv or .parquet, such as draws.csv.");
        if (WrittenNames.Count(n => n == name) > 1)
            throw CommandException.Of("--save-draws", name, "found the name of another file of this run; expected one of its own.");
    }

    private static IReadOnlyList<DerivedFigure> Derived(string option, DerivedKind kind, string text, FigureIndex index) =>
        NumberList.Told(option, text, () => DerivedFigure.Parse(kind, text, index));

    private IReadOnlyList<double> Thresholds() => NumberList.Thresholds("--above", Above);
}
