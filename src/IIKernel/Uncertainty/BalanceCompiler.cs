using IIKernel.Kernels.Plan;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Uncertainty;

/// <summary>Compiles the sums that drawn tables are balanced to.</summary>
internal static class BalanceCompiler
{
    /// <summary>The sums of a table at its point.</summary>
    /// <param name="method">How to balance.</param>
    /// <param name="flows">x_ij, N rows <see cref="FlowPlan.StrideOf"/> apart.</param>
    /// <param name="count">N.</param>
    /// <param name="relativeSd">Relative standard deviation of the flow of a row in a column; a flow without any stays as it is.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static BalancePlan Compile(
        FlowBalance method, double[] flows, int count, Func<int, int, double> relativeSd, CancellationToken cancellation = default)
    {
        if (method == FlowBalance.None) return BalancePlan.None;
        var (n, stride, squares) = (count, FlowPlan.StrideOf(count), method == FlowBalance.LeastSquares);
        var weights = new double[flows.Length];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (at, sd) = (i * stride + j, relativeSd(i, j));
                weights[at] = squares ? sd * flows[at] * (sd * flows[at]) : sd > 0 && flows[at] != 0 ? 1 : 0;
            }
        }

        // Weights of any scale give the same projection; these cannot overflow.
        var most = weights.Max();
        for (var at = 0; squares && most > 0 && at < weights.Length; at++) weights[at] /= most;
        var (rows, columns) = (new double[n], new double[n]);
        var (ofRows, ofColumns) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var at = i * stride + j;
                if (!squares && weights[at] == 0) continue;
                rows[i] += flows[at];
                columns[j] += flows[at];
                ofRows[i] += BalancePlan.Tolerance * Math.Abs(flows[at]);
                ofColumns[j] += BalancePlan.Tolerance * Math.Abs(flows[at]);
            }
        }

        double[] reciprocals = squares ? [.. Enumerable.Range(0, n).Select(i => Reciprocal(weights.AsSpan(i * stride, n)))] : [];
        return new()
        {
            Method = squares ? BalanceMethod.LeastSquares : BalanceMethod.Scaling,
            Weights = weights,
            RowTotals = rows,
            ColumnTotals = columns,
            RowTolerances = ofRows,
            ColumnTolerances = ofColumns,
            RowReciprocals = reciprocals,
            Inverse = squares ? Inverse(weights, reciprocals, n, stride, cancellation) : [],
        };
    }

    private static double Reciprocal(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var w in weights) sum += w;
        return sum > 0 ? 1 / sum : 0;
    }

    // G of S = diag(Σ_i w_ij) − Wᵀ diag(1/Σ_j w_ij) W, whose rows sum to 0 as those of a Laplacian: in each connected component of the
    // weights the columns' multipliers are determined up to a constant, so that one of them, that of the largest weights, is set to 0.
    private static double[] Inverse(double[] weights, double[] reciprocals, int n, int stride, CancellationToken cancellation)
    {
        var system = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = weights.AsSpan(i * stride, n);
            for (var j = 0; j < n; j++)
            {
                var part = row[j] * reciprocals[i];
                for (var k = 0; part > 0 && k < j; k++) system[j, k] -= part * row[k];
            }
        }

        // What lies on the diagonal is what the others leave: the sums are 0 without cancellation.
        var diagonal = new double[n];
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < j; k++)
            {
                system[k, j] = system[j, k];
                diagonal[j] -= system[j, k];
                diagonal[k] -= system[j, k];
            }
        }

        var kept = Kept(system, diagonal, n);
        var (size, factors) = (kept.Length, new double[kept.Length * kept.Length]);
        for (var k = 0; k < size; k++)
            for (var j = 0; j < size; j++) factors[k * size + j] = j == k ? diagonal[kept[k]] : system[kept[j], kept[k]];
        var inverse = new double[size * size];
        for (var k = 0; k < size; k++) inverse[k * size + k] = 1;
        LuFactorization.Of(factors, size, cancellation).Solve(inverse, cancellation);
        var result = new double[n * stride];
        for (var k = 0; k < size; k++)
            for (var j = 0; j < size; j++) result[kept[k] * stride + kept[j]] = (inverse[k * size + j] + inverse[j * size + k]) / 2;
        return result;
    }

    // All columns but one of each component; one that shares its rows with no other has nothing to give.
    private static int[] Kept(double[,] system, double[] diagonal, int n)
    {
        var (seen, kept) = (new bool[n], new List<int>());
        for (var first = 0; first < n; first++)
        {
            if (seen[first]) continue;
            seen[first] = true;
            var component = new List<int> { first };
            for (var next = 0; next < component.Count; next++)
            {
                for (var k = 0; k < n; k++)
                {
                    if (seen[k] || system[component[next], k] == 0) continue;
                    seen[k] = true;
                    component.Add(k);
                }
            }

            component.Remove(component.MaxBy(k => diagonal[k]));
            kept.AddRange(component);
        }

        return [.. kept.Order()];
    }
}
