using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>What is found of the system of a draw.</summary>
/// <param name="HasPositivePivots">Whether all pivots are above 0.</param>
/// <param name="HasGrown">Whether an element is above <see cref="TableMark.MostGrowth"/>.</param>
/// <param name="IsUnrefined">See <see cref="TableMark.Unrefined"/>.</param>
internal readonly record struct TableOutcome(bool HasPositivePivots, bool HasGrown, bool IsUnrefined);

/// <summary>Formulas (4) and (5) for the system of one draw.</summary>
internal unsafe interface ITableSolver<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    /// <summary>Memory of its own, in doubles.</summary>
    /// <param name="n">Number of sectors.</param>
    /// <param name="m">Number of related ones.</param>
    static abstract int Memory(int n, int m);

    /// <summary>Solves the system, and leaves ΔY in the place of <see cref="TableAreas{TLane}.Solution"/>.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="d">The draw's place in its lane.</param>
    /// <param name="work">S_k of the draw.</param>
    /// <param name="areas">Where the table lies.</param>
    /// <param name="shared">Its memory: I − A, which need not outlive it, and X_j.</param>
    static abstract TableOutcome Solve(in PlanView<HostArray<double>, HostArray<int>> plan, int d,
        Workspace<TLane, HostStore<TLane>> work, TableAreas<TLane> areas, double* shared);
}
