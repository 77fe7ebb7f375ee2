using IIKernel.Inputs;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>Compiles the errors of a table's flows: the table in the order in which a draw factorises it.</summary>
internal static class FlowCompiler
{
    /// <summary>Whether some sources of uncertainty draw the flows.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sources">The sources of uncertainty to draw.</param>
    public static bool IsDrawn(Study study, UncertaintySources sources) => sources.HasFlag(UncertaintySources.Flows)
        && study.Uncertainty.Flows is { } errors && errors.RelativeSd.Cast<double>().Any(sd => sd > 0);

    /// <summary>The flows that are drawn.</summary>
    /// <param name="study">A study whose flows have errors.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static FlowPlan Compile(Study study, CancellationToken cancellation = default)
    {
        var (table, errors) = (study.Table, study.Uncertainty.Flows!);
        int[] related = [.. Enumerable.Range(0, study.Coefficients.Count).Where(k => table.TotalOutput[study.Coefficients[k].Sector] != 0)];
        var last = related.Select(k => study.Coefficients[k].Sector).ToArray();
        int[] sectors = [.. Enumerable.Range(0, table.Sectors.Count).Where(i => table.TotalOutput[i] != 0).Except(last), .. last];
        var (n, stride) = (sectors.Length, FlowPlan.StrideOf(sectors.Length));
        var (flows, spreads) = (new double[checked(n * stride)], new double[n * stride]);
        var (inputs, certain) = (new double[n], new bool[n]);
        Array.Fill(certain, true);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (at, sd) = (i * stride + j, errors.RelativeSd[sectors[i], sectors[j]]);
                flows[at] = table.Flows[sectors[i], sectors[j]];
                spreads[at] = sd == 0 ? 0 : Math.Sqrt(FlowError.LogVariance(sd));
                inputs[j] += flows[at];
                certain[j] &= sd == 0;
            }
        }

        double[] output = [.. sectors.Select(i => table.TotalOutput[i])];
        double[] valueAdded = [.. sectors.Select(table.ValueAdded)];
        double[] other = [.. output.Select((x, j) => x - valueAdded[j] - inputs[j])];
        var (rows, columns) = CounterLayout.FlowKeys([.. table.Sectors.Select(s => s.Code)]);
        return new()
        {
            Sectors = sectors,
            Related = related,
            Flows = flows,
            Spreads = spreads,
            Common = Common(errors, sectors),
            RowKeys = [.. sectors.Select(i => unchecked((int)rows[i]))],
            ColumnKeys = [.. sectors.Select(i => unchecked((int)columns[i]))],
            Fixed = errors.Fixed == FixedSectorAccount.ValueAdded ? FixedAccount.ValueAdded : FixedAccount.Output,
            Output = output,
            ValueAdded = valueAdded,
            OtherInputs = other,
            MostInputs = [.. output.Select((x, j) => certain[j] || valueAdded[j] < 0 ? double.PositiveInfinity : x - other[j])],
            Balance = BalanceCompiler.Compile(errors.Balance, flows, n, (i, j) => errors.RelativeSd[sectors[i], sectors[j]], cancellation),
            SectorCategory = [.. table.Sectors.Select(s => s.Category)],
            CategoryValueAdded = table.ValueAddedByCategory(study.Categories.Categories.Count),
        };
    }

    // Sources by name, as inputs are: whatever others there are, one keeps its draws.
    private static CommonErrorPlan Common(FlowErrors errors, int[] sectors)
    {
        if (errors.Common is not { } common) return CommonErrorPlan.None;
        var (n, stride) = (sectors.Length, FlowPlan.StrideOf(sectors.Length));
        var sources = new int[common.Source > 0 ? n * stride : 0];
        for (var i = 0; i < n && sources.Length > 0; i++)
            for (var j = 0; j < n; j++) sources[i * stride + j] = common.SourceOf[sectors[i], sectors[j]];
        return new()
        {
            Row = common.Row,
            Column = common.Column,
            Source = common.Source,
            Sources = sources,
            SourceKeys = common.Source > 0 ? [.. CounterLayout.CommonKeys(common.Sources).Select(k => unchecked((int)k))] : [],
        };
    }
}
