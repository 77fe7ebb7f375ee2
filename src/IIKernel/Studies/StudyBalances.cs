using System.Globalization;
using IIKernel.Regions;

namespace IIKernel.Studies;

/// <summary>How a balance ended.</summary>
public enum BalanceOutcome
{
    /// <summary>Every item is within the tolerance.</summary>
    Passed,

    /// <summary>An item is not.</summary>
    Failed,

    /// <summary>The study holds nothing to compare.</summary>
    NotApplicable,
}

/// <summary>The result of one balance over its items.</summary>
/// <param name="Name">Stable name: "column-sums".</param>
/// <param name="Description">What is compared, in one sentence.</param>
/// <param name="Outcome">Passed, failed or not applicable.</param>
/// <param name="IsInformational">Whether a failure only informs; else it makes the verb <c>check</c> fail.</param>
/// <param name="Passed">Number of items within the tolerance.</param>
/// <param name="Failed">Number of items outside it.</param>
/// <param name="WorstItem">The item that exceeds its tolerance by most or comes nearest to it, by its codes; empty where there is no item.</param>
/// <param name="WorstGap">Its relative gap, with its sign; 0 where there is no item.</param>
/// <param name="Tolerance">The relative gap that the worst item may have.</param>
/// <param name="Note">What a reader should know besides; may be empty.</param>
public sealed record BalanceResult(string Name, string Description, BalanceOutcome Outcome, bool IsInformational,
    int Passed, int Failed, string WorstItem, double WorstGap, double Tolerance, string Note)
{
    /// <summary>Whether this result makes a check fail.</summary>
    public bool IsFailure => Outcome == BalanceOutcome.Failed && !IsInformational;
}

/// <summary>The accounting identities of a study: what the reader does not refuse but a user should look at.</summary>
public static class StudyBalances
{
    /// <summary>Relative gap allowed between accounts from different sources.</summary>
    public const double AccountTolerance = 0.01;

    /// <summary>Relative gap allowed where a sum of flows is held against a total of the same table.</summary>
    public const double TableTolerance = 1e-6;

    /// <summary>All balances of a study, in a fixed order; those of regions once for each set.</summary>
    public static IReadOnlyList<BalanceResult> Of(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return
        [
            ColumnSums(study),
            RowSums(study),
            CategoryValueAdded(study),
            GrossDomesticProduct(study),
            .. study.RegionSets.SelectMany(set => (IEnumerable<BalanceResult>)[RegionalSums(study, set), RegionalGdp(study, set)]),
        ];
    }

    private static BalanceResult ColumnSums(Study study)
    {
        var table = study.Table;
        var balance = new Balance("column-sums", "Column sums of the flows against total intermediate input.", false);
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
        var balance = new Balance("row-sums", "Intermediate use (row sums of the flows) not above total output.", true);
        for (var i = 0; i < table.Sectors.Count; i++)
        {
            if (table.TotalOutput[i] == 0) continue;
            var sum = 0.0;
            for (var j = 0; j < table.Sectors.Count; j++) sum += table.Flows[i, j];
            balance.Add($"sector {table.Sectors[i].Code}", Math.Max(0, sum / table.TotalOutput[i] - 1), TableTolerance);
        }

        return balance.Result("Where the flows hold imports, intermediate use may exceed domestic output.");
    }

    private static BalanceResult CategoryValueAdded(Study study)
    {
        var (table, accounts) = (study.Table, study.Categories);
        var balance = new Balance("category-value-added", "Value added of the table by category against the accounts of the base year.", true);
        var sums = table.ValueAddedByCategory(accounts.Categories.Count);
        for (var c = 0; c < sums.Length; c++)
            if (accounts.ValueAdded[c, 0] > 0) balance.Add($"category {accounts.Categories[c].Code}", sums[c] / accounts.ValueAdded[c, 0] - 1, AccountTolerance);
        return balance.Result("A table by product differs from accounts by industry.");
    }

    private static BalanceResult GrossDomesticProduct(Study study)
    {
        // Informational: only ratios of the growth series enter formula (8), so it may be of another vintage or another unit.
        var balance = new Balance("gdp", "Value added of all categories against the output of the growth series, by year.", true);
        for (var t = 0; t < study.Years.Count; t++)
        {
            var output = study.Growth.Output[study.Years[t] - study.Growth.Years[0]];
            if (output is null) continue;
            var sum = 0.0;
            for (var c = 0; c < study.Categories.Categories.Count; c++) sum += study.Categories.ValueAdded[c, t];
            balance.Add($"year {study.Years[t]}", sum / output.Value - 1, AccountTolerance);
        }

        return balance.Result("Accounts revised after different censuses differ by some percent; only ratios of the growth series are used.");
    }

    private static BalanceResult RegionalSums(Study study, RegionSet set)
    {
        var balance = new Balance($"regional-sums:{set.Name}", "GDP of all regions of the set against the categories' value added, by group and year.", true);
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var j = 0; j < study.Groups.Count; j++)
            for (var t = 0; t < study.Years.Count; t++)
            {
                var (regions, nation) = (0.0, 0.0);
                for (var i = 0; i < set.Regions.Count; i++) regions += set.Gdp[i, j, t];
                for (var c = 0; c < study.Categories.Categories.Count; c++)
                    if (study.Categories.Categories[c].Group == j) nation += study.Categories.ValueAdded[c, t];
                if (nation <= 0) continue;
                balance.Add($"group {study.Groups[j].Code}, year {study.Years[t]}", regions / nation - 1, AccountTolerance);
                (least, most) = (Math.Min(least, regions / nation), Math.Max(most, regions / nation));
            }

        return balance.Result(most < least ? "" : string.Create(CultureInfo.InvariantCulture, $"The regions hold {least:F4} to {most:F4} of the national value added."));
    }

    private static BalanceResult RegionalGdp(Study study, RegionSet set)
    {
        var balance = new Balance($"regional-gdp:{set.Name}", "GDP of every region above 0 in every year.", false);
        for (var i = 0; i < set.Regions.Count; i++)
            for (var t = 0; t < study.Years.Count; t++)
            {
                var gdp = 0.0;
                for (var j = 0; j < study.Groups.Count; j++) gdp += set.Gdp[i, j, t];
                balance.Add($"region {set.Regions[i].Code}, year {study.Years[t]}", gdp > 0 ? 0 : -1, 0);
            }

        return balance.Result("");
    }

    // Counts the items of one balance and keeps the worst: the one that misses its own tolerance by most.
    private sealed class Balance(string name, string description, bool isInformational)
    {
        private int _passed, _failed;
        private string _item = "";
        private double _gap, _tolerance, _excess = double.NegativeInfinity;

        public void Add(string item, double gap, double tolerance)
        {
            var excess = Math.Abs(gap) - tolerance;
            if (excess <= 0) _passed++;
            else _failed++;
            if (excess <= _excess) return;
            (_item, _gap, _tolerance, _excess) = (item, gap, tolerance, excess);
        }

        public BalanceResult Result(string note) => new(name, description,
            _passed + _failed == 0 ? BalanceOutcome.NotApplicable : _failed == 0 ? BalanceOutcome.Passed : BalanceOutcome.Failed,
            isInformational, _passed, _failed, _item, _gap, _tolerance, note);
    }
}
