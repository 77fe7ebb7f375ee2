using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>What is uncertain in a plan for conformance tests.</summary>
public enum ConformanceVariant
{
    /// <summary>The coefficients alone, each by its marginal.</summary>
    Coefficients,

    /// <summary>Correlated coefficients, the elasticities and every kind of error of the accounts.</summary>
    Everything,

    /// <summary>The weights of a panel with two levels of factors; accounts with fixed totals of groups.</summary>
    Panel,

    /// <summary>
    /// As <see cref="Everything"/>, and weights of their own for the direct part of the first set of regions and for the
    /// indirect part of the second, each in another grouping.
    /// </summary>
    Allocations,

    /// <summary>As <see cref="Everything"/>, the second set of regions being a part of the first; the nation's GDP is fixed.</summary>
    PartOfAnotherSet,

    /// <summary>As <see cref="Everything"/>, the first set of regions being a part of certain amounts.</summary>
    PartOfTheNation,

    /// <summary>As <see cref="Everything"/>, from four replicates of Sobol' points.</summary>
    Sobol,

    /// <summary>As <see cref="Everything"/>, from two Latin hypercubes of 300 points each.</summary>
    LatinHypercube,

    /// <summary>As <see cref="Everything"/>, some inputs from a second sample, some nearer to their points or farther from them.</summary>
    SidesAndSpreads,

    /// <summary>
    /// As <see cref="Everything"/> from Sobol' points, and a table that is drawn: some flows are certain, some 0, one sector has no output.
    /// </summary>
    Flows,

    /// <summary>The same where value added is fixed.</summary>
    FlowsOfFixedValueAdded,

    /// <summary>
    /// A table with errors so large that in some draws sectors use more than they produce, and in some it has no solution.
    /// </summary>
    FlowsWithMarks,

    /// <summary>As <see cref="Flows"/>, balanced by scaling.</summary>
    FlowsScaled,

    /// <summary>As <see cref="Flows"/>, balanced by least squares.</summary>
    FlowsOfLeastSquares,

    /// <summary>As <see cref="Flows"/>, with errors that rows, columns and sources have in common; some flows have no source.</summary>
    FlowsInCommon,
}

/// <summary>
/// An invented plan for conformance tests: every kind of marginal, sizes that no register width or tile
/// divides, a category without sectors, an input that is certain.
/// </summary>
internal static class ConformancePlan
{
    public const int Sectors = 23, Related = 9, Categories = 7, Groups = 3, Rows = 11, Years = 3;

    // Two sets of regions; rows 4 and 5 are areas of the first.
    private static readonly int[] Sets = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    private static readonly int[] Areas = [4, 5, 4, -1, 4, 5, -1, -1, -1, -1, -1];

    /// <summary>The same plan with its tables factorised otherwise.</summary>
    public static SamplePlan With(this SamplePlan plan, int precision) => plan with { Flows = plan.Flows with { Precision = precision } };

