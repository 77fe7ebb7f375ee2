using System.Globalization;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class StudyLimitTests
{
    private const long Gibibyte = 1L << 30;

    [Fact]
    public void A_table_is_held_against_memory_and_against_what_an_array_holds()
    {
        // 48 n² bytes: 1 GiB holds 4,729 sectors.
        Assert.Null(StudyLimits.Sectors("sectors.csv", 4729, Gibibyte));
        Assert.Contains("at most 4,729 on this machine", StudyLimits.Sectors("sectors.csv", 4730, Gibibyte)!.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("60,000 sectors", StudyLimits.Sectors("sectors.csv", 60_000, 1024 * Gibibyte)!.ToString(),
            StringComparison.Ordinal);
        Assert.Null(StudyLimits.Sectors("sectors.csv", 46_000, 1024 * Gibibyte));
    }

    // 160 n² bytes and 8 n² a thread: 1 GiB holds 2,470 sectors with two threads.
    [Fact]
    public void A_table_that_is_drawn_takes_more()
    {
        const string key = "key uncertainty.flows";
        Assert.Null(StudyLimits.DrawnSectors("study.json", key, 2469, Gibibyte, 2));
        var fault = StudyLimits.DrawnSectors("study.json", key, 2470, Gibibyte, 2)!.ToString();
        Assert.Contains("key uncertainty.flows: found 2,470 sectors of a table that is drawn", fault, StringComparison.Ordinal);
        Assert.Contains("at most 2,469 on this machine (176 bytes", fault, StringComparison.Ordinal);
        Assert.NotNull(StudyLimits.DrawnSectors("study.json", key, 20_001, 1024 * 1024 * Gibibyte, 2));

        // 1,302 sectors fit 1 GB, with 16 threads too.
        Assert.Null(StudyLimits.DrawnSectors("study.json", key, 1302, 1_000_000_000, 16));
    }

    [Theory]
    [InlineData("fixed\": \"output")]
    [InlineData("balance\": \"wls")]
    public void A_drawn_table_of_149_sectors_takes_less_than_300_megabytes(string option)
    {
        using var editor = new StudyEditor();
        editor.Write("study.json", editor.Text("study-flows.json")).Replace("study.json", "fixed\": \"output", option);
        var (exitCode, _, error) = CommandLineRunner.Process(
            ["run", editor.Folder, "--draws", "400", "--threads", "2", "--out", editor.PathOf("out")],
            ("DOTNET_GCHeapHardLimit", 200_000_000.ToString("x", CultureInfo.InvariantCulture)));
        Assert.True(exitCode == 0, error);
    }

    [Fact]
    public void Accounts_and_figures_likewise()
    {
        // 520 groups, 520 regions, 2017 to 9999.
        Assert.NotNull(StudyLimits.Cells("gdp.csv", 520.0 * 520 * 7983, 1024 * Gibibyte));
        Assert.Null(StudyLimits.Cells("gdp.csv", 5000.0 * 3 * 50, Gibibyte));
        Assert.NotNull(StudyLimits.Figures("study.json", 3e5, Gibibyte));
        Assert.Null(StudyLimits.Figures("study.json", 2e5, Gibibyte));
    }

    [Theory]
    [InlineData("1e307")]
    [InlineData("1e-310")]
    [InlineData("-1e308")]
    public void A_number_whose_square_or_ratio_is_none_is_refused_with_its_cell(string number)
    {
        var faults = new FaultList();
        var table = CsvTable.Parse("flows.csv", $"code,a\nb,{number}\n", ["code"], faults)!;
        Assert.Null(table.Rows[0].Number("a"));
        var fault = Assert.Single(faults.ToFaults()).ToString();
        Assert.Contains("line 2, column a", fault, StringComparison.Ordinal);
        Assert.Contains(number, fault, StringComparison.Ordinal);
        Assert.Contains("between 1e-100 and 1e100", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1e100")]
    [InlineData("1e-100")]
    public void What_can_be_computed_with_is_read(string number) =>
        Assert.Equal(double.Parse(number, CultureInfo.InvariantCulture),
            CsvTable.Parse("f.csv", $"a\n{number}\n", ["a"], new())!.Rows[0].Number("a"));

    [Fact]
    public void Reading_ends_when_it_is_no_longer_wanted()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => StudyReader.Read(EmbeddedStudyFiles.Demonstration,
            cancellation: cancellation.Token));
    }
}
