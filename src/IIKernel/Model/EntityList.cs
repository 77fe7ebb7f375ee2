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

    /// <summary>A sector of the table, which has figures in the base year alone and is none of the <see cref="EntityList"/>.</summary>
    Sector,
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
}
