using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public sealed class KeptDrawsTests : IDisposable
{
    private const int Draws = 3000;
    private static readonly CompiledStudy Compiled = new(TestData.FullDemonstration);
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-kept-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Statistics_thresholds_ranks_and_counts_of_kept_draws_are_the_direct_ones()
    {
        var groups = JointEstimates.Totals(Compiled, 2022);
        EstimateKey[] figures = [.. groups.SelectMany(g => g), .. new FigureIndex(Compiled.Keys).Select("nation.total")];
        using var program = Compiled.Load(new SimdBackend(2), 7);
        var file = Keep(Compiled, program, figures, []);
        Assert.Equal(figures.Select(k => FigureIndex.Reference(k).ToString()), file.Names);
        var stored = KeptDraws.Source(Compiled, file)!;
        Assert.Equal(Draws, stored.Draws);
        var ranks = CoverageRanks.For(Draws, 0.95);
        int[] outputs = [.. figures.Select(k => k.Output)];
        Assert.Equal(program.Describe(ranks, outputs, 2),
            SampleStatistics.Collect(stored, ranks, outputs, program.Program.EvaluatePoint(), 1));
        var thresholds = outputs.Select((o, i) => (o, figures[i].Point)).ToArray();
        Assert.Equal(ThresholdCounts.Collect(program.Program, Draws, thresholds), ThresholdCounts.Collect(stored, Draws, thresholds));

        var drawn = JointEstimates.Of(program.Program, Draws, groups, ranks: true, [500, 1000], 2);
        var again = JointEstimates.Of(stored, Draws, groups, ranks: true, [500, 1000], 1);
        Assert.Equal(RanksCsv.Rows(drawn), RanksCsv.Rows(again));
        Assert.Equal(CountsCsv.Rows(drawn).Select(r => (r.Threshold, r.K, r.Draws)),
            CountsCsv.Rows(again).Select(r => (r.Threshold, r.K, r.Draws)));
        Assert.Equal(ClassesCsv.Rows(drawn), ClassesCsv.Rows(again));

        // Without the study the point is not known: sums are taken about another centre, and order statistics are the same.
        foreach (var (key, column) in figures.Zip(KeptDraws.Describe(file, [0.95], 2)))
        {
            var (expected, found) = (program.Describe(ranks, [key.Output], 1)[0], column.Statistics);
            Assert.Equal((expected.Lower, expected.Median, expected.Upper), (found.Lower, found.Median, found.Upper));
            Assert.Equal((expected.ShortestLower, expected.ShortestUpper), (found.ShortestLower, found.ShortestUpper));
            Assert.Equal(expected.Mean, found.Mean, 1e-13 * expected.Mean);
            Assert.Equal(expected.StandardDeviation, found.StandardDeviation, 1e-12 * expected.Mean);
        }
    }

    [Fact]
    public void Coefficients_of_a_panel_and_its_experts_are_those_behind_the_figures()
    {
        using var program = Compiled.Load(new SimdBackend(1), 7);
        var direct = new FigureIndex(Compiled.Keys).Select("sector.direct")
            .Where(k => Compiled.Study.Coefficients.Any(c => Compiled.Study.Table.Sectors[c.Sector].Code == k.Code)).ToArray();
        var file = Keep(Compiled, program, direct, ["S", "expert"]);
        Assert.Equal(Compiled.Study.Panel!.Experts.Count, file.Names.Count(n => n.StartsWith("expert:", StringComparison.Ordinal)));
        foreach (var k in Compiled.Study.Coefficients)
        {
            // Formula (1): Zd_k = S_k V_k.
            var code = Compiled.Study.Table.Sectors[k.Sector].Code;
            var valueAdded = Compiled.Study.Table.ValueAdded(k.Sector);
            foreach (var (s, z) in Column(file, $"S:{code}").Zip(Column(file, $"sector:{code}.direct.2017")))
                Assert.Equal(s * valueAdded, z, 1e-12 * valueAdded);
        }
    }

    [Fact]
    public void Coefficients_with_distributions_of_their_own_are_their_inputs()
    {
        var compiled = new CompiledStudy(TestData.Demonstration);
        using var program = compiled.Load(new SimdBackend(1), 7);
        var file = Keep(compiled, program, [], ["coefficient", "S"]);
        Assert.Equal(2 * compiled.Study.Coefficients.Count, file.Names.Count);
        foreach (var name in file.Names.Where(n => n.StartsWith("S:", StringComparison.Ordinal)))
            Assert.Equal(Column(file, "coefficient:" + name[2..]), Column(file, name));
        Assert.Null(KeptDraws.Source(compiled, file));
    }

    [Fact]
    public void Every_number_comes_back_and_what_is_none_too()
    {
        var path = Path.Combine(_folder, "numbers.csv");
        File.WriteAllText(path, "\uFEFFa,\"b,c\"\n1e-300,NaN\n-0.1,Infinity\n0.1,-Infinity\n");
        var file = DrawsFile.Read(path);
        Assert.Equal(["a", "b,c"], file.Names);
        Assert.Equal([1e-300, -0.1, 0.1], file.Values[0]);
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NegativeInfinity], file.Values[1]);
        var described = KeptDraws.Describe(file, [0.5], 1);
        Assert.Equal(1, described[1].Statistics.Undefined);
        Assert.Contains("undefined:1", described[1].Flags);
    }

    [Theory]
    [InlineData("", "", "an empty file")]
    [InlineData("a,b\n", "", "a header without draws")]
    [InlineData("1,2\n3,4\n", "line 1", "numbers")]
    [InlineData("a,a\n1,2\n", "line 1, column 2", "for the second time")]
    [InlineData("a,\n1,2\n", "line 1, column 2", "an empty cell")]
    [InlineData("a,b\n1,2\n3\n", "line 3", "1 cell")]
    [InlineData("a,b\n1,2\n3,\n", "line 3, column b", "an empty cell")]
    [InlineData("a,b\n1,2\n3,1 000\n4,\n", "line 3, column b", "\"1 000\" (and 1 more cell)")]
    public void A_file_that_holds_something_else_is_refused_by_its_place(string text, string place, string found)
    {
        var path = Path.Combine(_folder, "faulty.csv");
        File.WriteAllText(path, text);
        var fault = Assert.Single(Assert.Throws<StudyException>(() => DrawsFile.Read(path)).Faults);
        Assert.Equal((path, place), (fault.File, fault.Place));
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Expected);
        Assert.NotEmpty(fault.Remedy);
    }

    [Theory]
    [InlineData("cofficient", "Did you mean coefficient")]
    [InlineData("S:999", "found no such input")]
    [InlineData("year", "with KIND S")]
    public void An_input_that_is_not_drawn_is_refused(string name, string found)
    {
        var compiled = new CompiledStudy(TestData.Demonstration);
        Assert.Contains(found, Assert.Throws<InputNameException>(() => new DrawColumns(
            compiled, compiled.Plan(1), UncertaintySources.All, [], [name])).Message, StringComparison.Ordinal);
    }

    private static double[] Column(DrawsFile file, string name) => file.Values[file.Names.ToList().IndexOf(name)];

    private DrawsFile Keep(CompiledStudy study, StudyProgram program, EstimateKey[] figures, string[] inputs)
    {
        var path = Path.Combine(_folder, "draws.csv");
        var columns = new DrawColumns(study, program.Program.Plan, UncertaintySources.All, figures, inputs);
        using (var writer = new StreamWriter(path)) DrawsCsv.Write(writer, columns, program.Program, Draws);
        return DrawsFile.Read(path);
    }
}
