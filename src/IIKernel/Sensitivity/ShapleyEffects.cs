using System.Numerics;

namespace IIKernel.Sensitivity;

/// <summary>
/// Shapley effects of dependent inputs (Song, Nelson and Staum 2016) under a linear model with jointly normal inputs: the share of an
/// input is the mean, over all orders of the inputs, of what knowing it next takes from the variance, by enumeration of all subsets. Then
/// Var E(y|x_J) = c_J' Σ_JJ^−1 c_J with the covariance Σ of the inputs and c of the inputs with y, whatever y is: its explained part.
/// </summary>
public static class ShapleyEffects
{
    /// <summary>The largest number of inputs: there are 2^m subsets.</summary>
    public const int MostInputs = 16;

    // A pivot below this share of the input's variance says that the inputs before it leave nothing of it.
    private const double Dependent = 1e-10;

    /// <summary>The effects, as parts of the variance that the inputs explain; m, whose sum is that of all inputs together.</summary>
    /// <param name="covariance">Covariances of the inputs; m × m, m at most <see cref="MostInputs"/>.</param>
    /// <param name="withOutput">Covariances of the inputs with the output; m.</param>
    public static double[] Of(double[,] covariance, double[] withOutput)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(withOutput);
        var m = withOutput.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(m, MostInputs, nameof(withOutput));
        var explained = new double[1 << m];
        for (var subset = 1u; subset < explained.Length; subset++) explained[subset] = Explained(covariance, withOutput, subset);

        // An order has a given subset before an input with probability 1/(m·C(m − 1, size)).
        var weight = new double[m];
        var choose = 1.0;
        for (var size = 0; size < m; size++)
        {
            weight[size] = 1 / (m * choose);
            choose = choose * (m - 1 - size) / (size + 1);
        }

        var effects = new double[m];
        for (var i = 0; i < m; i++)
        {
            for (var subset = 0u; subset < explained.Length; subset++)
            {
                if ((subset >> i & 1) != 0) continue;
                effects[i] += weight[BitOperations.PopCount(subset)] * (explained[subset | 1u << i] - explained[subset]);
            }
        }

        return effects;
    }

    // c' Σ^−1 c of a subset by Cholesky's factorisation: the squares of L^−1 c.
    private static double Explained(double[,] covariance, double[] withOutput, uint subset)
    {
        var members = Enumerable.Range(0, withOutput.Length).Where(i => (subset >> i & 1) != 0).ToArray();
        var n = members.Length;
        var l = new double[n, n];
        var z = new double[n];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            var pivot = covariance[members[i], members[i]];
            for (var j = 0; j < i; j++)
            {
                var value = covariance[members[i], members[j]];
                for (var k = 0; k < j; k++) value -= l[i, k] * l[j, k];
                l[i, j] = l[j, j] == 0 ? 0 : value / l[j, j];
                pivot -= l[i, j] * l[i, j];
            }

            if (!(pivot > Dependent * covariance[members[i], members[i]])) continue;
            l[i, i] = Math.Sqrt(pivot);
            var rest = withOutput[members[i]];
            for (var j = 0; j < i; j++) rest -= l[i, j] * z[j];
            z[i] = rest / l[i, i];
            sum += z[i] * z[i];
        }

        return sum;
    }
}
