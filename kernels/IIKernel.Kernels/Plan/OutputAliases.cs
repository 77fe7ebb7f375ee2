namespace IIKernel.Kernels.Plan;

/// <summary>
/// What an output is made of when a plan leaves no choice: a column (an output that must be drawn) times fixed
/// factors that are not negative, applied one after the other, each product rounded. Since a product is rounded monotonically,
/// the order statistics of the output are those of the column, multiplied likewise, to the bit.
/// </summary>
/// <param name="Column">Index in <see cref="OutputMap"/> of the drawn output; −1 for an output that is the same in every draw.</param>
/// <param name="Factors">The factors in order; empty for an output that is its own column.</param>
/// <param name="Constant">The value of an output that is the same in every draw.</param>
public readonly record struct OutputAlias(int Column, double[] Factors, double Constant = 0)
{
    /// <summary>The output's value for a value of the column.</summary>
    public double Apply(double value)
    {
        if (Column < 0) return Constant;
        foreach (var factor in Factors) value *= factor;
        return value;
    }
}

/// <summary>Finds, for every output of a plan, the column that it is a fixed multiple of.</summary>
public static class OutputAliases
{
    // The smallest u of a draw, (0 + ½)·2^−52.
    private const double SmallestUniform = 1.1102230246251565e-16;

    private static readonly OutputAlias Zero = new(-1, []);

    /// <summary>The aliases of <paramref name="plan"/>, by index of <see cref="OutputMap"/>.</summary>
    public static OutputAlias[] Of(SamplePlan plan)
    {
        var map = plan.Outputs;
        var aliases = new OutputAlias[map.Count];
        for (var i = 0; i < aliases.Length; i++) aliases[i] = new(i, []);
        Categories(plan, map, aliases);
        for (var t = 0; t < plan.YearCount; t++)
        {
            for (var component = 0; component < 2; component++) Sums(plan, map, aliases, t, component);
            for (var e = 0; e < map.Entities; e++)
            {
                var total = map.Index(t, e, OutputMap.Total);
                aliases[total] = Sum(total, [aliases[map.Index(t, e, OutputMap.Direct)], aliases[map.Index(t, e, OutputMap.Indirect)]]);
                var share = map.Index(t, e, OutputMap.Share);
                var drawn = e < map.Row(0) ? plan.Accounts.UncertainValueAdded[t] : plan.Accounts.UncertainGdp[t];
                var percent = plan.PercentScale[t * map.Entities + e];
                aliases[share] = drawn != 0 && double.IsFinite(percent)
                    ? Drawn(share, aliases[total]) : Times(share, aliases[total], percent);
                if (t > 0) Growth(plan, map, aliases, t, e);
            }
        }

        Sectors(plan, map, aliases);
        if (!plan.Accounts.Kinds.Any(k => k is CellKind.Prediction or CellKind.LonePrediction)) aliases[map.Bounded] = Zero;
        for (var mark = 0; mark < TableMark.Count && plan.Flows.Count == 0; mark++) aliases[map.Mark(mark)] = Zero;
        return aliases;
    }

    /// <summary>
    /// Growth in percent where it is the same in every draw, else NaN; T × entities, row t, order of <see cref="OutputMap"/>.
    /// </summary>
    public static double[] CertainGrowth(SamplePlan plan)
    {
        var map = plan.Outputs;
        var growth = new double[plan.YearCount * map.Entities];
        Array.Fill(growth, double.NaN);
        for (var t = 1; t < plan.YearCount; t++)
        {
            for (var e = 0; e < map.Entities; e++)
            {
                if (plan.Aliases[map.Index(t, e, OutputMap.Growth)] is { Column: < 0, Constant: var certain })
                    growth[t * map.Entities + e] = certain;
            }
        }

        return growth;
    }

