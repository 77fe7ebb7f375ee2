using IIKernel.Regions;
using IIKernel.Studies;

namespace IIKernel.Model;

/// <summary>
/// Which part of each category's value added belongs to an entity: nation, category, group, region or area. The denominators of
/// formula (10) are summed when it is made, once for all entities.
/// </summary>
public sealed class CategoryWeights
{
    private readonly Study _study;
    private readonly RegionSums[] _gdp;
    private readonly Dictionary<RegionAllocation, RegionSums> _allocations = new(ReferenceEqualityComparer.Instance);

    /// <summary>The weights of a study.</summary>
    public CategoryWeights(Study study)
    {
        _study = study;
        _gdp = [.. study.RegionSets.Select(set => new RegionSums(set, set.Gdp, set.NationalGdp))];
        foreach (var set in study.RegionSets)
        {
            foreach (var allocation in new[] { set.DirectAllocation, set.IndirectAllocation })
                if (allocation is not null) _allocations[allocation] = new(set, allocation.Weights, allocation.NationalWeights);
        }
    }

    /// <summary>The weights of the C categories in the figures of <paramref name="entity"/>, each in [0, 1].</summary>
    /// <param name="entity">One of <see cref="EntityList.Of"/>.</param>
    /// <param name="year">Index into <see cref="Study.Years"/>.</param>
    /// <param name="part">Direct or indirect; regions may share out the two by different weights.</param>
    public double[] Of(Entity entity, int year, Component part)
    {
        var categories = _study.Categories.Categories;
        return entity.Kind switch
        {
            EntityKind.Nation => [.. categories.Select(_ => 1.0)],
            EntityKind.Category => [.. categories.Select((_, c) => c == entity.Index ? 1.0 : 0.0)],
            EntityKind.Group => [.. categories.Select(c => c.Group == entity.Index ? 1.0 : 0.0)],
            _ => Regional(entity, year, part),
        };
    }

    /// <summary>GDP_{ij,t} of a regional entity, summed over its regions where it is an area.</summary>
    public double Gdp(Entity entity, int group, int year) => Of(_gdp[entity.Set], entity, group, year);

    private static double Of(RegionSums sums, Entity entity, int group, int year) =>
        entity.Kind == EntityKind.Region ? sums.Region(entity.Index, group, year) : sums.Area(entity.Index, group, year);

    /// <summary>
    /// (10) ω_{ij,t} = GDP_{ij,t} η_{j,t} / Σ_i GDP_{ij,t} η_{j,t}, in which η cancels; or the same of weights of the set's own.
    /// </summary>
    /// <param name="entity">A region or an area, whose share is the sum of its regions'.</param>
    /// <param name="year">Index into <see cref="Study.Years"/>.</param>
    /// <param name="allocation">The weights, an allocation of the entity's set; null for GDP by industry group.</param>
    /// <returns>A share for each industry group, or group of the allocation.</returns>
    internal double[] Shares(Entity entity, int year, RegionAllocation? allocation)
    {
        var sums = allocation is null ? _gdp[entity.Set] : _allocations[allocation];
        var shares = new double[sums.Groups];
        for (var j = 0; j < shares.Length; j++) shares[j] = Of(sums, entity, j, year) / sums.Denominator(j, year);
        return shares;
    }

    private double[] Regional(Entity entity, int year, Component part)
    {
        var allocation = _study.RegionSets[entity.Set].Allocation(part);
        var shares = Shares(entity, year, allocation);
        return [.. _study.Categories.Categories.Select((c, k) => shares[allocation is null ? c.Group : allocation.CategoryGroup[k]])];
    }
}
