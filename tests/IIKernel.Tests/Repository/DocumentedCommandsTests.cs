using System.Text.RegularExpressions;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Repository;

/// <summary>Every command of the documents, one after the other as their reader types them, in an empty folder.</summary>
public sealed partial class DocumentedCommandsTests : IDisposable
{
    // What continuous integration runs itself.
    private static readonly string[] OfTheRepository =
        ["dotnet run ", "dotnet test ", "dotnet pack ", "dotnet publish ", "iikernel bench", "iikernel gauge"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-documents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Documents =>
        [.. All().Where(d => Commands(d).Any()).Select(d => Path.GetRelativePath(RepositoryTests.Root, d).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_does_what_it_says(string document)
    {
        TestWorkbook.OfOffice().Save(Path.Combine(_folder, "io2017.xlsx"));
        foreach (var command in Commands(Path.Combine(RepositoryTests.Root, document)))
        {
            if (OfTheRepository.Any(c => command.StartsWith(c, StringComparison.Ordinal))) continue;
            Assert.StartsWith("iikernel ", command, StringComparison.Ordinal);
            var (exitCode, output, error) = CommandLineRunner.Process(command.Split(' ')[1..], _folder);
            Assert.True(exitCode == 0, $"{command}\n{output}\n{error}");
        }
    }

    [Fact]
    public void Every_verb_has_a_row_in_the_table_of_commands()
    {
        var rows = VerbRow().Matches(File.ReadAllText(Path.Combine(RepositoryTests.Root, "docs", "commands.md")));
        Assert.Equal(Program.Verbs.Select(v => v.Name).Order(), rows.Select(r => r.Groups["verb"].Value).Order());
    }

    [Fact]
    public void The_chinese_readme_is_the_english_one()
    {
        var (english, chinese) = (Path.Combine(RepositoryTests.Root, "README.md"), Path.Combine(RepositoryTests.Root, "README.zh.md"));
        Assert.Equal(Commands(english), Commands(chinese));
        Assert.NotEmpty(Commands(english));
        Assert.Equal(Structure(english), Structure(chinese));
        // But to each other.
        Assert.Equal(Links(english).Where(p => p != "README.zh.md"), Links(chinese).Where(p => p != "README.md"));
        Assert.Contains("README.zh.md", Links(english));
        Assert.Contains("README.md", Links(chinese));

        static IEnumerable<string> Links(string path) => Link().Matches(File.ReadAllText(path)).Select(m => m.Groups["path"].Value);

        // Headings by their level, rows of tables and items of lists, in their order.
        static string Structure(string path) => string.Concat(File.ReadLines(path).Where(line => line.Length > 0).Select(line =>
            line[0] == '#' ? line.Split(' ')[0] + " " : line[0] is '|' or '-' ? line[..1] : ""));
    }

    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_heading()
    {
        foreach (var document in All())
        {
            foreach (Match link in Link().Matches(File.ReadAllText(document)))
            {
                var (path, anchor) = (link.Groups["path"].Value, link.Groups["anchor"].Value);
                var target = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
                Assert.True(File.Exists(target), $"{document}: {path}");
                if (anchor.Length > 0) Assert.Contains(anchor, Anchors(target));
            }
        }
    }

    private static IEnumerable<string> All() =>
    [
        .. Directory.EnumerateFiles(RepositoryTests.Root, "*.md").Order(StringComparer.Ordinal),
        .. Directory.EnumerateFiles(Path.Combine(RepositoryTests.Root, "docs"), "*.md").Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Commands(string document) =>
        Shell().Matches(File.ReadAllText(document))
            .SelectMany(m => m.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    // As readers of Markdown name headings: small letters, hyphens for spaces, nothing else that is not a letter, a digit or a hyphen.
    private static IEnumerable<string> Anchors(string document) => Heading().Matches(File.ReadAllText(document))
        .Select(m => NotInAnchors().Replace(m.Groups["text"].Value.Trim().ToLowerInvariant().Replace(' ', '-'), ""));

    [GeneratedRegex("^```sh\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex("^\\| `(?<verb>[a-z]+)[ `]", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}-]")]
    private static partial Regex NotInAnchors();
}
