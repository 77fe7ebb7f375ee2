using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public class BiasLedgerTests
{
    private static readonly Study Flows = TestData.FlowDemonstration;

    [Theory]
    [InlineData(SamplingSequence.Philox, 2000)]
    [InlineData(SamplingSequence.LatinHypercube, 1600)]
    public void Bias_is_what_the_inputs_bring_and_what_the_table_does(SamplingSequence sequence, long draws)
    {
        var sampling = new SamplingOptions(draws, 3, 0.95) { Sequence = sequence };
        var ledger = Ledger(Flows, sampling);
        var run = UncertaintyRun.Execute(Flows, sampling, new SimdBackend(2), 2);
        var held = UncertaintyRun.Execute(Flows, sampling, new SimdBackend(2), 2, UncertaintySources.Coefficients);
        var years = Flows.Years.Count;
        Assert.Equal(3 * years * (1 + Flows.Categories.Categories.Count), ledger.Count);
        foreach (var e in ledger)
        {
            var (all, other) = (Of(run, e.Key), Of(held, e.Key));
            var size = Math.Abs(e.Key.Point);
            Assert.Equal((draws, e.Key.Point), (e.Draws, all.Key.Point));
            Assert.Equal(e.Bias, e.Inputs + e.Table, 1e-12 * size);
            Assert.Equal(all.Statistics.Mean - e.Key.Point, e.Bias, 1e-10 * size);
            Assert.Equal(other.Statistics.Mean - e.Key.Point, e.Inputs, 1e-10 * size);
            Assert.Equal(all.Statistics.MeanError, e.BiasError, 1e-3 * all.Statistics.MeanError + 1e-12 * size);
        }

        // The same draws: the table's part is known better than the difference of two means of their own.
        var nation = ledger.First(e => e.Key is { Kind: EntityKind.Nation, Component: Component.Total });
        Assert.InRange(nation.TableError, 1e-9 * nation.Key.Point, nation.BiasError);
    }

    // Sectors that use their own product alone, with fixed value added: Zi = V S (1 − S) h F/(1 + S h F) with h = x/V and a lognormal F of
    // mean 1, which is concave in F, so that its mean lies below the point.
    [Fact]
    public void Sectors_by_themselves_have_the_bias_of_their_closed_form()
    {
        const double rsd = 0.6;
        var table = Flows.Table;
        var n = table.Sectors.Count;
        var (flows, sd, inputs, output) = (new double[n, n], new double[n, n], new double[n], new double[n]);
        var (point, mean, ofCategories) = (0.0, 0.0, table.ValueAddedByCategory(Flows.Categories.Categories.Count));
        for (var i = 0; i < n; i++)
        {
            flows[i, i] = inputs[i] = 1.5 * table.ValueAdded(i);
            output[i] = table.ValueAdded(i) + inputs[i];
            sd[i, i] = flows[i, i] == 0 ? 0 : rsd;
        }

        foreach (var c in Flows.Coefficients)
        {
            // Rates are those of the table, amounts those of the accounts.
            var category = table.Sectors[c.Sector].Category;
            var scale = Flows.Categories.ValueAdded[category, 0] / ofCategories[category];
            double Indirect(double f) => scale * table.ValueAdded(c.Sector) * c.Point * (1 - c.Point) * 1.5 * f / (1 + c.Point * 1.5 * f);
            point += Indirect(1);
            mean += Integral(z => Indirect(Factor(rsd, z)));
        }

        var study = Flows with
        {
            Table = table with { Flows = flows, TotalOutput = output, IntermediateInput = inputs },
            Coefficients = [.. Flows.Coefficients.Select(c => c with { Distribution = null })],
            Uncertainty = Flows.Uncertainty with { Flows = new(sd, FixedSectorAccount.ValueAdded) },
        };

        var expected = (mean - point) / point;
        Assert.InRange(expected, -0.2, -0.01);
        var ledger = Ledger(study, new(10_000, 5, 0.95));
        var e = ledger.First(e => e.Key is { Kind: EntityKind.Nation, Component: Component.Indirect });
        Assert.Equal(point, e.Key.Point, 1e-10 * point);
        Assert.Equal((0, 0), (e.Inputs, e.InputsError));
        Assert.InRange(Math.Abs(e.Table / e.Key.Point - expected), 0, 4 * e.TableError / e.Key.Point);
        Assert.InRange(e.TableError / e.Key.Point, 0, Math.Abs(expected) / 8);
    }

    [Fact]
    public void Studies_whose_table_is_certain_have_no_ledger()
    {
        Assert.Empty(Ledger(TestData.Demonstration, new(100, 1, 0.95)));
        Assert.False(BiasLedger.Applies(Flows, UncertaintySources.Coefficients));
        Assert.True(BiasLedger.Applies(Flows, UncertaintySources.All));
        Assert.Equal(BiasLedger.MostDraws, BiasLedger.DrawsOf(new(1_000_000, 1, 0.95)));
    }

    [Fact]
    public void Run_prints_and_writes_it()
    {
        using var editor = new StudyEditor();
        string[] Written(out string text)
        {
            (var exitCode, text, var error) = CommandLineRunner.OnPage(
                160, "run", editor.Folder, "--draws", "64", "--out", editor.PathOf("out"), "--force");
            Assert.True(exitCode == 0, error);
            return [.. Directory.GetFiles(editor.PathOf("out")).Select(f => Path.GetFileName(f)!)];
        }

        Assert.DoesNotContain("bias.csv", Written(out var without));
        Assert.DoesNotContain("mean less point", without, StringComparison.Ordinal);
        Assert.DoesNotContain("en-bias", editor.Text("out/report.html"), StringComparison.Ordinal);
        editor.Write("study.json", editor.Text("study-flows.json"));
        Assert.Contains("bias.csv", Written(out var with));
        Assert.Contains("mean less point and what brings it, 64 draws", with, StringComparison.Ordinal);
        Assert.Contains("en-bias", editor.Text("out/report.html"), StringComparison.Ordinal);
        var lines = editor.Lines("out/bias.csv");
        Assert.Equal("scope,code,name,year,component,unit,point,bias,se_bias,inputs,se_inputs,table,se_table,draws",
            lines[0].TrimStart('\uFEFF').Trim());
        var first = lines[1].Trim().Split(',');
        Assert.Equal(TestData.Number(first[7]), TestData.Number(first[9]) + TestData.Number(first[11]), 1e-9 * TestData.Number(first[6]));
    }

    private static UncertainEstimate Of(UncertaintySummary summary, EstimateKey key) =>
        summary.Estimates.First(e => e.Key.Output == key.Output);

    private static IReadOnlyList<BiasEntry> Ledger(Study study, SamplingOptions sampling) =>
        BiasLedger.Of(new(study), new SimdBackend(2), sampling, UncertaintySources.All);

    private static double Factor(double rsd, double z)
    {
        var variance = Math.Log(1 + rsd * rsd);
        return Math.Exp(Math.Sqrt(variance) * z - variance / 2);
    }

    // Over the standard normal distribution, by the trapezoidal rule.
    private static double Integral(Func<double, double> of)
    {
        const double step = 1.0 / 16;
        return Enumerable.Range(-112, 225).Sum(k => of(k * step) * Math.Exp(-k * step * k * step / 2)) * step / Math.Sqrt(2 * Math.PI);
    }
}
