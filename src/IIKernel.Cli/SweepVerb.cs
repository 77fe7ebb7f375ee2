using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;
using static System.FormattableString;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>sweep</c>.</summary>
[Verb("sweep", HelpText = "Run a study with many seeds, or with keys of study.json replaced row by row, and put all runs into one table.")]
public sealed class SweepOptions : SequenceVerbOptions
{
    private const int MostRuns = 10_000;
    private const int MostResults = 1_000_000;

    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("How far figures go with the seed", UsageStyle.Short,
            new SweepOptions { Study = "studies/mine", Seeds = ["1..100"], Out = "out/sweep" }),
        new("A run for each row of a table, ten seeds of each", UsageStyle.Short, new SweepOptions
        {
            Study = "studies/mine", Seeds = ["1..10"], Overrides = "overrides.csv", Out = "out/sweep",
        }),
        new("The third of four shares, for merge to join", UsageStyle.Short, new SweepOptions
        {
            Study = "studies/mine", Seeds = ["1..100"], Shard = "3/4", Work = "work", Out = "out/sweep",
        }),
    ];

    /// <summary>Seeds.</summary>
    [Option("seeds", MetaValue = "LIST", Separator = ',',
        HelpText = "Seeds, separated by commas, or ranges of them such as 1..100: a run of each.")]
    public IEnumerable<string> Seeds { get; set; } = [];

    /// <summary>The file of overrides.</summary>
    [Option("overrides", MetaValue = "FILE",
        HelpText = "Table, there or beside study.json, with a column for each key of study.json that is replaced, such as sampling.level, "
            + "and a study a row: a cell is a number, true, false, null, a JSON text or a word; an empty one leaves the key as it is.")]
    public string? Overrides { get; set; }

    /// <summary>The figures.</summary>
    [Option("figures", MetaValue = "LIST", Separator = ',',
        HelpText = "Figures SCOPE[:CODE].PART[.YEAR], such as nation.total.2022 or provinces.growth (default: the nation's totals).")]
    public IEnumerable<string> Figures { get; set; } = [];

    /// <summary>Most rows of a table.</summary>
    [Option("rows", MetaValue = "N", Default = "10", HelpText = "Most runs of the printed table, or all.")]
    public string Rows { get; set; } = "10";

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for sweep.csv and sweep.json; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>The figures, as patterns.</summary>
    public IReadOnlyList<string> Patterns => Figures.Any() ? [.. Figures] : ["nation.total"];

    /// <summary>The seeds, once the options were looked at that can be refused without a study; empty for that of each row.</summary>
    /// <exception cref="CommandException">There is nothing to sweep, or no seed, or one twice.</exception>
    public IReadOnlyList<ulong> CheckedSeeds()
    {
        if (!Seeds.Any() && Overrides is null)
        {
            throw new CommandException(ExitCodes.BadInput, $"sweep: found nothing that runs differ in; expected --seeds 1..100, or "
                + "--overrides FILE, or both.");
        }

        if (Seeds.Any() && Seed is { } one)
            throw CommandException.Of("--seed", one, "found beside --seeds, which says which; expected one of the two.");
        var seeds = new List<ulong>();
        var known = new HashSet<ulong>();
        foreach (var word in Seeds)
        {
            var ends = word.Split("..");
            if (ends.Length > 2 || !TrySeed(ends[0], out var first) || !TrySeed(ends[^1], out var last))
                throw NumberList.Refused("--seeds", word, "expected seeds from 0 to 18446744073709551615, or ranges such as 1..100.");
            if (last < first)
            {
                throw NumberList.Refused("--seeds", word, Invariant($"found {word}, which ends before it begins; expected the first seed ")
                    + Invariant($"to be no larger than the last. Write {last}..{first}."));
            }

            if (last - first >= MostRuns - (ulong)seeds.Count)
                throw NumberList.Refused("--seeds", word, Invariant($"expected at most {MostRuns:N0} seeds. Divide them: a sweep each."));
            for (var i = 0UL; i <= last - first; i++)
            {
                if (!known.Add(first + i))
                    throw NumberList.Refused("--seeds", word, Invariant($"found {first + i} twice; expected each once."));
                seeds.Add(first + i);
            }
        }

        return seeds;
    }

    /// <summary>Refuses columns that options replace in their turn.</summary>
    /// <exception cref="CommandException">There is one.</exception>
    public void CheckColumns(StudyOverrides overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        (string Path, string Option, bool IsGiven)[] replaced =
        [
            ("sampling.seed", Seeds.Any() ? "--seeds" : "--seed", Seeds.Any() || Seed is not null),
            ("sampling.draws", "--draws", Draws is not null), ("sampling.level", "--level", Level is not null),
            ("sampling.sequence", "--sequence", Sequence is not null),
        ];
        foreach (var (path, option, _) in replaced.Where(r => r.IsGiven && overrides.Paths.Contains(r.Path)))
        {
            throw new CommandException(ExitCodes.BadInput, $"{overrides.File.Path}, column {path}: found beside {option}, which replaces "
                + "it in every row; expected one of the two.");
        }
    }

    /// <summary>The runs: each row with each seed.</summary>
    /// <param name="sweep">The studies.</param>
    /// <param name="seeds">The seeds; empty for that of each row.</param>
    /// <exception cref="CommandException">There are too many, or a row cannot be drawn so.</exception>
    public IReadOnlyList<SweepRun> Runs(StudySweep sweep, IReadOnlyList<ulong> seeds)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(seeds);
        var each = Math.Max(1, seeds.Count);
        if ((long)sweep.Rows.Count * each > MostRuns)
        {
            throw new CommandException(ExitCodes.BadInput, Invariant($"sweep: found {sweep.Rows.Count:N0} rows and {each:N0} seeds, ")
                + Invariant($"{(long)sweep.Rows.Count * each:N0} runs; expected at most {MostRuns:N0}. Divide them: a sweep each."));
        }

        var results = sweep.Rows.Sum(r => (long)r.Figures) * each;
        if (results > MostResults)
        {
            throw new CommandException(ExitCodes.BadInput, Invariant($"sweep: found {results:N0} figures of all runs; expected at most ")
                + Invariant($"{MostResults:N0}. Name fewer by --figures, or divide the runs: a sweep each."));
        }

        return [.. sweep.Rows.SelectMany((row, r) =>
        {
            var sampling = SamplingOf(row, sweep.Rows.Count > 1);
            return seeds.Count == 0 ? [new SweepRun(r, sampling)] : seeds.Select(seed => new SweepRun(r, sampling with { Seed = seed }));
        })];
    }

    private SamplingOptions SamplingOf(SweepRow row, bool isOneOfSeveral)
    {
        try
        {
            return Sampling(row.Sampling);
        }
        catch (CommandException exception) when (isOneOfSeveral)
        {
            throw new CommandException(exception.ExitCode, $"{exception.Message} This is so in the row {row.Name}.");
        }
    }

    private static bool TrySeed(string text, out ulong seed) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}

