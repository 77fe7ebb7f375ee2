using IIKernel.Kernels.Lanes;

namespace IIKernel.Experts;

/// <summary>Three items whose direct and indirect comparisons disagree.</summary>
/// <param name="I">First item.</param>
/// <param name="J">Second item.</param>
/// <param name="K">Third item.</param>
/// <param name="Ratio">a_ij·a_jk / a_ik; 1 where the three are consistent.</param>
public sealed record Triad(int I, int J, int K, double Ratio);

/// <summary>
/// A reciprocal matrix of pairwise comparisons: a_ij says how many times item i outweighs item j, a_ji = 1/a_ij,
/// a_ii = 1. A comparison that was not made is NaN both ways.
/// </summary>
public sealed class PairwiseComparison
{
    private const double ReciprocityTolerance = 1e-9;
    private readonly double[,] _ratios;

    /// <summary>Takes a copy of the matrix.</summary>
    /// <param name="ratios">a, n × n; NaN where a comparison is missing.</param>
    /// <exception cref="ArgumentException">Not square, not positive, or not reciprocal within 1e-9.</exception>
    public PairwiseComparison(double[,] ratios)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        var n = ratios.GetLength(0);
        if (n == 0 || n != ratios.GetLength(1)) throw new ArgumentException("A pairwise matrix is square.", nameof(ratios));
        for (var i = 0; i < n; i++)
        {
            for (var j = i; j < n; j++)
            {
                var (a, b) = (ratios[i, j], ratios[j, i]);
                if (i != j && double.IsNaN(a) && double.IsNaN(b)) continue;
                if (!(a > 0 && b > 0 && Math.Abs(a * b - 1) <= ReciprocityTolerance))
                    throw new ArgumentException($"Comparisons {i},{j} and {j},{i} are no positive reciprocals: {a} and {b}.",
                        nameof(ratios));
            }
        }