    public static SamplePlan Create(
        ulong seed = 20231201, ConformanceVariant variant = ConformanceVariant.Coefficients, MarginalTable? marginals = null)
    {
        var everything = variant != ConformanceVariant.Coefficients;
        var panel = variant == ConformanceVariant.Panel;
        var flows = FlowErrors(variant);
        var random = new System.Random(7);
        double[] Random(int count, double low, double high) =>
            [.. Enumerable.Range(0, count).Select(_ => low + (high - low) * random.NextDouble())];
        int[] position = [.. Enumerable.Range(0, Sectors).Select(i => i % 2 == 1 && i / 2 < Related ? i / 2 : -1)];
        var (output, valueAdded) = (Random(Related, 100, 1e6), Random(Related, 10, 1e5));
        return new()
        {
            Seed = seed,
            SectorCount = Sectors,
            RelatedCount = Related,
            CategoryCount = Categories,
            GroupCount = Groups,
            RowCount = Rows,
            YearCount = Years,
            Marginals = Varied(marginals ?? Marginals(), variant),
            Sequence = Sequence(variant),
            Correlation = variant is not (ConformanceVariant.Coefficients or ConformanceVariant.Panel)
                ? new() { Inputs = [4, 2, 7], Factor = [1, 0, 0, 0.6, 0.8, 0, -0.48, 0.36, 0.8] } : CorrelationPlan.None,
            Panel = panel ? Panel() : PanelPlan.None,
            Growth = new()
            {
                Alpha = 0.4,
                Beta = 0.6,
                FirstInput = everything ? Normals : -1,
                Factor = [0.05, -0.02, 0.01],
                LogRatios = [0, 0, 0.1, 0.02, 0.25, 0.01],
                Uncertain = everything ? [0, 1, 1] : [0, 0, 0],
            },
            Accounts = Accounts(everything, panel ? FixedTotal.Group : FixedTotal.Nation,
                variant switch
                {
                    ConformanceVariant.PartOfAnotherSet => [0, 0],
                    ConformanceVariant.PartOfTheNation => [-1, 1],
                    _ => [0, 1],
                }),
            Induction = new()
            {
                Output = output,
                Diagonal = Random(Related, 0, 1),
                Related = Random(Related * Related, 0, 0.3),
                Category = Random(Categories * Related, 0, 2),
                Sector = Random(Sectors * Related, 0, 0.3),
            },
            Flows = flows,
            RelatedValueAdded = valueAdded,
            RelatedCategory = [.. Enumerable.Range(0, Related).Select(RelatedCategory)],
            SectorRelated = position,
            CategoryGroup = [.. Enumerable.Range(0, Categories).Select(c => c % Groups)],
            DirectScale = Random(Years * Categories, 0.5, 2),
            IndirectScale = Random(Years * Categories, 0.5, 2),
            RegionShare = Random(Years * Rows * Groups, 0, 1),
            Allocation = variant == ConformanceVariant.Allocations ? Allocations() : AllocationPlan.None,
            PercentScale = Random(Years * (1 + Categories + Groups + Rows), 1e-6, 1e-3),
        };
    }

    /// <summary>Every coefficient is one of some values, the same of them for all.</summary>
    public static SamplePlan Points(double[] values)
    {
        var plan = Create();
        var (table, sample) = (plan.Marginals, plan.Marginals.Table.Length);
        for (var k = 0; k < plan.RelatedCount; k++)
        {
            table.InputIds[k] = table.InputIds[0];
            table.Kinds[k] = MarginalKind.Empirical;
            var parameters = table.Parameters.AsSpan(k * MarginalTable.Stride, MarginalTable.Stride);
            parameters.Clear();
            (parameters[0], parameters[1], parameters[MarginalTable.UpperBound]) = (sample, values.Length, 1);
        }

        return Create(marginals: new()
        {
            InputIds = table.InputIds,
            Kinds = table.Kinds,
            Parameters = table.Parameters,
            Points = table.Points,
            Table = [.. table.Table, .. values],
        });
    }

    /// <summary>One whose coefficients are samples of scores with two decimals, but for every fourth, which is smooth.</summary>
    public static SamplePlan Discrete(int seed)
    {
        var random = new System.Random(seed);
        var table = Marginals();
        var values = new List<double>(table.Table);
        for (var k = 0; k < Related; k++)
        {
            if ((k + seed) % 4 == 0) continue;
            double[] scores = [.. Enumerable.Range(0, random.Next(2, 14)).Select(_ => Math.Round(random.NextDouble(), 2))];
            if (random.Next(2) == 0) Array.Sort(scores);
            table.Kinds[k] = MarginalKind.Empirical;
            var parameters = table.Parameters.AsSpan(k * MarginalTable.Stride, MarginalTable.Stride);
            parameters.Clear();
            (parameters[0], parameters[1], parameters[MarginalTable.UpperBound]) = (values.Count, scores.Length, 1);
            values.AddRange(scores);
        }

        return Create((ulong)seed, marginals: new()
        {
            InputIds = table.InputIds,
            Kinds = table.Kinds,
            Parameters = table.Parameters,
            Points = table.Points,
            Table = [.. values],
        });
    }

    /// <summary>All outputs but the growth of the first year, which has no year before it.</summary>
    public static IEnumerable<int> WrittenOutputs(SamplePlan plan)
    {
        var map = plan.Outputs;
        var unwritten = Enumerable.Range(0, map.Entities).Select(e => map.Index(0, e, OutputMap.Growth)).ToHashSet();
        return Enumerable.Range(0, map.Count).Where(o => !unwritten.Contains(o));
    }

    private static int RelatedCategory(int k) => k % (Categories - 1);

