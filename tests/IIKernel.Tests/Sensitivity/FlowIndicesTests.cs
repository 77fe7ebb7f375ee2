using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Sensitivity;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>Sobol' indices of the errors of flows, which come from another sample all together.</summary>
public sealed class FlowIndicesTests
{
    private const double Level = 0.999;

    private static readonly CompiledStudy Study = new(TestData.FlowDemonstration);

    // A_B of all that is uncertain is B itself: both indices are 1.
    [Fact]
    public void Flows_alone_bring_all()
    {
        var (sampled, inputs) = Sample(UncertaintySources.Flows, 1 << 10);
        Assert.Empty(inputs.Single);
        var flows = Assert.Single(inputs.Groups);
        Assert.Equal("flows", flows.Name);
        sampled.Add(flows);
        Covers(sampled.First(0, flows), 1);
        Covers(sampled.Total(0, flows), 1);
    }

    // Of two groups of inputs, independent of each other, one brings alone what the other takes no part in.
    [Fact]
    public void What_flows_bring_alone_is_what_coefficients_take_no_part_in()
    {
        var (sampled, inputs) = Sample(UncertaintySources.Flows | UncertaintySources.Coefficients, 1 << 11);
        var (coefficients, flows) = (inputs.Groups[0], inputs.Groups[1]);
        Assert.Equal(("coefficients", "flows"), (coefficients.Name, flows.Name));
        sampled.Add(coefficients);
        sampled.Add(flows);
        Complement(sampled.First(0, flows), sampled.Total(0, coefficients));
        Complement(sampled.First(0, coefficients), sampled.Total(0, flows));
        Assert.InRange(sampled.Total(0, flows).Raw, 1e-4, 1 - 1e-4);

        static void Complement(IndexEstimate first, IndexEstimate total) => Assert.True(
            Math.Abs(first.Raw + total.Raw - 1) <= Half(first) + Half(total), $"{first} and {total}");
    }

    // A sector that uses its own product alone, with fixed value added V: a = xF/(V + xF), so that H = hF with h = x/V, and (4)-(6) give
    // Zi = V S (1 - S) hF/(1 + S hF), S uniform and F lognormal with mean 1. The nation's figure is Zi times a constant, which no index
    // knows. First-order indices are the variances of the means over the other; what is left of 1 is the other's total-order index.
    [Fact]
    public void One_coefficient_and_one_flow_have_the_indices_of_their_closed_form()
    {
        const double rsd = 0.6, h = 1.5, low = 0.05, high = 0.5;
        static double Indirect(double s, double f) => s * (1 - s) * h * f / (1 + s * h * f);
        var deviation = Math.Sqrt(Math.Log(1 + rsd * rsd));
        // Trapezia over normal scores, midpoints over the uniform.
        double[] normal = [.. Enumerable.Range(-112, 225).Select(k => k / 16.0)];
        double[] weights = [.. normal.Select(z => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / 16)];
        double[] factors = [.. normal.Select(z => Math.Exp(deviation * z - deviation * deviation / 2))];
        const int points = 1000;
        double[] shares = [.. Enumerable.Range(0, points).Select(k => low + (high - low) * (k + 0.5) / points)];
        double OverFlow(Func<double, double> of) => factors.Zip(weights, (f, w) => w * of(f)).Sum();
        double OverShare(Func<double, double> of) => shares.Average(of);
        var mean = OverFlow(f => OverShare(s => Indirect(s, f)));
        var variance = OverFlow(f => OverShare(s => Math.Pow(Indirect(s, f) - mean, 2)));
        var ofFlow = OverFlow(f => Math.Pow(OverShare(s => Indirect(s, f)) - mean, 2)) / variance;
        var ofShare = OverShare(s => Math.Pow(OverFlow(f => Indirect(s, f)) - mean, 2)) / variance;
        Assert.InRange(ofFlow, 0.2, 0.8);
        Assert.InRange(1 - ofFlow - ofShare, 0.01, 0.3);

        var study = new CompiledStudy(StudyReader.Read(new StudyTexts
        {
            ["study.json"] = """
                {
                  "name": "One sector by itself", "baseYear": 2020, "years": [2020, 2020], "unit": "亿元",
                  "table": { "sectors": "sectors.csv", "flows": "flows.csv", "unit": "亿元" },
                  "categories": { "file": "categories.csv", "valueAdded": "value-added.csv", "unit": "亿元" },
                  "groups": { "file": "groups.csv" }, "coefficients": { "file": "coefficients.csv" },
                  "growth": { "file": "growth.csv", "fit": [2016, 2019], "returns": "constant" },
                  "uncertainty": { "flows": { "relativeSd": { "a": 0.6, "unit": "亿元" }, "fixed": "valueAdded" } }
                }
                """,
            ["sectors.csv"] = "code,name,category,total_output,intermediate_input\n1,One,A,250,150\n2,Other,A,100,0\n",
            ["flows.csv"] = "code,1,2\n1,150,0\n2,0,0\n",
            ["categories.csv"] = "code,name,group\nA,All,1\n",
            ["value-added.csv"] = "category,year,value_added\nA,2020,200\n",
            ["groups.csv"] = "code,name\n1,All\n",
            ["coefficients.csv"] = "sector,point,distribution,low,high\n1,0.25,uniform,0.05,0.5\n",
            ["growth.csv"] = "year,output,capital,labour\n2016,100,100,100\n2017,104,106,101\n2018,109,113,101\n2019,113,121,102\n"
                + "2020,118,128,102\n",
        }));
        var (sampled, inputs) = Sample(study, UncertaintySources.All, 1 << 14, Component.Indirect);
        var (coefficient, flows) = (Assert.Single(inputs.Single), Assert.Single(inputs.Groups));
        sampled.Add(coefficient);
        sampled.Add(flows);
        foreach (var (estimate, value) in new[]
        {
            (sampled.First(0, flows), ofFlow), (sampled.Total(0, flows), 1 - ofShare),
            (sampled.First(0, coefficient), ofShare), (sampled.Total(0, coefficient), 1 - ofFlow),
        })
        {
            Covers(estimate, value);
            Assert.InRange(Half(estimate), 0, 0.1);
        }
    }

    private static (SampledIndices Sampled, SensitivityInputs Inputs) Sample(UncertaintySources sources, int draws) =>
        Sample(Study, sources, draws, Component.Total);

    private static (SampledIndices Sampled, SensitivityInputs Inputs) Sample(
        CompiledStudy study, UncertaintySources sources, int draws, Component component)
    {
        var plan = SensitivityAnalysis.WithReplicates(study.Plan(3, sources));
        var figure = study.Keys.First(k => k is { Scope: "nation", Measure: Measure.Value } && k.Component == component);
        var sampler = new FigureSampler(new SimdBackend(2), plan, [figure.Output], default);
        return (new(sampler, draws, new(SensitivityOptions.Replicates, Level)),
            SensitivityInputs.Of(plan, study.Inputs(sources & SensitivityAnalysis.Sources)));
    }

    private static void Covers(IndexEstimate estimate, double value) =>
        Assert.True(Math.Abs(estimate.Raw - value) <= Half(estimate), $"{value} instead of {estimate}");

    private static double Half(IndexEstimate estimate) => estimate.Upper - estimate.Raw;
}
