using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>
/// An invented plan for conformance tests: every kind of marginal, sizes that no register width or tile
/// divides, a category without sectors, an input that is certain.
/// </summary>
internal static class ConformancePlan
{
    public const int Sectors = 23, Related = 9, Categories = 7, Groups = 3, Rows = 11, Years = 3;

    public static SamplePlan Create(ulong seed = 20231201)
    {
        var random = new System.Random(7);
        double[] Random(int count, double low, double high) =>
            [.. Enumerable.Range(0, count).Select(_ => low + (high - low) * random.NextDouble())];
        int[] position = [.. Enumerable.Range(0, Sectors).Select(i => i % 2 == 1 && i / 2 < Related ? i / 2 : -1)];
        return new()
        {
            Seed = seed,
            SectorCount = Sectors,
            RelatedCount = Related,
            CategoryCount = Categories,
            GroupCount = Groups,
            RowCount = Rows,
            YearCount = Years,
            Marginals = Marginals(),
            PointCoefficients = Random(Related, 0, 1),
            RelatedOutput = Random(Related, 100, 1e6),
            RelatedValueAdded = Random(Related, 10, 1e5),
            RelatedDiagonal = Random(Related, 0, 1),
            RelatedCategory = [.. Enumerable.Range(0, Related).Select(k => k % (Categories - 1))],
            RelatedInduction = Random(Related * Related, 0, 0.3),
            CategoryInduction = Random(Categories * Related, 0, 2),
            SectorInduction = Random(Sectors * Related, 0, 0.3),
            SectorRelated = position,
            CategoryGroup = [.. Enumerable.Range(0, Categories).Select(c => c % Groups)],
            DirectScale = Random(Years * Categories, 0.5, 2),
            IndirectScale = Random(Years * Categories, 0.5, 2),
            RegionShare = Random(Years * Rows * Groups, 0, 1),
            PercentScale = Random(Years * (1 + Categories + Groups + Rows), 1e-6, 1e-3),
        };
    }

    private static MarginalTable Marginals()
    {
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
            (MarginalKind.Normal, [0.5, 0.2, 0.006209665325776132, 0.987580669348447736, 56.340, -2.5, 0, 1]),
            (MarginalKind.Normal, [0.1, -0.1, 0.15865525393145707, -0.15730535589982697, 0.650117, 1, 0.2, 0.4]),
            (MarginalKind.Lognormal, [-1.5, 0.5, 0, 0.99865010196837, 0, 0, 0, 1]),
            (MarginalKind.Table, [0.05, 0.9, sample.Length, sample.Length + QuantileTable.Length, 0, 0, 0.05, 0.95]),
            (MarginalKind.Empirical, [0, sample.Length, 0, 0, 0, 0, 0.1, 0.9]),
        ];
        return new()
        {
            InputIds = [.. Enumerable.Range(0, Related).Select(k => unchecked((int)Kernels.Random.CounterLayout.InputId($"input {k}")))],
            Kinds = [.. inputs.Select(i => i.Kind)],
            Parameters = [.. inputs.SelectMany(i => i.P)],
            Table = [.. sample, .. lower, .. upper],
        };
    }
}
