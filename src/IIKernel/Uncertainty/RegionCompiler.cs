using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>Compiles formula (10): by which shares every regional row takes part in which sums over categories.</summary>
internal sealed class RegionCompiler(Study study, Entity[] rows)
{
    /// <summary>ω by GDP and industry group; T × R × J, row t, then i.</summary>
    public double[] Shares()
    {
        var groups = study.Groups.Count;
        var shares = new double[study.Years.Count * rows.Length * groups];
        for (var set = 0; set < study.RegionSets.Count; set++) Fill(shares, groups, 0, set, study.RegionSets[set].Gdp, study.RegionSets[set].NationalGdp);
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
        for (var a = 0; a < allocations.Length; a++) Fill(shares, first[^1], first[a], allocations[a].Set, allocations[a].Allocation.Weights, allocations[a].Allocation.NationalWeights);
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

    // ω_ij = w_ij / Σ_i w_ij of one set by the weights w, the sum over the set or the nation, from column offset on; the share of an area is the sum of its regions'.
    private void Fill(double[] shares, int columns, int offset, int set, double[,,] weights, double[,]? national)
    {
        var sums = new RegionSums(study.RegionSets[set], weights, national);
        for (var t = 0; t < study.Years.Count; t++)
        {
            for (var j = 0; j < weights.GetLength(1); j++)
            {
                var all = sums.Denominator(j, t);
                for (var r = 0; r < rows.Length; r++)
                {
                    if (rows[r].Set == set) shares[(t * rows.Length + r) * columns + offset + j] = CategoryWeights.Of(sums, rows[r], j, t) / all;
                }
            }
        }
    }
}
