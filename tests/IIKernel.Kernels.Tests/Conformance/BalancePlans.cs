using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>Balances of tables whose flows with errors connect all columns.</summary>
internal static class BalancePlans
{
    /// <summary>The sums of a table at its point.</summary>
    public static BalancePlan Of(int method, double[] flows, double[] spreads, int n)
    {
        var (stride, squares) = (FlowPlan.StrideOf(n), method == BalanceMethod.LeastSquares);
        var weights = new double[flows.Length];
        for (var at = 0; at < flows.Length; at++)
            weights[at] = squares ? Math.Pow(spreads[at] * flows[at], 2) : spreads[at] > 0 ? 1 : 0;
        double Counted(int at) => squares || weights[at] > 0 ? flows[at] : 0;
        double[] rows = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => Counted(i * stride + j)))];
        double[] columns = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => Counted(i * stride + j)))];
        double[] ofRows = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => weights[i * stride + j]))];
        return new()
        {
            Method = method,
            Weights = weights,
            RowTotals = rows,
            ColumnTotals = columns,
            RowTolerances = [.. rows.Select(x => 1e-12 * x)],
            ColumnTolerances = [.. columns.Select(x => 1e-12 * x)],
            RowReciprocals = squares ? [.. ofRows.Select(w => 1 / w)] : [],
            Inverse = squares ? Inverse(weights, ofRows, n, stride) : [],
        };
    }

    // Of diag(Σ_i w_ij) − Wᵀ diag(1/Σ_j w_ij) W without its last row and column, by Gauss and Jordan.
    private static double[] Inverse(double[] weights, double[] ofRows, int n, int stride)
    {
        var size = n - 1;
        var a = new double[size, 2 * size];
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k < size; k++)
                a[j, k] = Enumerable.Range(0, n).Sum(i => (j == k ? weights[i * stride + j] : 0)
                    - weights[i * stride + j] * weights[i * stride + k] / ofRows[i]);
            a[j, size + j] = 1;
        }

        for (var p = 0; p < size; p++)
        {
            var pivot = a[p, p];
            for (var k = 0; k < 2 * size; k++) a[p, k] /= pivot;
            for (var j = 0; j < size; j++)
            {
                var factor = a[j, p];
                for (var k = 0; j != p && k < 2 * size; k++) a[j, k] -= factor * a[p, k];
            }
        }

        var inverse = new double[weights.Length];
        for (var j = 0; j < size; j++)
            for (var k = 0; k < size; k++) inverse[j * stride + k] = (a[j, size + k] + a[k, size + j]) / 2;
        return inverse;
    }
}
