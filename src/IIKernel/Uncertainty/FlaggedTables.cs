using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Tables;

namespace IIKernel.Uncertainty;

/// <summary>
/// Solves tables of draws without figures again, with partial pivoting: whether the elimination failed or the table has no sensible
/// solution. Nothing of it goes into the figures.
/// </summary>
internal static class FlaggedTables
{
    // Draws that are looked through, and those that are solved again: fewer of large tables, some 10^10 operations together.
    private const long MostDraws = SourceTable.MaximumDraws;
    private const int Most = 1000;
    private const int Least = 20;
    private const double Operations = 5e9;

    // Draws that are evaluated at a time.
    private const int Together = 4096;

    /// <summary>What the first draws without a solution are; null where there are none among those that are looked through.</summary>
    /// <param name="program">The plan on its backend.</param>
    /// <param name="draws">Number of draws of the run.</param>
    /// <param name="flagged">Number of those without a solution.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static TableSolvedAgainWarning? Of(IProgram program, long draws, long flagged, CancellationToken cancellation)
    {
        var (plan, map, n) = (program.Plan, program.Plan.Outputs, (double)program.Plan.Flows.Count);
        int[] marks = [map.Mark(TableMark.NoSolution), map.Mark(TableMark.Growth)];
        var most = Math.Min(flagged, Math.Clamp((long)(Operations / (n * n * n)), Least, Most));
        var sample = new FlowSample(plan);
        var looked = 0L;
        var (guard, table, ofGuard, ofTable) = (0, 0, -1L, -1L);
        var values = new double[marks.Length * Together];
        for (var first = 0L; first < Math.Min(draws, MostDraws) && guard + table < most; first += Together)
        {
            var count = (int)Math.Min(Together, Math.Min(draws, MostDraws) - first);
            program.Evaluate(first, count, marks, values, cancellation);
            looked = first + count;
            for (var d = 0; d < count && guard + table < most; d++)
            {
                if (values[d] + values[count + d] == 0) continue;
                looked = first + d + 1;
                if (IsSensible(sample.Table(first + d), cancellation))
                {
                    if (guard++ == 0) ofGuard = first + d;
                }
                else if (table++ == 0)
                {
                    ofTable = first + d;
                }
            }
        }

        return guard + table == 0 ? null : new(guard + table, looked, guard, ofGuard, table, ofTable);
    }

    /// <summary>
    /// Whether I − A has an inverse that takes a final use of 1 of every sector to outputs above 0: for A ≥ 0 exactly where the spectral
    /// radius of A is below 1. Where flows are negative, that too must hold.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static bool IsSensible(DrawnTable table, CancellationToken cancellation = default)
    {
        var n = table.Output.Length;
        if (!Array.TrueForAll(table.Output, x => x > 0)) return false;
        var (system, solution, flows) = (new double[n * n], new double[n], new double[n, n]);
        Array.Fill(solution, 1);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                flows[i, j] = table.Flows[i * n + j];
                system[j * n + i] = (i == j ? 1 : 0) - flows[i, j] / table.Output[j];
            }
        }

        LuFactorization.Of(system, n, cancellation).Solve(solution, cancellation);
        if (!Array.TrueForAll(solution, x => x > 0 && double.IsFinite(x))) return false;
        if (Array.Exists(table.Flows, x => x < 0)) return HawkinsSimon.Examine(flows, table.Output, cancellation).IsProductive;

        // (I − A) x > 0 with x > 0 proves it, whatever rounding did to x.
        for (var i = 0; i < n; i++)
        {
            var left = solution[i];
            for (var j = 0; j < n; j++) left -= flows[i, j] / table.Output[j] * solution[j];
            if (!(left > 0)) return false;
        }

        return true;
    }
}
