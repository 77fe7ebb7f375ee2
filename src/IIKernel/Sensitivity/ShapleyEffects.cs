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
        new Subsets(covariance, withOutput, explained).Extend(subset: 0, next: 0, size: 0);

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

    // c' Σ^−1 c of every subset by Cholesky's factorisation, the squares of L^−1 c: a subset with one input more has one row more.
    private sealed class Subsets(double[,] covariance, double[] withOutput, double[] explained)
    {
        private readonly int[] _members = new int[withOutput.Length];
        private readonly double[,] _l = new double[withOutput.Length, withOutput.Length];
        private readonly double[] _z = new double[withOutput.Length];

        /// <summary>Goes over all subsets that begin with one of so many members and go on with any from the next input on.</summary>
        public void Extend(uint subset, int next, int size)
        {
            for (var i = next; i < _members.Length; i++)
            {
                _members[size] = i;
                Add(size);
                var extended = subset | 1u << i;
                explained[extended] = explained[subset] + _z[size] * _z[size];
                Extend(extended, i + 1, size + 1);
            }
        }

        // The row of the member at a place; of an input that those before it leave nothing of, a row of zeros.
        private void Add(int at)
        {
            var input = _members[at];
            var (pivot, rest) = (covariance[input, input], withOutput[input]);
            for (var j = 0; j < at; j++)
            {
                var value = covariance[input, _members[j]];
                for (var k = 0; k < j; k++) value -= _l[at, k] * _l[j, k];
                value = _l[j, j] == 0 ? 0 : value / _l[j, j];
                _l[at, j] = value;
                pivot -= value * value;
                rest -= value * _z[j];
            }

            _l[at, at] = pivot > Dependent * covariance[input, input] ? Math.Sqrt(pivot) : 0;
            _z[at] = _l[at, at] == 0 ? 0 : rest / _l[at, at];
        }
    }
}
