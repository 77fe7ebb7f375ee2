using CommandLine;
using IIKernel.Cli;
using IIKernel.Importing;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Importing;

/// <summary>The layouts that ship with the program, each on a small table as it is described.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-layout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_layout_says_what_it_follows_and_help_names_it()
    {
        Assert.Equal(["bea-us", "matrix", "nbs-china", "oecd-icio", "oecd-iot", "ons-uk"], LayoutCatalog.All.Select(l => l.Name).Order());
        Assert.All(LayoutCatalog.All, layout => Assert.False(string.IsNullOrEmpty(layout.Source)));
        var help = ((OptionAttribute)typeof(ImportOptions).GetProperty(nameof(ImportOptions.Layout))!
            .GetCustomAttributes(typeof(OptionAttribute), false)[0]).HelpText;
        Assert.All(LayoutCatalog.All, layout => Assert.Contains(layout.Name, help, StringComparison.Ordinal));
    }

    [Fact]
    public void The_united_kingdoms()
    {
        new TestWorkbook().Sheet("Contents").Row(1, "Contents").Sheet("IOT").Row(1, "Input-output table, 2019, £ million")
            .Row(4, null, null, "CPA_A01", "CPA_B", "_T", "P3 S14", "TU")
            .Row(5, null, "Product", "Farming", "Mining", "Total", "Households", "Use")
            .Row(7, "CPA_A01", "Products of farming", 10, 60, 70, 30, 100).Row(8, "CPA_B", "Mining", 30, 300, 330, 570, 900)
            .Row(9, "_T", "Total intermediate use at basic prices", 40, 360).Row(10, "x", "Use of imported products, cif", 5, 40)
            .Row(12, "P2", "Total intermediate use at purchaser's\u00A0prices", 45, 400).Row(13, "B1G", "Gross value added", 55, 500)
            .Row(14, "P1", "Total output at basic prices", 100, 900).Save(PathOf("uk.xlsx"));
        var imported = TableImport.Read(new(PathOf("uk.xlsx")));
        Assert.Equal(("ons-uk", "million GBP", 2019), (imported.Layout.Name, imported.Unit.Text, imported.Year));
        Holds(imported, ["CPA_A01", "CPA_B"], [100, 900], [45, 400]);
        Assert.Equal("Products of farming", imported.Table.Sectors[0].Name);
        Assert.True(imported.Table.InputsOutsideFlows);
    }

    [Fact]
    public void The_united_states_of_one_of_several_years()
    {
        var book = new TestWorkbook();
        foreach (var year in new[] { "2018", "2019" })
            book.Sheet(year).Row(1, "The Use of Commodities by Industries").Row(2, "(Millions of dollars)")
                .Row(6, null, null, "111CA", "113FF", "T001", "F010", "T019")
                .Row(7, "IOCode", "Name", "Farms", "Forestry", "Total Intermediate")
                .Row(8, "111CA", "Farms", 10, "...", 10).Row(9, "113FF", "Forestry", 30, 300, 330).Row(10, "Used", "Scrap", 1, null)
                .Row(11, "T005", "Total Intermediate", 41, 300).Row(12, "V001", "Compensation of employees", 30, 300)
                .Row(13, "T006", "Total Value Added", 59, 600).Row(14, "T008", "Total Industry Output", 100, 900);
        book.Save(PathOf("us.xlsx"));
        var fault = Assert.Single(Assert.Throws<StudyException>(() => TableImport.Read(new(PathOf("us.xlsx")))).Faults);
        Assert.Contains("bea-us on sheet 2018; bea-us on sheet 2019", fault.Found, StringComparison.Ordinal);
        var imported = TableImport.Read(new(PathOf("us.xlsx")) { Sheet = "2019" });
        Assert.Equal(("bea-us", "million USD", 2019), (imported.Layout.Name, imported.Unit.Text, imported.Year));
        Holds(imported, ["111CA", "113FF"], [100, 900], [41, 300]);
        Assert.Equal(0, imported.Table.Flows[0, 1]);
    }

    [Fact]
    public void The_oecds_national_table()
    {
        File.WriteAllText(PathOf("CHN2018ttl.csv"), """
            ,A01,B05,HFCE,EXPO
            TTL_A01,10,60,30,0
            TTL_B05,30,300,500,70
            TXS_INT_FNL,1,2,0,0
            TTL_INT_FNL,41,362,0,0
            VALU,59,538,0,0
            OUTPUT,100,900,0,0
            """);
        var imported = TableImport.Read(new(PathOf("CHN2018ttl.csv")));
        Assert.Equal(("oecd-iot", "million USD", 2018), (imported.Layout.Name, imported.Unit.Text, imported.Year));
        Holds(imported, ["A01", "B05"], [100, 900], [41, 362]);
    }

    [Fact]
    public void A_country_of_the_oecds_inter_country_table()
    {
        File.WriteAllText(PathOf("2019.csv"), """
            V1,ARG_A01,ARG_B05,CHN_A01,CHN_B05,ARG_HFCE,CHN_HFCE,OUT
            ARG_A01,1,2,3,4,5,0,15
            ARG_B05,1,2,3,4,5,0,15
            CHN_A01,0,1,10,60,0,29,100
            CHN_B05,0,1,30,300,0,569,900
            TLS,1,1,1,2,0,0,0
            VA,12,8,53,530,0,0,0
            OUT,15,15,100,900,0,0,0
            """);
        var fault = Assert.Single(Assert.Throws<StudyException>(() => TableImport.Read(
            new(PathOf("2019.csv")) { Layout = LayoutCatalog.All.Single(l => l.Name == "oecd-icio") })).Faults);
        Assert.Contains("--country", fault.Remedy, StringComparison.Ordinal);
        var imported = TableImport.Read(new(PathOf("2019.csv")) { Country = "CHN" });
        Assert.Equal("oecd-icio", imported.Layout.Name);
        Holds(imported, ["A01", "B05"], [100, 900], [47, 370]);
        Assert.Equal(new[,] { { 10.0, 60 }, { 30, 300 } }, imported.Table.Flows);
    }

    [Theory]
    [InlineData("ballots.xlsx")]
    [InlineData("ballots.csv")]
    public void Ballots_with_experts_across(string file)
    {
        if (file.EndsWith("csv", StringComparison.Ordinal))
            File.WriteAllText(PathOf(file), "部门,指标,轮次,张三,李四\n007,F1,1,A,B\n007,F2,1,C,\n");
        else
        {
            new TestWorkbook().Sheet("s").Row(1, "部门", "指标", "轮次", "张三", "李四").Row(2, new TestWorkbook.Padded(7, "000"), "F1", 1, "A", "B")
                .Row(3, "007", "F2", 1, "C").Save(PathOf(file));
        }

        var (exitCode, error) = CommandLineRunner.InProcess("import", PathOf(file), "--ballots", "--out", PathOf("out"), "--quiet");
        Assert.True(exitCode == 0, error);
        Assert.Equal("expert,sector,factor,grade,round\n张三,007,F1,A,1\n张三,007,F2,C,1\n李四,007,F1,B,1\n",
            File.ReadAllText(Path.Combine(_folder, "out", "ballots.csv")));
    }

    [Fact]
    public void Ballots_without_sector_or_expert_are_refused_with_the_cell()
    {
        new TestWorkbook().Sheet("s").Row(1, "sector", "factor", "E1").Row(2, null, "F1", "A").Save(PathOf("b.xlsx"));
        Assert.Contains(Refused(), f => f.Place == "cell A2, column sector" && f.Found == "an empty cell");
        new TestWorkbook().Sheet("s").Row(1, "sector", "E1").Row(2, "007", "A").Save(PathOf("b.xlsx"));
        Assert.Contains(Refused(), f => f.Found == "no column factor" && f.Place == "row 1");
        new TestWorkbook().Sheet("s").Row(1, "sector", "factor").Row(2, "007", "F1").Save(PathOf("b.xlsx"));
        Assert.Contains(Refused(), f => f.Found == "no expert");

        IReadOnlyList<StudyFault> Refused() =>
            Assert.Throws<StudyException>(() => WideBallots.Read(PathOf("b.xlsx"), null, null)).Faults;
    }

    private static void Holds(ImportedTable imported, string[] codes, double[] output, double[] input)
    {
        Assert.Equal(codes, imported.Table.Sectors.Select(s => s.Code));
        Assert.Equal(output, imported.Table.TotalOutput);
        Assert.Equal(input, imported.Table.IntermediateInput);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
