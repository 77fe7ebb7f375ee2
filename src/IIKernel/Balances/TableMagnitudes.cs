using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Balances;

/// <summary>Amounts of a table that are out of proportion within the table itself.</summary>
internal static class TableMagnitudes
{
    // Of output: sectors are printed in units of the table, some of them small.
    private const double ValueAdded = 0.01;

    // What sectors take in for a unit of output. Of 1,270 sectors of nine published tables (China from 2002 to 2020, Germany, Chile and the
    // US of 402 sectors) that take in anything all but two lie between. Ten times an output that covers its inputs lies below, a tenth of
    // it above if more than a fifth of it were inputs; half an output lies where others do, and cannot be told from a sector that is so.
    private const double LeastInput = 0.1;
    private const double MostInput = 2;

    /// <summary>All of them, in a fixed order.</summary>
    public static IEnumerable<BalanceResult> All(Study study) => [FlowCoverage(study), PrintedValueAdded(study), InputShare(study)];

    // Flows against the intermediate input that they should carry, where the table may have inputs outside them.
    private static BalanceResult FlowCoverage(Study study)
    {
        var table = study.Table;
        var balance = new Balance("flow-coverage", "Flows against the intermediate input that they should carry.",
            BalanceSeverity.Magnitude);
        if (!table.InputsOutsideFlows && !table.AllowsDiscrepancy) return balance.Result("");
        var n = table.Sectors.Count;
        var sums = new double[n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) sums[j] += table.Flows[i, j];
        var live = Enumerable.Range(0, n).Where(j => table.IntermediateInput[j] > 0).ToArray();
        if (live.Length == 0) return balance.Result("");
        var covered = sums.Sum() / live.Sum(j => table.IntermediateInput[j]);
        var least = live.MinBy(j => sums[j] / table.IntermediateInput[j]);
        var (percent, sector) = (100 * covered, table.Sectors[least].Code);
        var leastPercent = 100 * sums[least] / table.IntermediateInput[least];
        balance.Add("all sectors", covered - 1, 1 - InputOutputTable.LeastFlowCoverage, InputOutputTable.LeastFlowCoverage - covered,
            () => new FlowCoverageWarning(study.Sources.Table.File, percent, sector, leastPercent));
        var text = FormattableString.Invariant(
            $"The flows carry {percent:0.#} % of the intermediate input, least in sector {sector}: {leastPercent:0.#} %.");
        return balance.Result(text);
    }

    // X − M against the value added that the table's source prints, where it does.
    private static BalanceResult PrintedValueAdded(Study study)
    {
        var table = study.Table;
        var balance = new Balance("magnitude-value-added", "Output less intermediate input against value_added of the sectors.",
            BalanceSeverity.Magnitude);
        for (var i = 0; i < table.PrintedValueAdded.Length; i++)
        {
            if (table.TotalOutput[i] <= 0) continue;
            var (made, printed, code) = (table.ValueAdded(i), table.PrintedValueAdded[i], table.Sectors[i].Code);
            var gap = (made - printed) / table.TotalOutput[i];
            balance.Add($"sector {code}", gap, ValueAdded, Math.Abs(gap) - ValueAdded,
                () => new MagnitudeValueAddedWarning(study.Sources.Table.File, code, made, study.Unit.Text, printed));
        }

        return balance.Result("");
    }

    // M/X, where nothing else tells whether the two are of one size.
    private static BalanceResult InputShare(Study study)
    {
        var table = study.Table;
        var balance = new Balance("magnitude-inputs",
            "Intermediate input as a part of output, where sectors.csv has no value_added to hold the two against.",
            BalanceSeverity.Magnitude);
        if (table.PrintedValueAdded.Length > 0) return balance.Result("");
        for (var i = 0; i < table.Sectors.Count; i++)
        {
            // Sectors that take in nothing, such as households that employ, are in many tables.
            if (table.TotalOutput[i] <= 0 || table.IntermediateInput[i] <= 0) continue;
            var (share, code) = (table.IntermediateInput[i] / table.TotalOutput[i], table.Sectors[i].Code);
            var excess = Math.Max(LeastInput / share, share / MostInput) - 1;
            balance.Add($"sector {code}", share - 1, share < LeastInput ? 1 - LeastInput : MostInput - 1, excess,
                () => new MagnitudeInputsWarning(study.Sources.Table.File, code, 100 * share, 100 * LeastInput, 100 * MostInput));
        }

        return balance.Result("");
    }
}
