using System.Globalization;
using IIKernel.Growth;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Model;

/// <summary>
/// The method, formulas (1)–(10), once and in plain numbers, with the explicit inverse of the augmented
/// table. It is what every other route is checked against.
/// </summary>
public static class PointModel
{
    /// <summary>Computes a study with every input at its point value.</summary>
    /// <param name="study">The study.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">
    /// An amount is too large for a number: some figure of the study is of the wrong size by far.
    /// </exception>
    public static PointEstimate Estimate(Study study, CancellationToken cancellation = default)
    {
        var (sectorDirect, sectorIndirect) = BaseYear(study, cancellation);
        var growth = GrowthModel.Estimate(study.Growth, study.Years);

        var categories = study.Categories.Categories.Count;
        var tableValueAdded = study.Table.ValueAddedByCategory(categories);
        var baseDirect = ByCategory(study, i => sectorDirect[i]);
        var baseIndirect = ByCategory(study, i => sectorIndirect[i]);

        var entities = EntityList.Of(study);
        var weights = new CategoryWeights(study);
        var years = study.Years.Count;
        var direct = new double[years, entities.Count];
        var indirect = new double[years, entities.Count];
        var own = new double[years, entities.Count];
        for (var t = 0; t < years; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            var groupDirect = new double[study.Groups.Count];
            var groupIndirect = new double[study.Groups.Count];
            var groupOwn = new double[study.Groups.Count];
            var categoryDirect = new double[categories];
            var categoryIndirect = new double[categories];
            for (var c = 0; c < categories; c++)
            {
                // (9) direct = rd_c V_{c,t} and indirect = ri_c T_t V_{c,t}; the rates are those of the table.
                var valueAdded = study.Categories.ValueAdded[c, t];
                var directRate = tableValueAdded[c] == 0 ? 0 : baseDirect[c] / tableValueAdded[c];
                var indirectRate = tableValueAdded[c] == 0 ? 0 : baseIndirect[c] / tableValueAdded[c];
                categoryDirect[c] = directRate * valueAdded;
                categoryIndirect[c] = indirectRate * growth.Multipliers[t] * valueAdded;

                var j = study.Categories.Categories[c].Group;
                groupDirect[j] += categoryDirect[c];
                groupIndirect[j] += categoryIndirect[c];
                groupOwn[j] += valueAdded;
            }

            for (var e = 0; e < entities.Count; e++)
            {
                var entity = entities[e];
                (direct[t, e], indirect[t, e], own[t, e]) = entity.Kind switch
                {
                    EntityKind.Nation => (groupDirect.Sum(), groupIndirect.Sum(), groupOwn.Sum()),
                    EntityKind.Category =>
                        (categoryDirect[entity.Index], categoryIndirect[entity.Index], study.Categories.ValueAdded[entity.Index, t]),
                    EntityKind.Group => (groupDirect[entity.Index], groupIndirect[entity.Index], groupOwn[entity.Index]),
                    _ => (Allocate(entity, t, Component.Direct, categoryDirect), Allocate(entity, t, Component.Indirect, categoryIndirect),
                        Enumerable.Range(0, study.Groups.Count).Sum(j => weights.Gdp(entity, j, t))),
                };
            }
        }

        Refuse(study, entities, growth, direct, indirect);
        return new()
        {
            SectorDirect = sectorDirect,
            SectorIndirect = sectorIndirect,
            Direct = direct,
            Indirect = indirect,
            OwnValueAdded = own,
            Growth = growth,
        };

        // (10) Z_{i,t} = Σ_j Z_{j,t} ω_{ij,t}, category by category.
        double Allocate(Entity entity, int t, Component part, double[] categoryValues) =>
            weights.Of(entity, t, part).Zip(categoryValues, (w, z) => w * z).Sum();
    }

    // Amounts of a sound study are of the size of its accounts. Percentages may be undefined, amounts may not.
    private static void Refuse(Study study, IReadOnlyList<Entity> entities, GrowthModel growth, double[,] direct, double[,] indirect)
    {
        for (var t = 0; t < study.Years.Count; t++)
        {
            for (var e = 0; e < entities.Count; e++)
            {
                // Some hundred orders of magnitude are left for the draws.
                if (double.IsFinite(direct[t, e] + indirect[t, e]) && growth.Multipliers[t] is > 1e-100 and < 1e100) continue;
                var what = $"{entities[e].Scope} {entities[e].Code}".TrimEnd();
                throw new StudyException([new("study.json", "", string.Create(CultureInfo.InvariantCulture,
                    $"a direct part {direct[t, e]:g6} and an indirect part {indirect[t, e]:g6} of {what} in {study.Years[t]}, "
                    + $"with the multiplier T = {growth.Multipliers[t]:g6}"),
                    "amounts and a multiplier that can be computed with",
                    "Look for a figure of the wrong size in the table, the accounts and the growth series, and check their units.")]);
            }
        }
    }

    // (1)–(6): direct and indirect value added of every sector in the base year.
    private static (double[] Direct, double[] Indirect) BaseYear(Study study, CancellationToken cancellation)
    {
        var table = study.Table;
        var n = table.Sectors.Count;
        var m = study.Coefficients.Count;
        var parents = study.Coefficients.Select(k => k.Sector).ToArray();
        var s = study.Coefficients.Select(k => k.Point).ToArray();

        // (1) Zd_k = S_k V_k.
        var direct = new double[n];
        for (var j = 0; j < m; j++) direct[parents[j]] = s[j] * table.ValueAdded(parents[j]);

        // (2), (3): those columns of the inverse C' of the augmented table that (5) reads.
        var inverse = LeontiefModel.InverseColumns(
            LeontiefModel.Augment(LeontiefModel.TechnicalCoefficients(table), parents, s), Enumerable.Range(n, m), cancellation);

        var indirect = new double[n];
        for (var i = 0; i < n; i++)
        {
            // (4) ΔX_{n+j} = X_kj S_kj; (5) ΔY_i = Σ_j C'_{i,n+j} ΔX_{n+j} / C'_{n+j,n+j}.
            var induced = 0.0;
            for (var j = 0; j < m; j++)
                induced += inverse[i, j] * table.TotalOutput[parents[j]] * s[j] / inverse[n + j, j];

            // (6) λ_i = ΔY_i / X_i; Zi_i = λ_i V_i.
            indirect[i] = table.TotalOutput[i] == 0 ? 0 : induced / table.TotalOutput[i] * table.ValueAdded(i);
        }

        return (direct, indirect);
    }

    private static double[] ByCategory(Study study, Func<int, double> sectorValue)
    {
        var sums = new double[study.Categories.Categories.Count];
        for (var i = 0; i < study.Table.Sectors.Count; i++) sums[study.Table.Sectors[i].Category] += sectorValue(i);
        return sums;
    }
}
