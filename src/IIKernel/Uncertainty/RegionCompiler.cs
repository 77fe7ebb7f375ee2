using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>Compiles formula (10): by which shares every regional row takes part in which sums over categories.</summary>
internal sealed class RegionCompiler(Study study, CategoryWeights weights, Entity[] rows)
{
    /// <summary>ω by GDP and industry group; T × R × J, row t, then i.</summary>
    public double[] Shares()
    {
        var groups = study.Groups.Count;
        var shares = new double[study.Years.Count * rows.Length * groups];
        for (var set = 0; set < study.RegionSets.Count; set++) Fill(shares, groups, 0, set, null);
        return shares;
    }

    /// <summary>The parts with weights of their own, in the order of the sets, the direct part first.</summary>
    public AllocationPlan Allocations()
    {
        var allocations = study.RegionSets.SelectMany((set, index) => new[]
        {
            (Set: index, Component: OutputMap.Direct, Allocation: set.DirectAllocation),
            (Set: index, Component: OutputMap.Indirect, Allocation: set.IndirectAllocation),
        }).Where(a => a.Allocation is not null).Select(a => (a.Set, a.Component, Allocation: a.Allocation!)).ToArray();
        if (allocations.Length == 0) return AllocationPlan.None;

        var first = new int[allocations.Length + 1];
        for (var a = 0; a < allocations.Length; a++) first[a + 1] = first[a] + allocations[a].Allocation.Groups.Count;
        var shares = new double[study.Years.Count * rows.Length * first[^1]];
        for (var a = 0; a < allocations.Length; a++) Fill(shares, first[^1], first[a], allocations[a].Set, allocations[a].Allocation);
        return new()
        {
            Components = [.. allocations.Select(a => a.Component)],
            FirstGroup = first,
            CategoryGroup = [.. allocations.SelectMany((a, index) => a.Allocation.CategoryGroup.Select(q => first[index] + q))],
            RowAllocation = [.. rows.SelectMany(row => new[] { OutputMap.Direct, OutputMap.Indirect }.Select(
                component => Array.FindIndex(allocations, a => a.Set == row.Set && a.Component == component)))],
            Share = shares,
        };
    }

    // The shares of the rows of one set, from column offset on.
    private void Fill(double[] shares, int columns, int offset, int set, RegionAllocation? allocation)
    {
        for (var t = 0; t < study.Years.Count; t++)
        {
            for (var r = 0; r < rows.Length; r++)
                if (rows[r].Set == set) weights.Shares(rows[r], t, allocation).CopyTo(shares, (t * rows.Length + r) * columns + offset);
        }
    }
}
