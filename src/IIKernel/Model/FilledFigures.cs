using IIKernel.Studies;

namespace IIKernel.Model;

/// <summary>Which figures of a study rest on accounts that were filled by extrapolation; looked up once for all of them.</summary>
public sealed class FilledFigures
{
    private readonly Study _study;

    // Whether a category's account is filled, whether any of a group's or of the nation's is, whether any GDP of a set is; each by year.
    private readonly bool[,] _categories;
    private readonly bool[,] _groups;
    private readonly bool[] _nation;
    private readonly bool[,] _gdp;

    /// <summary>Looks through the accounts of <paramref name="study"/>.</summary>
    public FilledFigures(Study study)
    {
        _study = study;
        var (accounts, years) = (study.Categories, study.Years.Count);
        _categories = new bool[accounts.Categories.Count, years];
        _groups = new bool[study.Groups.Count, years];
        _nation = new bool[years];
        for (var c = 0; c < accounts.Categories.Count; c++)
        {
            if (accounts.Filled[c] is not { } series) continue;
            for (var t = 0; t < years; t++)
            {
                if (series.IsFilled(study.Years[t]))
                    _categories[c, t] = _groups[accounts.Categories[c].Group, t] = _nation[t] = true;
            }
        }

        _gdp = new bool[study.RegionSets.Count, years];
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            foreach (var series in study.RegionSets[s].Filled)
            {
                if (series is null) continue;
                for (var t = 0; t < years; t++) _gdp[s, t] |= series.IsFilled(study.Years[t]);
            }
        }

        // Shares of a part rest on the GDP of its whole too.
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            for (var t = 0; study.RegionSets[s].Whole is >= 0 and var whole && t < years; t++) _gdp[s, t] |= _gdp[whole, t];
        }
    }

    /// <summary>Whether the accounts behind the direct or the indirect part of an entity in a year were filled.</summary>
    public bool Of(Entity entity, int year, Component part) => entity.Kind switch
    {
        EntityKind.Category => _categories[entity.Index, year],
        EntityKind.Group => _groups[entity.Index, year],

        // A region's share of a group rests on the GDP of all regions or on weights, which are never filled; the group
        // on its categories.
        EntityKind.Region or EntityKind.Area =>
            _nation[year] || (_study.RegionSets[entity.Set].Allocation(part) is null && HasFilledGdp(entity, year)),
        _ => _nation[year],
    };

    /// <summary>
    /// Whether GDP of any region in the set of a regional entity, or in the set that it is a part of, was filled in a year; false for any
    /// other entity.
    /// </summary>
    public bool HasFilledGdp(Entity entity, int year) => entity.Set >= 0 && _gdp[entity.Set, year];
}
