using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>What <c>aggregate</c> and <c>split</c> write is a study, and says the same of the economy.</summary>
public sealed class ReshapedStudyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-reshaped-").FullName;

    private string Out => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_divided_sector_of_a_panel_keeps_its_ballots_and_every_figure()
    {
        var before = TestData.FullDemonstration;
        var code = before.Table.Sectors[before.Coefficients[0].Sector].Code;
        Assert.Equal(0, CommandLineRunner.InProcess("split", "--quiet", "--sector", code,
            "--parts", $"{code}a=0.3,{code}b=0.7", "--out", Out).ExitCode);
        var after = StudyReader.ReadFolder(Out);
        Assert.NotNull(after.Panel);
        Assert.Equal(before.Coefficients.Count + 1, after.Coefficients.Count);
        var (point, divided) = (PointModel.Estimate(before), PointModel.Estimate(after));
        for (var t = 0; t < before.Years.Count; t++) Assert.Equal(point.Direct[t, 0], divided.Direct[t, 0], 1e-12 * point.Direct[t, 0]);

        // One set of weights of the experts moves both parts: the direct part is the same in every draw.
        Assert.Equal(Spread(before), Spread(after), 1e-9 * Spread(before));
        Assert.Equal(0, CommandLineRunner.InProcess("run", Out, "--quiet", "--draws", "200").ExitCode);
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Out, "--quiet").ExitCode);
    }

    [Fact]
    public void A_divided_sector_with_a_distribution_moves_as_one()
    {
        using var editor = new StudyEditor();
        var before = editor.Read();
        Assert.Equal(0, CommandLineRunner.InProcess("split", editor.Folder, "--quiet",
            "--sector", "088", "--parts", "088a=0.3,088b=0.7", "--out", Out).ExitCode);
        var after = StudyReader.ReadFolder(Out);
        // The other rows are as they were; the parts share the rows of one sample.
        Assert.Equal(before.Coefficients.Skip(1).Select(c => c.Distribution), after.Coefficients.Skip(2).Select(c => c.Distribution));
        var parts = after.Coefficients.Take(2).Select(c => Assert.IsType<JointSampleMarginal>(c.Distribution)).ToArray();
        Assert.Equal(parts[0].Values, parts[1].Values);
        // 10,000 draws hold a standard deviation to 0.7 percent, the error of 20,000 more is half of that.
        Assert.Equal(Spread(before), Spread(after), 0.04 * Spread(before));
    }

    // Half of a beta(0.0005, 2800) lies below 1e-308, which no file may hold: what the program writes it reads.
    [Fact]
    public void Draws_smaller_than_a_file_may_hold_are_written_as_zero()
    {
        using var editor = new StudyEditor();
        editor.Write("coefficients.csv", "sector,point,distribution,alpha,beta\n088,0.1,beta,0.0005,2800\n");
        Assert.Equal(0, CommandLineRunner.InProcess("split", editor.Folder, "--quiet",
            "--sector", "088", "--parts", "088a=0.3,088b=0.7", "--out", Out).ExitCode);
        var sample = Assert.IsType<JointSampleMarginal>(StudyReader.ReadFolder(Out).Coefficients[0].Distribution);
        Assert.True(sample.Values.Count(v => v == 0) > 5000);
    }

    [Fact]
    public void Sectors_added_up_keep_the_direct_total_and_its_spread()
    {
        var before = TestData.FullDemonstration;
        var related = before.Coefficients.Select(c => before.Table.Sectors[c.Sector]).ToArray();
        // Two related sectors of one category, and one with another that is not related.
        var pair = related.GroupBy(s => s.Category).First(g => g.Count() > 1).Take(2).Select(s => s.Code).ToArray();
        Aggregate(pair);
        var after = StudyReader.ReadFolder(Out);
        Assert.Null(after.Panel);
        Assert.Equal(before.Coefficients.Count - 1, after.Coefficients.Count);
        var (point, merged) = (PointModel.Estimate(before), PointModel.Estimate(after));
        Assert.Equal(point.Direct[0, 0], merged.Direct[0, 0], 1e-12 * point.Direct[0, 0]);
        Assert.Equal(Spread(before), Spread(after), 0.04 * Spread(before));
        // Names stay, and a receipt says what became of the panel.
        Assert.Equal(before.Table.Sectors.Where(s => !pair.Contains(s.Code)).Select(s => (s.Name, s.NameEnglish)).Order(),
            after.Table.Sectors.Where(s => s.Code != "G").Select(s => (s.Name, s.NameEnglish)).Order());
        Assert.Equal("G", after.Table.Sectors.Single(s => s.Code == "G").Name);
        Assert.Contains("coefficients-sampled", File.ReadAllText(Path.Combine(Out, "aggregate.json")), StringComparison.Ordinal);
        Assert.Equal(0, CommandLineRunner.InProcess("run", Out, "--quiet", "--draws", "200").ExitCode);
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Out, "--quiet").ExitCode);
    }

    [Fact]
    public void A_related_sector_added_to_unrelated_ones_keeps_its_distribution_scaled()
    {
        using var editor = new StudyEditor();
        var before = editor.Read();
        var sectors = before.Table.Sectors;
        var related = before.Coefficients.Select(c => c.Sector).ToHashSet();
        // The first with a coefficient, and one of its category without.
        var k = before.Coefficients[0].Sector;
        var other = Enumerable.Range(0, sectors.Count).First(i => !related.Contains(i) && sectors[i].Category == sectors[k].Category);
        editor.SetCell("coefficients.csv", $"sector={sectors[k].Code}", "distribution", "");
        foreach (var column in new[] { "low", "mode", "high" }) editor.SetCell("coefficients.csv", $"sector={sectors[k].Code}", column, "");
        editor.AddColumn("coefficients.csv", "alpha", $"sector={sectors[k].Code}", "2")
            .AddColumn("coefficients.csv", "beta", $"sector={sectors[k].Code}", "30");
        editor.SetCell("coefficients.csv", $"sector={sectors[k].Code}", "distribution", "beta");
        Aggregate([sectors[k].Code, sectors[other].Code], editor.Folder);
        var after = StudyReader.ReadFolder(Out);
        var weight = before.Table.ValueAdded(k) / (before.Table.ValueAdded(k) + before.Table.ValueAdded(other));
        var coefficient = after.Coefficients.Single(c => after.Table.Sectors[c.Sector].Code == "G");
        var beta = Assert.IsType<BetaMarginal>(coefficient.Distribution);
        Assert.Equal((2.0, 30.0, 0.0), (beta.Alpha, beta.Beta, beta.Low));
        Assert.Equal(weight, beta.High, 1e-12);
        Assert.Equal(weight * before.Coefficients[0].Point, coefficient.Point, 1e-12);
        Assert.DoesNotContain("coefficients-sampled", File.ReadAllText(Path.Combine(Out, "aggregate.json")), StringComparison.Ordinal);
    }

    // Accounts follow categories: what is added up across them has other figures, and says so.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sectors_that_change_category_are_warned_of(bool across)
    {
        var before = TestData.Demonstration;
        var sectors = before.Table.Sectors;
        var first = sectors[0];
        var other = sectors.Skip(1).First(s => (s.Category != first.Category) == across);
        var concordance = Path.Combine(_folder, "concordance.csv");
        var category = before.Categories.Categories[first.Category].Code;
        File.WriteAllText(concordance, "sector,group,name,category\n" + string.Concat(sectors.Select(s =>
            s == first || s == other ? $"{s.Code},G,Together,{category}\n" : $"{s.Code},{s.Code},,\n")));
        var (code, error) = CommandLineRunner.InProcess("aggregate", "--quiet", "--concordance", concordance, "--out", Out);
        Assert.Equal((0, ""), (code, error));
        var receipt = File.ReadAllText(Path.Combine(Out, "aggregate.json"));
        Assert.Equal(across, receipt.Contains("category-changed", StringComparison.Ordinal));
        if (across)
            Assert.Contains($"{other.Code} ({before.Categories.Categories[other.Category].Code} to {category})",
                receipt, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_balanced_within_the_rounding_of_their_cells_stay_readable()
    {
        using var editor = new StudyEditor();
        // A cell of whole numbers in each column goes up by 70: within the rounding of 149 printed cells, beyond 1e-6 of most columns.
        var lines = editor.Lines("flows.csv").Select(line => line.Split(',')).ToArray();
        foreach (var row in lines.Skip(1))
            for (var j = 1; j < row.Length; j++)
                row[j] = Math.Round(TestData.Number(row[j])).ToString(System.Globalization.CultureInfo.InvariantCulture);
        for (var j = 1; j < lines.Length; j++)
            lines[1][j] = (TestData.Number(lines[1][j]) + 70).ToString(System.Globalization.CultureInfo.InvariantCulture);
        editor.Write("flows.csv", string.Join('\n', lines.Select(l => string.Join(',', l))) + "\n");
        editor.Read();
        Assert.Equal(0, CommandLineRunner.InProcess("split", editor.Folder, "--quiet",
            "--sector", "001", "--parts", "001a=0.25,001b=0.75", "--out", Out).ExitCode);
        Assert.Equal(150, StudyReader.ReadFolder(Out).Table.Sectors.Count);
        var first = StudyReader.ReadFolder(editor.Folder).Table.Sectors;
        var concordance = Path.Combine(_folder, "all.csv");
        var categories = editor.Read().Categories.Categories;
        File.WriteAllText(concordance, "sector,group\n" + string.Concat(first.Select(s => $"{s.Code},{categories[s.Category].Code}\n")));
        var whole = Path.Combine(_folder, "whole");
        Assert.Equal(0,
            CommandLineRunner.InProcess("aggregate", editor.Folder, "--quiet", "--concordance", concordance, "--out", whole).ExitCode);
        Assert.Equal(first.Select(s => s.Category).Distinct().Count(), StudyReader.ReadFolder(whole).Table.Sectors.Count);
        // Wrong is still wrong.
        var cell = File.ReadAllLines(Path.Combine(whole, "flows.csv"))[1].Split(',')[1];
        File.WriteAllText(Path.Combine(whole, "flows.csv"), File.ReadAllText(Path.Combine(whole, "flows.csv"))
            .Replace($",{cell},", $",{TestData.Number(cell) * 1.01:R},", StringComparison.Ordinal));
        Assert.Throws<StudyException>(() => StudyReader.ReadFolder(whole));
        Assert.Equal(1, CommandLineRunner.InProcess("verify", whole, "--quiet").ExitCode);
    }

    [Fact]
    public void A_study_of_many_folders_with_a_joint_sample_a_correlation_and_odd_names_becomes_one_folder()
    {
        using var editor = new StudyEditor();
        Directory.CreateDirectory(editor.PathOf("data"));
        File.Move(editor.PathOf("growth.csv"), editor.PathOf("data/sectors.csv"));
        editor.Replace("study.json", "\"growth.csv\"", "\"data/sectors.csv\"");
        var code = editor.Lines("coefficients.csv")[1].Split(',')[0];
        editor.Write("data/scores.csv", "value\n0.1\n0.2\n");
        editor.Write("coefficients.csv",
            "sector,point,distribution,low,high,sample\n" + $"{code},0.15,empirical,,,data/scores.csv\n089,0.2,uniform,0.1,0.3,\n");
        editor.Write("ranks.csv", $"row,col,value\n{code},089,0.5\n");
        editor.Replace("study.json", "\"file\": \"coefficients.csv\"", "\"file\": \"coefficients.csv\", \"correlation\": \"ranks.csv\"");
        var before = editor.Read();
        Assert.Equal(0, CommandLineRunner.InProcess("split", editor.Folder, "--quiet",
            "--sector", "001", "--parts", "a b=0.25,b%=0.75", "--out", Out).ExitCode);
        var after = StudyReader.ReadFolder(Out);
        Assert.Equal(["a b", "b%"], after.Table.Sectors.Take(2).Select(s => s.Code));
        Assert.Equal([0.1, 0.2], Assert.IsType<EmpiricalMarginal>(after.Coefficients[0].Distribution).Sample);
        Assert.NotNull(after.Correlation);
        Assert.True(File.Exists(Path.Combine(Out, "2-sectors.csv")));
        Assert.Equal(PointModel.Estimate(before).Direct[0, 0], PointModel.Estimate(after).Direct[0, 0], 1e-9);
    }

    [Fact]
    public void Neither_verb_writes_into_its_own_study()
    {
        using var editor = new StudyEditor();
        var before = File.ReadAllBytes(editor.PathOf("sectors.csv"));
        foreach (var arguments in new string[][]
        {
            ["split", "--sector", "001", "--parts", "a=0.5,b=0.5"],
            ["calibrate", "--draws", "100"], ["run", "--draws", "10"], ["compare", "--draws", "10"], ["linkages"],
        })
        {
            var (exitCode, error) = CommandLineRunner.InProcess(
                [.. arguments, editor.Folder, "--quiet", "--force", "--out", editor.Folder]);
            Assert.Equal(2, exitCode);
            Assert.Contains("holds an input of this run", error, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(editor.PathOf("sectors.csv")));
        Assert.False(File.Exists(editor.PathOf("estimates.csv")));
    }

    // The standard deviation of the direct part of the base year.
    private static double Spread(Study study) =>
        UncertaintyRun.Execute(study, new SamplingOptions(20_000, 7, 0.95), new SimdBackend(1), 1, UncertaintySources.Coefficients)
        .Estimates[0].Statistics.StandardDeviation;

    private void Aggregate(string[] codes, params string[] study)
    {
        var concordance = Path.Combine(_folder, "concordance.csv");
        var rows = TestData.Demonstration.Table.Sectors.Select(s => $"{s.Code},{(codes.Contains(s.Code) ? "G" : s.Code)}\n");
        File.WriteAllText(concordance, "sector,group\n" + string.Concat(rows));
        var (exitCode, error) = CommandLineRunner.InProcess(["aggregate", .. study, "--quiet", "--concordance", concordance, "--out", Out]);
        Assert.True(exitCode == 0, error);
    }
}