/// <summary>The verb <c>sweep</c>.</summary>
public static class SweepVerb
{
    /// <summary>Draws every run, prints and writes.</summary>
    /// <exception cref="CommandException">An option cannot be carried out.</exception>
    public static int Execute(SweepOptions options)
    {
        _ = SimdBackend.Compile();
        var seeds = options.CheckedSeeds();
        var rows = RunOptions.RowsOf(options.Rows);
        var study = options.Read();
        var files = options.Files();
        var overrides = options.Overrides is { } file ? OverridesReader.Read(file, files) : null;
        if (overrides is not null) options.CheckColumns(overrides);
        IReadOnlyList<FileFingerprint> apart = overrides is { IsOfStudy: false } ? [overrides.File] : [];
        using var output = VerbOutput.Open(options, [.. InputFiles.PathsOf(study), .. apart.Select(f => f.Path)], SweepCsv.FileName);
        var sweep = Read(options, files, overrides);
        var runs = options.Runs(sweep, seeds);
        FileFingerprint[] inputs =
            [.. study.Files.Concat(sweep.Files).Concat(overrides is { IsOfStudy: true } ? [overrides.File] : []).Distinct()];
        using var choice = options.ChooseBackend(study, runs[0].Sampling with { Draws = runs.Sum(r => r.Sampling.Draws) });
        var state = LongRun.Of(options, study, runs.Min(r => r.Sampling.Draws), [.. inputs.Except(study.Files), .. apart]);
        if (!state.Draw(options.Quiet, new(Say($"sweeping"), Say($"runs"), runs.Count), (progress, cancellation) =>
            sweep.Draw(runs, state.Over(choice.Backend), options.ThreadCount, progress, cancellation), out var result))
        {
            return ExitCodes.Done;
        }

        var receipt = Receipt.Of(options.Invocation, study, new { Runs = runs.Count, Rows = sweep.Rows.Count }) with
        {
            Backend = choice.Backend.Info,
            Inputs = inputs,
            OtherInputs = apart,
            Warnings = [.. study.Warnings.Concat(sweep.Warnings).Concat(choice.Warnings).Distinct()],
        };
        var written = output?.Write(receipt, OutputFile.Text(SweepCsv.FileName, writer => SweepCsv.Write(writer, sweep, result))) ?? [];
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                warnings = receipt.Warnings,
                figures = TidyTable.Objects(SweepCsv.Columns(sweep, result), result.Outcomes),
            }, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = SweepReport.Of(study, sweep, result, rows, Say($"--json, or the files of --out DIR"));
            report.Warnings(receipt.Warnings);
            report.Written(written);
            TextReport.Print(AnsiConsole.Console, report);
        }

        state.End();
        return ExitCodes.Done;
    }

    private static StudySweep Read(SweepOptions options, IStudyFiles files, StudyOverrides? overrides)
    {
        try
        {
            var meter = new ProgressMeter(Say($"reading"), Say($"rows"), overrides?.Rows.Count ?? 1);
            return ConsoleWork.Run(options.Quiet, meter, (progress, cancellation) =>
                StudySweep.Read(files, overrides, options.Patterns, options.ThreadCount, progress, cancellation));
        }
        catch (FigurePatternException exception)
        {
            throw new CommandException(ExitCodes.BadInput, $"--figures {exception.Message}");
        }
    }
}
