using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels.Gpu;
using IIKernel.Reports;
using IIKernel.Reports.Words;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>devices</c>.</summary>
[Verb("devices", HelpText = "List the devices of this machine, test each for a second and say how their results compare.")]
public sealed class DevicesOptions : VerbOptions
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
            Console.WriteLine(JsonSerializer.Serialize(reports, JsonText.Options));
            return ExitCodes.Done;
        }

        TextReport.Print(AnsiConsole.Console, DevicesReport.Of(reports, BackendChoice.Catalog.Names, DeviceCatalog.DriverFault));
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
