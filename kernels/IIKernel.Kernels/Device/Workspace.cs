using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>
/// The intermediate quantities of one lane of draws, by name, in one stretch of scratch memory:
/// S and u (m each), direct and indirect value added of the base year by category (C each), direct and
/// indirect value added by group in the current year (J each), total of the year before (entities).
/// </summary>
public readonly struct Workspace<TLane, TStore>(int related, int categories, int groups, TStore memory)
    where TLane : unmanaged, ILane<TLane>
    where TStore : struct, ILaneStore<TLane>
{
    private readonly TStore _memory = memory;
    private readonly int _multiplier = related;
    private readonly int _direct = 2 * related;
    private readonly int _indirect = 2 * related + categories;
    private readonly int _groupDirect = 2 * (related + categories);
    private readonly int _groupIndirect = 2 * (related + categories) + groups;
    private readonly int _previous = 2 * (related + categories + groups);

    /// <summary>Number of lanes that the memory must hold.</summary>
    public static int Length(int related, int categories, int groups, OutputMap outputs) =>
        2 * (related + categories + groups) + outputs.Entities;

    /// <summary>S_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Coefficient(int k) => _memory[k];

    /// <summary>Sets S_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCoefficient(int k, TLane value) => Set(k, value);

    /// <summary>u_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Multiplier(int k) => _memory[_multiplier + k];

    /// <summary>Sets u_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetMultiplier(int k, TLane value) => Set(_multiplier + k, value);

    /// <summary>Zd_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Direct(int category) => _memory[_direct + category];

    /// <summary>Sets Zd_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetDirect(int category, TLane value) => Set(_direct + category, value);

    /// <summary>Zi_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Indirect(int category) => _memory[_indirect + category];

    /// <summary>Sets Zi_c of the base year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetIndirect(int category, TLane value) => Set(_indirect + category, value);

    /// <summary>Direct value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane GroupDirect(int group) => _memory[_groupDirect + group];

    /// <summary>Sets the direct value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGroupDirect(int group, TLane value) => Set(_groupDirect + group, value);

    /// <summary>Indirect value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane GroupIndirect(int group) => _memory[_groupIndirect + group];

    /// <summary>Sets the indirect value added of a group in the current year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGroupIndirect(int group, TLane value) => Set(_groupIndirect + group, value);

    /// <summary>Total value added of an entity in the year before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Previous(int entity) => _memory[_previous + entity];

    /// <summary>Sets the total value added of an entity, for the year after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetPrevious(int entity, TLane value) => Set(_previous + entity, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int index, TLane value)
    {
        var memory = _memory;
        memory[index] = value;
    }
}
