using System.Globalization;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Studies;

namespace IIKernel.Balances;

/// <summary>
/// The balances of a study: identities that the reader does not refuse, accounts of different sources held against each other, and
/// magnitudes (<see cref="MagnitudeBalances"/>).
/// </summary>
public static class StudyBalances
{
    // How far accounts of different sources and vintages lie apart without anything to look at. China's table of 2017 is by product: its
    // categories lie up to 30 % from the accounts; accounts lie up to 3 % and provinces up to 6 % apart after a census; rows that compete
    // with imports (crude oil, ores) are used up to 2.2 times their output.
    private const double TableAgainstAccounts = 0.4;
    private const double AccountsAgainstSeries = 0.05;
    private const double RegionsAgainstAccounts = 0.1;
    private const double UseAboveOutput = 4;

    /// <summary>Relative gap allowed where a sum of flows is held against a total of the same table.</summary>
    public const double TableTolerance = 1e-6;

    /// <summary>All balances of a study, in a fixed order; those of regions once for each set.</summary>
    /// <param name="study">The study.</param>
    /// <param name="point">Its point estimate.</param>
    public static IReadOnlyList<BalanceResult> Of(Study study, PointEstimate point)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(point);
        return
        [
            .. OfTable(study).Take(2),
            CategoryValueAdded(study),
            GrossDomesticProduct(study),
            .. study.RegionSets.SelectMany(set => (IEnumerable<BalanceResult>)[RegionalSums(study, set), RegionalGdp(study, set)]),
            CategoryRates(study),
            .. new MagnitudeBalances(study, point).All(),
        ];
    }

    /// <summary>The balances of a study's table alone.</summary>
    public static IReadOnlyList<BalanceResult> OfTable(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return [ColumnSums(study), RowSums(study), .. TableMagnitudes.All(study)];
    }

    /// <summary>What every result of a study carries: the warnings of reading, of growth accounting, and of magnitudes.</summary>
    public static IReadOnlyList<Warning> Warnings(Study study, PointEstimate? point, IReadOnlyList<BalanceResult> balances)
    {
        ArgumentNullException.ThrowIfNull(study);
        return [.. study.Warnings, .. point?.Growth.Warnings ?? [], .. balances.Select(b => b.Warning).OfType<Warning>()];
    }

    private static BalanceResult ColumnSums(Study study)
    {
        var table = study.Table;
        var balance = new Balance("column-sums", "Column sums of the flows against total intermediate input.",
            table.AllowsDiscrepancy ? BalanceSeverity.Vintage : BalanceSeverity.Identity);
        for (var j = 0; j < table.Sectors.Count; j++)
        {
            var sum = 0.0;
            for (var i = 0; i < table.Sectors.Count; i++) sum += table.Flows[i, j];
            var m = table.IntermediateInput[j];
            var allowed = table.ColumnSumTolerance.Length > 0 ? table.ColumnSumTolerance[j] : TableTolerance * m;
            if (table.InputsOutsideFlows) sum = Math.Max(sum, m);
            // A sector without inputs is held against its output; one without output has no flows.
            var scale = m > 0 ? m : table.TotalOutput[j];
            if (scale > 0) balance.Add($"sector {table.Sectors[j].Code}", (sum - m) / scale, allowed / scale);
        }

        return balance.Result(table.InputsOutsideFlows ? "Inputs outside the flows are allowed: only an excess counts." : "");
    }

    private static BalanceResult RowSums(Study study)
    {
        var table = study.Table;
        var balance = new Balance("row-sums", "Intermediate use (row sums of the flows) against total output.", BalanceSeverity.Vintage);
        var above = 0;
        for (var i = 0; i < table.Sectors.Count; i++)
        {
            if (table.TotalOutput[i] == 0) continue;
            var sum = 0.0;
            for (var j = 0; j < table.Sectors.Count; j++) sum += table.Flows[i, j];
            var excess = Math.Max(0, sum / table.TotalOutput[i] - 1);
            if (excess > TableTolerance) above++;
            balance.Add($"sector {table.Sectors[i].Code}", excess, UseAboveOutput);
        }

        return balance.Result(above == 0 ? "" : $"{above} sectors are used above their output: the flows hold imports.");
    }

    // Rates of (1) and (6) are relative to the table's value added by category.
    private static BalanceResult CategoryRates(Study study)
    {
        var balance = new Balance("category-rates",
            "Value added of each category in the table, which its rates are relative to, other than a sum that cancels out.",
            BalanceSeverity.Identity);
        var cancelled = study.Table.CancelledCategories(study.Categories.Categories.Count);
        for (var c = 0; c < study.Categories.Categories.Count; c++)
            balance.Add($"category {study.Categories.Categories[c].Code}", cancelled.Contains(c) ? 1 : 0, 0);
        return balance.Result("");
    }

    private static BalanceResult CategoryValueAdded(Study study)
    {
        var (table, accounts) = (study.Table, study.Categories);
        var balance = new Balance("category-value-added", "Value added of the table by category against the accounts of the base year.",
            BalanceSeverity.Vintage);
        var sums = table.ValueAddedByCategory(accounts.Categories.Count);
        for (var c = 0; c < sums.Length; c++)
            if (accounts.ValueAdded[c, 0] > 0)
                balance.Add($"category {accounts.Categories[c].Code}", sums[c] / accounts.ValueAdded[c, 0] - 1, TableAgainstAccounts);
        return balance.Result(balance.Range + "A table by product differs from accounts by industry.");
    }

    private static BalanceResult GrossDomesticProduct(Study study)
    {
        var balance = new Balance("gdp", "Value added of all categories against the output of the growth series, by year.",
            BalanceSeverity.Vintage);
        for (var t = 0; t < study.Years.Count; t++)
        {
            var output = study.Growth.Output[study.Years[t] - study.Growth.Years[0]];
            if (output is null) continue;
            var sum = 0.0;
            for (var c = 0; c < study.Categories.Categories.Count; c++) sum += study.Categories.ValueAdded[c, t];
            balance.Add($"year {study.Years[t]}", sum / output.Value - 1, AccountsAgainstSeries);
        }

        const string ratiosAlone = "Only ratios of the growth series are used: it may be of another vintage or in another unit.";
        return balance.Result(balance.Range + ratiosAlone);
    }

    private static BalanceResult RegionalSums(Study study, RegionSet set)
    {
        var what = set.NationalGdp is null
            ? "GDP of all regions of the set against the categories' value added, by group and year."
            : "The national GDP that the regions are a part of against the categories' value added, by group and year.";
        var balance = new Balance($"regional-sums:{set.Name}", what, BalanceSeverity.Vintage);
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var j = 0; j < study.Groups.Count; j++)
            for (var t = 0; t < study.Years.Count; t++)
            {
                var nation = 0.0;
                for (var c = 0; c < study.Categories.Categories.Count; c++)
                    if (study.Categories.Categories[c].Group == j) nation += study.Categories.ValueAdded[c, t];
                if (nation <= 0) continue;
                balance.Add($"group {study.Groups[j].Code}, year {study.Years[t]}", set.Denominator(j, t) / nation - 1,
                    RegionsAgainstAccounts);
                var held = RegionSet.Sum(set.Gdp, j, t) / nation;
                (least, most) = (Math.Min(least, held), Math.Max(most, held));
            }

        return balance.Result(most < least ? "" : string.Create(CultureInfo.InvariantCulture,
            $"The regions hold {least:F4} to {most:F4} of the national value added."));
    }

    private static BalanceResult RegionalGdp(Study study, RegionSet set)
    {
        var balance = new Balance($"regional-gdp:{set.Name}", "GDP of every region above 0 in every year.", BalanceSeverity.Identity);
        for (var i = 0; i < set.Regions.Count; i++)
            for (var t = 0; t < study.Years.Count; t++)
            {
                var gdp = 0.0;
                for (var j = 0; j < study.Groups.Count; j++) gdp += set.Gdp[i, j, t];
                balance.Add($"region {set.Regions[i].Code}, year {study.Years[t]}", gdp > 0 ? 0 : -1, 0);
            }

        return balance.Result("");
    }
}
