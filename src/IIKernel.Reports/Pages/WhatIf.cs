using System.Text.Json;
using System.Text.Json.Serialization;
using IIKernel.Kernels.Plan;
using IIKernel.Model;

namespace IIKernel.Reports.Pages;

/// <summary>What a page needs to move the coefficients: the arrays of the plan, as the draw at the point reads them.</summary>
internal static class WhatIf
{
    // Numbers of the regions' shares: above, a page would take too long to open, and the nation and the categories move alone.
    private const int MostShares = 60_000;

    /// <summary>The plan as JSON in which no character begins a tag.</summary>
    /// <param name="data">The figures.</param>
    public static string Json(ReportData data)
    {
        var (plan, study) = (data.Content.Plan, data.Study);
        var rows = HasRegions(plan) ? plan.RowCount : 0;
        return JsonSerializer.Serialize(new
        {
            years = study.Years,
            related = plan.RelatedCount,
            categories = plan.CategoryCount,
            groups = plan.GroupCount,
            rows,
            coefficients = study.Coefficients.Select(c => c.Point),
            plan.RelatedValueAdded,
            plan.RelatedCategory,
            plan.CategoryGroup,
            output = plan.Induction.Output,
            diagonal = plan.Induction.Diagonal,
            categoryInduction = plan.Induction.Category,
            relatedInduction = plan.Induction.Related,
            plan.DirectScale,
            plan.IndirectScale,
            regionShare = rows == 0 ? [] : plan.RegionShare,
            allocation = rows == 0 || plan.Allocation.Components.Length == 0 ? null : new
            {
                plan.Allocation.Groups,
                plan.Allocation.Components,
                plan.Allocation.CategoryGroup,
                plan.Allocation.FirstGroup,
                plan.Allocation.RowAllocation,
                plan.Allocation.Share,
            },
        }, Options);
    }

    /// <summary>Whether the regions move too.</summary>
    public static bool HasRegions(SamplePlan plan) => plan.RegionShare.Length is > 0 and <= MostShares;

    /// <summary>The entities that move, with their index among the plan's.</summary>
    public static IEnumerable<(FigureEntity Entity, int Index)> Moved(ReportData data)
    {
        var map = data.Content.Plan.Outputs;
        var (c, g) = (0, 0);
        yield return (data.Nation, map.Nation);
        foreach (var entity in data.Of(EntityKind.Category)) yield return (entity, map.Category(c++));
        foreach (var entity in data.Of(EntityKind.Group)) yield return (entity, map.Group(g++));
        if (!HasRegions(data.Content.Plan)) yield break;
        // The rows of the plan go set by set, each set's regions before its areas.
        var rows = EntityList.Of(data.Study).Where(e => e.Set >= 0).ToArray();
        foreach (var entity in data.Of(EntityKind.Region))
        {
            yield return (entity, map.Row(Array.FindIndex(rows, r => r.Kind == EntityKind.Region
                && r.Scope == entity.Key.Scope && r.Code == entity.Key.Code)));
        }
    }

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
