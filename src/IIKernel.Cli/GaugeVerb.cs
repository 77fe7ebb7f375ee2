using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Gauge;
using IIKernel.Kernels;
using IIKernel.Reports;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>gauge</c>.</summary>
[Verb("gauge", HelpText = "Replay every known answer on every backend: PASS, NOTE (a documented flaw of the source) or DIFF; exit code 1 on a DIFF.")]
public sealed class GaugeOptions : IWritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Every known answer on every backend", UsageStyle.Short, new GaugeOptions { All = true }),
        new("On one backend, for a program", UsageStyle.Short, new GaugeOptions { Backend = "simd", Json = true }),
    ];

    /// <summary>One backend in the place of all.</summary>
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
        if (options.Backend is not null && !BackendChoice.Names.Skip(1).Contains(options.Backend))
            throw BackendChoice.Unknown(options.Backend, [.. BackendChoice.Names.Skip(1)]);
        using var output = VerbOutput.Open(options, [], GaugeCsv.FileName);
        var backends = Backends(options.Backend);
        if (backends.Length == 0)
            throw new CommandException(ExitCodes.NoDevice, $"--backend {options.Backend}: this machine has no such device that can be used; the verb devices lists what there is.");
        IReadOnlyList<GaugeResult> results;
        try
        {
            results = ConsoleWork.Run(options.Quiet, new("replaying known answers", "sets", GaugeReplay.Steps(backends.Length)),
                (progress, cancellation) => GaugeReplay.Run(backends, Environment.ProcessorCount, progress, cancellation));
        }
        finally
        {
            foreach (var backend in backends) (backend as IDisposable)?.Dispose();
        }

        output?.Write(Receipt.Of(options.Invocation, study: null), OutputFile.Text(GaugeCsv.FileName, writer => GaugeCsv.Write(writer, results)));
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(TidyTable.Objects(GaugeCsv.Columns, results), RunReceipt.Json));
        else if (!options.Quiet) Print(AnsiConsole.Console, results, options.All);
        return results.Any(r => r.Outcome == GaugeOutcome.Diff) ? ExitCodes.CheckFailed : ExitCodes.Done;
    }

    // The processor's backends and every device that can be used, or those of one name.
    private static IBackend[] Backends(string? only)
    {
        var places = only is null ? BackendChoice.Catalog.All() : BackendChoice.Catalog.Of(only);
        return [.. places.Where(p => p.Refusal is null).Select(p => (p, Backend: p.Create(Environment.ProcessorCount)))
            .Select(b => b.p.IsDriven ? new TestedBackend(b.Backend, alone: true) : b.Backend)];
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<GaugeResult> results, bool all)
    {
        var titles = GaugeData.Sets.ToDictionary(s => s.Name, s => s.Title);
        var table = new ReportTable("Known answers",
            [ReportColumn.Text("set"), ReportColumn.Text("about", 1), ReportColumn.Text("backend"), .. new[] { "PASS", "NOTE", "DIFF" }.Select(header => ReportColumn.Number(header))]);
        foreach (var group in results.GroupBy(r => (r.Set, r.Backend)))
            table.Add([group.Key.Set, titles[group.Key.Set], group.Key.Backend, .. Counts(group)]);
        TextReport.Print(console, table);
        foreach (var r in results.Where(r => all || r.Outcome != GaugeOutcome.Pass))
        {
            var (word, colour) = r.Outcome switch { GaugeOutcome.Pass => ("PASS", "green"), GaugeOutcome.Note => ("NOTE", "yellow"), _ => ("DIFF", "red") };
            console.MarkupLineInterpolated($"[{colour}]{word}[/] {r.Set}, {r.Item} ({r.Backend}): {Printed(r.Value)}, reference {Printed(r.Reference)}, tolerance {r.Tolerance:0.0e-0}. {r.Source}{(r.Note is null ? "" : $". {r.Note}")}");
        }

        var counts = Counts(results);
        console.WriteLine($"{results.Count} values: {counts[0]} PASS, {counts[1]} NOTE, {counts[2]} DIFF");
    }

    private static string Printed(double value) => Wording.Minus(value.ToString("R", CultureInfo.InvariantCulture));

    private static string[] Counts(IEnumerable<GaugeResult> results)
    {
        var list = results.ToArray();
        return [.. Enum.GetValues<GaugeOutcome>().Select(o => $"{list.Count(r => r.Outcome == o)}")];
    }
}
