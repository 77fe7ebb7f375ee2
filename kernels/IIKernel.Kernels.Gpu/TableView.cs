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

    /// <summary>Doubles of one table.</summary>
    public readonly long Length => LengthOf(Sectors, Related);

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

    /// <summary>Doubles of one table of n sectors, m of them related.</summary>
    public static long LengthOf(int n, int m) => (long)n * n + 4L * n + m + (long)m * m;
}
#pragma warning restore CA1051, CS1591
