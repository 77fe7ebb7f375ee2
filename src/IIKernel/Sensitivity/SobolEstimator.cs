namespace IIKernel.Sensitivity;

/// <summary>
/// Sobol' indices of one output from its values on two independent samples A and B and on A_B^(i), which is A with the inputs i taken from
/// B. First order: mean of f(B)·(f(A_B^(i)) − f(A)) (Saltelli et al. 2010, table 2, b); total order: half the mean of
/// (f(A) − f(A_B^(i)))² (Jansen 1999); both over the variance of f(A) and f(B) together, divisor 2N. Outputs are taken from the mean of
/// every value of the design, since the first-order estimator's error grows with their distance from it.
/// </summary>
/// <remarks>
/// Draw i belongs to replicate i mod R, and <see cref="ReplicateInterval"/> makes the intervals of the replicates' own estimates. Every
/// A_B^(i) must be added before an index is asked for: the mean is that of all.
/// </remarks>
public sealed class SobolEstimator
{
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double _about;
    private readonly ReplicateInterval _interval;

    // Per replicate: number of draws, sum and variance of f(A) and f(B), sum and number of all values of the design; sums are taken about
    // the mean of f(A) and f(B).
    private readonly double[] _draws;
    private readonly double[] _ofA;
    private readonly double[] _ofB;
    private readonly double[] _squares;
    private readonly double[] _sums;
    private double _values = 2;

    /// <summary>An estimator without any A_B^(i) yet.</summary>
    /// <param name="a">f(A); N values in draw order.</param>
    /// <param name="b">f(B); N values.</param>
    /// <param name="interval">How replicates make intervals.</param>
    public SobolEstimator(double[] a, double[] b, ReplicateInterval interval)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(interval);
        (_a, _b, _interval) = (a, b, interval);
        var replicates = interval.Replicates;
        (_draws, _ofA, _ofB) = (new double[replicates], new double[replicates], new double[replicates]);
        (_squares, _sums) = (new double[replicates], new double[replicates]);
        var mean = 0.0;
        for (var i = 0; i < a.Length; i++) mean += a[i] + b[i];
        _about = mean / (2.0 * a.Length);
        for (var i = 0; i < a.Length; i++)
        {
            var (r, x, y) = (i % replicates, a[i] - _about, b[i] - _about);
            _draws[r]++;
            _ofA[r] += x;
            _ofB[r] += y;
            _squares[r] += x * x + y * y;
        }

