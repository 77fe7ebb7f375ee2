using System.Text.Json.Nodes;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Sensitivity;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

public sealed class ChoicesTests : IDisposable
{
    private const string File = "choices.json";

    private const string Returns =
        """{ "name": "returns", "options": [{ "name": "constant" }, { "name": "free", "set": { "growth": { "returns": "free" } } }] }""";

    private static readonly SamplingOptions Few = new(2000, 5, 0.95);
    private readonly StudyEditor _editor = new();

    public void Dispose() => _editor.Dispose();

    // RFC 7396, appendix A.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void A_merge_patch_gives_what_its_standard_lists(string original, string patch, string result)
    {
        var target = JsonNode.Parse(original);
        Assert.Equal(result, MergePatch.Apply(target, JsonNode.Parse(patch))?.ToJsonString() ?? "null");
        Assert.Equal(original, target!.ToJsonString());
    }

    [Fact]
    public void The_variance_of_two_factors_is_that_of_the_textbook()
    {
        // Means 1 2 / 3 6 about 3: effects ±1.5 and ±1, interaction ±0.5.
        var v = FactorialVariance.Of([2, 2], [1, 2, 3, 6], [0.1, 0.2, 0.3, 0.4]);
        Assert.Equal([2.25, 1.0], v.Main);
        Assert.Equal([0.25], v.Pairs);
        Assert.Equal((0.0, 3.5, 0.25), (v.Higher, v.Choices, v.Chance));
    }

    [Fact]
    public void Effects_add_up_and_each_is_found_alone()
    {
        var random = new System.Random(3);
        int[] options = [2, 3, 4];
        double[] means = [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble())];
        var v = FactorialVariance.Of(options, means, new double[24]);
        Assert.Equal(v.Choices, v.Main.Sum() + v.Pairs.Sum() + v.Higher, 1e-15);
        Assert.True(v.Main.Concat(v.Pairs).Append(v.Higher).All(part => part > 0));

