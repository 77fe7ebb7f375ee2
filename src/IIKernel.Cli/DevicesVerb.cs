using System.Text.Json;
using CommandLine;
using IIKernel.Kernels;
using IIKernel.Reports;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>devices</c>.</summary>
[Verb("devices", HelpText = "List the backends of this machine and how their results compare.")]
public sealed class DevicesOptions
{
    /// <summary>Whether the list goes to standard output as JSON.</summary>
    [Option("json", HelpText = "Print the list as JSON.")]
    public bool Json { get; set; }
}

/// <summary>The verb <c>devices</c>.</summary>
public static class DevicesVerb
{
    /// <summary>Lists the backends.</summary>
    public static int Execute(DevicesOptions options)
    {
        var catalog = new BackendCatalog();
        var infos = catalog.Names.Select(name => catalog.Create(name, Environment.ProcessorCount)!.Info).ToArray();
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(infos, RunReceipt.Json));
            return ExitCodes.Done;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("backend", "device", "draws a lane", "results");
        foreach (var info in infos) table.AddRow(info.Name, info.Device, $"{info.LaneWidth}", info.Equality);
        AnsiConsole.Write(table);
        return ExitCodes.Done;
    }
}
