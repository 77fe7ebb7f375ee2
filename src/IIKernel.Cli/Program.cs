using System.Globalization;
using System.Text;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Pages;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>The command line: <c>iikernel VERB [STUDY] [options]</c>.</summary>
public static class Program
{
    private const int DefaultWidth = 160;
    private const int LeastWidth = 20;

    /// <summary>The verbs, in the order of the help.</summary>
    internal static IReadOnlyList<KnownVerb> Verbs { get; } =
    [
        KnownVerb.Of<RunOptions>(RunVerb.Execute, EstimatesCsv.FileName, SourcesCsv.FileName),
        KnownVerb.Of<EstimateOptions>(EstimateVerb.Execute),
        KnownVerb.Of<CheckOptions>(CheckVerb.Execute),
        KnownVerb.Of<ExpertsOptions>(ExpertsVerb.Execute),
        KnownVerb.Of<CalibrateOptions>(CalibrateVerb.Execute, CalibrateVerb.Outputs),
        KnownVerb.Of<ClaimsOptions>(ClaimsVerb.Execute, ClaimsCsv.FileName),
        KnownVerb.Of<CompareOptions>(CompareVerb.Execute, ComparisonCsv.FileName),
        KnownVerb.Of<GaugeOptions>(GaugeVerb.Execute, GaugeCsv.FileName),
        KnownVerb.Of<LinkagesOptions>(LinkagesVerb.Execute, LinkagesCsv.FileName),
        KnownVerb.Of<SensitivityVerbOptions>(SensitivityVerb.Execute, SensitivityCsv.FileName, SensitivityCsv.SwingsFile),
        KnownVerb.Of<SweepOptions>(SweepVerb.Execute, SweepCsv.FileName),
        KnownVerb.Of<InfluenceOptions>(InfluenceVerb.Execute, InfluenceCsv.FileName),
        KnownVerb.Of<NewOptions>(NewVerb.Execute),
        KnownVerb.Of<ImportOptions>(ImportVerb.Execute),
        KnownVerb.Of<AggregateOptions>(AggregateVerb.Execute, ReshapedFiles.Outputs),
        KnownVerb.Of<SplitOptions>(SplitVerb.Execute, ReshapedFiles.Outputs),
        KnownVerb.Of<MergeOptions>(MergeVerb.Execute),
        KnownVerb.Of<DescribeOptions>(DescribeVerb.Execute, DescribedCsv.FileName),
        KnownVerb.Of<ReportOptions>(ReportVerb.Execute, ReportPage.FileName),
        KnownVerb.Of<VerifyOptions>(VerifyVerb.Execute),
        KnownVerb.Of<DevicesOptions>(DevicesVerb.Execute),
        KnownVerb.Of<BenchOptions>(BenchVerb.Execute),
        KnownVerb.Of<CompletionOptions>(CompletionVerb.Execute),
    ];

    /// <summary>Runs one verb and returns one of <see cref="ExitCodes"/>.</summary>
    public static int Main(string[] arguments) => Run(arguments, null);

    /// <summary>Likewise, for a page of a width; null for that of the terminal or of what output goes to.</summary>
    internal static int Run(string[] arguments, int? width)
    {
        // Under --json a fault is a JSON document too, also one of the arguments themselves.
        var json = arguments.Contains("--json");
        Locale.Use(arguments);
        var language = CultureInfo.CurrentUICulture;
        using var heeded = Interruption.Heed(() =>
        {
            // On a thread of its own.
            CultureInfo.CurrentUICulture = language;
            FaultReport.Of(new OperationCanceledException(), arguments).Print(json);
        });
        try
        {
            AppDomain.CurrentDomain.UnhandledException += (_, e) => Environment.Exit(Report((Exception)e.ExceptionObject));
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            // A file or a pipe has no width of its own.
            if (width is not null || Console.IsOutputRedirected) AnsiConsole.Profile.Width = width ?? RedirectedWidth();
            return Execute(arguments);
        }
#pragma warning disable CA1031 // The one place where every exception becomes a message and a code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report(exception);
        }

        int Report(Exception exception)
        {
            var report = FaultReport.Of(exception, arguments);
            if (report.ExitCode == ExitCodes.Interrupted) Interruption.Tell(() => report.Print(json));
            else report.Print(json);
            return report.ExitCode;
        }
    }

    // The shell's COLUMNS, which is exported where it is meant for programs.
    private static int RedirectedWidth() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && width >= LeastWidth ? width : DefaultWidth;

    private static int Execute(string[] arguments)
    {
        var started = DateTimeOffset.Now;
        // Beside the arguments, on a core that is free: it is the default study, and any other is read by the same code, which has to be
        // compiled first.
        if (Environment.ProcessorCount > 1) _ = Task.Run(StudyReader.ReadDemonstration);
        var typed = new ArgumentGuard(Verbs, usual: Verbs[0]).Read(arguments);
        if (typed.Version)
        {
            Console.WriteLine($"{UsageStyle.Program} {Machine.ProductVersion}");
            return ExitCodes.Done;
        }

        using var parser = NewParser();
        if (typed.Help)
        {
            var width = AnsiConsole.Profile.Width;
            Console.WriteLine(typed.Verb is { } asked ? CommandHelp.Of(asked, parser, Verbs, width) : CommandHelp.Overview(Verbs, width));
            return ExitCodes.Done;
        }

        return Execute(parser, typed, arguments, started, null);
    }

    /// <summary>Carries out a verb that draws with arguments that were typed before.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="change">Changes the options that were read of them.</param>
    internal static int Again(IReadOnlyList<string> arguments, Action<LongVerbOptions> change)
    {
        using var parser = NewParser();
        var typed = new ArgumentGuard(Verbs, usual: Verbs[0]).Read(arguments);
        if (typed.Verb is null || typed.Help || typed.Version) throw DrawsNone();
        return Execute(parser, typed, arguments, DateTimeOffset.Now, options => change(options as LongVerbOptions ?? throw DrawsNone()));

        static CommandException DrawsNone() => new(ExitCodes.BadInput, "The shares were drawn by a command that draws none.");
    }

    private static Parser NewParser() => new(settings =>
    {
        settings.HelpWriter = null;
        settings.ParsingCulture = CultureInfo.InvariantCulture;
    });

    private static int Execute(
        Parser parser, Understood typed, IReadOnlyList<string> arguments, DateTimeOffset started, Action<object>? change) =>
        parser.ParseArguments(typed.Arguments, [.. Verbs.Select(v => v.Options)]).MapResult(
            options =>
            {
                if (options is VerbOptions { Lang: { } lang }) FormatOptions.RefuseUnknown("--lang", [lang], Locale.Known);
                if (options is IWritingOptions writing) writing.Invocation = Invocations.Of(writing, arguments, started);
                change?.Invoke(options);
                return AsTyped(typed, () => typed.Verb!.Execute(options));
            },
            // The guard has understood every word: what the parser does not is a fault of the guard's.
            errors => throw new InvalidOperationException(string.Join(" ", errors.Select(SentenceBuilder.Create().FormatError))));

    // A value has been read by now: 1.50 is 1.5. What is said of it quotes what was typed.
    private static int AsTyped(Understood typed, Func<int> execute)
    {
        try
        {
            return execute();
        }
        catch (CommandException exception) when (exception.Option is { } option && typed.Texts.TryGetValue(option, out var text))
        {
            throw exception.AsTyped(text);
        }
    }
}
