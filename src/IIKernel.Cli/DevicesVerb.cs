using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reports;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>devices</c>.</summary>
[Verb("devices", HelpText = "List the devices of this machine, test each for a second and say how their results compare.")]
public sealed class DevicesOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("What can draw here", UsageStyle.Short, new DevicesOptions()),
    ];

    /// <summary>Whether the list goes to standard output as JSON.</summary>
    [Option("json", HelpText = "Print the list as JSON.")]
    public bool Json { get; set; }
}

/// <summary>One device and what its test found.</summary>
public sealed record DeviceReport
{
    /// <summary>The name that --backend takes.</summary>
    public required string Name { get; init; }

    /// <summary>The number that --device takes.</summary>
    public required int Index { get; init; }

    /// <summary>The hardware, in words.</summary>
    public required string Device { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether it computes in double precision.</summary>
    public required bool DoublePrecision { get; init; }

    /// <summary>The driver.</summary>
    public required string Driver { get; init; }

    /// <summary>How its results compare with those of the reference.</summary>
    public required string Equality { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public required string? Refusal { get; init; }

    /// <summary>Draws of the demonstration study per second with the statistics of all its figures; 0 for a refused device.</summary>
    public required double DrawsPerSecond { get; init; }
}

/// <summary>The verb <c>devices</c>.</summary>
public static class DevicesVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Lists and tests the devices.</summary>
    public static int Execute(DevicesOptions options)
    {
        var reports = Reports().ToArray();
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(reports, RunReceipt.Json));
            return ExitCodes.Done;
        }

        var table = new ReportTable("Devices of this machine", ReportColumn.Text("backend"), ReportColumn.Number("device", 1), ReportColumn.Text("hardware", 2),
            ReportColumn.Number("memory", 4), ReportColumn.Text("double", 5), ReportColumn.Text("driver", 6), ReportColumn.Number("draws/s"), ReportColumn.Text("results"));
        foreach (var report in reports)
        {
            table.Add(
                report.Name, $"{report.Index}", report.Device, string.Create(CultureInfo.InvariantCulture, $"{report.Memory / (double)(1 << 30):0.0} GiB"),
                report.DoublePrecision ? "yes" : "no", report.Driver, string.Create(CultureInfo.InvariantCulture, $"{report.DrawsPerSecond:N0}"),
                report.Refusal is null ? report.Equality : $"refused: {report.Refusal}");
        }

        TextReport.Print(AnsiConsole.Console, table);
        foreach (var backend in BackendChoice.Catalog.Names.Where(b => reports.All(r => r.Name != b)))
            AnsiConsole.MarkupLineInterpolated($"{backend}: no device or no driver.");
        return ExitCodes.Done;
    }

    private static IEnumerable<DeviceReport> Reports()
    {
        var plan = BackendChoice.TestPlan;
        foreach (var place in BackendChoice.Catalog.All())
        {
            var result = BackendChoice.Test(place, plan, Patience);
            yield return new()
            {
                Name = place.Name,
                Index = place.Index,
                Device = place.Device,
                Memory = place.Memory,
                DoublePrecision = place.HasDoublePrecision,
                Driver = place.Driver,
                Equality = place.Equality,
                Refusal = result.Finding,
                DrawsPerSecond = result.DrawsPerSecond,
            };
        }
    }
}
