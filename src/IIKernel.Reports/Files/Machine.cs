using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace IIKernel.Reports.Files;

/// <summary>The machine of a run.</summary>
/// <param name="System">Operating system.</param>
/// <param name="Architecture">Architecture of the process.</param>
/// <param name="Processor">The processor's name; empty where the system does not say it.</param>
/// <param name="Cores">Processors that the process may use.</param>
public sealed record Machine(string System, string Architecture, string Processor, int Cores)
{
    /// <summary>This machine.</summary>
    public static Machine Current { get; } = new(
        RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), ProcessorName(), Environment.ProcessorCount);

    /// <summary>Versions of the packages that the program was built with, by name; empty for a program in a single file.</summary>
    public static IReadOnlyDictionary<string, string> Packages { get; } = ReadPackages();

    /// <summary>Version of IIKernel.</summary>
    public static string ProductVersion { get; } =
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static string ProcessorName()
    {
        const string linux = "/proc/cpuinfo";
        if (!File.Exists(linux)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "";
        var line = File.ReadLines(linux).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static SortedDictionary<string, string> ReadPackages()
    {
        var packages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // The program's own list comes first, then those of the frameworks.
        var list = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0];
        if (!File.Exists(list)) return packages;
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package") continue;
            var parts = library.Name.Split('/');
            packages[parts[0]] = parts[1];
        }

        return packages;
    }
}
