using System.Globalization;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Tables;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class TableVintageTests
{
    private const string Keys = "\"vintages\": { \"observations\": 2, \"tables\": [ { \"year\": 2018, "
        + "\"table\": { \"sectors\": \"sectors.csv\", \"flows\": \"later.csv\", \"unit\": \"万元\" } } ] } ";

    // c_4(2) = √(2/π), c_4(3) = √π/2, c_4(4) = 2√(2/(3π)); s of one degree of freedom is σ|z|, with E ln|z| = −(γ + ln 2)/2.
    [Fact]
    public void The_factors_of_small_samples_are_those_of_the_normal_distribution()
    {
        Assert.Equal(Math.Sqrt(2 / Math.PI), CoefficientSpread.MeanRatio(2), 1e-15);
        Assert.Equal(Math.Sqrt(Math.PI) / 2, CoefficientSpread.MeanRatio(3), 1e-15);
        Assert.Equal(2 * Math.Sqrt(2 / (3 * Math.PI)), CoefficientSpread.MeanRatio(4), 1e-15);
        Assert.Equal(-(0.5772156649015329 + Math.Log(2)) / 2, CoefficientSpread.LogBias(1), 1e-14);

        // s² of two degrees has the exponential law, whose logarithm has the mean −γ; of four, ψ(2) = 1 − γ.
        Assert.Equal(-0.5772156649015329 / 2, CoefficientSpread.LogBias(2), 1e-14);
        Assert.Equal((1 - 0.5772156649015329 - Math.Log(2)) / 2, CoefficientSpread.LogBias(4), 1e-14);
    }

    // Two tables whose coefficients lie apart by exactly 2 α x^(−β) in logarithms: s = √2 α x^(−β), and the law is that less its bias.
    [Fact]
    public void A_law_is_found_again()
    {
        const double alpha = 0.4, beta = 0.3;
        var (flows, first, second) = (new double[3, 3], new double[3, 3], new double[3, 3]);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                flows[i, j] = 1 + 3 * i + 10 * j;
                var apart = alpha * Math.Pow(flows[i, j], -beta);
                (first[i, j], second[i, j]) = (0.1 * Math.Exp(apart), 0.1 * Math.Exp(-apart));
            }
        }

        second[2, 1] = 0;
        var spread = CoefficientSpread.Of([first, second], flows, 2)!;
        Assert.Equal((8, 1), (spread.Fitted, spread.Switching));
        Assert.Equal(beta, spread.Exponent, 1e-12);
        Assert.Equal(Math.Sqrt(2) * alpha * Math.Exp((0.5772156649015329 + Math.Log(2)) / 2), spread.Scale, 1e-12);
        Assert.Equal(Math.Sqrt(2) * alpha / Math.Sqrt(2 / Math.PI), spread.Own(0, 0), 1e-12);
        Assert.True(double.IsNaN(spread.Own(2, 1)));
        Assert.True(double.IsNaN(CoefficientSpread.Of([first, second], flows, 3)!.Own(0, 0)));
        Assert.Null(CoefficientSpread.Of([first, first], flows, 2));

        // Tables in different units differ in the last bits.
        var other = (double[,])first.Clone();
        for (var i = 0; i < 9; i++) other[i / 3, i % 3] = Math.BitIncrement(other[i / 3, i % 3]);
        Assert.Null(CoefficientSpread.Of([first, other], flows, 2));
    }

    [Fact]
    public void Flows_are_as_uncertain_as_their_coefficients_differ()
    {
        using var editor = new StudyEditor();
        var before = editor.Read();
        var changed = Exchange(editor, before);
        var study = Write(editor, Keys).Read();
        var found = study.Uncertainty.Flows!.RelativeSd;
        var warning = Assert.IsType<VintageSpreadWarning>(Assert.Single(study.Warnings, w => w is VintageSpreadWarning));
        Assert.Equal((2, 8, 8, 0), (warning.Tables, warning.Own, warning.Fitted, warning.Switching));
        foreach (var (i, j, other) in changed)
        {
            var sigma = Math.Abs(Math.Log(study.Table.Flows[i, j] / other)) / Math.Sqrt(2) / Math.Sqrt(2 / Math.PI);
            Assert.Equal(Math.Min(1, Math.Sqrt(Math.Exp(sigma * sigma) - 1)), found[i, j], 1e-9);
        }

        // The others have the law.
        var (row, column) = (from i in Enumerable.Range(0, 100) select (i, 90))
            .First(c => study.Table.Flows[c.i, 90] > 0 && !changed.Any(x => (x.Row, x.Column) == c));
        var law = warning.Scale * Math.Pow(study.Table.Flows[row, column], -warning.Exponent);
        Assert.Equal(Math.Min(1, Math.Sqrt(Math.Exp(law * law) - 1)), found[row, column], 1e-9);
    }

    [Fact]
    public void Groups_of_several_sectors_have_the_law()
    {
        using var editor = new StudyEditor();
        var before = editor.Read();
        Exchange(editor, before);
        var codes = before.Table.Sectors.Select(s => s.Code).ToArray();
        editor.Write("one.csv", "sector,group\n" + string.Join('\n', codes.Select((c, i) => $"{c},{(i < 2 ? "first" : c)}")) + "\n");
        var both = Keys.Replace("\"observations\": 2", "\"observations\": 2, \"concordance\": \"one.csv\"", StringComparison.Ordinal)
            .Replace("\"year\": 2018", "\"year\": 2018, \"concordance\": \"one.csv\"", StringComparison.Ordinal);
        var warning = Write(editor, both).Read().Warnings.OfType<VintageSpreadWarning>().Single();

        // Two of the changed cells, those of the first column, are in a group of two sectors.
        Assert.Equal(6, warning.Own);

        Write(editor, Keys.Replace("\"year\": 2018", "\"year\": 2018, \"concordance\": \"one.csv\"", StringComparison.Ordinal))
            .Refuses("one.csv", "line 2, column group", "\"first\"", "a code of the groups of the study's own table");
    }

    [Theory]
    [InlineData("later.csv", "none.csv", "none.csv", "", "no such file")]
    [InlineData("\"unit\": \"万元\" } } ]", "\"unit\": \"kg\" } } ]", "study.json", "vintages.tables[0].table.unit", "\"kg\"")]
    [InlineData("later.csv", "flows.csv", "study.json", "key uncertainty.flows.vintages", "fewer than three coefficients")]
    [InlineData("2018", "2017", "study.json", "vintages.tables[0].year", "2017")]
    [InlineData("\"vintages\"", "\"relativeSd\": { \"a\": 0.1, \"unit\": \"亿元\" }, \"vintages\"", "study.json",
        "uncertainty.flows.vintages", "vintages beside relativeSd")]
    public void Wrong_vintages_are_named(string old, string replacement, string file, string place, string found)
    {
        using var editor = new StudyEditor();
        Exchange(editor, editor.Read());
        Write(editor, Keys.Replace(old, replacement, StringComparison.Ordinal)).Refuses(file, place, found, "");
    }

    // A table with two flows exchanged in each of four columns, whose sums stay; what became of each flow, in the study's unit.
    private static List<(int Row, int Column, double Other)> Exchange(StudyEditor editor, Study study)
    {
        var lines = editor.Lines("flows.csv").Select(StudyEditor.Split).ToArray();
        var changed = new List<(int, int, double)>();
        foreach (var column in new[] { 0, 40, 80, 120 })
        {
            int[] rows = [.. Enumerable.Range(2, 140).Where(i => study.Table.Flows[i, column] > 0)
                .OrderBy(i => study.Table.Flows[i, column]).Skip(10).Take(2)];
            var (a, b) = (lines[rows[0] + 1], lines[rows[1] + 1]);
            (a[column + 1], b[column + 1]) = (b[column + 1], a[column + 1]);
            changed.Add((rows[0], column, study.Table.Flows[rows[1], column]));
            changed.Add((rows[1], column, study.Table.Flows[rows[0], column]));
        }

        editor.Write("later.csv", string.Join('\n', lines.Select(l => string.Join(',', l))) + "\n");
        return changed;
    }

    private static StudyEditor Write(StudyEditor editor, string keys)
    {
        var text = editor.Text("study-flows.json");
        var at = text.IndexOf("\"flows\": { \"relativeSd\"", StringComparison.Ordinal);
        return editor.Write("study.json", string.Create(CultureInfo.InvariantCulture,
            $"{text[..at]}\"flows\": {{ {keys} }} }}, {text[text.IndexOf("\"published\"", StringComparison.Ordinal)..]}"));
    }
}
