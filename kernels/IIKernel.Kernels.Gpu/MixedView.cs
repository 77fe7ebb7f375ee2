using IIKernel.Kernels.Plan;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Memory beside <see cref="TableView"/> of the tables that are factorised in single precision: for each group of threads its factor and
/// corrections in single precision, its columns in double, one behind the other.
/// </summary>
// Public fields, because a kernel takes the structure by value.
#pragma warning disable CA1051, CS1591
internal struct MixedView
{
    public ArrayView<float> Singles;
    public ArrayView<double> Doubles;
    public int Sectors;
    public int Related;

    /// <summary>Numbers in single precision of one table.</summary>
    public readonly long SinglesLength => SinglesOf(Sectors, Related);

    /// <summary>Doubles of one table.</summary>
    public readonly long DoublesLength => DoublesOf(Sectors, Related);

    /// <summary>1/U_kk, in single precision.</summary>
    public readonly long Reciprocals => (long)Sectors * Sectors;

    /// <summary>Residuals, then corrections, n × m, in single precision.</summary>
    public readonly long Corrections => Reciprocals + Sectors;

    /// <summary>Σ_j |(I − A)_ij|, behind C E_K, n × m.</summary>
    public readonly long RowSums => (long)Sectors * Related;

    /// <summary>The largest residual of each column.</summary>
    public readonly long Bounds => RowSums + Sectors;

    /// <summary>Memory of some tables of a plan.</summary>
    public static MixedView Of(FlowPlan flows, DeviceMemoryList memory, int tables)
    {
        var (n, m) = (flows.Count, flows.Related.Length);
        return new()
        {
            Singles = memory.Allocate<float>(tables * SinglesOf(n, m)),
            Doubles = memory.Allocate<double>(tables * DoublesOf(n, m)),
            Sectors = n,
            Related = m,
        };
    }

    /// <summary>Bytes of one table of a plan; 0 where it is not factorised in single precision.</summary>
    public static long BytesOf(FlowPlan flows) => flows.Precision == FlowPrecision.Mixed
        ? sizeof(float) * SinglesOf(flows.Count, flows.Related.Length) + sizeof(double) * DoublesOf(flows.Count, flows.Related.Length) : 0;

    private static long SinglesOf(int n, int m) => (long)n * n + n + (long)n * m;

    private static long DoublesOf(int n, int m) => (long)n * m + n + m;
}
#pragma warning restore CA1051, CS1591
