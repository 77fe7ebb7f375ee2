using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Tables;
using Xunit;

namespace IIKernel.Tests.Tables;

public sealed class TableReshapingTests : IDisposable
{
    private static readonly Study Study = TestData.Demonstration;

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-table-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sector_divided_in_two_is_the_augmented_table()
    {
        // The augmented table puts the virtual sector last; the split keeps its parts together.
        const int k = 3;
        const double share = 0.3;
        var n = Study.Table.Sectors.Count;
        var split = TableReshaping.Split(Study.Table, k, [new("rest", 1 - share), new("virtual", share)]);
        var augmented = LeontiefModel.Augment(LeontiefModel.TechnicalCoefficients(Study.Table), [k], [share]);
        var a = LeontiefModel.TechnicalCoefficients(split);
        int[] order = [.. Enumerable.Range(0, n + 1).Select(i => i <= k ? i : i == k + 1 ? n : i - 1)];
        for (var i = 0; i <= n; i++)
            for (var j = 0; j <= n; j++) Assert.Equal(augmented[order[i], order[j]], a[i, j], 1e-15);
        Assert.Equal(["rest", "virtual"], split.Sectors.Skip(k).Take(2).Select(s => s.Code));
    }

    [Fact]
    public void Parts_added_up_again_are_the_table()
    {
        const int k = 7;
        var split = TableReshaping.Split(Study.Table, k, [new("p", 0.2), new("q", 0.5), new("r", 0.3)]);
        var back = TableReshaping.Aggregate(split, Study.Table.Sectors,
            [.. split.Sectors.Select((_, i) => i <= k ? i : i <= k + 2 ? k : i - 2)]);
        for (var i = 0; i < Study.Table.Sectors.Count; i++)
        {
            Assert.Equal(Study.Table.TotalOutput[i], back.TotalOutput[i], 1e-14 * Study.Table.TotalOutput[i]);
            Assert.Equal(Study.Table.IntermediateInput[i], back.IntermediateInput[i], 1e-14 * Study.Table.IntermediateInput[i]);
            for (var j = 0; j < Study.Table.Sectors.Count; j++)
                Assert.Equal(Study.Table.Flows[i, j], back.Flows[i, j], 1e-14 * Study.Table.Flows[i, j]);
        }
    }

    [Fact]
    public void The_official_149_sectors_add_up_to_the_separately_published_42()
    {
        var study = StudyReader.ReadFolder(TestData.OfficialStudy("china-2017"));
        var folder = TestData.OfficialData("china_io_2017_42_noncompetitive");
        var published = Rows(Path.Combine(folder, "sectors.csv"));
        int Column(string name) => Array.IndexOf(published[0], name);
        var concordance = "sector,group,category\n" + string.Concat(published.Skip(1).SelectMany(row => study.Table.Sectors
            .Where(s => string.CompareOrdinal(s.Code, row[Column("first_149_code")]) >= 0
                && string.CompareOrdinal(s.Code, row[Column("last_149_code")]) <= 0)
            .Select(s => $"{s.Code},{row[0]},{row[Column("category")]}\n")));
        var path = Path.Combine(_folder, "concordance.csv");
        File.WriteAllText(path, concordance);
        var (sectors, groupOf) = ConcordanceReader.Read(path, study);
        var table = TableReshaping.Aggregate(study.Table, sectors, groupOf);
        var (domestic, imported) = (Rows(Path.Combine(folder, "flows_domestic.csv")), Rows(Path.Combine(folder, "flows_import.csv")));

        // The files are in 10,000 yuan with four decimals, each of two cells.
        const double unit = 1e-4;
        Assert.Equal(42, sectors.Count);
        for (var i = 0; i < 42; i++)
        {
            Assert.Equal(unit * TestData.Number(published[i + 1][Column("total_output_X")]),
                table.TotalOutput[i], 1e-12 * table.TotalOutput[i]);
            for (var j = 0; j < 42; j++)
            {
                var expected = unit * (TestData.Number(domestic[i + 1][j + 1]) + TestData.Number(imported[i + 1][j + 1]));
                Assert.Equal(expected, table.Flows[i, j], 1e-12 * expected + unit * 1e-3);
            }
        }
    }

    [Fact]
    public void Output_multipliers_meet_the_published_ones_of_the_Chilean_table()
    {
        var folder = TestData.OfficialData("golden_chile_2013_12");
        var sectors = Rows(Path.Combine(folder, "sectors.csv"));
        var flows = Rows(Path.Combine(folder, "flows.csv"));
        var output = sectors.Skip(1).Select(r => TestData.Number(r[2])).ToArray();
        var cells = new double[output.Length, output.Length];
        for (var i = 0; i < output.Length; i++)
            for (var j = 0; j < output.Length; j++) cells[i, j] = TestData.Number(flows[i + 1][j + 1]);
        var analysis = LinkageAnalysis.Of(new InputOutputTable()
        {
            Sectors = [.. output.Select((_, i) => new Sector($"{i}", "", "", 0))],
            Flows = cells,
            TotalOutput = output,
            IntermediateInput = [.. sectors.Skip(1).Select(r => TestData.Number(r[7]))],
            InputsOutsideFlows = true,
        });
        var published = sectors.Skip(1).Select(r => TestData.Number(r[9])).ToArray();
        for (var j = 0; j < output.Length; j++) Assert.Equal(published[j], analysis.OutputMultipliers[j], 1e-12);
        var mean = published.Average();
        Assert.All(published.Select((p, j) => (p, j)), x => Assert.Equal(x.p / mean, analysis.BackwardLinkages[x.j], 1e-12));
    }

