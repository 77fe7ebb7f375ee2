using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Calibration;

/// <summary>Joint draws of the unknowns given the targets, by random-walk Metropolis on the exact model.</summary>
/// <param name="Points">The draws, chain by chain: S_k, then the logarithm of each free multiplier over its own value.</param>
/// <param name="Acceptance">Share of proposals accepted.</param>
/// <param name="LargestReduction">
/// The largest split potential scale reduction over the unknowns (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, 11.4);
/// above 1.1 the chains have not mixed.
/// </param>
internal sealed record PosteriorSample(double[][] Points, double Acceptance, double LargestReduction)
{
    private const int Chains = 4;
    private const int Thinning = 50;
    private const int WarmUp = 20_000;

    // Optimal acceptance and scale of a Gaussian random walk in many dimensions (Roberts, Gelman and Gilks 1997).
    private const double TargetAcceptance = 0.234;
    private const double Scale = 2.38;

    /// <summary>Draws from the posterior.</summary>
    /// <param name="problem">Targets and prior.</param>
    /// <param name="mode">The point of least squares.</param>
    /// <param name="covariance">The linearised covariance about it: the first shape of the proposals.</param>
    /// <param name="draws">Number of draws, at least 4.</param>
    /// <param name="seed">Seed; the draws are a pure function of it.</param>
    public static PosteriorSample Draw(CalibrationProblem problem, double[] mode, Matrix<double> covariance, int draws, ulong seed)
    {
        var each = (draws + Chains - 1) / Chains;
        var points = new List<double[]>();
        var accepted = 0L;
        for (var chain = 0; chain < Chains; chain++)
        {
            var walk = new Walk(problem, mode, covariance, seed, chain);
            walk.WarmUp(PosteriorSample.WarmUp);
            for (var i = 0; i < each; i++)
            {
                for (var t = 0; t < Thinning; t++) accepted += walk.Step() ? 1 : 0;
                points.Add((double[])walk.Point.Clone());
            }
        }

        var all = points.ToArray();
        var reduction = Enumerable.Range(0, mode.Length).Max(k => Reduction([.. all.Select(p => p[k])], each / 2));
        return new([.. all.Take(draws)], accepted / (double)(Chains * (long)each * Thinning), reduction);
    }

    // √((W (n − 1)/n + B/n) / W) over the halves of the chains, n draws each.
    private static double Reduction(double[] values, int n)
    {
        if (n < 2) return double.NaN;
        var halves = values.Chunk(values.Length / Chains).SelectMany(chain => new[] { chain[..n], chain[^n..] }).ToArray();
        var means = halves.Select(h => h.Average()).ToArray();
        var within = halves.Select((h, i) => h.Sum(v => (v - means[i]) * (v - means[i])) / (n - 1)).Average();
        var grand = means.Average();
        var between = means.Sum(m => (m - grand) * (m - grand)) / (means.Length - 1);
        return within == 0 ? 1 : Math.Sqrt((n - 1) / (double)n + between / within);
    }

    private sealed class Walk
    {
        private readonly CalibrationProblem _problem;
        private readonly ulong _seed;
        private readonly ulong[] _inputs;
        private readonly ulong _coin;
        private Matrix<double> _shape;
        private double _scale;
        private double _logPosterior;
        private ulong _step;

        public Walk(CalibrationProblem problem, double[] mode, Matrix<double> covariance, ulong seed, int chain)
        {
            (_problem, _seed) = (problem, seed);
            var ids = CounterLayout.InputIds([.. mode.Select((_, k) => $"posterior:{chain}:{k}"), $"posterior:{chain}:accept"]);
            (_inputs, _coin) = (ids[..^1], ids[^1]);
            _shape = Root(covariance);
            _scale = Scale / Math.Sqrt(mode.Length);
            Point = mode;
            _logPosterior = problem.LogPosterior(mode);
        }

        public double[] Point { get; private set; }

        // The scale follows the acceptance all along; half way, the shape becomes that of the draws so far. Both stay as
        // they are afterwards, as a chain's law must not depend on its past.
        public void WarmUp(int steps)
        {
            var history = new List<double[]>();
            for (var i = 0; i < steps; i++)
            {
                var accepted = Step();
                _scale *= Math.Exp(((accepted ? 1 : 0) - TargetAcceptance) / Math.Sqrt(i % (steps / 2) + 1));
                if (i < steps / 2 && i >= steps / 8) history.Add(Point);
                if (i != steps / 2) continue;
                var mean = Enumerable.Range(0, Point.Length).Select(k => history.Average(p => p[k])).ToArray();
                _shape = Root(Matrix<double>.Build.Dense(mean.Length, mean.Length, (a, b) => history.Average(p => (p[a] - mean[a]) * (p[b] - mean[b]))));
                _scale = Scale / Math.Sqrt(mean.Length);
            }
        }

        public bool Step()
        {
            var step = _step++;
            double Uniform(ulong input) => ScalarLane.Uniform(_seed, step, input, CounterLayout.SampleStream).Value;
            var normal = Vector<double>.Build.Dense(_inputs.Length, k => Normal.InvCDF(0, 1, Uniform(_inputs[k])));
            var jump = _shape * normal * _scale;
            double[] proposal = [.. Point.Select((x, k) => x + jump[k])];
            var logPosterior = _problem.LogPosterior(proposal);
            if (!(Math.Log(Uniform(_coin)) < logPosterior - _logPosterior)) return false;
            (Point, _logPosterior) = (proposal, logPosterior);
            return true;
        }

        // A square root; rounding may have left eigenvalues just below 0, and an unknown that has not moved a zero.
        private static Matrix<double> Root(Matrix<double> covariance)
        {
            var evd = covariance.Evd(Symmetricity.Symmetric);
            var largest = evd.EigenValues.Real().Maximum();
            return evd.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(evd.EigenValues.Real().Map(v => Math.Sqrt(Math.Max(v, 1e-14 * largest))));
        }
    }
}
