using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Pages;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>run</c>.</summary>
[Verb("run", isDefault: true, HelpText = "Draw the uncertain inputs and put a coverage interval on every figure.")]
public sealed class RunOptions : QuestionOptions
{
    // Rows of a printed table where their number is not given.
    private const int UsualRows = 10;

    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Write every figure of the demonstration with its interval", UsageStyle.Short, new RunOptions { Out = "out" }),
        new("A million draws of a study, 90 percent intervals", UsageStyle.Short,
            new RunOptions { Study = "studies/mine", Draws = 1_000_000, Level = 0.9, Out = "out" }),
        new("What the coefficients alone would spread", UsageStyle.Short,
            new RunOptions { Study = "studies/mine", Only = ["coefficients"] }),
        new("Ranks, and how many exceed 500 and 1,000", UsageStyle.Short,
            new RunOptions { Study = "studies/mine", Ranks = true, Above = ["500", "1000"], Out = "out" }),
        new("A workbook with Chinese headings, and tables for a paper", UsageStyle.Short,
            new RunOptions { Study = "studies/mine", Formats = ["xlsx", "tex"], Lang = "zh", Out = "out" }),
        new("Images of the figures for a paper", UsageStyle.Short,
            new RunOptions { Study = "studies/mine", Plots = ["png", "pdf"], Out = "out" }),
    ];

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR",
        HelpText = "Folder for estimates.csv, sources.csv, report.html and run.json; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>Whether the page is left out.</summary>
    [Option("no-report", HelpText = "Leave report.html out of the folder of --out.")]
    public bool NoReport { get; set; }

    /// <summary>Whether report.html is written.</summary>
    public bool WritesReport => Out is not null && !NoReport;

    /// <summary>Names of the pages that are written.</summary>
    public IReadOnlyList<string> PageNames => WritesReport ? [ReportPage.FileName] : [];

    /// <summary>Rows of a printed table.</summary>
    [Option("rows", MetaValue = "N", HelpText = "Most rows of a printed table, or all (default: 10; of ranks 30).")]
    public string? Rows { get; set; }

    /// <summary>The printed year.</summary>
    [Option("year", MetaValue = "Y", HelpText = "The year that is printed (default: every year of the nation, the last of the rest).")]
    public int? Year { get; set; }

    /// <summary>The sources of uncertainty that there are.</summary>
    internal static IReadOnlyList<string> SourceWords => [.. SourcesCsv.Words(UncertaintySources.All)];

    /// <summary>The sources to draw.</summary>
    [Words(typeof(RunOptions), nameof(SourceWords))]
    [Option("only", MetaValue = "SOURCES", Separator = ',',
        HelpText = "Sources of uncertainty to draw, separated by commas: coefficients, growth, extrapolation, revisions, flows, of "
            + "which the last two are lognormal (default: all that the study names).")]
    public IEnumerable<string> Only { get; set; } = [];

    /// <summary>What drawn tables are factorised in.</summary>
    [Words(typeof(SamplingOptions), nameof(SamplingOptions.PrecisionWords))]
    [Option("precision", MetaValue = "NAME", HelpText = "What drawn tables are factorised in: double; or mixed, single precision with "
        + "corrections whose residuals are computed in double until a bound holds, for cards whose doubles are slow (default: double).")]
    public string? Arithmetic { get; set; }

    /// <summary>What drawn tables are factorised in.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sources">The sources of uncertainty that are drawn.</param>
    /// <exception cref="CommandException">There is none of that name, or no table is drawn.</exception>
    public TablePrecision TablePrecisionOf(Study study, UncertaintySources sources)
    {
        if (Arithmetic is null || Arithmetic == SamplingOptions.Word(TablePrecision.Double)) return TablePrecision.Double;
        if (Arithmetic != SamplingOptions.Word(TablePrecision.Mixed))
        {
            throw CommandException.Of("--precision", Arithmetic, $"expected {string.Join(" or ", SamplingOptions.PrecisionWords)}."
                + NearestWord.Meant(NearestWord.Of(Arithmetic, SamplingOptions.PrecisionWords)));
        }

        return study.Uncertainty.Flows is not null && sources.HasFlag(UncertaintySources.Flows) ? TablePrecision.Mixed
            : throw CommandException.Of("--precision", Arithmetic, study.Uncertainty.Flows is null
                ? "the study's table is certain, and factorised once; expected double, or a study with the key uncertainty.flows."
                : "--only leaves the flows out, so that the table is certain; expected double, or flows among the sources of --only.");
    }

    /// <summary>The value of an option --rows: a number, or null for all.</summary>
    /// <exception cref="CommandException">No number of rows.</exception>
    internal static int? RowsOf(string rows) => rows == "all" ? null
        : int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n
        : throw CommandException.Of("--rows", rows, "expected a number of at least 1, or all."
            + NearestWord.Meant(NearestWord.Of(rows, ["all"])));

    /// <summary>What is printed.</summary>
    /// <exception cref="CommandException">No number of rows, or a year that the study does not report.</exception>
    public RunView View(Study study)
    {
        var rows = Rows is null ? UsualRows : RowsOf(Rows);
        return Year is null || study.Years.Contains(Year.Value) ? new(rows, Year, Say($"--json, or the files of --out DIR"))
            : throw CommandException.Of("--year", Year, $"the study does not report it; expected {study.Years[0]} to {study.Years[^1]}.");
    }

    /// <summary>The sources to draw.</summary>
    /// <exception cref="CommandException">An unknown source, or one that the study does not name.</exception>
    public UncertaintySources Sources(Study study)
    {
        var asked = Only.ToArray();
        if (asked.Length == 0) return UncertaintySources.All;
        var named = UncertaintySource.Together(new CompiledStudy(study, Interruption.Token).SinglePlans(new(1, 0, 0.5)).Keys);
        var sources = UncertaintySources.None;
        foreach (var word in asked)
        {
            var source = UncertaintySource.Single.FirstOrDefault(s => EstimatesCsv.Word(s) == word);
            if (source == UncertaintySources.None)
                throw new CommandException(ExitCodes.BadInput,
                    $"--only {word}: found an unknown source; expected {string.Join(", ", SourcesCsv.Words(UncertaintySources.All))}."
                    + NearestWord.Meant(NearestWord.Of(word, SourcesCsv.Words(UncertaintySources.All))));
            if (!named.HasFlag(source))
                throw new CommandException(ExitCodes.BadInput,
                    $"--only {word}: the study names no such uncertainty; expected "
                    + $"{(named == UncertaintySources.None ? "a study with any" : string.Join(", ", SourcesCsv.Words(named)))}. Add it to "
                    + "the key uncertainty of study.json.");
            sources |= source;
        }

        return sources;
    }
}