        // A function of one factor, of two without main effects, and of three without either.
        double At(int c, int f) => FactorialVariance.Option(options, c, f);
        FactorialVariance Of(Func<int, double> value) =>
            FactorialVariance.Of(options, [.. Enumerable.Range(0, 24).Select(value)], new double[24]);
        var one = Of(c => At(c, 1));
        Assert.Equal(2.0 / 3, one.Main[1], 1e-15);
        Assert.Equal(one.Choices, one.Main[1], 1e-15);
        var two = Of(c => (At(c, 0) - 0.5) * (At(c, 2) - 1.5));
        Assert.Equal(two.Choices, two.Pairs[1], 1e-15);
        var three = Of(c => (At(c, 0) - 0.5) * (At(c, 1) - 1) * (At(c, 2) - 1.5));
        Assert.Equal(three.Choices, three.Higher, 1e-15);
    }

    [Fact]
    public void Every_combination_is_the_study_that_says_so_itself()
    {
        Write(Returns,
            """
            { "name": "table", "options": [{ "name": "as it is", "set": {} },
              // Another vintage of the table.
              { "name": "later", "set": { "table": { "sectors": "sectors-later.csv", "flows": "flows-later.csv" } } },] }
            """);
        _editor.Write("flows-later.csv", _editor.Text("flows.csv")).Write("sectors-later.csv", _editor.Text("sectors.csv"));
        _editor.SetCell("sectors-later.csv", "code=149", "total_output", Scaled("sectors.csv", "code=149", "total_output"));
        var analysis = Execute(threads: 2);
        Assert.True(analysis.Choices.IsFactorial);
        Assert.Equal(4 * 6, analysis.Outcomes.Count);
        Assert.Contains(analysis.Files, f => f.Path == "flows-later.csv");

        // The last combination, written by hand.
        _editor.Write("flows.csv", _editor.Text("flows-later.csv")).Write("sectors.csv", _editor.Text("sectors-later.csv"));
        _editor.Write("study.json", _editor.Text("study.json").Replace("\"constant\"", "\"free\"", StringComparison.Ordinal));
        var run = UncertaintyRun.Execute(_editor.Read(), Few, new SimdBackend(1), 1);
        foreach (var outcome in analysis.Outcomes.Where(o => o.Combination == 3))
        {
            var same = run.Estimates.Single(e => FigureIndex.Reference(e.Key) == FigureIndex.Reference(outcome.Key));
            Assert.Equal(same.Key.Point, outcome.Key.Point);
            Assert.Equal(same.Statistics, outcome.Statistics);
        }
    }

    [Fact]
    public void Shares_add_up_to_one_and_no_result_depends_on_threads()
    {
        Write(Returns, """
            { "name": "window", "options": [{ "name": "5" }, { "name": "4", "set": { "growth": { "extrapolate": { "window": 4 } } } }] }
            """);
        var (one, two) = (Execute(threads: 1), Execute(threads: 2));
        Assert.Equal(one.Outcomes.Select(o => o.Statistics), two.Outcomes.Select(o => o.Statistics));
        Assert.All(one.Figures, figure =>
        {
            var v = figure.Variance;
            Assert.Equal(1, (v.Main.Sum() + v.Pairs.Sum() + v.Higher + v.Chance) / v.Total, 1e-12);

            // The whole is the variance of all draws together, by the definition of the law: within and between.
            var own = one.Outcomes.Where(o => (o.Key.Year, o.Key.Component) == (figure.Year, figure.Component)).ToArray();
            var mean = own.Average(o => o.Statistics.Mean);
            var whole = own.Average(o => Square(o.Statistics.StandardDeviation) + Square(o.Statistics.Mean - mean));
            Assert.Equal(whole, v.Total, 1e-9 * v.Total);
            Assert.Equal(mean, one.Mean(figure, 0, null), 1e-12 * mean);
        });
        var total = one.Figures.Last();
        Assert.Equal(2022, total.Year);
        Assert.Equal(total.Variance.Main[0], Square((one.Mean(total, 0, 1) - one.Mean(total, 0, 0)) / 2), 1e-9 * total.Variance.Main[0]);
    }

    [Fact]
    public void Listed_combinations_are_computed_alone_and_have_no_main_effects()
    {
        _editor.Write(File, $$"""
            { "factors": [{{Returns}},
              { "name": "fit", "options": [{ "name": "all" }, { "name": "late", "set": { "growth": { "fit": [2010, 2016] } } }] }],
              "combinations": [["constant", "all"], ["free", "late"], ["constant", "late"]] }
            """);
        var analysis = Execute(threads: 1);
        Assert.False(analysis.Choices.IsFactorial);
        Assert.Equal([[0, 0], [1, 1], [0, 1]], analysis.Choices.Combinations);
        Assert.Equal("returns = free, fit = late", analysis.Choices.Words(analysis.Choices.Combinations[1]));
        Assert.All(analysis.Figures, f => Assert.Empty(f.Variance.Main));
    }

    [Fact]
    public void Studies_of_other_years_are_compared_in_those_that_all_report()
    {
        Write("""{ "name": "years", "options": [{ "name": "long" }, { "name": "short", "set": { "years": [2017, 2020] } }] }""");
        Assert.Equal([2017, 2020], Execute(threads: 1).Figures.Select(f => f.Year).Distinct());
    }

    [Fact]
    public void The_demonstrations_choices_are_sound()
    {
        var files = EmbeddedStudyFiles.Demonstration;
        var choices = ChoicesReader.Read(File, files);
        Assert.True(choices.IsOfStudy && choices.IsFactorial);
        Assert.Equal(16, choices.Combinations.Count);
        var analysis = ChoiceAnalysis.Execute(files, choices, Few, new SimdBackend(2), 2);
        var total = analysis.Figures.Last().Variance;
        Assert.Equal(4, total.Main.Count);
        Assert.True(total.Main[2] > total.Main[3] && total.Main[0] > total.Main[1]);
    }

    [Fact]
    public void Faults_of_the_file_are_told_together_with_their_places()
    {
        _editor.Write(File, """
            { "factors": [
                { "name": "returns", "options": [{ "name": "constant", "set": 3 }, { "name": "free", "sets": {} }] },
                { "name": "", "options": [{ "name": "a", "set": { "growth": { "fit": 1, "fit": 2 } } }] } ],
              "combination": [] }
            """);
        var faults = Faults();
        Assert.Equal(5, faults.Count);
        StudyEditor.Holds(faults[0], File, "line 2, key factors[0].options[0].set", "3", "an object");
        StudyEditor.Holds(faults[1], File, "line 2, key factors[0].options[1].sets", "the unknown key sets", "one of name, set");
        StudyEditor.Holds(faults[2], File, "line 3, key factors[1].name", "\"\"", "a text that is not empty");
        StudyEditor.Holds(faults[3], File, "line 3, key factors[1].options[0].set.growth.fit", "the key fit for the second time", "once");
        StudyEditor.Holds(faults[4], File, "line 4, key combination", "the unknown key combination", "one of $schema, factors");
    }

    [Fact]
    public void Names_and_combinations_are_held_to_one_another()
    {
        _editor.Write(File, """
            { "factors": [
                { "name": "a", "options": [{ "name": "x" }, { "name": "x" }] },
                { "name": "a", "options": [{ "name": "y" }] } ] }
            """);
        var faults = Faults();
        Assert.Equal(3, faults.Count);
        StudyEditor.Holds(faults[0], File, "line 3, key factors[1].name", "\"a\" for the second time", "every factor once");
        StudyEditor.Holds(faults[1], File, "line 2, key factors[0].options[1].name", "\"x\" for the second time", "every option once");
        StudyEditor.Holds(faults[2], File, "line 3, key factors[1].options", "1 option", "at least two");

        _editor.Write(File, """
            { "factors": [{ "name": "a", "options": [{ "name": "left" }, { "name": "right" }] }],
              "combinations": [["left", "right"], ["rihgt"], ["left"], ["left"]] }
            """);
        faults = Faults();
        Assert.Equal(3, faults.Count);
        StudyEditor.Holds(faults[0], File, "key combinations[0]", "2 options", "one of each factor: a");
        StudyEditor.Holds(faults[1], File, "key combinations[1][0]", "\"rihgt\"", "an option of a: left, right");
        Assert.StartsWith("Did you mean right?", faults[1].Remedy, StringComparison.Ordinal);
        StudyEditor.Holds(faults[2], File, "key combinations[3]", "for the second time", "every combination once");

        string Factor(int f) => $$"""{ "name": "f{{f}}", "options": [{ "name": "x" }, { "name": "y" }] }""";
        Write([.. Enumerable.Range(0, 9).Select(Factor)]);
        StudyEditor.Holds(Assert.Single(Faults()), File, "key factors", "512 combinations", "at most 256");
        StudyEditor.Holds(Assert.Single(Assert.Throws<StudyException>(
            () => ChoicesReader.Read("nowhere.json", new FolderStudyFiles(_editor.Folder))).Faults),
            "nowhere.json", "", "no such file", "a file of choices");
    }

    [Fact]
    public void A_patch_that_makes_a_faulty_study_is_told_with_its_combinations()
    {
        Write("""{ "name": "fit", "options": [{ "name": "all" }, { "name": "short", "set": { "growth": { "fit": [2015, 2016] } } }] }""",
            """{ "name": "unit", "options": [{ "name": "as it is" }, { "name": "none", "set": { "unit": null } }] }""");
        var faults = Assert.Throws<StudyException>(() => Execute(threads: 2)).Faults;
        Assert.Equal(2, faults.Count);
        StudyEditor.Holds(faults[0], "study.json", "the study, with fit = all, unit = none and 1 other combination", "no key unit", "unit");
        StudyEditor.Holds(faults[1], "study.json", "key growth.fit, with fit = short, unit = as it is", "[2015, 2016]", "at least 3 years");

        Write("""{ "name": "unit", "options": [{ "name": "as it is" }, { "name": "small", "set": { "unit": "万元" } }] }""");
        StudyEditor.Holds(Assert.Single(Assert.Throws<StudyException>(() => Execute(threads: 1)).Faults),
            "study.json", "key unit, with unit = small", "\"万元\"", "\"亿元\"");
    }

    private static double Square(double x) => x * x;

    private string Scaled(string file, string where, string column) =>
        (1.5 * TestData.Number(_editor.Cell(file, where, column))).ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private void Write(params string[] factors) => _editor.Write(File, $"{{ \"factors\": [{string.Join(",\n", factors)}] }}");

    private ChoiceAnalysis Execute(int threads)
    {
        var files = new FolderStudyFiles(_editor.Folder);
        return ChoiceAnalysis.Execute(files, ChoicesReader.Read(File, files), Few, new SimdBackend(threads), threads);
    }

    private IReadOnlyList<StudyFault> Faults() =>
        Assert.Throws<StudyException>(() => ChoicesReader.Read(File, new FolderStudyFiles(_editor.Folder))).Faults;
}
