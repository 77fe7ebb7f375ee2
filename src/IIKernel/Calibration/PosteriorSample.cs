using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Calibration;

/// <summary>
/// Joint draws of the unknowns given the targets, on the exact model: Markov chains that move along lines through the box of the bounds,
/// alternately that of one unknown and one of the posterior's own shape (hit and run; Chen and Schmeiser 1993), to a point of the line by
/// slice sampling (Neal 2003). Nothing is rejected, so that a chain cannot freeze in a corner of the box.
/// </summary>
/// <param name="Chains">The draws of each chain: S_k, then the logarithm of each free multiplier over its own value.</param>
internal sealed record PosteriorSample(double[][][] Chains)
{
    private const int ChainCount = 4;

    // Moves between two draws, and before the first, per unknown.
    private const int Thinning = 2;
    private const int WarmUp = 400;

    // The density is above a level that it reaches somewhere on the line: a stretch that has shrunk so often holds one number.
    private const int MostShrinkings = 1000;

    /// <summary>The first draws, as many as were asked for.</summary>
    public required double[][] Points { get; init; }

    /// <summary>Draws from the posterior.</summary>
    /// <param name="problem">Targets and prior.</param>
    /// <param name="mode">The point of least squares.</param>
    /// <param name="covariance">The linearised covariance about it: the first shape of the moves.</param>
    /// <param name="draws">Number of draws, at least 4.</param>
    /// <param name="seed">Seed; the draws are a pure function of it.</param>
    /// <param name="progress">Takes the finished share, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the drawing with an <see cref="OperationCanceledException"/>.</param>
    public static PosteriorSample Draw(
        CalibrationProblem problem, double[] mode, Matrix<double> covariance, int draws, ulong seed,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        var each = (draws + ChainCount - 1) / ChainCount;
        var chains = new double[ChainCount][][];
        // Of all moves, those before the first draw included, which are most where few draws are asked for.
        var ofChain = (WarmUp + (double)Thinning * each) * mode.Length;
        var moves = ChainCount * ofChain;
        for (var chain = 0; chain < ChainCount; chain++)
        {
            var before = chain * ofChain;
            var walk = new Walk(problem, mode, covariance, seed, chain, cancellation);
            walk.Warm(WarmUp * mode.Length, steps => progress?.Report((before + steps) / moves));
            chains[chain] = new double[each][];
            for (var i = 0; i < each; i++)
            {
                for (var t = 0; t < Thinning * mode.Length; t++) walk.Step();
                chains[chain][i] = walk.Point;
                progress?.Report((before + (WarmUp + Thinning * (i + 1.0)) * mode.Length) / moves);
            }
        }

        return new(chains) { Points = [.. chains.SelectMany(c => c).Take(draws)] };
    }

    /// <summary>The draws of one unknown, chain by chain.</summary>
    public double[][] Of(int unknown) => [.. Chains.Select(chain => chain.Select(p => p[unknown]).ToArray())];

    private sealed class Walk
    {
        private readonly CalibrationProblem _problem;
        private readonly CancellationToken _cancellation;
        private readonly Func<double> _uniform;
        private Matrix<double> _shape;
        private double _logPosterior;
        private long _step;

        public Walk(
            CalibrationProblem problem, double[] mode, Matrix<double> covariance, ulong seed, int chain, CancellationToken cancellation)
        {
            (_problem, _cancellation) = (problem, cancellation);
            var input = CounterLayout.InputIds([$"posterior:{chain}"])[0];
            var taken = 0UL;
            _uniform = () => ScalarLane.Uniform(new PhiloxBits(seed, input, CounterLayout.SampleStream), taken++).Value;
            _shape = Root(covariance);

            // Farther from the mode than most draws will be, so that chains which agree in the end have met.
            var away = Direction();
            Point = [.. mode.Select((x, k) => Math.Clamp(x + 2 * away[k], problem.Low[k], problem.High[k]))];
            _logPosterior = problem.LogPosterior(Point);
        }

        // Never changed once it is here.
        public double[] Point { get; private set; }

        // Half way, the moves take the shape of the draws so far, which stays: a chain's law must not depend on its past.
        public void Warm(int steps, Action<int> report)
        {
            var history = new List<double[]>();
            for (var i = 0; i < steps; i++)
            {
                Step();
                report(i + 1);
                if (i >= steps / 8 && i < steps / 2) history.Add(Point);
                if (i != steps / 2) continue;
                var mean = Enumerable.Range(0, Point.Length).Select(k => history.Average(p => p[k])).ToArray();
                _shape = Root(Matrix<double>.Build.Dense(
                    mean.Length, mean.Length, (a, b) => history.Average(p => (p[a] - mean[a]) * (p[b] - mean[b]))));
            }
        }

        public void Step()
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_step++ % 2 == 0)
            {
                var along = new double[Point.Length];
                along[Math.Min((int)(_uniform() * along.Length), along.Length - 1)] = 1;
                Move(along);
            }
            else
            {
                Move(Direction());
            }
        }

        private double[] Direction() =>
            (_shape * Vector<double>.Build.Dense(_shape.ColumnCount, _ => ScalarMath.NormalQuantile(_uniform()))).ToArray();

        // To a point of the line within the bounds whose density is above a level below that of the present one: the stretch shrinks
        // towards the present point until such a point is found.
        private void Move(double[] along)
        {
            var (low, high) = Stretch(along);
            if (!(low < high) || double.IsInfinity(high - low)) return;
            var level = _logPosterior + ScalarMath.Log(_uniform());
            for (var i = 0; i < MostShrinkings; i++)
            {
                var t = low + _uniform() * (high - low);
                double[] proposal = [.. Point.Select((x, k) => Math.Clamp(x + t * along[k], _problem.Low[k], _problem.High[k]))];
                var logPosterior = _problem.LogPosterior(proposal);
                if (logPosterior >= level)
                {
                    (Point, _logPosterior) = (proposal, logPosterior);
                    return;
                }

                if (t < 0) low = t;
                else high = t;
            }
        }

        private (double Low, double High) Stretch(double[] along)
        {
            var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
            for (var k = 0; k < along.Length; k++)
            {
                if (along[k] == 0) continue;
                var (a, b) = ((_problem.Low[k] - Point[k]) / along[k], (_problem.High[k] - Point[k]) / along[k]);
                low = Math.Max(low, Math.Min(a, b));
                high = Math.Min(high, Math.Max(a, b));
            }

            return (low, high);
        }

        // A square root; rounding may have left eigenvalues just below 0.
        private static Matrix<double> Root(Matrix<double> covariance)
        {
            var evd = covariance.Evd(Symmetricity.Symmetric);
            var largest = evd.EigenValues.Real().Maximum();
            return evd.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(
                evd.EigenValues.Real().Map(v => Math.Sqrt(Math.Max(v, 1e-14 * largest))));
        }
    }
}
