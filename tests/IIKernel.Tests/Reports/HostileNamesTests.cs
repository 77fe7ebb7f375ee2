using System.IO.Compression;
using IIKernel.Cli;
using IIKernel.Reading;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>A study whose names would run as formulas, escapes of a terminal, tags or columns: nothing that is written lets them.</summary>
public sealed class HostileNamesTests : IDisposable
{
    private const string Formula = "=HYPERLINK(\"\"http://x\"\"),@SUM(1+1)";
    private const string Escape = "\u001B]0;owned\u0007\u001B[2J";
    private const string Tag = "</script><script>alert(1)</script>";
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-hostile-").FullName;

    public HostileNamesTests()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data", "three-sectors")))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        foreach (var file in new[] { "regions.csv", "sectors.csv", "groups.csv", "categories.csv" })
        {
            var path = Path.Combine(_folder, file);
            var lines = File.ReadAllLines(path);
            var column = Array.IndexOf(lines[0].Split(','), "name");
            for (var i = 1; i < lines.Length; i++)
            {
                var cells = lines[i].Split(',');
                cells[column] = i switch { 1 => $"\"{Formula}\"", 2 => $"a|b{Escape}", _ => Tag };
                lines[i] = string.Join(',', cells);
            }

            File.WriteAllLines(path, lines);
        }

        var study = Path.Combine(_folder, "study.json");
        File.WriteAllText(study, File.ReadAllText(study).Replace("Three sectors and one without output",
            $"=1+1 {Tag.Replace("/", "\\/", StringComparison.Ordinal)} [red]x[/] \\u001b[2J", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("check")]
    [InlineData("estimate")]
    [InlineData("linkages")]
    [InlineData("run", "--draws", "64", "--no-report", "--formats", "csv,xlsx,md,tex", "--out")]
    public void Names_are_shown_and_do_nothing(string verb, params string[] options)
    {
        var output = Path.Combine(_folder, "out");
        string[] arguments = [verb, _folder, .. options.Length == 0 ? options : [.. options, output]];
        Assert.Equal("=1+1", StudyReader.ReadFolder(_folder).Name[..4]);
        var (exitCode, text, error) = CommandLineRunner.OnPage(200, arguments);
        Assert.True(exitCode is ExitCodes.Done or ExitCodes.CheckFailed, error);
        Assert.DoesNotContain(text + error, c => char.IsControl(c) && c is not ('\n' or '\r'));
        if (options.Length == 0) return;
        foreach (var file in Directory.GetFiles(output))
        {
            if (file.EndsWith(".xlsx", StringComparison.Ordinal)) NoFormulas(file);
            else if (!file.EndsWith(".json", StringComparison.Ordinal)) Inert(file, File.ReadAllText(file));
        }
    }

    private static void Inert(string file, string text)
    {
        if (file.EndsWith(".csv", StringComparison.Ordinal))
            Assert.DoesNotContain(text.Split('\n').SelectMany(StudyEditor.Split), IsRunnable);
        else
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        if (file.EndsWith(".md", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("<script", text.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("a|b", text, StringComparison.Ordinal);
        }
    }

    private static void NoFormulas(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        foreach (var entry in archive.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            Assert.DoesNotContain("<f>", reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    // A cell, within quotation marks or not, that begins with what a spreadsheet runs and is no number.
    private static bool IsRunnable(string cell) =>
        cell.TrimStart('"') is [var first, ..] && "=@+-".Contains(first, StringComparison.Ordinal)
            && !double.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _);
}
