using IIKernel.Studies;

namespace IIKernel.Model;

/// <summary>Which part of each category's value added belongs to an entity: nation, category, group, region or area.</summary>
public static class CategoryWeights
{
    /// <summary>The weights of the C categories in the figures of <paramref name="entity"/>, each in [0, 1].</summary>
    /// <param name="study">The study.</param>
    /// <param name="entity">One of <see cref="EntityList.Of"/>.</param>
    /// <param name="year">Index into <see cref="Study.Years"/>.</param>
    /// <param name="part">Direct or indirect; regions may share out the two by different weights.</param>
    public static double[] Of(Study study, Entity entity, int year, Component part)
    {
        var categories = study.Categories.Categories;
        return entity.Kind switch
        {
            EntityKind.Nation => [.. categories.Select(_ => 1.0)],
            EntityKind.Category => [.. categories.Select((_, c) => c == entity.Index ? 1.0 : 0.0)],
            EntityKind.Group => [.. categories.Select(c => c.Group == entity.Index ? 1.0 : 0.0)],
            _ => Regional(study, entity, year, part),
        };
    }

    // (10) ω_{ij,t} = GDP_{ij,t} η_{j,t} / Σ_i GDP_{ij,t} η_{j,t}, in which η cancels; or the same of the set's own weights.
    private static double[] Regional(Study study, Entity entity, int year, Component part)
    {
        var set = study.RegionSets[entity.Set];
        var allocation = set.Allocation(part);
        var weights = allocation?.Weights ?? set.Gdp;
        var shares = new double[weights.GetLength(1)];
        for (var j = 0; j < shares.Length; j++)
        {
            var (own, all) = (0.0, 0.0);
            for (var i = 0; i < set.Regions.Count; i++)
            {
                all += weights[i, j, year];
                if (entity.Kind == EntityKind.Region ? i == entity.Index : set.Regions[i].Area == entity.Index) own += weights[i, j, year];
            }

            shares[j] = own / all;
        }

        return [.. study.Categories.Categories.Select((c, k) => shares[allocation is null ? c.Group : allocation.CategoryGroup[k]])];
    }
}