        _ratios = (double[,])ratios.Clone();
    }

    /// <summary>n, the number of items compared.</summary>
    public int Count => _ratios.GetLength(0);

    /// <summary>a_ij; NaN where the comparison is missing.</summary>
    public double this[int i, int j] => _ratios[i, j];

    /// <summary>The missing comparisons, i &lt; j, row by row.</summary>
    public IReadOnlyList<(int I, int J)> Missing =>
    [
        .. from i in Enumerable.Range(0, Count)
           from j in Enumerable.Range(i + 1, Count - i - 1)
           where double.IsNaN(_ratios[i, j])
           select (i, j),
    ];

    /// <summary>Whether a chain of comparisons leads from every item to every other; without one nothing can be completed.</summary>
    public bool IsConnected
    {
        get
        {
            var reached = new bool[Count];
            var open = new Stack<int>([0]);
            reached[0] = true;
            while (open.TryPop(out var i))
            {
                for (var j = 0; j < Count; j++)
                {
                    if (reached[j] || double.IsNaN(_ratios[i, j])) continue;
                    reached[j] = true;
                    open.Push(j);
                }
            }

            return Array.TrueForAll(reached, r => r);
        }
    }

    /// <summary>
    /// The matrix with every missing a_ij put at w_i/w_j, w being its own principal eigenvector then (Harker, Incomplete
    /// pairwise comparisons in the analytic hierarchy process, Mathematical Modelling 9, 1987, 837–848).
    /// </summary>
    /// <exception cref="InvalidOperationException">The comparisons are not connected.</exception>
    public PairwiseComparison Complete()
    {
        var missing = Missing;
        if (missing.Count == 0) return this;
        if (!IsConnected) throw new InvalidOperationException("No chain of comparisons connects all items.");
        // With a_ij = w_i/w_j, a row's missing terms a_ij·w_j are w_i each: they join the diagonal.
        var known = (double[,])_ratios.Clone();
        foreach (var (i, j) in missing)
        {
            (known[i, j], known[j, i]) = (0, 0);
            known[i, i]++;
            known[j, j]++;
        }

        var (w, _) = PrincipalEigenvector(known);
        var completed = (double[,])_ratios.Clone();
        foreach (var (i, j) in missing) (completed[i, j], completed[j, i]) = (w[i] / w[j], w[j] / w[i]);
        return new(completed);
    }

    /// <summary>Weights by the principal eigenvector, with their consistency (Saaty 1980).</summary>
    /// <param name="randomIndex">The table that the consistency ratio is relative to.</param>
    /// <exception cref="InvalidOperationException">A comparison is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table does not reach n.</exception>
    public PriorityVector Priorities(RandomIndex randomIndex)
    {
        ArgumentNullException.ThrowIfNull(randomIndex);
        if (Missing.Count > 0) throw new InvalidOperationException("A comparison is missing: complete the matrix first.");
        var random = randomIndex.Of(Count);
        var (weights, eigenvalue) = PrincipalEigenvector(_ratios);
        // λ_max ≥ n for a reciprocal matrix: a value below is rounding. CI = (λ_max − n)/(n − 1), CR = CI/RI.
        var index = Count < 3 ? 0 : Math.Max(0, (eigenvalue - Count) / (Count - 1));
        return new(weights, eigenvalue, index, random == 0 ? 0 : index / random);
    }

    /// <summary>The three items that a_ij·a_jk / a_ik takes furthest from 1, i &lt; j &lt; k; null below three items.</summary>
    public Triad? WorstTriad()
    {
        Triad? worst = null;
        for (var i = 0; i < Count; i++)
        {
            for (var j = i + 1; j < Count; j++)
            {
                for (var k = j + 1; k < Count; k++)
                {
                    // Any other order of the three gives the same ratio or its reciprocal.
                    var ratio = _ratios[i, j] * _ratios[j, k] / _ratios[i, k];
                    if (worst is null || Distance(ratio) > Distance(worst.Ratio)) worst = new(i, j, k, ratio);
                }
            }
        }

        return worst;

        static double Distance(double ratio) => Math.Abs(ScalarMath.Log(ratio));
    }

    /// <summary>
    /// The group's matrix: the geometric mean of each judgement, the one mean that keeps it reciprocal
    /// (Aczél and Saaty, Journal of Mathematical Psychology 27, 1983, 93–102).
    /// </summary>
    /// <param name="matrices">Complete matrices of the same items, at least one.</param>
    public static PairwiseComparison GeometricMean(IReadOnlyList<PairwiseComparison> matrices)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        if (matrices.Count == 1) return matrices[0];
        var n = matrices[0].Count;
        var mean = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            mean[i, i] = 1;
            for (var j = i + 1; j < n; j++)
            {
                mean[i, j] = ScalarMath.Exp(matrices.Average(m => ScalarMath.Log(m[i, j])));
                mean[j, i] = 1 / mean[i, j];
            }
        }

        return new(mean);
    }

    // Power iteration. The matrix is non-negative and primitive, so λ_max lies between the least and the greatest of
    // (Aw)_i/w_i, which meet (Collatz and Wielandt); they may stay apart by the rounding of a sum of n terms.
    private static (double[] Vector, double Eigenvalue) PrincipalEigenvector(double[,] a)
    {
        var n = a.GetLength(0);
        var tolerance = 4 * n * (Math.BitIncrement(1.0) - 1);
        var w = Enumerable.Repeat(1.0 / n, n).ToArray();
        while (true)
        {
            var next = new double[n];
            var (least, greatest) = (double.PositiveInfinity, 0.0);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) next[i] += a[i, j] * w[j];
                (least, greatest) = (Math.Min(least, next[i] / w[i]), Math.Max(greatest, next[i] / w[i]));
            }

            var sum = next.Sum();
            for (var i = 0; i < n; i++) w[i] = next[i] / sum;
            if (greatest - least <= tolerance * greatest) return (w, sum);
        }
    }
}

/// <summary>What a pairwise matrix says about its items.</summary>
/// <param name="Weights">Principal eigenvector w; n values, sum 1.</param>
/// <param name="LargestEigenvalue">λ_max, at least n.</param>
/// <param name="ConsistencyIndex">CI = (λ_max − n)/(n − 1); 0 for n ≤ 2.</param>
/// <param name="ConsistencyRatio">CR = CI/RI(n); 0 for n ≤ 2.</param>
public sealed record PriorityVector(double[] Weights, double LargestEigenvalue, double ConsistencyIndex, double ConsistencyRatio)
{
    /// <summary>The consistency ratio above which judgements should be revised (Saaty 1980).</summary>
    public const double AcceptableRatio = 0.1;
}
