using System.Diagnostics;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels;
using IIKernel.Kernels.Gpu;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>bench</c>.</summary>
[Verb("bench", HelpText = "Measure in a few seconds how fast this machine draws a study, with all statistics.")]
public sealed class BenchOptions : StudyOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("A headline for this machine", UsageStyle.Short, new BenchOptions()),
        new("On two threads", UsageStyle.Short, new BenchOptions { Threads = 2 }),
        new("And of a graphics card", UsageStyle.Short, new BenchOptions { Backend = "cuda" }),
    ];

    /// <summary>Number of threads.</summary>
    [Option("threads", MetaValue = "N", HelpText = "Number of threads (default: one a processor).")]
    public int? Threads { get; set; }

    /// <summary>A backend that is measured beside the processor's.</summary>
    [Words(typeof(BackendChoice), nameof(BackendChoice.Names))]
    [Option("backend", MetaValue = "NAME", HelpText = "Measure a device too, by a name that the verb devices lists.")]
    public string? Backend { get; set; }

    /// <summary>Which of its devices.</summary>
    [Option("device", MetaValue = "N", HelpText = "Which device of the backend, from 0 (default: the first that can be used).")]
    public int? Device { get; set; }
}

/// <summary>The verb <c>bench</c>: a headline for this machine; <c>bench/</c> of the repository holds the measurements of record.</summary>
public static class BenchVerb
{
    // Smaller samples would measure their pilots.
    private const long ScalarTrial = 4_000;
    private const long Trial = 32_000;
    private const long MostDraws = 1_000_000;

    // Devices wait for their compilers and for the host before they are fast: samples grow until they take half a second.
    private const long MostDeviceDraws = 1L << 32;
    private const int Growth = 4;

    // The compiler takes about so long to see which code is worth its while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    // At the speed of a trial; a larger sample is described with less work a draw.
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);

    /// <summary>Measures and prints.</summary>
    public static int Execute(BenchOptions options)
    {
        var threads = SamplingVerbOptions.CountOf(options.Threads);
        var study = options.Study is null ? StudyReader.Read(EmbeddedStudyFiles.CoefficientDemonstration) : options.Read();
        var compiled = new CompiledStudy(study, Interruption.Token);
        var keys = compiled.Keys;
        var all = keys.Select(k => k.Output).ToArray();
        var year = keys.Where(k => k.Kind != EntityKind.Sector && k.Year == study.BaseYear).Select(k => k.Output).ToArray();
        var everything = Say($"all {all.Length:N0}");
        var oneYear = Say($"{year.Length:N0} of {study.BaseYear}, no sectors");
        using var chosen = BackendChoice.Of(options.Backend ?? SimdBackend.Name, options.Device, threads, 0);
        Func<BenchLine>[] ofDevice = IsDevice(chosen.Backend.Info)
            ? [() => Line(chosen.Backend, everything, all), () => Line(chosen.Backend, oneYear, year)] : [];
        var one = new SimdBackend(1);
        BenchLine Line(IBackend backend, string figures, int[] outputs)
        {
            using var program = compiled.Load(backend, study.Sampling.Seed);
            var (draws, perSecond) = Measure(program, outputs, backend.Info);
            return new(backend.Info.Name, backend.Info.Device, figures, draws, perSecond);
        }

        Func<BenchLine>[] ways =
        [
            () => Line(new ReferenceBackend(), everything, all),
            () => Line(one, everything, all),
            .. threads > 1 ? [() => Line(new SimdBackend(threads), everything, all)] : Array.Empty<Func<BenchLine>>(),
            () => Line(new SimdBackend(threads), oneYear, year),
            .. ofDevice,
        ];
        var lines = ConsoleWork.Run(options.Quiet, new(Say($"measuring"), Say($"ways to draw"), ways.Length), (progress, cancellation) =>
            ways.Select((way, i) =>
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report((double)i / ways.Length);
            return way();
        }).ToArray());
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(lines, JsonText.Options));
        else if (!options.Quiet) TextReport.Print(AnsiConsole.Console, BenchReport.Of(study, lines));
        return ExitCodes.Done;
    }

    private static bool IsDevice(BackendInfo backend) => DeviceCatalog.Backends.Contains(backend.Name);

    private static (long Draws, double PerSecond) Measure(StudyProgram program, int[] outputs, BackendInfo backend)
    {
        double PerSecond(long draws)
        {
            var clock = Stopwatch.StartNew();
            program.Describe(CoverageRanks.For(draws, 0.95), outputs, backend.Threads);
            return draws / clock.Elapsed.TotalSeconds;
        }

        if (IsDevice(backend))
        {
            var (sample, rate) = (Trial, PerSecond(Trial));
            while (sample / rate < WarmUp.TotalSeconds && sample < MostDeviceDraws) rate = PerSecond(sample *= Growth);
            return (sample, rate);
        }

        var trial = backend.LaneWidth == 1 ? ScalarTrial : Trial;
        var warming = Stopwatch.StartNew();
        do PerSecond(trial);
        while (warming.Elapsed < WarmUp);
        var draws = (long)Math.Clamp(PerSecond(trial) * Measured.TotalSeconds, trial, MostDraws);
        return (draws, PerSecond(draws));
    }
}
