using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Gauge;
using IIKernel.Kernels;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>gauge</c>.</summary>
[Verb("gauge", HelpText =
    "Replay every known answer on every backend: PASS, NOTE (a documented flaw of the source) or DIFF; exit code 1 on a DIFF.")]
public sealed class GaugeOptions : VerbOptions, IWritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Every known answer on every backend", UsageStyle.Short, new GaugeOptions { All = true }),
        new("On one backend, for a program", UsageStyle.Short, new GaugeOptions { Backend = "simd", Json = true }),
    ];

    /// <summary>The backends that there are.</summary>
    internal static IReadOnlyList<string> Backends => BackendChoice.Catalog.Names;

    /// <summary>One backend in the place of all.</summary>
    [Words(typeof(GaugeOptions), nameof(Backends))]
    [Option("backend", MetaValue = "NAME", HelpText = "One backend only, by a name that the verb devices lists (default: all).")]
    public string? Backend { get; set; }

    /// <summary>Output folder.</summary>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for gauge.csv, every value with its reference, tolerance and source.")]
    public string? Out { get; set; }

    /// <inheritdoc/>
    [Option("force", HelpText = WritingOptions.ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public Invocation Invocation { get; set; } = Invocations.None;

    /// <summary>Whether every value is printed.</summary>
    [Option("all", HelpText = "Print every value, not the summary and what differs alone.")]
    public bool All { get; set; }

    /// <summary>Whether results go to standard output as JSON.</summary>
    [Option("json", HelpText = "Print results as JSON instead of tables.")]
    public bool Json { get; set; }

    /// <summary>Whether tables are left out.</summary>
    [Option("quiet", HelpText = "Print nothing.")]
    public bool Quiet { get; set; }
}

/// <summary>The verb <c>gauge</c>.</summary>
public static class GaugeVerb
{
    /// <summary>Replays the known answers and prints how they compare.</summary>
    public static int Execute(GaugeOptions options)
    {
        if (options.Backend is not null && !BackendChoice.Catalog.Names.Contains(options.Backend))
            throw BackendChoice.Unknown(options.Backend, BackendChoice.Catalog.Names);
        using var output = VerbOutput.Open(options, [], GaugeCsv.FileName);
        var backends = Backends(options.Backend);
        if (backends.Length == 0)
        {
            throw new CommandException(ExitCodes.NoDevice,
                $"--backend {options.Backend}: this machine has no such device that can be used; the verb devices lists what there is.");
        }

        IReadOnlyList<GaugeResult> results;
        try
        {
            results = ConsoleWork.Run(options.Quiet, new(Say($"replaying known answers"), Say($"sets"), GaugeReplay.Steps(backends.Length)),
                (progress, cancellation) => GaugeReplay.Run(backends, Environment.ProcessorCount, progress, cancellation));
        }
        finally
        {
            foreach (var backend in backends) (backend as IDisposable)?.Dispose();
        }

        var file = OutputFile.Text(GaugeCsv.FileName, writer => GaugeCsv.Write(writer, results));
        output?.Write(Receipt.Of(options.Invocation, study: null), file);
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(TidyTable.Objects(GaugeCsv.Columns, results), JsonText.Options));
        else if (!options.Quiet) TextReport.Print(AnsiConsole.Console, GaugeReport.Of(results, options.All));
        return results.Any(r => r.Outcome == GaugeOutcome.Diff) ? ExitCodes.CheckFailed : ExitCodes.Done;
    }

    // The processor's backends and every device that can be used, or those of one name.
    private static IBackend[] Backends(string? only)
    {
        var places = only is null ? BackendChoice.Catalog.All() : BackendChoice.Catalog.Of(only);
        return [.. places.Where(p => p.Refusal is null).Select(p => BackendChoice.Create(p, Environment.ProcessorCount, alone: true))];
    }
}
