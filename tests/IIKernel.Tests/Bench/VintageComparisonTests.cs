using IIKernel.Bench.Vintages;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Bench;

/// <summary>Tables laid out as the collection of official ones, which the benchmarks compare: invented, and official where found.</summary>
public sealed class VintageComparisonTests : IDisposable
{
    private const double S = 0.25;

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-vintages-").FullName;

    public VintageComparisonTests()
    {
        // The same economy twice: of three sectors, and of four whose last two are the third of the other.
        Write("older",
            "code,name_zh,name_en,total_output_X,total_intermediate_input_M,value_added\n001,农,\"Crops, fish\",1e6,5e5,5e5\n"
                + "002,工,Industry,4e6,2.4e6,1.6e6\n003,信,Information,8e5,3e5,5e5\n",
            "code,001,002,003\n001,2e5,6e5,0\n002,2e5,1.4e6,2e5\n003,1e5,4e5,1e5\n");
        Write("newer",
            "code,name_zh,name_en,category,total_output_X,total_intermediate_input_M,value_added\n01,农,Crops,A,1e6,5e5,5e5\n"
                + "02,工,Industry,C,4e6,2.4e6,1.6e6\n03,电信,Telecom,I,5e5,2e5,3e5\n04,软件,Software,I,3e5,1e5,2e5\n",
            "code,01,02,03,04\n01,2e5,6e5,0,0\n02,2e5,1.4e6,1.2e5,8e4\n03,4e4,3e5,5e4,0\n04,6e4,1e5,3e4,2e4\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tables_are_read_in_their_own_layout_and_brought_to_the_groups()
    {
        var table = OfficialTable.Read(Path.Combine(_folder, "newer"), 2020);
        Assert.Equal(["01", "02", "03", "04"], table.Sectors.Select(s => s.Code));
        Assert.Equal("电信", table.Sectors[2].Name);
        Assert.Equal([100, 400, 50, 30], table.TotalOutput);
        Assert.Equal([50, 240, 20, 10], table.IntermediateInput);
        Assert.Equal(30, table.Flows[2, 1]);

        var study = OfficialTable.Study(table, 2020, Set().Groups, 1, Set().Errors);
        Assert.Equal(["01", "02", "it"], study.Table.Sectors.Select(s => s.Code));
        Assert.Equal([100, 400, 80], study.Table.TotalOutput);
        Assert.Equal([10, 40, 10], Enumerable.Range(0, 3).Select(j => Math.Round(study.Table.Flows[2, j], 9)));
        var coefficient = Assert.Single(study.Coefficients);
        Assert.Equal((2, S), (coefficient.Sector, coefficient.Point));
    }

    // (4)–(6) of the table above: A = flows over outputs by column; A·C = H = C − I with C = (I − A)⁻¹ by Cramer's rule.
    [Fact]
    public void The_point_is_that_of_the_formulas_and_the_same_economy_has_no_spread_between_tables()
    {
        var rows = VintageComparison.Compare(_folder, Set(), 400);
        double[,] m = { { 1 - 0.2, -0.15, 0 }, { -0.2, 1 - 0.35, -0.25 }, { -0.1, -0.1, 1 - 0.125 } };
        double Minor(int a, int b, int c, int d) => m[a, c] * m[b, d] - m[a, d] * m[b, c];
        var determinant = m[0, 0] * Minor(1, 2, 1, 2) - m[0, 1] * Minor(1, 2, 0, 2) + m[0, 2] * Minor(1, 2, 0, 1);
        // The third column of the inverse: cofactors of the third row of m.
        double[] c = [Minor(0, 1, 1, 2) / determinant, -Minor(0, 1, 0, 2) / determinant, Minor(0, 1, 0, 1) / determinant];
        var u = 80 * S / (1 + S * (c[2] - 1));
        double[] output = [100, 400, 80], added = [50, 160, 50], moved = [c[0] * u, c[1] * u, (1 - S) * (c[2] - 1) * u];
        var indirect = Enumerable.Range(0, 3).Sum(i => moved[i] / output[i] * added[i]);

        Assert.Equal([(2010, 3, 3), (2020, 4, 3)], rows.Select(r => (r.Year, r.Sectors, r.Drawn)));
        Assert.All(rows, row =>
        {
            Assert.Equal(indirect, row.Indirect, 1e-12 * indirect);
            Assert.Equal(indirect / 260, row.Share.Point, 1e-12);
            Assert.Equal(indirect / (S * 50), row.Multiplier.Point, 1e-12);
            foreach (var figure in new[] { row.Share, row.Multiplier })
            {
                Assert.InRange(figure.Point, figure.Lower, figure.Upper);
                Assert.InRange(figure.Sd, (figure.Upper - figure.Lower) / 6, (figure.Upper - figure.Lower) / 3);
            }
        });
        Assert.Equal(0, VintageSpread.Of([.. rows.Select(r => r.Share)]).Between, 1e-12);
        Assert.Contains("| 2020 | 4 | 3 | ", VintageComparison.Markdown(rows), StringComparison.Ordinal);
    }

    // Points 1 and 3: mean 2, standard deviation √2. Relative standard deviations 0.3 and 0.4: √((0.09 + 0.16)/2).
    [Fact]
    public void Spreads_are_relative()
    {
        var spread = VintageSpread.Of([new(1, 0.3, 0, 2), new(3, 1.2, 0, 6)]);
        Assert.Equal(Math.Sqrt(2) / 2, spread.Between, 1e-15);
        Assert.Equal(Math.Sqrt(0.125), spread.Within, 1e-15);
        Assert.Equal(2, spread.Ratio, 1e-14);
    }

    [Fact]
    public void What_is_missing_or_strange_is_told()
    {
        var missing = Assert.Throws<StudyException>(() => OfficialTable.Read(Path.Combine(_folder, "none"), 2020));
        Assert.Equal(2, missing.Faults.Count);
        Assert.Contains(Path.Combine("none", "flows.csv") + ": found no such file", missing.Message, StringComparison.Ordinal);
        var other = Set() with { Groups = [new("it", S, [["003"], ["03", "05"]])] };
        var strange = Assert.Throws<StudyException>(() => VintageComparison.Compare(_folder, other, 10));
        Assert.Contains("no sector 05", strange.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "newer", "sectors.csv"), "code,name_zh,total_output\n01,农,1\n");
        var column = Assert.Throws<StudyException>(() => OfficialTable.Read(Path.Combine(_folder, "newer"), 2020));
        Assert.Contains("intermediate_input", column.Message, StringComparison.Ordinal);
    }

    // The tables of 2012, 2017, 2018 and 2020 have 139, 149, 153 and 153 sectors; three of 2017's and after are one of 2012's, and two are.
    [Fact]
    public void Official_tables_are_drawn()
    {
        var folder = Path.GetDirectoryName(TestData.OfficialData("china_io_2017_149"))!;
        var rows = VintageComparison.Compare(folder, VintageComparison.China, 200);
        Assert.Equal([(2012, 139, 139), (2017, 149, 146), (2018, 153, 150), (2020, 153, 150)],
            rows.Select(r => (r.Year, r.Sectors, r.Drawn)));
        Assert.All(rows, r => Assert.True(r.Share.Lower < r.Share.Point && r.Share.Point < r.Share.Upper && r.Multiplier.Sd > 0));
        Assert.True(VintageSpread.Of([.. rows.Select(r => r.Share)]).Ratio > 1);
    }

    private static VintageSet Set() => new([(2010, "older"), (2020, "newer")], [new("it", S, [["003"], ["03", "04"]])],
        """{ "relativeSd": { "a": 0.1, "unit": "亿元" } }""");

    private void Write(string name, string sectors, string flows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "sectors.csv"), sectors);
        File.WriteAllText(Path.Combine(folder, "flows.csv"), flows);
    }
}