        for (var r = 0; r < replicates; r++) _sums[r] = _ofA[r] + _ofB[r];
        Variance = VarianceOf(_draws.Sum(), _squares.Sum(), _ofA.Sum() + _ofB.Sum());
    }

    /// <summary>Variance of f(A) and f(B) together, divisor 2N.</summary>
    public double Variance { get; }

    /// <summary>Adds the values of A_B^(i) and gives their sums, of which the indices of i are made.</summary>
    public InputSums Add(ReadOnlySpan<double> ab)
    {
        var replicates = _interval.Replicates;
        var sums = new InputSums(new double[replicates], new double[replicates], new double[replicates]);
        var r = 0;
        for (var i = 0; i < ab.Length; i++)
        {
            var change = ab[i] - _a[i];
            sums.Products[r] += (_b[i] - _about) * change;
            sums.Changes[r] += change;
            sums.Squares[r] += change * change;
            if (++r == replicates) r = 0;
        }

        for (r = 0; r < replicates; r++) _sums[r] += _ofA[r] + sums.Changes[r];
        _values++;
        return sums;
    }

    /// <summary>Adds the values of B_A^(i), B with the inputs i taken from A, which only <see cref="Pair"/> reads.</summary>
    public void AddComplement(ReadOnlySpan<double> ba)
    {
        var r = 0;
        foreach (var value in ba)
        {
            _sums[r] += value - _about;
            if (++r == _interval.Replicates) r = 0;
        }

        _values++;
    }

    /// <summary>The sums of a pair: of f(B_A^(j)) and f(A_B^(k)), both added before.</summary>
    public PairSums Pair(ReadOnlySpan<double> baOfFirst, ReadOnlySpan<double> abOfSecond)
    {
        var replicates = _interval.Replicates;
        var sums = new PairSums(new double[replicates], new double[replicates]);
        for (var i = 0; i < baOfFirst.Length; i++)
        {
            var (r, x, y) = (i % replicates, _a[i] - _about, _b[i] - _about);
            var (u, v) = (baOfFirst[i] - _about, abOfSecond[i] - _about);
            sums.Products[r] += u * v - x * y;
            sums.Sums[r] += u + v - x - y;
        }

        return sums;
    }

    /// <summary>First-order index.</summary>
    public IndexEstimate First(InputSums sums)
    {
        var (value, half) = Estimate(p => Of(p, sums.Products, sums.Changes));
        return IndexEstimate.Of(value, half).AtMostAll();
    }

    /// <summary>Total-order index.</summary>
    public IndexEstimate Total(InputSums sums)
    {
        var (value, half) = Estimate(p => p.Sum(sums.Squares) / (2 * p.Draws) / p.Variance);
        return IndexEstimate.OfSquares(value, half).AtMostAll();
    }

    /// <summary>
    /// Second-order index (Saltelli 2002): mean of f(B_A^(j))·f(A_B^(k)) − f(A)·f(B) over the variance, less both first-order indices.
    /// </summary>
    public IndexEstimate Second(InputSums first, InputSums second, PairSums pair)
    {
        var (value, half) = Estimate(p => Of(p, pair.Products, pair.Sums)
            - Of(p, first.Products, first.Changes) - Of(p, second.Products, second.Changes));
        return IndexEstimate.Of(value, half).AtMostAll();
    }

    // A mean of products of outputs about the centre, from those about another place, over the variance.
    private static double Of(Part part, double[] products, double[] sums) =>
        (part.Sum(products) - part.Centre * part.Sum(sums)) / part.Draws / part.Variance;

    private static double VarianceOf(double draws, double squares, double sum) =>
        Math.Max(0, squares / (2 * draws) - sum / (2 * draws) * (sum / (2 * draws)));

    // What all draws and what each replicate says.
    private (double Value, double HalfWidth) Estimate(Func<Part, double> index)
    {
        var estimates = new double[_interval.Replicates];
        for (var r = 0; r < estimates.Length; r++)
        {
            var own = r;
            var variance = VarianceOf(_draws[r], _squares[r], _ofA[r] + _ofB[r]);
            estimates[r] = index(new(_draws[r], variance, _sums[r] / (_values * _draws[r]), s => s[own]));
        }

        var draws = _draws.Sum();
        return (index(new(draws, Variance, _sums.Sum() / (_values * draws), s => s.Sum())), _interval.HalfWidth(estimates));
    }

    // Some draws: their number, variance and centre, and how sums per replicate are summed over them.
    private sealed record Part(double Draws, double Variance, double Centre, Func<double[], double> Sum);
}

/// <summary>Sums over the draws of each replicate of one A_B^(i).</summary>
/// <param name="Products">Of f(B), about the mean, times f(A_B^(i)) − f(A).</param>
/// <param name="Changes">Of f(A_B^(i)) − f(A).</param>
/// <param name="Squares">Of its squares.</param>
public sealed record InputSums(double[] Products, double[] Changes, double[] Squares);

/// <summary>Sums over the draws of each replicate of a pair of inputs.</summary>
/// <param name="Products">Of f(B_A^(j))·f(A_B^(k)) − f(A)·f(B), each about the mean.</param>
/// <param name="Sums">Of f(B_A^(j)) + f(A_B^(k)) − f(A) − f(B).</param>
public sealed record PairSums(double[] Products, double[] Sums);