    [Fact]
    public void The_Ghosh_inverse_is_the_Leontief_inverse_in_units_of_output()
    {
        var table = Study.Table;
        var leontief = LeontiefModel.LeontiefInverse(LeontiefModel.TechnicalCoefficients(table));
        var ghosh = LeontiefModel.GhoshInverse(LeontiefModel.OutputCoefficients(table));
        for (var i = 0; i < table.Sectors.Count; i++)
            for (var j = 0; j < table.Sectors.Count; j++)
                Assert.Equal(leontief[i, j] * table.TotalOutput[j] / table.TotalOutput[i], ghosh[i, j], 1e-11 * Math.Max(1, ghosh[i, j]));
        var analysis = LinkageAnalysis.Of(table);
        Assert.Equal(table.Sectors.Count, analysis.BackwardLinkages.Sum(), 1e-9);
        Assert.Equal(table.Sectors.Count, analysis.ForwardLinkages.Sum(), 1e-9);
        // Value added per unit of final demand is 1 where every input has a row.
        Assert.All(analysis.ValueAddedMultipliers, v => Assert.Equal(1, v, 1e-9));
    }

    [Fact]
    public void The_verbs_write_tables_that_a_study_reads()
    {
        using var editor = new StudyEditor();
        var output = Path.Combine(_folder, "split");
        Assert.Equal(0, CommandLineRunner.InProcess("split", editor.Folder, "--quiet",
            "--sector", "001", "--parts", "001a=0.25,001b=0.75", "--out", output).ExitCode);
        foreach (var file in new[] { "sectors.csv", "flows.csv" }) editor.Write(file, File.ReadAllBytes(Path.Combine(output, file)));
        editor.Replace("study.json", "\"flows\": \"flows.csv\", \"unit\": \"万元\"", "\"flows\": \"flows.csv\", \"unit\": \"亿元\"");
        var split = editor.Read();
        Assert.Equal(150, split.Table.Sectors.Count);
        Assert.Equal(0.25 * Study.Table.TotalOutput[0], split.Table.TotalOutput[0], 1e-12 * Study.Table.TotalOutput[0]);

        var concordance = Path.Combine(_folder, "concordance.csv");
        File.WriteAllText(concordance, "sector,group,name\n" + string.Concat(split.Table.Sectors.Select(s => s.Code[..3] == "001"
            ? $"{s.Code},001,whole\n" : $"{s.Code},{s.Code},{s.Name.Replace(',', ' ')}\n")));
        output = Path.Combine(_folder, "whole");
        Assert.Equal(0,
            CommandLineRunner.InProcess("aggregate", editor.Folder, "--quiet", "--concordance", concordance, "--out", output).ExitCode);
        foreach (var file in new[] { "sectors.csv", "flows.csv" }) editor.Write(file, File.ReadAllBytes(Path.Combine(output, file)));
        var whole = editor.Read();
        Assert.Equal("whole", whole.Table.Sectors[0].Name);
        Assert.Equal(Study.Table.TotalOutput[0], whole.Table.TotalOutput[0], 1e-12 * Study.Table.TotalOutput[0]);
        var (exitCode, text, _) = CommandLineRunner.Process(["linkages", "--out", _folder]);
        Assert.Equal(0, exitCode);
        foreach (var part in new[] { "key sectors", "value added: 1 in every sector", "row sums of the Ghosh inverse" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(150, File.ReadAllLines(Path.Combine(_folder, "linkages.csv")).Length);
    }

    [Fact]
    public void A_table_with_inputs_from_outside_keeps_less_of_a_unit_of_final_demand()
    {
        Assert.True(LinkageAnalysis.Of(Study.Table).IsClosed);
        var open = LinkageAnalysis.Of(Study.Table with { IntermediateInput = [.. Study.Table.IntermediateInput.Select(m => 1.1 * m)] });
        Assert.False(open.IsClosed);
        Assert.All(open.ValueAddedMultipliers, m => Assert.InRange(m, 0, 1));
    }

    [Theory]
    [InlineData("no such sector", "split", "--sector", "999", "--parts", "a=1", "--out", "x")]
    [InlineData("sum to 0.9", "split", "--sector", "001", "--parts", "a=0.4,b=0.5", "--out", "x")]
    [InlineData("another sector", "split", "--sector", "001", "--parts", "002=1", "--out", "x")]
    [InlineData("a code twice", "split", "--sector", "001", "--parts", "a=0.5,a=0.5", "--out", "x")]
    [InlineData("CODE=SHARE", "split", "--sector", "001", "--parts", "a", "--out", "x")]
    [InlineData("no such file", "aggregate", "--concordance", "nowhere.csv", "--out", "x")]
    public void What_cannot_be_is_refused_by_name(string expected, params string[] arguments)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("x"));
    }

    [Theory]
    [InlineData("001,g\n001,g\n", "every sector once")]
    [InlineData("1,g\n", "001 without its leading zeros")]
    [InlineData("001,\n", "Write the code of the new sector")]
    [InlineData("001,g\n", "no row for sector 002")]
    [InlineData("001,g\n006,g\n", "sectors of one category, A, in group g")]
    public void A_concordance_has_every_sector_once_and_groups_of_one_category(string rows, string expected)
    {
        var path = Path.Combine(_folder, "bad.csv");
        File.WriteAllText(path, "sector,group\n" + rows);
        var exception = Assert.Throws<StudyException>(() => ConcordanceReader.Read(path, Study));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static string[][] Rows(string path) =>
        [.. File.ReadLines(path).Select(line => StudyEditor.Split(line).Select(c => c.Trim('"')).ToArray())];
}