/// <summary>The verb <c>run</c>.</summary>
public static class RunVerb
{
    /// <summary>Draws a study, writes its files and prints its headline figures.</summary>
    public static int Execute(RunOptions options)
    {
        // Beside the reading: the processor draws, or at least the point, in nearly every run.
        _ = SimdBackend.Compile();
        var study = options.Read();
        var sampling = options.Sampling(study.Sampling);
        var sources = options.Sources(study);
        sampling = sampling with { Precision = options.TablePrecisionOf(study, sources) };
        var view = options.View(study);
        var levels = options.CheckedLevels();
        var formats = options.FormatsOf(study, options.Year);
        var plots = options.PlotsOf(study);
        using var output = VerbOutput.Open(options, study,
            [
                .. options.WrittenNames, .. BiasLedger.Applies(study, sources) ? (string[])[BiasCsv.FileName] : [], .. formats.Names,
                .. options.PageNames, .. plots.Names(study),
            ]);
        using var choice = options.ChooseBackend(study, sampling);
        var prints = !options.Json && !options.Quiet;
        var first = options.Tolerance is null ? sampling.Draws : PrecisionRule.UsualPilot;
        var meter = new ProgressMeter(Say($"drawing"), Say($"draws"), first);
        var state = options.OpenWork(study, sampling.Draws);
        var backend = state.Over(choice.Backend);
        if (!state.Draw(options.Quiet, meter, (progress, cancellation) =>
        {
            var compiled = new CompiledStudy(study, cancellation);
            var request = options.Request(compiled, options.Year);
            var rule = options.Precision(compiled, backend, sampling, sources, cancellation);
            var taken = rule is null ? sampling : sampling with { Draws = rule.Draws };
            using var program = compiled.Load(backend, taken, sources);
            var saved = options.Saved(compiled, program.Program.Plan, sources);
            var drawing = rule is null ? progress : meter.Stage(Say($"drawing"), Say($"draws"), taken.Draws);
            var alone = meter.Stage(Say($"each source alone"), Say($"draws"), SourceTable.DrawsEach(taken));
            var asked = meter.Stage(Say($"what was asked beside"), Say($"draws"), taken.Draws);
            var ledger = meter.Stage(Say($"bias of the means"), Say($"draws"), BiasLedger.DrawsOf(taken));
            var work = new IndependentWork();
            var described = work.Do(() => UncertaintyRun.Execute(
                compiled, program, taken, levels, backend, options.ThreadCount, sources, drawing, cancellation, alone));
            var answers = work.Do(() => request.Answer(program, taken, options.ThreadCount, asked, cancellation));
            var bias = work.Do(() => BiasLedger.Of(compiled, backend, taken, sources, ledger, cancellation));
            var shown = options.WritesReport || !plots.IsEmpty
                ? work.Do(() => ReportContent.Ask(compiled, program, taken, sources, options.ThreadCount, cancellation)) : null;
            work.End();
            var run = described! with { Precision = rule, Bias = bias! };
            if (saved is not null)
            {
                var saving = meter.Stage(Say($"keeping draws"), Say($"draws"), taken.Draws);
                output!.Stage(options.SavedFile(saved, program.Program, new(study.Name, taken), saving, cancellation));
            }

            return (run, answers!, shown is null ? null : new ReportContent(run, shown));
        }, out var drawn))
        {
            return ExitCodes.Done;
        }

        var (summary, reply, content) = drawn;
        summary = summary with { Warnings = [.. summary.Warnings, .. choice.Warnings.Except(summary.Warnings)] };

        // Before anything is printed: standard output may be full or closed, and the files are there all the same.
        var receipt = RunReceipt.Of(summary, options.Invocation);
        var files = output?.Write(receipt,
        [
            OutputFile.Text(EstimatesCsv.FileName, writer => EstimatesCsv.Write(writer, summary)),
            OutputFile.Text(SourcesCsv.FileName, writer => SourcesCsv.Write(writer, summary)),
            .. summary.Bias.Count == 0 ? [] : (OutputFile[])[OutputFile.Text(BiasCsv.FileName, writer => BiasCsv.Write(writer, summary))],
            .. options.Answers(summary, reply), .. formats.Of(summary),
            .. options.PageNames.Select(name => new OutputFile(name, stream => ReportPage.Write(stream, content!))),
            .. content is null ? [] : plots.Of(content),
        ]) ?? [];
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(EstimatesJson.Of(summary, reply, receipt), JsonText.Options));
        state.End();
        if (!prints) return ExitCodes.Done;
        var (report, isCut) = RunReport.Of(summary, view);
        ReplyReport.Add(report, summary, reply, view, options.Rows is null ? null : view.Rows);
        report.Line("");
        report.Line(isCut ? Say($"--rows all prints every row, --year Y another year.") : Say($"--year Y another year."));
        report.Warnings(summary.Warnings);
        if (files.Count == 0) report.Line(Say($"No files were written; --out DIR writes every figure."));
        if (plots.Font is { } font) report.Line(Say($"Labels of images are set in {font.Typeface.FamilyName}, {font.Path}."));
        report.Written(files);
        TextReport.Print(AnsiConsole.Console, report);
        return ExitCodes.Done;
    }
}