    // A sector without output in the middle; related sectors are those of Create.
    private static FlowPlan FlowErrors(ConformanceVariant variant)
    {
        if (variant is not (ConformanceVariant.Flows or ConformanceVariant.FlowsOfFixedValueAdded or ConformanceVariant.FlowsWithMarks
            or ConformanceVariant.FlowsScaled or ConformanceVariant.FlowsOfLeastSquares or ConformanceVariant.FlowsInCommon))
            return FlowPlan.None;
        const int idle = 6;
        var random = new System.Random(13);
        int[] related = [.. Enumerable.Range(0, Related)];
        int[] sectors =
        [
            .. Enumerable.Range(0, Sectors).Where(i => i != idle && (i % 2 == 0 || i / 2 >= Related)), .. related.Select(k => 2 * k + 1),
        ];
        var (n, stride) = (sectors.Length, FlowPlan.StrideOf(sectors.Length));
        var (flows, spreads) = (new double[n * stride], new double[n * stride]);
        double[] output = [.. sectors.Select(_ => 100 + 900 * random.NextDouble())];
        double[] other = [.. output.Select(x => 0.05 * x * random.NextDouble())];
        var inputs = new double[n];
        var (share, spread) = variant == ConformanceVariant.FlowsWithMarks ? (0.8, 1.5) : (0.5, 0.3);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                flows[i * stride + j] = random.Next(5) == 0 ? 0 : 2 * share * output[j] / n * random.NextDouble();
                spreads[i * stride + j] = flows[i * stride + j] == 0 || random.Next(4) == 0 ? 0 : spread * random.NextDouble();
                inputs[j] += flows[i * stride + j];
            }
        }

        double[] valueAdded = [.. output.Select((x, j) => x - inputs[j] - other[j])];
        int[] category =
            [.. Enumerable.Range(0, Sectors).Select(i => i % 2 == 1 && i / 2 < Related ? RelatedCategory(i / 2) : i % Categories)];
        var sources = Enumerable.Range(0, n * stride).Select(_ => random.Next(4)).ToArray();
        var (rows, columns) = Kernels.Random.CounterLayout.FlowKeys([.. sectors.Select(i => $"sector {i}")]);
        return new()
        {
            Sectors = sectors,
            Related = related,
            Flows = flows,
            Spreads = spreads,
            Common = variant != ConformanceVariant.FlowsInCommon ? CommonErrorPlan.None : new()
            {
                Row = 0.3,
                Column = 0.1,
                Source = 0.2,
                Sources = sources,
                SourceKeys = [.. Kernels.Random.CounterLayout.CommonKeys(["a", "b", "c"]).Select(k => unchecked((int)k))],
            },
            RowKeys = [.. rows.Select(k => unchecked((int)k))],
            ColumnKeys = [.. columns.Select(k => unchecked((int)k))],
            Fixed = variant == ConformanceVariant.FlowsOfFixedValueAdded ? FixedAccount.ValueAdded : FixedAccount.Output,
            Output = output,
            ValueAdded = valueAdded,
            OtherInputs = other,
            MostInputs = [.. output.Select((x, j) => x - other[j])],
            Balance = variant == ConformanceVariant.FlowsScaled ? BalancePlans.Of(BalanceMethod.Scaling, flows, spreads, n)
                : variant == ConformanceVariant.FlowsOfLeastSquares ? BalancePlans.Of(BalanceMethod.LeastSquares, flows, spreads, n)
                : BalancePlan.None,
            SectorCategory = category,
            CategoryValueAdded = [.. Enumerable.Range(0, Categories).Select(c =>
                c == Categories - 1 ? 0 : sectors.Select((i, j) => category[i] == c ? valueAdded[j] : 0).Sum())],
        };
    }

    // Indices of inputs behind the coefficients: two standard normals and a variance ratio, a revision, a t, experts, factors.
    private const int Normals = Related, Revision = Related + 3, Student = Related + 4, Experts = Related + 5;
    private const int ExpertCount = 5, Factors = 4;

    private static PanelPlan Panel()
    {
        var random = new System.Random(9);

        // Factor 1 has the parts 2 and 3; expert 3 skips the first sector.
        int[] hasParts = [0, 1, 0, 0];
        return new()
        {
            FirstInput = Experts,
            Experts = ExpertCount,
            Operator = PanelOperator.MinBoundedSum,
            FactorParent = [-1, -1, 1, 1],
            FactorHasParts = hasParts,
            Ballots = [.. Enumerable.Range(0, Related * Factors * ExpertCount).Select(i =>
                hasParts[i / ExpertCount % Factors] != 0 || (i < Factors * ExpertCount && i % ExpertCount == 3) ? -1 : random.Next(3))],
            Scores = [0.7, 0.3, 0.1],
        };
    }

    // Row 0 has a share in the last group of its set alone, which holds the first category alone.
    private static AllocationPlan Allocations()
    {
        var random = new System.Random(12);
        int[] first = [0, 4, 6];
        return new()
        {
            Components = [OutputMap.Direct, OutputMap.Indirect],
            FirstGroup = first,
            CategoryGroup = [3, 0, 1, 2, 0, 1, 2, 4, 4, 5, 5, 4, 5, 4],
            RowAllocation = [.. Sets.SelectMany(set => set == 0 ? new[] { 0, -1 } : [-1, 1])],
            Share = [.. Enumerable.Range(0, Years * Rows * first[^1]).Select(i =>
            {
                var (r, q) = (i / first[^1] % Rows, i % first[^1]);
                var share = random.NextDouble();
                return q >= first[1] == (Sets[r] == 1) && (r > 0 || q == 3) ? share : 0;
            })],
        };
    }

    private static AccountPlan Accounts(bool uncertain, int fixedTotal, int[] whole)
    {
        var random = new System.Random(10);
        const int valueAdded = Years * Categories, gdp = Years * Rows * Groups, cells = valueAdded + gdp + Years * 3;
        var kinds = new int[cells];
        if (uncertain)
        {
            // The last year is predicted, every third of its cells as the only year of a series; the one before is subject to revision,
            // but for the national series.
            for (var i = 0; i < cells; i++)
            {
                var year = i < valueAdded ? i / Categories : i < valueAdded + gdp ? (i - valueAdded) / (Rows * Groups)
                    : (i - valueAdded - gdp) / 3;
                kinds[i] = year == 2 ? i % 3 == 0 ? CellKind.LonePrediction : CellKind.Prediction
                    : year == 1 && i < valueAdded + gdp ? CellKind.Revision : CellKind.Certain;
            }
        }

        var amounts = new double[gdp];
        var sets = new double[Years * 2 * Groups];
        for (var i = 0; i < gdp; i++)
        {
            var (t, r, j) = (i / (Rows * Groups), i / Groups % Rows, i % Groups);
            if (Areas[r] == r) continue;
            amounts[i] = 10 + 90 * random.NextDouble();
            sets[(t * 2 + Sets[r]) * Groups + j] += amounts[i];
        }

        return new()
        {
            Kinds = kinds,
            Inputs = [.. kinds.Select(k => k == CellKind.Revision ? Revision : k == CellKind.LonePrediction ? Student : Normals)],
            Series = [.. kinds.Select(_ => Normals)],
            Loadings = [.. Enumerable.Range(0, 3 * cells).Select(i => 0.02 + 0.001 * (i % 7))],
            UncertainValueAdded = uncertain ? [0, 1, 1] : [0, 0, 0],
            UncertainGdp = uncertain ? [0, 1, 1] : [0, 0, 0],
            FixedValueAdded = fixedTotal,
            FixedGdp = fixedTotal,
            ValueAdded = [.. Enumerable.Range(0, valueAdded).Select(_ => 10 + 90 * random.NextDouble())],
            Gdp = amounts,
            SetGdp = whole[1] == 0 ? [.. Enumerable.Range(0, sets.Length).Select(i => sets[i / Groups % 2 == 1 ? i - Groups : i])] : sets,
            SetWhole = whole,
            Sets = 2,
            RowSet = Sets,
            RowArea = Areas,
        };
    }

    private static MarginalTable Marginals()
    {
        (int, double[]) StandardNormal = (MarginalKind.Normal, [0, 1, 0, 0, 0, 0, double.NegativeInfinity, double.PositiveInfinity]);
        var sample = new[] { 0.1, 0.2, 0.2, 0.35, 0.9 };
        var random = new System.Random(8);
        var lower = Enumerable.Range(0, QuantileTable.Length).Select(_ => -random.NextDouble()).ToArray();
        var upper = Enumerable.Range(0, QuantileTable.Length).Select(_ => -random.NextDouble()).ToArray();
        (int Kind, double[] P)[] inputs =
        [
            (MarginalKind.Constant, [0.25, 0, 0, 0, 0, 0, 0.25, 0.25]),
            (MarginalKind.Uniform, [0.1, 0.3, 0, 0, 0, 0, 0.1, 0.4]),
            (MarginalKind.Triangular, [0.1, 0.5, 0.25, 0.04, 0.12, 0, 0.1, 0.5]),
            (MarginalKind.Triangular, [0.1, 0.5, 0, 0, 0.16, 0, 0.1, 0.5]),
            (MarginalKind.Normal, [0.5, 0.2, 0, 0, 0, 0, 0, 1]),
            (MarginalKind.TriangularFromMode, [0, 1e-4, 2e-4, 5e-5, 0.4999, 1 / (1 - 2e-4), 0, 0.5]),
            (MarginalKind.Lognormal, [-1.5, 0.5, 0, 0, 0, 0, 0, 1]),
            (MarginalKind.PositiveTable, [0.05, 0.9, sample.Length, sample.Length + QuantileTable.Length, 0, 0, 0.05, 0.95]),
            (MarginalKind.Empirical, [0, sample.Length, 0, 0, 0, 0, 0.1, 0.9]),

            // Behind the coefficients: see the indices above.
            StandardNormal, StandardNormal,
            (MarginalKind.PositiveTable, [0, 1.5, sample.Length, sample.Length + QuantileTable.Length, 0, 0, 0, double.PositiveInfinity]),
            (MarginalKind.Lognormal, [-0.005, 0.1, 0, 0, 0, 0, 0, double.PositiveInfinity]),
            (MarginalKind.SymmetricTable, [sample.Length, 0, 0, 0, 0, 0, double.NegativeInfinity, double.PositiveInfinity]),
            .. Enumerable.Repeat((MarginalKind.Exponential, new double[] { 0, 0, 0, 0, 0, 0, 0, double.PositiveInfinity }), ExpertCount),
            .. Enumerable.Repeat((MarginalKind.Constant, new[] { 0.5, 0, 0, 0, 0, 0, 0.5, 0.5 }), Factors),
        ];
        return new()
        {
            InputIds = [.. Enumerable.Range(0, inputs.Length).Select(k =>
                Kernels.Random.CounterLayout.InputId($"input {k}") | (k % 3 == 1 ? 0x0ABC_DEF5_0000_0000UL : 0))],
            Kinds = [.. inputs.Select(i => i.Kind)],
            Parameters = [.. inputs.SelectMany(i => i.P)],
            Points = [.. inputs.Select((_, i) => i < Related ? random.NextDouble() : i is Normals or Normals + 1 or Student ? 0 : 1)],
            Table = [.. sample, .. lower, .. upper],
        };
    }

    private static SequencePlan Sequence(ConformanceVariant variant) => variant switch
    {
        ConformanceVariant.Sobol or ConformanceVariant.Flows or ConformanceVariant.FlowsInCommon =>
            new() { Kind = SequenceKind.Sobol, Replicates = 4, FirstReplicate = 3 },
        ConformanceVariant.LatinHypercube => new() { Kind = SequenceKind.LatinHypercube, Replicates = 2, Points = 300 },
        _ => SequencePlan.Philox,
    };

    // Every third input from the second sample, and spreads that bring others to an end of their domain.
    private static MarginalTable Varied(MarginalTable table, ConformanceVariant variant)
    {
        if (variant is not (ConformanceVariant.SidesAndSpreads or ConformanceVariant.Sobol)) return table;
        int[] inputs = [.. Enumerable.Range(0, table.Kinds.Length)];
        var sides = table with { Sides = [.. inputs.Select(i => i % 3 == 0 ? 1 : 0)] };
        return variant == ConformanceVariant.Sobol ? sides : sides with
        {
            Spreads = [.. inputs.Select(i => (i % 5) switch { 0 => 0, 1 => 1, 2 => 0.5, 3 => 2.5, _ => 1.0 })],
            Domains = [.. inputs.SelectMany(i => i < Related ? new[] { 0, 1.0 } : [1e-3, double.PositiveInfinity])],
        };
    }
}
