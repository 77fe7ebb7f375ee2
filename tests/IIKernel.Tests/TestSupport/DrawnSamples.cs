using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using MathNet.Numerics.Distributions;
using Xunit;

namespace IIKernel.Tests;

/// <summary>Draws of a study, and what a sample must look like to have come from a distribution.</summary>
internal static class DrawnSamples
{
    /// <summary>Some outputs of the first draws with some sources of uncertainty, a row an output.</summary>
    public static (OutputMap Map, double[][] Values) Draw(Study study, UncertaintySources sources,
        Func<OutputMap, int[]> outputs, int draws)
    {
        var plan = new CompiledStudy(study).Plan(study.Sampling.Seed, sources);
        var wanted = outputs(plan.Outputs);
        using var program = new SimdBackend(2).Load(plan);
        var values = new double[wanted.Length * draws];
        program.Evaluate(0, draws, wanted, values);
        return (plan.Outputs, [.. wanted.Select((_, i) => values[(i * draws)..((i + 1) * draws)])]);
    }

    /// <summary>The mean of a sample lies within four (or more) of its standard errors.</summary>
    public static void Near(double expected, double[] sample, double errors = 1)
    {
        var mean = sample.Average();
        var error = Math.Sqrt(sample.Sum(x => (x - mean) * (x - mean)) / (sample.Length - 1.0) / sample.Length);
        Assert.True(Math.Abs(mean - expected) <= 4 * errors * error + 1e-12 * Math.Abs(expected),
            $"{mean:R} instead of {expected:R}, standard error {error:R}");
    }

    /// <summary>
    /// Location, spread and tails are those of scale · t: the shares below its quantiles; with enough moments the variance too.
    /// </summary>
    public static void Student(double[] sample, double scale, int degreesOfFreedom, bool moments = true)
    {
        foreach (var p in new[] { 0.025, 0.25, 0.5, 0.75, 0.975 })
        {
            var quantile = scale * StudentT.InvCDF(0, 1, degreesOfFreedom, p);
            Near(p, [.. sample.Select(x => x < quantile ? 1.0 : 0)]);
        }

        if (!moments) return;
        Near(0, sample);
        Near(scale * scale * degreesOfFreedom / (degreesOfFreedom - 2.0), [.. sample.Select(x => x * x)]);
    }
}
