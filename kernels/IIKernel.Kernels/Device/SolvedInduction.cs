using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formulas (2)–(6) for a table that is drawn, where a device solves the systems apart: what is left in the memory of
/// <see cref="TableResult"/>, by it or by a processor, is read here.
/// </summary>
internal readonly struct SolvedInduction<TLane, TReals, TIntegers, TStore> : ILeontiefStage<TLane, TReals, TIntegers, TStore>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
{
    /// <inheritdoc/>
    public static bool IsApart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    /// <inheritdoc/>
    public static int Memory(SamplePlan plan) => TableResult.Memory(plan);

    /// <inheritdoc/>
    public static int Shared(SamplePlan plan) => 0;

    /// <summary>Nothing: the systems are solved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Solve(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfSectors(
        in PlanView<TReals, TIntegers> plan, int sector, int related, int other, int otherRelated, Workspace<TLane, TStore> work,
        out TLane first, out TLane second) => (first, second) = (work.Leontief(sector), work.Leontief(other));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane ValueAdded(in PlanView<TReals, TIntegers> plan, int related, Workspace<TLane, TStore> work) =>
        work.Leontief(TableResult.ValueAdded(plan) + related);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane OfAccounts(in PlanView<TReals, TIntegers> plan, int category, TLane value, Workspace<TLane, TStore> work) =>
        value * work.Leontief(TableResult.Ratios(plan) + category);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Mark(in PlanView<TReals, TIntegers> plan, int mark, Workspace<TLane, TStore> work) =>
        work.Leontief(TableResult.Marks(plan) + mark);
}
