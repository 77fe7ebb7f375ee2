using System.Diagnostics;
using System.Text.Json;
using CommandLine;
using IIKernel.Kernels;
using IIKernel.Kernels.Statistics;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>bench</c>.</summary>
[Verb("bench", HelpText = "Measure in a few seconds how fast this machine draws a study, with all statistics.")]
public sealed class BenchOptions : StudyOptions
{
    /// <summary>Number of threads.</summary>
    [Option("threads", MetaValue = "N", HelpText = "Number of threads (default: one a processor).")]
    public int? Threads { get; set; }
}

/// <summary>One measured way of drawing.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Device">The hardware, in words.</param>
/// <param name="Figures">Which figures.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="DrawsPerSecond">Draws per second with all statistics.</param>
public sealed record BenchLine(string Backend, string Device, string Figures, long Draws, double DrawsPerSecond);

/// <summary>The verb <c>bench</c>: a headline for this machine; <c>bench/</c> of the repository holds the measurements of record.</summary>
public static class BenchVerb
{
    private const long ScalarDraws = 20_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.7);

    /// <summary>Measures and prints.</summary>
    public static int Execute(BenchOptions options)
    {
        if (options.Threads is < 1)
            throw new CommandException(ExitCodes.BadInput, $"--threads {options.Threads}: expected a number of at least 1.");
        var threads = options.Threads ?? Environment.ProcessorCount;
        var study = options.Study is null ? StudyReader.Read(EmbeddedStudyFiles.CoefficientDemonstration) : options.Read();
        var point = PointModel.Estimate(study);
        var keys = EstimateCatalog.Of(study, point);
        var all = keys.Select(k => k.Output).ToArray();
        var year = keys.Where(k => k.Scope != "sector" && k.Year == study.BaseYear).Select(k => k.Output).ToArray();
        var plan = PlanCompiler.Compile(study, point, study.Sampling.Seed);
        var everything = $"all {all.Length:N0}";
        var one = new SimdBackend(1);
        BenchLine Line(IBackend backend, string figures, int[] outputs)
        {
            using var program = backend.Load(plan);

            // A sample that is too small would measure its pilot.
            var draws = backend.Info.LaneWidth == 1 ? ScalarDraws : ScalarDraws * 2 * backend.Info.LaneWidth;
            return new(backend.Info.Name, backend.Info.Device, figures, draws, Measure(program, outputs, backend.Info.Threads, draws));
        }

        BenchLine[] lines =
        [
            Line(new ReferenceBackend(), everything, all),
            Line(one, everything, all),
            .. threads > 1 ? [Line(new SimdBackend(threads), everything, all)] : Array.Empty<BenchLine>(),
            Line(new SimdBackend(threads), $"{year.Length:N0} of {study.BaseYear}, no sectors", year),
        ];
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(lines, RunReceipt.Json));
        else if (!options.Quiet) Print(study, lines);
        return ExitCodes.Done;
    }

    private static double Measure(IProgram program, int[] outputs, int threads, long draws)
    {
        var point = program.EvaluatePoint();
        void Draw(long count) => SampleStatistics.Collect(program, CoverageRanks.For(count, 0.95), outputs, point, threads);

        // The compiler takes about so long to see which code is worth its while.
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp;) Draw(ScalarDraws);
        var clock = Stopwatch.StartNew();
        Draw(draws);
        return draws / clock.Elapsed.TotalSeconds;
    }

    private static void Print(Study study, BenchLine[] lines)
    {
        AnsiConsole.WriteLine($"{study.Name}: draws per second with all statistics");
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("backend", "device", "figures", "draws per second", "of the reference");
        foreach (var line in lines)
        {
            table.AddRow(
                new Text(line.Backend), new Text(line.Device), new Text(line.Figures), new Text($"{line.DrawsPerSecond:N0}").RightJustified(),
                new Text(line.Figures == lines[0].Figures ? $"{line.DrawsPerSecond / lines[0].DrawsPerSecond:F1}" : "").RightJustified());
        }

        AnsiConsole.Write(table);
    }
}
