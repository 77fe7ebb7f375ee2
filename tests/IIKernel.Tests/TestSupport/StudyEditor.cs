using System.Text;
using System.Text.RegularExpressions;
using IIKernel.Cli;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests;

/// <summary>
/// A copy of the demonstration study in a temporary folder, to be broken and read; deleted on disposal. Its study.json is
/// the study with distributions of the coefficients alone; the full one is study-full.json.
/// </summary>
public sealed partial class StudyEditor : IDisposable
{
    /// <summary>Creates the copy.</summary>
    public StudyEditor()
    {
        Folder = Directory.CreateTempSubdirectory("iikernel-study-").FullName;
        foreach (var name in EmbeddedStudyFiles.Demonstration.Names) Write(name, EmbeddedStudyFiles.Demonstration.Read(name)!);
        File.Move(Definition, PathOf("study-full.json"));
        File.Move(PathOf("study-coefficients.json"), Definition);
    }

    /// <summary>The study's folder.</summary>
    public string Folder { get; }

    /// <summary>Path of study.json.</summary>
    public string Definition => PathOf("study.json");

    public string PathOf(string file) => Path.Combine(Folder, file);

    public string Text(string file) => File.ReadAllText(PathOf(file));

    public string[] Lines(string file) => Text(file).TrimEnd('\n').Split('\n');

    public StudyEditor Write(string file, string text) => Write(file, new UTF8Encoding(false).GetBytes(text));

