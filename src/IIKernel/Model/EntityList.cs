using IIKernel.Growth;
using IIKernel.Studies;

namespace IIKernel.Model;

/// <summary>What an entity is.</summary>
public enum EntityKind
{
    /// <summary>The whole economy.</summary>
    Nation,

    /// <summary>An industry category.</summary>
    Category,

    /// <summary>An industry group.</summary>
    Group,

    /// <summary>A region of a region set.</summary>
    Region,

    /// <summary>The regions of a set that share an area.</summary>
    Area,
}

/// <summary>Something that has figures in every year.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scope">Scope in the outputs: nation, category, group, the region set's name, or area.</param>
/// <param name="Code">Code; empty for the nation, the area's label for an area.</param>
/// <param name="Name">Name; empty for the nation.</param>
/// <param name="Set">Index of the region set, or −1.</param>
/// <param name="Index">Index within its own list in the study.</param>
public sealed record Entity(EntityKind Kind, string Scope, string Code, string Name, int Set, int Index);

/// <summary>
/// The entities of a study in one fixed order: the nation, categories, groups, then for each region set its
/// regions and its areas. The kernels' output numbering follows it.
/// </summary>
public static class EntityList
{
    /// <summary>The entities of <paramref name="study"/>.</summary>
    public static IReadOnlyList<Entity> Of(Study study)
    {
        var list = new List<Entity> { new(EntityKind.Nation, "nation", "", "", -1, 0) };
        list.AddRange(study.Categories.Categories.Select((c, i) => new Entity(EntityKind.Category, "category", c.Code, c.Name, -1, i)));
        list.AddRange(study.Groups.Select((g, i) => new Entity(EntityKind.Group, "group", g.Code, g.Name, -1, i)));
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            var set = study.RegionSets[s];
            list.AddRange(set.Regions.Select((r, i) => new Entity(EntityKind.Region, set.Name, r.Code, r.Name, s, i)));
            list.AddRange(set.Areas.Select((a, i) => new Entity(EntityKind.Area, "area", a, $"{a} ({set.Name})", s, i)));
        }

        return list;
    }

    /// <summary>
    /// GDP_{ij,t} of a regional entity, summed over its regions where it is an area.
    /// </summary>
    public static double Gdp(Study study, Entity entity, int group, int year) =>
        Sum(study, entity, study.RegionSets[entity.Set].Gdp, group, year);

    /// <summary>
    /// The amount of a regional entity, summed over its regions where it is an area. <paramref name="amounts"/> are those of
    /// its set's regions: R × groups × years.
    /// </summary>
    public static double Sum(Study study, Entity entity, double[,,] amounts, int group, int year)
    {
        if (entity.Kind == EntityKind.Region) return amounts[entity.Index, group, year];
        var regions = study.RegionSets[entity.Set].Regions;
        return Enumerable.Range(0, regions.Count).Where(i => regions[i].Area == entity.Index).Sum(i => amounts[i, group, year]);
    }

    /// <summary>Whether the accounts behind the direct or the indirect part of an entity in a year were filled by extrapolation.</summary>
    public static bool RestsOnFilled(Study study, Entity entity, int year, Component part)
    {
        bool Filled(FilledSeries? series) => IsFilled(study, series, year);
        var accounts = study.Categories;
        var categories = Enumerable.Range(0, accounts.Categories.Count);
        return entity.Kind switch
        {
            EntityKind.Category => Filled(accounts.Filled[entity.Index]),
            EntityKind.Group => categories.Any(c => accounts.Categories[c].Group == entity.Index && Filled(accounts.Filled[c])),

            // A region's share of a group rests on the GDP of all regions or on weights, which are never filled; the group
            // on its categories.
            EntityKind.Region or EntityKind.Area => categories.Any(c => Filled(accounts.Filled[c]))
                || (study.RegionSets[entity.Set].Allocation(part) is null && HasFilledGdp(study, entity, year)),
            _ => categories.Any(c => Filled(accounts.Filled[c])),
        };
    }

    /// <summary>Whether GDP of any region in the set of a regional entity was filled by extrapolation in a year; false for any other entity.</summary>
    public static bool HasFilledGdp(Study study, Entity entity, int year) =>
        entity.Set >= 0 && study.RegionSets[entity.Set].Filled.Cast<FilledSeries?>().Any(series => IsFilled(study, series, year));

    private static bool IsFilled(Study study, FilledSeries? series, int year) => series is not null && series.IsFilled(study.Years[year]);
}
