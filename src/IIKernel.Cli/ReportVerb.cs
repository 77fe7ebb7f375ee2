using System.Security.Cryptography;
using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Pages;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>report</c>.</summary>
[Verb("report", HelpText = "Write report.html of a run that was done before: one page with its charts, in Chinese and English.")]
public sealed class ReportOptions : VerbOptions, IWritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("The page of a run, beside its files", UsageStyle.Short, new ReportOptions { Folder = "out" }),
        new("In a folder of its own", UsageStyle.Short, new ReportOptions { Folder = "out", Out = "page" }),
    ];

    /// <summary>The folder of the run.</summary>
    [Value(0, MetaName = "RUN_DIR", Required = true, HelpText = "Folder that run wrote with --out.")]
    public string Folder { get; set; } = "";

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for report.html (default: RUN_DIR).")]
    public string? Out { get; set; }

    /// <summary>Whether the study's paths may lead out of its folder.</summary>
    [Option("allow-outside", HelpText = StudyOptions.AllowOutsideHelp)]
    public bool AllowOutside { get; set; }

    /// <summary>Number of threads.</summary>
    [Option("threads", MetaValue = "N", HelpText = "Number of threads (default: one a processor).")]
    public int? Threads { get; set; }

    /// <summary>Whether nothing is printed.</summary>
    [Option("quiet", HelpText = "Print neither the path nor progress.")]
    public bool Quiet { get; set; }

    /// <inheritdoc/>
    [Option("force", HelpText = WritingOptions.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public Invocation Invocation { get; set; } = Invocations.None;
}

/// <summary>
/// The verb <c>report</c>. Files hold no ranks and no inner intervals, so the run is drawn again, which gives the same bits;
/// estimates.csv tells that it does.
/// </summary>
public static class ReportVerb
{
    /// <summary>Holds a folder against its receipt, draws the run again and writes its page.</summary>
    /// <exception cref="CommandException">
    /// There is no run in the folder, its files or inputs were changed, or it draws otherwise.
    /// </exception>
    public static int Execute(ReportOptions options)
    {
        var run = Verified(options.Folder);
        var study = run.StudyPath is { } path
            ? StudyReader.ReadFolder(path, false, options.AllowOutside, Interruption.Token)
            : StudyReader.ReadDemonstration();
        // As the receipt names it, so that the page says the same wherever it is made.
        study = study with { Origin = run.Origin };
        var sampling = new SamplingOptions(run.Draws, run.Seed, run.Level)
        {
            Sequence = SamplingOptions.Find(run.Sequence) ?? SamplingSequence.Philox,
            Precision = run.Tables is null ? TablePrecision.Double : TablePrecision.Mixed,
        };
        var sources = UncertaintySource.Together(UncertaintySource.Single.Where(s => run.Sources.Contains(EstimatesCsv.Word(s))));
        options.Out ??= options.Folder;
        string[] inputs = run.StudyPath is null ? [] : [.. InputFiles.PathsOf(study with { Origin = run.StudyPath })];
        using var output = VerbOutput.Open(options, inputs, ReportPage.FileName)!;
        var threads = SamplingVerbOptions.CountOf(options.Threads);
        var backend = BackendCatalog.Processor(threads);
        var meter = new ProgressMeter(Say($"drawing"), Say($"draws"), sampling.Draws);
        var alone = meter.Stage(Say($"each source alone"), Say($"draws"), SourceTable.DrawsEach(sampling));
        var ledger = meter.Stage(Say($"bias of the means"), Say($"draws"), BiasLedger.DrawsOf(sampling));
        var content = ConsoleWork.Run(options.Quiet, meter, (progress, cancellation) =>
        {
            var compiled = new CompiledStudy(study, cancellation);
            using var program = compiled.Load(backend, sampling, sources);
            var summary = UncertaintyRun.Execute(
                compiled, program, sampling, [], backend, threads, sources, progress, cancellation, alone);
            var bias = BiasLedger.Of(compiled, backend, sampling, sources, ledger, cancellation);
            return ReportContent.Of(compiled, program, summary with { Bias = bias }, threads, cancellation);
        });
        var drawn = Sha256(content.Summary);
        if (run.Outputs.Any(o => o.Path == EstimatesCsv.FileName && o.Sha256 != drawn))
        {
            throw new CommandException(ExitCodes.CheckFailed, $"{options.Folder}: version {Machine.ProductVersion} draws other "
                + $"figures than {EstimatesCsv.FileName} holds, which version {run.Version} drew; expected the same bits. Use that "
                + "version, or run again.");
        }

        var receipt = Receipt.Of(options.Invocation, study) with { Backend = backend.Info, Warnings = content.Summary.Warnings };
        var files = output.Write(receipt, new OutputFile(ReportPage.FileName, stream => ReportPage.Write(stream, content)));
        if (!options.Quiet)
            foreach (var file in files) Console.WriteLine(file);
        return ExitCodes.Done;
    }

    private static RecordedRun Verified(string folder)
    {
        if (!Directory.Exists(folder))
            throw Refused(folder, "found no such folder; expected one that run wrote with --out. Check the path.");
        try
        {
            var run = RecordedRun.Read(folder)
                ?? throw Refused(folder, $"found no {RunReceipt.FileName}, or one that no run wrote; expected the folder of a run. "
                    + "Run with --out.");
            var verification = ReceiptVerification.Of(folder);
            var receipt = verification.Receipts.FirstOrDefault(r => r.File == RunReceipt.FileName);
            var changed = receipt?.Files.FirstOrDefault(f => f.State != FileState.Agrees);
            return receipt is not null && changed is null ? run
                : throw new CommandException(ExitCodes.CheckFailed, $"{folder}: found {changed?.Path ?? RunReceipt.FileName} changed since "
                    + $"or out of reach; expected it as the run left it. \"iikernel verify {Invocation.Quoted(folder)}\" says more; run "
                    + "again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(folder, $"{exception.Message} Check its permissions.");
        }
    }

    private static CommandException Refused(string folder, string message) => new(ExitCodes.BadInput, $"{folder}: {message}");

    private static string Sha256(UncertaintySummary summary)
    {
        using var stream = new MemoryStream();
        OutputFile.Text(EstimatesCsv.FileName, writer => EstimatesCsv.Write(writer, summary)).Write(stream);
        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()));
    }
}