    public StudyEditor Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(file), bytes);
        return this;
    }

    public StudyEditor Delete(string file)
    {
        File.Delete(PathOf(file));
        return this;
    }

    /// <summary>Replaces a text that must stand in the file exactly once.</summary>
    public StudyEditor Replace(string file, string old, string replacement)
    {
        var text = Text(file);
        Assert.Equal(2, text.Split(old).Length);
        return Write(file, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Replaces one cell. The row is named by its key cells: "category=A,year=2018".</summary>
    public StudyEditor SetCell(string file, string where, string column, string value)
    {
        var lines = Lines(file);
        var row = RowOf(lines, where);
        var cells = Split(lines[row]);
        cells[ColumnOf(lines, column)] = value;
        lines[row] = string.Join(',', cells);
        return WriteLines(file, lines);
    }

    public string Cell(string file, string where, string column)
    {
        var lines = Lines(file);
        return Split(lines[RowOf(lines, where)])[ColumnOf(lines, column)];
    }

    /// <summary>Line number of a row, from 1.</summary>
    public int Line(string file, string where) => RowOf(Lines(file), where) + 1;

    public StudyEditor RemoveRow(string file, string where)
    {
        var lines = Lines(file).ToList();
        lines.RemoveAt(RowOf([.. lines], where));
        return WriteLines(file, lines);
    }

    public StudyEditor AddRow(string file, string row) => Write(file, Text(file).TrimEnd('\n') + "\n" + row + "\n");

    /// <summary>Adds a column, empty but in the named row.</summary>
    public StudyEditor AddColumn(string file, string column, string where, string value)
    {
        var lines = Lines(file);
        var row = RowOf(lines, where);
        return WriteLines(file, lines.Select((line, i) => $"{line},{(i == 0 ? column : i == row ? value : "")}"));
    }

    /// <summary>Rewrites the data rows of a file.</summary>
    public StudyEditor MapRows(string file, Func<IEnumerable<string>, IEnumerable<string>> map)
    {
        var lines = Lines(file);
        return WriteLines(file, [lines[0], .. map(lines.Skip(1))]);
    }

    public Study Read() => StudyReader.ReadFolder(Folder);

    /// <summary>The faults of the study, which must have some; a run of it ends with code 2 and writes nothing.</summary>
    public IReadOnlyList<StudyFault> Faults()
    {
        var faults = Assert.Throws<StudyException>(Read).Faults;
        var output = PathOf("out");
        var (exitCode, error) = CommandLineRunner.InProcess("run", Folder, "--quiet", "--out", output);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains(faults[0].ToString(), error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
        return faults;
    }

    /// <summary>The one fault of the study; its parts must hold the given texts.</summary>
    public StudyFault Refuses(string file, string place, string found, string expected)
    {
        var faults = Faults();
        Assert.True(faults.Count == 1, string.Join("\n", faults));
        Holds(faults[0], file, place, found, expected);
        return faults[0];
    }

    /// <summary>A fault whose parts hold the given texts, and whose line holds them all and a remedy.</summary>
    public static void Holds(StudyFault fault, string file, string place, string found, string expected)
    {
        Assert.Equal(file, fault.File);
        Assert.Contains(place, fault.Place, StringComparison.Ordinal);
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Remedy);
        foreach (var part in new[] { fault.File, fault.Place, fault.Found, fault.Expected, fault.Remedy })
            Assert.Contains(part, new StudyException([fault]).Message, StringComparison.Ordinal);
    }

    /// <summary>The studies agree to the bit in everything but their origin, file hashes and warnings.</summary>
    public static void AssertSame(Study expected, Study actual)
    {
        Assert.Equal((expected.Name, expected.Note, expected.Unit, expected.BaseYear, expected.Sampling),
            (actual.Name, actual.Note, actual.Unit, actual.BaseYear, actual.Sampling));
        Assert.Equal(expected.Years, actual.Years);
        Assert.Equal(expected.Table.Sectors, actual.Table.Sectors);
        Assert.Equal(expected.Table.Flows, actual.Table.Flows);
        Assert.Equal(expected.Table.TotalOutput, actual.Table.TotalOutput);
        Assert.Equal(expected.Table.IntermediateInput, actual.Table.IntermediateInput);
        Assert.Equal(expected.Categories.Categories, actual.Categories.Categories);
        Assert.Equal(expected.Categories.ValueAdded, actual.Categories.ValueAdded);
        Assert.Equal(expected.Groups, actual.Groups);
        Assert.Equal(expected.Coefficients, actual.Coefficients);
        Assert.Equal(expected.Growth.Years, actual.Growth.Years);
        Assert.Equal(expected.Growth.Output, actual.Growth.Output);
        Assert.Equal(expected.Growth.Capital, actual.Growth.Capital);
        Assert.Equal(expected.Growth.Labour, actual.Growth.Labour);
        Assert.Equal((expected.Growth.FitFirst, expected.Growth.FitLast, expected.Growth.Returns, expected.Growth.ExtrapolationWindow),
            (actual.Growth.FitFirst, actual.Growth.FitLast, actual.Growth.Returns, actual.Growth.ExtrapolationWindow));
        Assert.Equal(expected.RegionSets.Count, actual.RegionSets.Count);
        foreach (var (a, b) in expected.RegionSets.Zip(actual.RegionSets))
        {
            Assert.Equal(a.Name, b.Name);
            Assert.Equal(a.Regions, b.Regions);
            Assert.Equal(a.Areas, b.Areas);
            Assert.Equal(a.Gdp, b.Gdp);
        }

        Assert.Equal(expected.Published, actual.Published);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private StudyEditor WriteLines(string file, IEnumerable<string> lines) => Write(file, string.Join('\n', lines) + "\n");

    private static int RowOf(string[] lines, string where)
    {
        var keys = where.Split(',').Select(key => key.Split('=')).Select(key => (Column: ColumnOf(lines, key[0]), Value: key[1])).ToArray();
        return Assert.Single(Enumerable.Range(1, lines.Length - 1),
            i => Split(lines[i]) is var cells && keys.All(key => cells[key.Column] == key.Value));
    }

    private static int ColumnOf(string[] lines, string column)
    {
        var index = Array.IndexOf(Split(lines[0]), column);
        Assert.True(index >= 0, $"no column {column}");
        return index;
    }

    /// <summary>The cells of a line, with their quotation marks.</summary>
    public static string[] Split(string line) => Comma().Split(line);

    // A comma outside quotation marks.
    [GeneratedRegex(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")]
    private static partial Regex Comma();
}
