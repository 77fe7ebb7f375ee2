using CommandLine;
using IIKernel.Kernels;
using IIKernel.Studies;

namespace IIKernel.Cli;

/// <summary>Options of every verb that reads a study.</summary>
public abstract class StudyOptions
{
    /// <summary>Folder of the study, or its study.json.</summary>
    [Value(0, MetaName = "STUDY", HelpText = "Folder of the study, or its study.json. Without it the embedded demonstration study is used.")]
    public string? Study { get; set; }

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON instead of tables.")]
    public bool Json { get; set; }

    /// <summary>Whether tables and progress are left out.</summary>
    [Option("quiet", HelpText = "Print neither tables nor progress.")]
    public bool Quiet { get; set; }

    /// <summary>Reads the study.</summary>
    /// <exception cref="StudyException">The study cannot be computed.</exception>
    public Study Read() => Study is null ? StudyReader.ReadDemonstration() : StudyReader.ReadFolder(Study);
}

/// <summary>Options of every verb that draws.</summary>
public abstract class SamplingVerbOptions : StudyOptions
{
    /// <summary>Number of draws.</summary>
    [Option("draws", MetaValue = "N", HelpText = "Number of draws (default: the study's).")]
    public long? Draws { get; set; }

    /// <summary>Seed.</summary>
    [Option("seed", MetaValue = "N", HelpText = "Seed, 0 to 18446744073709551615 (default: the study's).")]
    public ulong? Seed { get; set; }

    /// <summary>Coverage probability.</summary>
    [Option("level", MetaValue = "P", HelpText = "Coverage probability of the intervals, such as 0.95 (default: the study's).")]
    public double? Level { get; set; }

    /// <summary>Backend.</summary>
    [Option("backend", MetaValue = "NAME", Default = BackendCatalog.Auto, HelpText = "Where to draw: auto, or a name that the verb devices lists.")]
    public string Backend { get; set; } = BackendCatalog.Auto;

    /// <summary>Number of threads.</summary>
    [Option("threads", MetaValue = "N", HelpText = "Number of threads (default: one a processor).")]
    public int? Threads { get; set; }

    /// <summary>The number of threads to use.</summary>
    /// <exception cref="CommandException">Not a positive number.</exception>
    public int ThreadCount => Threads is null ? Environment.ProcessorCount
        : Threads >= 1 ? Threads.Value
        : throw new CommandException(ExitCodes.BadInput, $"--threads {Threads}: expected a number of at least 1.");

    /// <summary>The backend asked for.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public IBackend CreateBackend()
    {
        var catalog = new BackendCatalog();
        return catalog.Create(Backend, ThreadCount) ?? throw new CommandException(
            ExitCodes.NoDevice, $"--backend {Backend}: there is no such device here; expected {BackendCatalog.Auto}, {string.Join(" or ", catalog.Names)}.");
    }

    /// <summary>The study's sampling options, overridden by the command line's.</summary>
    /// <exception cref="CommandException">An option is out of range.</exception>
    public SamplingOptions Sampling(SamplingOptions study)
    {
        const long most = Kernels.Statistics.SampleStatistics.MaximumDraws;
        if (Draws is < 1 or > most)
            throw new CommandException(ExitCodes.BadInput, $"--draws {Draws}: expected 1 to {most}.");
        if (Level is not (null or (> 0 and < 1)))
            throw new CommandException(ExitCodes.BadInput, FormattableString.Invariant($"--level {Level}: expected a probability between 0 and 1, such as 0.95."));
        return new(Draws ?? study.Draws, Seed ?? study.Seed, Level ?? study.Level);
    }
}
