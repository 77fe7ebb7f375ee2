using IIKernel.Kernels.Plan;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Memory of the tables that are solved at the same time, one a group of threads: its matrix of n rows, n apart, and what belongs to it,
/// one behind the other.
/// </summary>
// Public fields, because a kernel takes the structure by value.
#pragma warning disable CA1051, CS1591
internal struct TableView
{
    public ArrayView<double> Memory;
    public int Sectors;
    public int Related;
    public int Common;

    /// <summary>Doubles of one table.</summary>
    public readonly long Length => LengthOf(Sectors, Related, Common);

    /// <summary>1/U_kk.</summary>
    public readonly long Reciprocals => (long)Sectors * Sectors;

    /// <summary>X_j.</summary>
    public readonly long Output => Reciprocals + Sectors;

    /// <summary>V_j.</summary>
    public readonly long ValueAdded => Output + Sectors;

    /// <summary>The right side u, then y, then C E_K u, then ΔY.</summary>
    public readonly long Solution => ValueAdded + Sectors;

    /// <summary>u_j of the related sectors.</summary>
    public readonly long Multipliers => Solution + Sectors;

    /// <summary>C_KK, m × m, a column after the other.</summary>
    public readonly long Inverse => Multipliers + Related;

    /// <summary>√ρ_r z_i of every row, √ρ_c z_j of every column, √ρ_s z_g of every source.</summary>
    public readonly long CommonErrors => Inverse + (long)Related * Related;

    /// <summary>What errors have in common in a table of a plan: numbers of rows, columns and sources.</summary>
    public static int CommonOf(FlowPlan flows) => flows.Common.IsAny ? 2 * flows.Count + flows.Common.SourceKeys.Length : 0;

    /// <summary>Memory of some tables of a plan.</summary>
    public static TableView Of(FlowPlan flows, DeviceMemoryList memory, int tables) => new()
    {
        Memory = memory.Allocate<double>(tables * LengthOf(flows)),
        Sectors = flows.Count,
        Related = flows.Related.Length,
        Common = CommonOf(flows),
    };

    /// <summary>Bytes of one table of a plan, with what belongs to it in <see cref="MixedView"/>.</summary>
    public static long BytesOf(FlowPlan flows) => sizeof(double) * LengthOf(flows) + MixedView.BytesOf(flows);

    /// <summary>Doubles of one table of a plan.</summary>
    public static long LengthOf(FlowPlan flows) => LengthOf(flows.Count, flows.Related.Length, CommonOf(flows));

    private static long LengthOf(int n, int m, int common) => (long)n * n + 4L * n + m + (long)m * m + common;
}
#pragma warning restore CA1051, CS1591
