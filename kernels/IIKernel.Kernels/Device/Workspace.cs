using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>The intermediate quantities of one lane of draws, by name, in one stretch of scratch memory.</summary>
internal readonly struct Workspace<TLane, TStore>(WorkspaceLayout layout, TStore memory)
    where TLane : unmanaged, ILane<TLane>
    where TStore : struct, ILaneStore<TLane>
{
    private readonly TStore _memory = memory;
    private readonly WorkspaceLayout _layout = layout;

    /// <summary>The memory itself, for what works in it draw by draw.</summary>
    public TStore Memory => _memory;

    /// <summary>S_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Coefficient(int k) => _memory[k];

    /// <summary>Sets S_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCoefficient(int k, TLane value) => Set(k, value);

    /// <summary>Element <paramref name="index"/> of the memory that belongs to the Leontief stage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Leontief(int index) => _memory[_layout.Leontief + index];

    /// <summary>Sets element <paramref name="index"/> of the Leontief stage's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetLeontief(int index, TLane value) => Set(_layout.Leontief + index, value);

    /// <summary>Zd_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Direct(int category) => _memory[_layout.Direct + category];

    /// <summary>Sets Zd_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetDirect(int category, TLane value) => Set(_layout.Direct + category, value);

    /// <summary>Zi_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Indirect(int category) => _memory[_layout.Indirect + category];

    /// <summary>Sets Zi_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetIndirect(int category, TLane value) => Set(_layout.Indirect + category, value);

    /// <summary>Direct value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane GroupDirect(int group) => _memory[_layout.GroupDirect + group];

    /// <summary>Sets the direct value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGroupDirect(int group, TLane value) => Set(_layout.GroupDirect + group, value);

    /// <summary>Indirect value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane GroupIndirect(int group) => _memory[_layout.GroupIndirect + group];

    /// <summary>Sets the indirect value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGroupIndirect(int group, TLane value) => Set(_layout.GroupIndirect + group, value);

    /// <summary>Value added of a group of an allocation in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Allocated(int group) => _memory[_layout.Allocated + group];

    /// <summary>Sets the value added of a group of an allocation in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetAllocated(int group, TLane value) => Set(_layout.Allocated + group, value);

    /// <summary>Total value added of an entity in the year before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Previous(int entity) => _memory[_layout.Previous + entity];

    /// <summary>Sets the total value added of an entity, for the year after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetPrevious(int entity, TLane value) => Set(_layout.Previous + entity, value);

    /// <summary>α of the draw.</summary>
    public TLane Alpha
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _memory[_layout.Scalars];
    }

    /// <summary>β of the draw.</summary>
    public TLane Beta
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _memory[_layout.Scalars + 1];
    }

    /// <summary>1 in draws where an extrapolated figure had to be bounded, else 0.</summary>
    public TLane Bounded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _memory[_layout.Scalars + 2];
    }

    /// <summary>T_t of the current year over its value at the point.</summary>
    public TLane Growth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _memory[_layout.Scalars + 3];
    }

    /// <summary>Sets the elasticities of the draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetElasticities(TLane alpha, TLane beta)
    {
        Set(_layout.Scalars, alpha);
        Set(_layout.Scalars + 1, beta);
    }

    /// <summary>Sets the mark of bounded extrapolations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetBounded(TLane value) => Set(_layout.Scalars + 2, value);

    /// <summary>Sets T_t of the current year over its value at the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGrowth(TLane value) => Set(_layout.Scalars + 3, value);

    /// <summary>Element <paramref name="index"/> of the memory that belongs to the stage that is running.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Temporary(int index) => _memory[_layout.Temporary + index];

    /// <summary>Sets element <paramref name="index"/> of the running stage's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetTemporary(int index, TLane value) => Set(_layout.Temporary + index, value);

    /// <summary>The value of an input quantity that is given: memory behind the layout's, where there is any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Given(int input) => _memory[_layout.Length + input];

    /// <summary>Gives the value of an input quantity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGiven(int input, TLane value) => Set(_layout.Length + input, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int index, TLane value)
    {
        var memory = _memory;
        memory[index] = value;
    }
}
