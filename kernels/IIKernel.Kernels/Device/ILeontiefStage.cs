using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// Formulas (4)–(6): what the coefficients of a draw induce in all sectors. A stage reads the plan and S_k, and keeps what it knows of a
/// draw in memory of its own, until all outputs of the draw are written.
/// </summary>
internal interface ILeontiefStage<TLane, TReals, TIntegers, TStore>
    where TLane : unmanaged, ILane<TLane>
    where TReals : struct, IReadOnlyArray<double>
    where TIntegers : struct, IReadOnlyArray<int>
    where TStore : struct, ILaneStore<TLane>
{
    /// <summary>
    /// Whether the systems are solved apart from the program, by as many threads a draw as that takes: after
    /// <see cref="SampleProgram{TLane, TReals, TIntegers, TStore, TSink, TBlock, TInputs, TLeontief}.Draw"/>, before its outputs.
    /// </summary>
    static abstract bool IsApart { get; }

    /// <summary>Its own memory in lanes: <see cref="Workspace{TLane, TStore}.Leontief"/>.</summary>
    static abstract int Memory(SamplePlan plan);

    /// <summary>The memory, in doubles, that the draws of a thread share.</summary>
    static abstract int Shared(SamplePlan plan);

    /// <summary>Solves the system of each draw of a lane and sets Zi_c of every category, see <see cref="OfAccounts"/>.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="firstDraw">Index of the lane's first draw, by which inputs of the table are drawn.</param>
    /// <param name="work">S_k of the draws; takes Zi_c.</param>
    static abstract void Solve(in PlanView<TReals, TIntegers> plan, ulong firstDraw, Workspace<TLane, TStore> work);

    /// <summary>Zi_i of two sectors of solved draws: two at a time, since what both need is read once.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="sector">A sector.</param>
    /// <param name="related">Its position among the related sectors, or −1.</param>
    /// <param name="other">Another sector, or the same.</param>
    /// <param name="otherRelated">Likewise.</param>
    /// <param name="work">What <see cref="Solve"/> has left.</param>
    /// <param name="first">Zi_i of the one.</param>
    /// <param name="second">Zi_i of the other.</param>
    static abstract void OfSectors(
        in PlanView<TReals, TIntegers> plan, int sector, int related, int other, int otherRelated, Workspace<TLane, TStore> work,
        out TLane first, out TLane second);

    /// <summary>V_k of a related sector of solved draws.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="related">Its position among the related sectors.</param>
    /// <param name="work">What <see cref="Solve"/> has left.</param>
    static abstract TLane ValueAdded(in PlanView<TReals, TIntegers> plan, int related, Workspace<TLane, TStore> work);

    /// <summary>
    /// Value added of a category times V_c(t0) of the table at the point over that of the draw: rates are relative to the draw's, what
    /// follows in the program to the point's.
    /// </summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="category">The category.</param>
    /// <param name="value">Its value added in the base year.</param>
    /// <param name="work">What <see cref="Solve"/> has left.</param>
    static abstract TLane OfAccounts(in PlanView<TReals, TIntegers> plan, int category, TLane value, Workspace<TLane, TStore> work);

    /// <summary>A mark of solved draws.</summary>
    /// <param name="plan">The compiled study.</param>
    /// <param name="mark">One of <see cref="TableMark"/>.</param>
    /// <param name="work">What <see cref="Solve"/> has left.</param>
    static abstract TLane Mark(in PlanView<TReals, TIntegers> plan, int mark, Workspace<TLane, TStore> work);
}
