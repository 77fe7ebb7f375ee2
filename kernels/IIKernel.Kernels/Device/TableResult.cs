using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Where what is known of a draw's own table lies in the memory of its Leontief stage: Zi_i of every sector, V_k of the related ones,
/// V_c(t0) of the point over that of the draw, and the marks of <see cref="TableMark"/>.
/// </summary>
internal static class TableResult
{
    /// <summary>The memory in lanes.</summary>
    public static int Memory(SamplePlan plan) => plan.SectorCount + plan.RelatedCount + plan.CategoryCount + TableMark.Count;

    /// <summary>V_k of the first related sector.</summary>
    public static int ValueAdded<TReals, TIntegers>(in PlanView<TReals, TIntegers> plan)
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> => plan.SectorCount;

    /// <summary>The ratio of the first category.</summary>
    public static int Ratios<TReals, TIntegers>(in PlanView<TReals, TIntegers> plan)
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> => plan.SectorCount + plan.RelatedCount;

    /// <summary>The first mark.</summary>
    public static int Marks<TReals, TIntegers>(in PlanView<TReals, TIntegers> plan)
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int> => plan.SectorCount + plan.RelatedCount + plan.CategoryCount;
}
