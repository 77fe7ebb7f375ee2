using System.Text.Json;
using IIKernel.Inputs;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Calibration;

public sealed class CalibrateVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-calibrate-").FullName;
    private readonly StudyEditor _editor = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _editor.Dispose();
    }

    [Fact]
    public void Its_coefficients_are_a_joint_sample_that_a_run_draws_from()
    {
        var (exitCode, text, error) = CommandLineRunner.Process(
            ["calibrate", _editor.Folder, "--targets", "nation.direct,category.total", "--draws", "400", "--seed", "5", "--out", _folder]);
        Assert.True(exitCode == 0, error);
        foreach (var part in new[]
        {
            "SYNTHETIC", "Targets", "determined", "Combinations",
            "effective draws", "chi-square of the fit", "400 draws given the targets", "Nation given the targets", "posterior.csv",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(["calibrate.json", "coefficients.csv", "diagnostics.csv", "estimates.csv", "posterior.csv", "targets.csv"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        foreach (var file in new[] { "coefficients.csv", "posterior.csv" })
            _editor.Write(file, File.ReadAllBytes(Path.Combine(_folder, file)));

        var study = _editor.Read();
        var sample = study.Coefficients.Select(c => Assert.IsType<JointSampleMarginal>(c.Distribution)).ToArray();
        Assert.All(sample, s => Assert.Equal(("posterior.csv", 400), (s.Sample, s.Values.Count)));
        var summary = UncertaintyRun.Execute(study, new SamplingOptions(4000, 1, 0.95), new Kernels.SimdBackend(1), 1);
        var direct = summary.Estimates.First(
            e => e.Key is { Scope: "nation", Year: 2022, Component: Component.Direct, Measure: Measure.Value });
        // Half a unit of 12,600 is 50: of a sum of independent coefficients the spread would be ten times as large.
        Assert.InRange(direct.Statistics.StandardDeviation, 10, 100);
    }

    [Fact]
    public void A_joint_sample_keeps_its_rows_together_in_every_draw()
    {
        JointSample();
        var study = _editor.Read();
        var point = IIKernel.Model.PointModel.Estimate(study);
        var plan = new CompiledStudy(study).Plan(3);
        using var program = new Kernels.ReferenceBackend().Load(plan);
        int[] outputs = [.. study.Coefficients.Select(c => plan.Outputs.Sector(c.Sector, 0))];
        const int draws = 200;
        var values = new double[outputs.Length * draws];
        program.Evaluate(0, draws, outputs, values);
        var seen = new HashSet<int>();
        for (var d = 0; d < draws; d++)
        {
            double S(int k) => values[k * draws + d] / study.Table.ValueAdded(study.Coefficients[k].Sector);
            // The file holds S_k = 0.01·row + 0.001·k.
            var row = (int)Math.Round(100 * S(0));
            seen.Add(row);
            for (var k = 0; k < outputs.Length; k++) Assert.Equal(0.01 * row + 0.001 * k, S(k), 1e-12);
        }

        Assert.Equal([1, 2, 3], seen.Order());
    }

    [Fact]
    public void A_joint_sample_without_a_column_for_the_sector_is_refused()
    {
        JointSample();
        var first = _editor.Lines("coefficients.csv")[1].Split(',')[0];
        _editor.Write("joint.csv", _editor.Text("joint.csv").Replace(first + ",", "x,", StringComparison.Ordinal));
        _editor.Refuses("joint.csv", "line 1", $"no column {first}", first);
    }

    [Theory]
    [InlineData("--targets", "nation.indirect.440000", "nation.direct")]
    [InlineData("--targets", "moon.total", "category.total")]
    [InlineData("--discrepancy", "2", "0 to below 1")]
    [InlineData("--prior-sd", "0", "a positive number")]
    [InlineData("--draws", "5", "100 to 100000")]
    public void Bad_options_are_refused_by_name(string option, string value, string expected)
    {
        var (exitCode, error) = CommandLineRunner.InProcess("calibrate", _editor.Folder, option, value);
        Assert.Equal(2, exitCode);
        Assert.Contains($"{option} {value}", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_target_is_refused()
    {
        _editor.Write("published.csv", "scope,code,year,component,value,kind\nnation,,2022,direct,-12600,published\n");
        var (exitCode, error) = CommandLineRunner.InProcess("calibrate", _editor.Folder);
        Assert.Equal(2, exitCode);
        Assert.Contains("nation direct 2022 of -12600; expected an amount of at least 0", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_fit_and_the_figures()
    {
        var (exitCode, text, error) = CommandLineRunner.Process(
            ["calibrate", _editor.Folder, "--draws", "100", "--free-multipliers", "--json"]);
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(text);
        Assert.NotEqual(0, json.RootElement.GetProperty("estimates").GetArrayLength());
        Assert.NotEqual(0, json.RootElement.GetProperty("multipliers").GetArrayLength());
    }

    private void JointSample()
    {
        var codes = _editor.Lines("coefficients.csv").Skip(1).Select(line => line.Split(',')[0]).ToArray();
        _editor.Write("coefficients.csv",
            "sector,point,distribution,sample\n" + string.Concat(codes.Select(c => $"{c},0.02,joint,joint.csv\n")));
        _editor.Write("joint.csv", string.Join(',', codes) + "\n" + string.Concat(new[] { 3, 1, 2 }.Select(row =>
            string.Join(',', codes.Select((_, k) => (0.01 * row + 0.001 * k)
                .ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "\n")));
    }
}
