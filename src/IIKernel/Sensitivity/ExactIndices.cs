using IIKernel.Kernels.Plan;

namespace IIKernel.Sensitivity;

/// <summary>
/// Mean, variance and Sobol' indices of a <see cref="LinearFigure"/> whose coefficients are independent, without drawing. The figure is
/// additive but for the products (1 − S_k)·u_j, so that the terms of its decomposition of variance go over one input or two, and each is
/// made of the <see cref="CoefficientMoments"/> of its inputs.
/// </summary>
public sealed class ExactIndices
{
    private readonly SamplePlan _plan;
    private readonly CoefficientMoments[] _moments;

    /// <summary>Takes the moments of every coefficient of a plan.</summary>
    /// <param name="plan">The compiled study, to which <see cref="Apply"/>.</param>
    public ExactIndices(SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!Apply(plan)) throw new ArgumentException("Coefficients that depend on each other.", nameof(plan));
        _plan = plan;
        _moments = [.. Enumerable.Range(0, plan.RelatedCount).Select(k =>
            new CoefficientMoments(plan.Marginals, k, plan.Induction.Output[k], plan.Induction.Diagonal[k]))];
    }

    /// <summary>Whether a plan's coefficients are independent: by no panel, copula or joint sample.</summary>
    public static bool Apply(SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Panel.Experts == 0 && plan.Flows.Count == 0 && plan.Correlation.Inputs.Length == 0
            && plan.Marginals.InputIds.Take(plan.RelatedCount).Distinct().Count() == plan.RelatedCount;
    }

    /// <summary>The variance of an output by inputs and pairs of inputs; null where the output is no <see cref="LinearFigure"/>.</summary>
    /// <param name="output">Index in <see cref="OutputMap"/>.</param>
    public ExactVariance? Of(int output) => LinearFigure.Of(_plan, output) is { } figure ? Of(figure) : null;

    /// <summary>The variance of a figure by inputs and pairs of inputs.</summary>
    public ExactVariance Of(LinearFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var m = _plan.RelatedCount;
        var (a, h, b) = (figure.OfCoefficients, figure.OfInduction, figure.OfRelated);
        double S(int k) => _moments[k].Mean[0];
        double U(int k) => _moments[k].Mean[1];
        var mean = 0.0;
        var (own, pairs) = (new double[m], new double[m, m]);
        for (var j = 0; j < m; j++)
        {
            mean += a[j] * S(j) + (h[j] + b[j, j]) * U(j) - b[j, j] * _moments[j].Mean[2];
            // The main effect of S_j: the others' part of each product is at its mean.
            var (ofS, ofU) = (a[j], h[j] + b[j, j]);
            for (var k = 0; k < m; k++)
            {
                if (k == j) continue;
                mean += b[k, j] * (1 - S(k)) * U(j);
                ofU += b[k, j] * (1 - S(k));
                ofS -= b[j, k] * U(k);
            }

            own[j] = _moments[j].Variance([ofS, ofU, -b[j, j]]);
        }

        for (var j = 0; j < m; j++)
            for (var k = 0; k < j; k++) pairs[j, k] = pairs[k, j] = Pair(_moments[j].Covariance, _moments[k].Covariance, b[k, j], b[j, k]);
        return new(mean, own, pairs);
    }

    // The variance of b_kj (1 − S_k)'(u_j)' + b_jk (1 − S_j)'(u_k)', where ' takes away the mean.
    private static double Pair(double[,] j, double[,] k, double kj, double jk) => Math.Max(0,
        kj * kj * k[0, 0] * j[1, 1] + jk * jk * j[0, 0] * k[1, 1] + 2 * kj * jk * k[0, 1] * j[0, 1]);
}

/// <summary>The variance of a figure by what brings it.</summary>
/// <param name="Mean">The figure's mean.</param>
/// <param name="Own">What each input brings alone; m.</param>
/// <param name="Pairs">What two inputs bring together beyond that; m × m, symmetric.</param>
public sealed record ExactVariance(double Mean, double[] Own, double[,] Pairs)
{
    /// <summary>The variance.</summary>
    public double Variance { get; } = Own.Sum() + Enumerable.Range(0, Own.Length).Sum(j => Enumerable.Range(0, j).Sum(k => Pairs[j, k]));

    /// <summary>The first-order index of some inputs together: the share of the variance that they bring without the others.</summary>
    public double First(IReadOnlyCollection<int> inputs) =>
        (inputs.Sum(j => Own[j]) + inputs.Sum(j => inputs.Sum(k => k < j ? Pairs[j, k] : 0))) / Variance;

    /// <summary>The total-order index of some inputs together: the share of the variance that they take part in.</summary>
    public double Total(IReadOnlyCollection<int> inputs) =>
        First(inputs) + inputs.Sum(j => Enumerable.Range(0, Own.Length).Sum(k => inputs.Contains(k) ? 0 : Pairs[j, k])) / Variance;

    /// <summary>The second-order index of two inputs.</summary>
    public double Second(int j, int k) => Pairs[j, k] / Variance;
}
