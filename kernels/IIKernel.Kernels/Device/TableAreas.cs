using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>Where what the draws of a thread share lies, in doubles: one table, and what its solver needs.</summary>
internal readonly struct TableAreas<TLane>
    where TLane : unmanaged, IHostLane<TLane>
{
    /// <summary>The memory of a table.</summary>
    /// <param name="n">Number of its sectors.</param>
    /// <param name="m">Number of the related ones.</param>
    /// <param name="own">What the solver needs for itself.</param>
    public TableAreas(int n, int m, int own)
    {
        (Stride, Width) = (TLane.Stride(n), WidthOf(m));
        var row = FlowPlan.StrideOf(Stride);

        // A lane may be read behind the end of a row.
        Reciprocals = checked(Elimination.RowsOf(n) * Stride + FlowPlan.Alignment);
        Inputs = Reciprocals + row;
        Output = Inputs + row;
        ValueAdded = Output + row;
        Solution = ValueAdded + row;
        Multipliers = Solution + row;
        Inverse = Multipliers + row;
        Own = checked(Inverse + m * Width);
        Length = checked(Own + own);
    }

    /// <summary>The flows x_ij, then I − A.</summary>
    public int Matrix => 0;

    /// <summary>The distance of two rows of the matrix.</summary>
    public int Stride { get; }

    /// <summary>The distance of two rows with an element for each related sector.</summary>
    public int Width { get; }

    /// <summary>1/U_kk.</summary>
    public int Reciprocals { get; }

    /// <summary>Σ_i x_ij.</summary>
    public int Inputs { get; }

    /// <summary>X_j.</summary>
    public int Output { get; }

    /// <summary>V_j.</summary>
    public int ValueAdded { get; }

    /// <summary>C E_K u, then ΔY.</summary>
    public int Solution { get; }

    /// <summary>u_j.</summary>
    public int Multipliers { get; }

    /// <summary>C_KK.</summary>
    public int Inverse { get; }

    /// <summary>What is the solver's own.</summary>
    public int Own { get; }

    /// <summary>All of it.</summary>
    public int Length { get; }

    /// <summary>As many doubles as there are related sectors, in whole lanes.</summary>
    public static int WidthOf(int m) => (m + TLane.Count - 1) / TLane.Count * TLane.Count;
}
