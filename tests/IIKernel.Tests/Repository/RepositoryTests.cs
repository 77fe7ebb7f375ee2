using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Xunit;

namespace IIKernel.Tests.Repository;

/// <summary>Rules that the repository keeps about itself.</summary>
public class RepositoryTests
{
    /// <summary>Folder of IIKernel.sln.</summary>
    internal static string Root { get; } = FindRoot();

    // Each project and what it may refer to.
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["IIKernel.Kernels"] = ([], ["Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["IIKernel.Kernels.Gpu"] = (["IIKernel.Kernels"], ["ILGPU", "ILGPU.Algorithms", "Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["IIKernel"] = (["IIKernel.Kernels"],
            ["CsvHelper", "ExcelDataReader", "MathNet.Numerics", "Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        ["IIKernel.Reports"] = (["IIKernel"],
            ["CsvHelper", "Parquet.Net", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies", "SpreadCheetah"]),
        ["IIKernel.Cli"] = (["IIKernel.Kernels.Gpu", "IIKernel.Reports"], ["CommandLineParser", "Spectre.Console"]),
    };

    [Fact]
    public void Data_flows_one_way()
    {
        var found = Directory.GetFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(Root, path).Split('/', '\\')[0] is "src" or "kernels").ToArray();
        Assert.Equal(Allowed.Keys.Order(), found.Select(Path.GetFileNameWithoutExtension).Order());
        foreach (var path in found)
        {
            var (projects, packages) = Allowed[Path.GetFileNameWithoutExtension(path)];
            var document = XDocument.Load(path);
            Assert.Equal(projects.Order(),
                Includes(document, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))).Order());
            Assert.Equal(packages.Order(), Includes(document, "PackageReference").Order());
            // What it is built from lies beside it.
            Assert.DoesNotContain(
                document.Descendants().Where(e => e.Name.LocalName is "Compile" or "EmbeddedResource"),
                e => e.Attribute("Include")?.Value.StartsWith("..", StringComparison.Ordinal) == true);
        }
    }

    [Fact]
    public void The_readmes_commands_are_the_ones_that_continuous_integration_runs()
    {
        var commands = ReadmeCommands().ToArray();
        Assert.Equal(2, commands.Length);
        Assert.StartsWith("dotnet run ", commands[0], StringComparison.Ordinal);
        Assert.StartsWith("dotnet test ", commands[1], StringComparison.Ordinal);
        var script = File.ReadAllText(Path.Combine(Root, ".ci", "run"));
        foreach (var command in commands) Assert.Contains(command, script, StringComparison.Ordinal);
    }

    // The first fenced block of the README holds the two commands.
    private static IEnumerable<string> ReadmeCommands() =>
        File.ReadLines(Path.Combine(Root, "README.md"))
            .SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal))
            .Where(line => line.Length > 0 && !line.StartsWith('#'));

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(e => e.Attribute("Include")!.Value);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "IIKernel.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("IIKernel.sln is not above this file.");
    }
}
