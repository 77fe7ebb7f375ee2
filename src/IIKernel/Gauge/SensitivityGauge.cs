using System.Text.Json;
using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Sensitivity;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Gauge;

/// <summary>Known answers of sensitivity indices: test functions on scrambled Sobol' points, and effects of dependent inputs.</summary>
internal static class SensitivityGauge
{
    private const string Frame = "three-sectors";

    /// <summary>First-, total- and second-order indices, and Shapley effects.</summary>
    public static IEnumerable<GaugeValue> Indices(GaugeSet set, IReadOnlyList<IBackend> backends) =>
        backends.SelectMany(backend => Functions(set, backend)).Concat(Shapley(set));

    private static IEnumerable<GaugeValue> Functions(GaugeSet set, IBackend backend)
    {
        var data = GaugeData.Document(set.Files[0]);
        var (draws, seed) = (data.GetProperty("draws").GetInt32(), data.GetProperty("seed").GetUInt64());
        var frame = GaugeData.Study(Frame);
        foreach (var answer in data.GetProperty("functions").EnumerateArray())
        {
            var (first, total, second) = Estimates(backend, frame, answer, draws, new() { Kind = SequenceKind.Sobol }, seed, new(1, 0.95));
            foreach (var value in Values("first order", "first", first)) yield return value;
            foreach (var value in Values("total order", "total", total)) yield return value;
            if (!answer.TryGetProperty("second", out _)) continue;
            foreach (var value in Values("second order, pair", "second", second)) yield return value;

            IEnumerable<GaugeValue> Values(string what, string key, IndexEstimate[] found) => GaugeData.Numbers(answer.GetProperty(key))
                .Select((expected, i) => new GaugeValue($"{answer.GetProperty("name")}, {what} {i + 1}", backend.Info.Name,
                    found[i].Raw, expected, answer.GetProperty("tolerance").GetDouble()));
        }
    }

    private static IEnumerable<GaugeValue> Shapley(GaugeSet set)
    {
        foreach (var answer in GaugeData.Document(set.Files[0]).GetProperty("shapley").EnumerateArray())
        {
            var covariance = GaugeData.Matrix(answer.GetProperty("covariance"));
            var slopes = GaugeData.Numbers(answer.GetProperty("slopes"));
            double[] withOutput = [.. slopes.Select((_, i) => slopes.Select((b, j) => b * covariance[i, j]).Sum())];
            var variance = slopes.Zip(withOutput, (b, c) => b * c).Sum();
            var effects = ShapleyEffects.Of(covariance, withOutput);
            var expected = GaugeData.Numbers(answer.GetProperty("effects"));
            for (var i = 0; i < effects.Length; i++)
            {
                yield return new($"{answer.GetProperty("name")}, Shapley effect {i + 1}", GaugeReplay.Host, effects[i] / variance,
                    expected[i], answer.GetProperty("tolerance").GetDouble());
            }
        }
    }

    // A test function, and the distributions of its inputs.
    private static (Func<double[], double> Function, Marginal[] Inputs) Function(JsonElement answer)
    {
        switch (answer.GetProperty("function").GetString())
        {
            case "ishigami":
                // sin x1 + a sin² x2 + b x3⁴ sin x1 of x = π(2u − 1).
                var (a, b) = (answer.GetProperty("a").GetDouble(), answer.GetProperty("b").GetDouble());
                return (u =>
                {
                    var (sine1, sine2) = (ScalarMath.SinPi(2 * u[0] - 1), ScalarMath.SinPi(2 * u[1] - 1));
                    var square = Math.PI * Math.PI * (2 * u[2] - 1) * (2 * u[2] - 1);
                    return sine1 + a * sine2 * sine2 + b * square * square * sine1;
                }, Uniform(3));
            case "g":
                // Π ((1 + α)·|2u − 1|^α + a)/(1 + a).
                var (weights, powers) = (GaugeData.Numbers(answer.GetProperty("a")), GaugeData.Numbers(answer.GetProperty("alpha")));
                return (u => u.Select((x, i) => ((1 + powers[i]) * ScalarMath.Exp(powers[i] * ScalarMath.Log(Math.Abs(2 * x - 1)))
                    + weights[i]) / (1 + weights[i])).Aggregate(1.0, (product, factor) => product * factor), Uniform(weights.Length));
            case "product":
                var (means, sds) = (GaugeData.Numbers(answer.GetProperty("means")), GaugeData.Numbers(answer.GetProperty("sds")));
                return (x => x[0] * x[1], [.. means.Zip(sds, (mean, sd) => new TruncatedNormalMarginal(
                    mean, sd, double.NegativeInfinity, double.PositiveInfinity))]);
            default:
                throw new InvalidDataException($"No function {answer.GetProperty("function")}.");
        }
    }

    private static Marginal[] Uniform(int count) => [.. Enumerable.Repeat<Marginal>(new UniformMarginal(0, 1), count)];

    /// <summary>The indices of a test function.</summary>
    /// <param name="backend">Where the inputs are drawn.</param>
    /// <param name="frame">A study whose table is replaced by the inputs.</param>
    /// <param name="answer">The function's known answer.</param>
    /// <param name="draws">N.</param>
    /// <param name="sequence">What the inputs are drawn from.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="interval">How replicates make intervals.</param>
    internal static (IndexEstimate[] First, IndexEstimate[] Total, IndexEstimate[] Second) Estimates(
        IBackend backend, Study frame, JsonElement answer, int draws, SequencePlan sequence, ulong seed, ReplicateInterval interval)
    {
        var (function, inputs) = Function(answer);
        var study = MarginalStudy.Of(frame, [.. inputs.Select((marginal, i) => ($"{i + 1}", marginal))]);
        var plan = new CompiledStudy(study).Plan(seed) with { Sequence = sequence };
        var (a, b) = (Sample(0), Sample(1));
        var estimator = new SobolEstimator(Outputs(_ => a), Outputs(_ => b), interval);
        double[][] ab = [.. inputs.Select((_, i) => Outputs(k => k == i ? b : a))];
        double[][] ba = [.. inputs.Select((_, i) => Outputs(k => k == i ? a : b))];
        InputSums[] sums = [.. ab.Select(values => estimator.Add(values))];
        foreach (var values in ba) estimator.AddComplement(values);
        return ([.. sums.Select(estimator.First)], [.. sums.Select(estimator.Total)],
            [.. from j in Enumerable.Range(0, inputs.Length)
                from k in Enumerable.Range(j + 1, inputs.Length - j - 1)
                select estimator.Second(sums[j], sums[k], estimator.Pair(ba[j], ab[k]))]);

        double[][] Sample(int side)
        {
            using var program = backend.Load(
                plan with { Marginals = plan.Marginals with { Sides = [.. inputs.Select(_ => side)] } });
            var values = new double[inputs.Length * draws];
            program.Evaluate(0, draws, [.. inputs.Select((_, k) => plan.Outputs.Sector(k, OutputMap.Direct))], values);
            return [.. inputs.Select((_, k) => values[(k * draws)..((k + 1) * draws)])];
        }

        double[] Outputs(Func<int, double[][]> sampleOf)
        {
            var (outputs, x) = (new double[draws], new double[inputs.Length]);
            for (var i = 0; i < draws; i++)
            {
                for (var k = 0; k < x.Length; k++) x[k] = sampleOf(k)[k][i];
                outputs[i] = function(x);
            }

            return outputs;
        }
    }
}
