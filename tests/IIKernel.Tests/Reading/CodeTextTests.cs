using IIKernel.Cli;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>Codes and names are any text: what a terminal, a CSV file or a reader gives a meaning to is text all the same.</summary>
public sealed class CodeTextTests
{
    [Theory]
    [InlineData("[110000]")]
    [InlineData("[bold]11[/]")]
    [InlineData("[/]")]
    [InlineData("\"11,\"\"00\"\"\"")]
    [InlineData("11|00")]
    [InlineData("=11")]
    public void Every_verb_prints_a_code_and_a_name_of_any_text(string code)
    {
        using var editor = new StudyEditor();
        var plain = code.Length > 1 && code[0] == '"' ? code[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : code;
        foreach (var (file, column) in new[]
        {
            ("provinces.csv", "code"), ("provinces.csv", "name"),
            ("province-gdp.csv", "region"), ("published.csv", "code"),
        })
            Rename(file, column, cell => column == "name" ? code : cell == "110000" ? code : cell);
        foreach (var (file, column) in new[]
        {
            ("categories.csv", "code"), ("categories.csv", "name"),
            ("category-value-added.csv", "category"), ("sectors.csv", "category"), ("published.csv", "code"),
        })
            Rename(file, column, cell => column == "name" ? code : cell == "I" ? code : cell);
        Rename("groups.csv", "name", _ => code);
        Rename("sectors.csv", "name", _ => code);
        editor.Replace("study.json", "\"name\": \"Demo", "\"name\": \"[red] Demo");
        Assert.Contains(editor.Read().RegionSets[0].Regions, r => r.Code == plain);
        Assert.Contains(editor.Read().Categories.Categories, c => c.Code == plain);
        string[][] calls =
        [
            ["run", "--draws", "200", "--backend", "reference"], ["estimate"], ["check"], ["linkages"], ["influence"],
            ["compare", "--draws", "200", "--backend", "reference"],
        ];
        // The chains of calibrate take their seconds: once is enough for what it prints.
        if (code == "[/]") calls = [.. calls, ["calibrate", "--draws", "100", "--targets", "nation.direct"]];
        foreach (var call in calls)
        {
            var (exitCode, error) = CommandLineRunner.InProcess([call[0], editor.Folder, .. call[1..]]);
            Assert.True(exitCode is ExitCodes.Done or ExitCodes.CheckFailed, $"{call[0]}: {exitCode} {error}");
        }

        void Rename(string file, string column, Func<string, string> rename)
        {
            var index = Array.IndexOf(editor.Lines(file)[0].Split(','), column);
            editor.MapRows(file, rows => rows.Select(row =>
            {
                var cells = StudyEditor.Split(row);
                cells[index] = rename(cells[index]);
                return string.Join(',', cells);
            }));
        }
    }

    [Fact]
    public void A_figure_may_be_published_and_forecast()
    {
        using var editor = new StudyEditor();
        editor.AddRow("published.csv", "nation,,2022,total,45000,forecast");
        Assert.Equal(2, editor.Read().Published.Count(f => (f.Scope, f.Year, f.Component) == ("nation", 2022, Component.Total)));
        foreach (var verb in new[] { "run", "compare" })
            Assert.Equal((ExitCodes.Done, ""),
                CommandLineRunner.InProcess(verb, editor.Folder, "--draws", "200", "--backend", "reference"));
    }

    [Theory]
    [InlineData("\"name\": \"Demo", "\"name\": \"\\ud800Demo")]
    [InlineData("\"name\": \"Demo", "\"\\udc00\": 1, \"name\": \"Demo")]
    public void Half_of_a_character_in_the_definition_is_a_fault_of_its_line(string old, string replacement)
    {
        using var editor = new StudyEditor();
        var line = editor.Text("study.json").Split(old)[0].Count(c => c == '\n') + 1;
        editor.Replace("study.json", old, replacement).Refuses("study.json", $"line {line}", "half of a character", "a JSON object");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_path_names_no_study(string path)
    {
        var fault = Assert.Single(Assert.Throws<StudyException>(() => StudyReader.ReadFolder(path)).Faults);
        Assert.Equal("study.json: found an empty path; expected a study's folder or the path of its study.json. "
            + "Write the path of the study.", fault.ToString());
    }
}
