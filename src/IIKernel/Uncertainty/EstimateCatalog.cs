using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>One figure that a study yields.</summary>
/// <param name="Kind">What the figure is of.</param>
/// <param name="Scope">nation, category, group, sector, the name of a region set, or area.</param>
/// <param name="Code">Code within the scope; empty for the nation.</param>
/// <param name="Name">Name; empty for the nation.</param>
/// <param name="Year">Year.</param>
/// <param name="Component">Direct, indirect or total.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Unit">The study's unit, or "%".</param>
/// <param name="Point">The figure with every input at its point value.</param>
/// <param name="Output">Its index in the kernels' <see cref="OutputMap"/>.</param>
/// <param name="Flags">What the user must know about it: "extrapolated", "no-output".</param>
public sealed record EstimateKey(
    EntityKind Kind, string Scope, string Code, string Name, int Year, Component Component, Measure Measure, string Unit,
    double Point, int Output, IReadOnlyList<string> Flags);

/// <summary>Every figure of a study in the order of the outputs: scope by scope, each in the study's order.</summary>
public static class EstimateCatalog
{
    /// <summary>The figure rests on a value that was filled by extrapolation.</summary>
    public const string Extrapolated = "extrapolated";

    /// <summary>The sector has no output and was taken out of the table.</summary>
    public const string NoOutput = "no-output";

    /// <summary>Lists the figures of <paramref name="study"/> with their point values.</summary>
    public static IReadOnlyList<EstimateKey> Of(Study study, PointEstimate point)
    {
        var entities = EntityList.Of(study);
        var filled = new FilledFigures(study);
        var map = new OutputMap(
            study.Categories.Categories.Count, study.Groups.Count, entities.Count(e => e.Set >= 0),
            study.Years.Count, study.Table.Sectors.Count);
        var list = new List<EstimateKey>(map.Count);
        foreach (var kind in new[] { EntityKind.Nation, EntityKind.Category, EntityKind.Group }) AddEntities(kind);
        AddSectors();
        foreach (var kind in new[] { EntityKind.Region, EntityKind.Area }) AddEntities(kind);
        return list;

        void AddEntities(EntityKind kind)
        {
            for (var e = 0; e < entities.Count; e++)
            {
                if (entities[e].Kind != kind) continue;
                for (var t = 0; t < study.Years.Count; t++)
                {
                    var direct = filled.Of(entities[e], t, Component.Direct);
                    var indirect = point.Growth.Extrapolated[t] || filled.Of(entities[e], t, Component.Indirect);
                    var total = direct || indirect;
                    var share = total || filled.HasFilledGdp(entities[e], t);
                    Add(OutputMap.Direct, Component.Direct, Measure.Value, point.Direct[t, e], direct);
                    Add(OutputMap.Indirect, Component.Indirect, Measure.Value, point.Indirect[t, e], indirect);
                    Add(OutputMap.Total, Component.Total, Measure.Value, point.Total(t, e), total);
                    if (t > 0) Add(OutputMap.Growth, Component.Total, Measure.Growth, point.GrowthPercent(t, e), total);
                    Add(OutputMap.Share, Component.Total, Measure.Share, point.SharePercent(t, e), share);

                    void Add(int measure, Component component, Measure what, double value, bool isFilled) => list.Add(new(
                        entities[e].Kind, entities[e].Scope, entities[e].Code, entities[e].Name, study.Years[t], component, what,
                        what == Measure.Value ? study.Unit.Text : "%", value, map.Index(t, e, measure),
                        isFilled ? [Extrapolated] : []));
                }
            }
        }

        void AddSectors()
        {
            for (var i = 0; i < study.Table.Sectors.Count; i++)
            {
                var sector = study.Table.Sectors[i];
                string[] flags = study.Table.TotalOutput[i] == 0 ? [NoOutput] : [];
                foreach (var (component, value) in new[]
                {
                    (Component.Direct, point.SectorDirect[i]), (Component.Indirect, point.SectorIndirect[i]),
                    (Component.Total, point.SectorDirect[i] + point.SectorIndirect[i]),
                })
                {
                    list.Add(new(
                        EntityKind.Sector, "sector", sector.Code, sector.Name, study.BaseYear, component, Measure.Value, study.Unit.Text,
                        value, map.Sector(i, (int)component), flags));
                }
            }
        }
    }
}