    // Years that are multiples of one positive figure have its growth for certain; where it may be 0, every draw must tell.
    private static void Growth(SamplePlan plan, OutputMap map, OutputAlias[] aliases, int t, int e)
    {
        var before = aliases[map.Index(t - 1, e, OutputMap.Total)];
        var now = aliases[map.Index(t, e, OutputMap.Total)];
        if (now.Column < 0 || now.Column != before.Column || !IsPositive(plan, now.Column)) return;
        var (first, last) = (before.Apply(1), now.Apply(1));
        if ((last - first) / first * 100 is var growth && double.IsFinite(growth))
            aliases[map.Index(t, e, OutputMap.Growth)] = Zero with { Constant = growth };
    }

    private static void Categories(SamplePlan plan, OutputMap map, OutputAlias[] aliases)
    {
        var m = plan.RelatedCount;
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            var related = Enumerable.Range(0, m).Where(k => plan.RelatedCategory[k] == c).ToArray();
            if (!related.Any(k => IsActive(plan, k) && (IsDrawn(plan) || plan.RelatedValueAdded[k] != 0)))
                aliases[map.BaseCategory(c, 0)] = Zero;
            if (!Induces(plan, plan.Induction.Category, c) && !related.Any(k => Induces(plan, plan.Induction.Related, k)))
                aliases[map.BaseCategory(c, 1)] = Zero;
        }
    }

    // Categories of a year are multiples of the base year's; groups, nation and regional rows are sums.
    private static void Sums(SamplePlan plan, OutputMap map, OutputAlias[] aliases, int t, int component)
    {
        var scales = component == 0 ? plan.DirectScale : plan.IndirectScale;
        var drawn = plan.Accounts.UncertainValueAdded[t] != 0 || (component == 1 && plan.Growth.Uncertain[t] != 0);
        for (var c = 0; c < plan.CategoryCount; c++)
        {
            var output = map.Index(t, map.Category(c), component);
            var scale = scales[t * plan.CategoryCount + c];
            var ofBase = aliases[map.BaseCategory(c, component)];
            aliases[output] = drawn && scale != 0 ? Drawn(output, ofBase) : Times(output, ofBase, scale);
        }

        for (var j = 0; j < plan.GroupCount; j++)
        {
            var output = map.Index(t, map.Group(j), component);
            aliases[output] = Sum(output, Enumerable.Range(0, plan.CategoryCount).Where(c => plan.CategoryGroup[c] == j)
                .Select(c => aliases[map.Index(t, map.Category(c), component)]));
        }

        var groups = Enumerable.Range(0, plan.GroupCount).Select(j => aliases[map.Index(t, map.Group(j), component)]).ToArray();
        var nation = map.Index(t, map.Nation, component);
        aliases[nation] = Sum(nation, groups);
        for (var r = 0; r < plan.RowCount; r++)
        {
            var output = map.Index(t, map.Row(r), component);
            if (plan.Allocation.Of(r, component) is >= 0 and var allocation)
            {
                // Groups of an allocation are no outputs: a row is a multiple only where a single category is in them.
                aliases[output] = Sum(output, Enumerable.Range(0, plan.CategoryCount).Select(c => Times(
                    output, aliases[map.Index(t, map.Category(c), component)], AllocatedShare(plan, t, r, allocation, c))));
                continue;
            }

            var at = (t * plan.RowCount + r) * plan.GroupCount;
            var drawnGdp = plan.Accounts.UncertainGdp[t] != 0;
            aliases[output] = Sum(output, groups.Select((g, j) =>
                drawnGdp && plan.RegionShare[at + j] != 0 ? Drawn(output, g) : Times(output, g, plan.RegionShare[at + j])));
        }
    }

    private static double AllocatedShare(SamplePlan plan, int t, int r, int allocation, int c) => plan.Allocation.Share[
        (t * plan.RowCount + r) * plan.Allocation.Groups + plan.Allocation.CategoryGroup[allocation * plan.CategoryCount + c]];

    private static void Sectors(SamplePlan plan, OutputMap map, OutputAlias[] aliases)
    {
        for (var i = 0; i < plan.SectorCount; i++)
        {
            if (plan.SectorRelated[i] < 0) aliases[map.Sector(i, 0)] = Zero;
            if (!Induces(plan, plan.Induction.Sector, i)) aliases[map.Sector(i, 1)] = Zero;
            var total = map.Sector(i, 2);
            aliases[total] = Sum(total, [aliases[map.Sector(i, 0)], aliases[map.Sector(i, 1)]]);
        }
    }

    // A sum of which at most one term is not always zero is that term: adding 0 changes no bit.
    private static OutputAlias Sum(int output, IEnumerable<OutputAlias> terms)
    {
        var present = terms.Where(term => term.Column >= 0).Take(2).ToArray();
        return present.Length switch { 0 => Zero, 1 => present[0], _ => new(output, []) };
    }

    // Nothing has no share of an empty account: 0 times an infinite factor is no number in any draw.
    private static OutputAlias Times(int output, OutputAlias alias, double factor) =>
        !double.IsFinite(factor) ? alias.Column < 0 ? Zero with { Constant = double.NaN } : new(output, [])
        : alias.Column < 0 || factor == 0 ? Zero
        : factor > 0 ? alias with { Factors = [.. alias.Factors, factor] }
        : new(output, []);

    // A multiple by a factor that is itself drawn.
    private static OutputAlias Drawn(int output, OutputAlias alias) => alias.Column < 0 ? Zero : new(output, []);

    // Whether a column is a category's value added in the base year, direct or indirect, and greater than 0 in every draw.
    private static bool IsPositive(SamplePlan plan, int column)
    {
        var at = column - plan.Outputs.BaseCategory(0, 0);
        if (at < 0) return false;
        var (c, component) = (at / 2, at % 2);
        var m = plan.RelatedCount;
        var related = Enumerable.Range(0, m).Where(k => plan.RelatedCategory[k] == c);
        if (component == OutputMap.Direct)
            return related.All(k => plan.RelatedValueAdded[k] >= 0)
                && related.Any(k => plan.RelatedValueAdded[k] > 0 && IsPositiveCoefficient(plan, k));
        var induced = plan.Induction.Category;
        return !induced.AsSpan(c * m, m).ContainsAnyExceptInRange(0, double.MaxValue)
            && related.All(k => !plan.Induction.Related.AsSpan(k * m, m).ContainsAnyExceptInRange(0, double.MaxValue))
            && Enumerable.Range(0, m).Any(j => induced[c * m + j] > 0 && plan.Induction.Output[j] > 0 && IsPositiveCoefficient(plan, j));
    }

    // Whether S_k > 0 in every draw.
    private static bool IsPositiveCoefficient(SamplePlan plan, int k)
    {
        if (plan.Panel.Experts > 0) return plan.Panel.Scores.All(score => score > 0);
        if (plan.Marginals.SpreadOf(k) != 1) return plan.Marginals.DomainOf(k, 0) > 0;
        return plan.Marginals.Parameters[k * MarginalTable.Stride + MarginalTable.LowerBound] > 0
            || (!plan.Correlation.Inputs.Contains(k) && MarginalDistribution.Quantile(plan.Marginals, k, SmallestUniform) > 0);
    }

    // What a sector induces is its value added times what it gains: at the point the one may be 0, and is not when the table is drawn.
    private static bool IsDrawn(SamplePlan plan) => plan.Flows.Count > 0;

    private static bool Induces(SamplePlan plan, double[] induction, int row) =>
        IsDrawn(plan) || Enumerable.Range(0, plan.RelatedCount).Any(j => IsActive(plan, j) && induction[row * plan.RelatedCount + j] != 0);

    // Whether S_k can be anything but 0.
    private static bool IsActive(SamplePlan plan, int k) => plan.Panel.Experts > 0 ||
        plan.Marginals.Kinds[k] != MarginalKind.Constant || plan.Marginals.Parameters[k * MarginalTable.Stride] != 0;
}
