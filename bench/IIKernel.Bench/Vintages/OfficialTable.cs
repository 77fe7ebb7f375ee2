using System.Globalization;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Bench.Vintages;

/// <summary>A group of related sectors that every table of a list can be brought to.</summary>
/// <param name="Code">Its code, which no sector has.</param>
/// <param name="Coefficient">S of the group, in [0, 1].</param>
/// <param name="Sectors">The codes of its sectors in each of the tables, in their order.</param>
internal sealed record RelatedGroup(string Code, double Coefficient, IReadOnlyList<string[]> Sectors);

/// <summary>
/// Official tables as the collection of these has them, each a folder of two files in 万元, and studies of them: <c>sectors.csv</c> with
/// the columns code, name_zh, total_output_X and total_intermediate_input_M, and <c>flows.csv</c>, a matrix with a code row and column.
/// </summary>
internal static class OfficialTable
{
    private const string Sectors = "sectors.csv";

    private const string Flows = "flows.csv";

    private const string Money = "亿元";

    // The years before the base year that a study wants; none after it is reported, so that no figure depends on them.
    private const int FitYears = 4;

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["name_zh"] = "name",
        ["total_output_X"] = "total_output",
        ["total_intermediate_input_M"] = "intermediate_input",
    };

    /// <summary>Reads a table, its money in 亿元.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="year">Its year.</param>
    /// <exception cref="StudyException">A file is missing or faulty; carries every fault found.</exception>
    public static InputOutputTable Read(string folder, int year)
    {
        var (sectors, flows) = (Path.Combine(folder, Sectors), Path.Combine(folder, Flows));
        string[] missing = [.. new[] { sectors, flows }.Where(f => !File.Exists(f))];
        if (missing.Length > 0)
        {
            throw new StudyException([.. missing.Select(f => new StudyFault(f, "", "no such file",
                $"an official table: {Sectors} and {Flows}", "Name the folder that holds a folder for each table."))]);
        }

        return StudyReader.Read(new StudyTexts
        {
            ["study.json"] = Definition(year, $$"""
                "table": { "sectors": "{{Sectors}}", "flows": "{{Flows}}", "unit": "万元" }
                """),
            [Sectors] = Renamed(File.ReadAllText(sectors)),
            [Flows] = File.ReadAllText(flows),
        }, tableOnly: true).Table;
    }

    /// <summary>The header with the columns' names as a study has them; all else of the file as it is.</summary>
    public static string Renamed(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']) is >= 0 and var at ? at : text.Length;
        return string.Join(',', text[..end].Split(',').Select(name => Columns.GetValueOrDefault(name, name))) + text[end..];
    }

    /// <summary>
    /// A study of a table's year whose related sectors are added up to groups, with the nation as its one category and errors of flows
    /// as its one source of uncertainty: coefficients are certain.
    /// </summary>
    /// <param name="table">The table in 亿元.</param>
    /// <param name="year">Its year.</param>
    /// <param name="groups">The related groups.</param>
    /// <param name="which">Which of the tables it is in <see cref="RelatedGroup.Sectors"/>.</param>
    /// <param name="errors">The value of <c>uncertainty.flows</c>.</param>
    /// <exception cref="StudyException">A group names a sector that the table does not have, or what is faulty of the study.</exception>
    public static Study Study(InputOutputTable table, int year, IReadOnlyList<RelatedGroup> groups, int which, string errors)
    {
        var grouped = Grouped(table, groups, which);
        string N(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var (n, codes) = (grouped.Sectors.Count, grouped.Sectors.Select(s => s.Code).ToArray());
        string Lines(string header, IEnumerable<string> rows) => string.Join('\n', rows.Prepend(header)) + "\n";
        return StudyReader.Read(new StudyTexts
        {
            ["study.json"] = Definition(year, $$"""
                "years": [{{year}}, {{year}}],
                "table": { "sectors": "{{Sectors}}", "flows": "{{Flows}}", "unit": "{{Money}}" },
                "categories": { "file": "categories.csv", "valueAdded": "value-added.csv", "unit": "{{Money}}" },
                "groups": { "file": "groups.csv" },
                "coefficients": { "file": "coefficients.csv" },
                "growth": { "file": "growth.csv", "fit": [{{year - FitYears}}, {{year - 1}}], "returns": "constant" },
                "uncertainty": { "flows": {{errors}} }
                """),
            [Sectors] = Lines("code,name,category,total_output,intermediate_input", grouped.Sectors.Select((s, i) =>
                $"{s.Code},{s.Code},all,{N(grouped.TotalOutput[i])},{N(grouped.IntermediateInput[i])}")),
            [Flows] = Lines("code," + string.Join(',', codes), codes.Select((code, i) =>
                code + "," + string.Join(',', Enumerable.Range(0, n).Select(j => N(grouped.Flows[i, j]))))),
            ["categories.csv"] = "code,name,group\nall,all,all\n",
            ["value-added.csv"] = $"category,year,value_added\nall,{year},{N(grouped.ValueAddedByCategory(1)[0])}\n",
            ["groups.csv"] = "code,name\nall,all\n",
            ["coefficients.csv"] = Lines("sector,point", groups.Select(g => $"{g.Code},{N(g.Coefficient)}")),
            ["growth.csv"] = Lines("year,output,capital,labour",
                Enumerable.Range(0, FitYears + 1).Select(t => $"{year - FitYears + t},{100 + t},{100 + t * t},100")),
        });
    }

    private static string Definition(int year, string keys) =>
        $$"""{ "name": "Table of {{year}}", "baseYear": {{year}}, "unit": "{{Money}}", {{keys}} }""";

    // A group stands where the first of its sectors stood.
    private static InputOutputTable Grouped(InputOutputTable table, IReadOnlyList<RelatedGroup> groups, int which)
    {
        var groupOf = groups.SelectMany(g => g.Sectors[which].Select(s => (Sector: s, Group: g.Code)))
            .ToDictionary(p => p.Sector, p => p.Group, StringComparer.Ordinal);
        string[] strange = [.. groupOf.Keys.Except(table.Sectors.Select(s => s.Code))];
        if (strange.Length > 0)
        {
            throw new StudyException([new(Sectors, "column code", $"no sector {string.Join(", ", strange)}",
                "the sectors of the related groups", "Name the folder of that year's table.")]);
        }

        string[] to = [.. table.Sectors.Select(s => groupOf.GetValueOrDefault(s.Code, s.Code))];
        string[] codes = [.. to.Distinct()];
        return TableReshaping.Aggregate(
            table, [.. codes.Select(c => new Sector(c, c, "", 0))], [.. to.Select(c => Array.IndexOf(codes, c))]);
    }
}
