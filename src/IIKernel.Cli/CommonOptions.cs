using System.Globalization;
using CommandLine;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;

namespace IIKernel.Cli;

/// <summary>Options of every verb that reads a study.</summary>
public abstract class StudyOptions : VerbOptions
{
    /// <summary>What help says of the option that lets paths lead elsewhere.</summary>
    public const string AllowOutsideHelp = "Read files of the study that lie outside its folder too.";

    /// <summary>Folder of the study, or its study.json.</summary>
    [Value(0, MetaName = "STUDY",
        HelpText = "Folder of the study, or its study.json. Without it the embedded demonstration study is used.")]
    public string? Study { get; set; }

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON instead of tables.")]
    public bool Json { get; set; }

    /// <summary>Whether tables and progress are left out.</summary>
    [Option("quiet", HelpText = "Print neither tables nor progress.")]
    public bool Quiet { get; set; }

    /// <summary>Whether the study's paths may lead out of its folder.</summary>
    [Option("allow-outside", HelpText = AllowOutsideHelp)]
    public bool AllowOutside { get; set; }

    /// <summary>Where the study's files lie.</summary>
    public IStudyFiles Files() => Study is null ? EmbeddedStudyFiles.Demonstration : new FolderStudyFiles(Study, AllowOutside);

    /// <summary>Reads the study.</summary>
    /// <exception cref="StudyException">The study cannot be computed.</exception>
    public Study Read() => Read(tableOnly: false);

    /// <summary>Reads the study for a verb that its table suffices.</summary>
    /// <exception cref="StudyException">The study cannot be computed.</exception>
    public Study ReadTable() => Read(tableOnly: true);

    private Study Read(bool tableOnly) => Study is null ? StudyReader.ReadDemonstration()
        : StudyReader.ReadFolder(Study, tableOnly, AllowOutside, Interruption.Token);
}

/// <summary>Options of every verb that draws.</summary>
public abstract class SamplingVerbOptions : WritingOptions
{
    // More than any machine has.
    private const int MostThreads = 1024;

    /// <summary>Number of draws.</summary>
    [Option("draws", MetaValue = "N", HelpText = "Number of draws (default: the study's).")]
    public virtual long? Draws { get; set; }

    /// <summary>Seed.</summary>
    [Option("seed", MetaValue = "N", HelpText = "Seed, 0 to 18446744073709551615 (default: the study's).")]
    public ulong? Seed { get; set; }

    /// <summary>Coverage probability.</summary>
    [Option("level", MetaValue = "P", HelpText = "Coverage probability of the intervals, such as 0.95 (default: the study's).")]
    public double? Level { get; set; }

    /// <summary>Backend.</summary>
    [Words(typeof(BackendChoice), nameof(BackendChoice.Names))]
    [Option("backend", MetaValue = "NAME", Default = BackendCatalog.Auto,
        HelpText = "Where to draw: auto, reference, simd, cuda, opencl or ilgpu-cpu; the verb devices lists what there is.")]
    public string Backend { get; set; } = BackendCatalog.Auto;

    /// <summary>Number of the device.</summary>
    [Option("device", MetaValue = "N", HelpText = "Which device of the backend, from 0 (default: the first that can be used).")]
    public int? Device { get; set; }

    /// <summary>Number of threads.</summary>
    [Option("threads", MetaValue = "N", HelpText = "Number of threads (default: one a processor).")]
    public int? Threads { get; set; }

    /// <summary>The number of threads to use.</summary>
    /// <exception cref="CommandException">No number of threads.</exception>
    public int ThreadCount => CountOf(Threads);

    /// <summary>The number of threads of an option's value; one a processor where it was not given.</summary>
    /// <exception cref="CommandException">No number of threads.</exception>
    public static int CountOf(int? threads) => threads switch
    {
        null => Environment.ProcessorCount,
        >= 1 and <= MostThreads => threads.Value,
        _ => throw CommandException.Of(
            "--threads", threads, string.Create(CultureInfo.InvariantCulture, $"expected 1 to {MostThreads:N0}.")),
    };

    /// <summary>The backend asked for, or the best for so many draws of a study.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public BackendChoice ChooseBackend(Study study, SamplingOptions sampling)
    {
        var entities = EntityList.Of(study);
        var outputs = new OutputMap(
            study.Categories.Categories.Count, study.Groups.Count, entities.Count(e => e.Set >= 0), study.Years.Count,
            study.Table.Sectors.Count).Count;

        // Whether a device gains by drawing tables is not known without trying: whoever knows names it.
        var name = Backend == BackendCatalog.Auto && study.Uncertainty.Flows is not null ? SimdBackend.Name : Backend;
        return BackendChoice.Of(name, Device, ThreadCount, (double)sampling.Draws * outputs);
    }

    /// <summary>The sequence to draw from: the study's, unless a verb has an option for it.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    protected virtual SamplingSequence SequenceOf(SamplingOptions study) => study.Sequence;

    /// <summary>Whether the verb finds the number of draws itself.</summary>
    protected virtual bool FindsDraws => false;

    /// <summary>The study's sampling options, overridden by the command line's.</summary>
    /// <exception cref="CommandException">An option is out of range.</exception>
    public SamplingOptions Sampling(SamplingOptions study)
    {
        const long most = Kernels.Search.SampleStatistics.MaximumDraws;
        if (Draws is < 1 or > most)
            throw CommandException.Of("--draws", Draws, $"expected 1 to {most}.");
        if (Level is not (null or (> 0 and < 1)))
            throw CommandException.Of("--level", Level, "expected a probability between 0 and 1, such as 0.95.");
        var sampling = new SamplingOptions(Draws ?? study.Draws, Seed ?? study.Seed, Level ?? study.Level)
        {
            Sequence = SequenceOf(study),
        };
        if (FindsDraws) return sampling with { Draws = sampling.Fitting(sampling.Draws) };
        if (sampling.Fits) return sampling;
        var nearest = string.Join(" or ", sampling.Nearest.Select(n => $"--draws {n}"));
        var message = $"expected {sampling.Demand}. The nearest are {nearest}";
        throw Draws is not null ? CommandException.Of("--draws", Draws, message + ".")
            : CommandException.Of("--sequence", SamplingOptions.Word(sampling.Sequence),
                $"found {study.Draws} draws, the study's; {message}; the study's sequence is {SamplingOptions.Word(study.Sequence)}.");
    }
}

/// <summary>Options of every verb that draws from a sequence of the user's choice.</summary>
public abstract class SequenceVerbOptions : LongVerbOptions
{
    /// <summary>The sequence that is drawn from.</summary>
    [Words(typeof(SamplingOptions), nameof(SamplingOptions.Words))]
    [Option("sequence", MetaValue = "NAME", HelpText = "What the draws come from: philox, independent numbers; sobol, scrambled Sobol' "
        + "points, whose errors fall faster (draws: a power of two); or latin-hypercube (default: the study's).")]
    public string? Sequence { get; set; }

    /// <inheritdoc/>
    protected override SamplingSequence SequenceOf(SamplingOptions study) => Sequence is null ? base.SequenceOf(study)
        : SamplingOptions.Find(Sequence) ?? throw CommandException.Of("--sequence", Sequence,
            $"expected {string.Join(", ", SamplingOptions.Words)}."
                + NearestWord.Meant(NearestWord.Of(Sequence, SamplingOptions.Words)));
}
