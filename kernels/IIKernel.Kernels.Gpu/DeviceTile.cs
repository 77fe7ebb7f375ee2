using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using ILGPU;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>One queue of a device with room for one batch of draws.</summary>
internal sealed class DeviceTile
{
    private readonly TileView _view;

    /// <summary>Makes room for up to <paramref name="draws"/> draws of the selected outputs.</summary>
    /// <param name="memory">What the room is taken of.</param>
    /// <param name="layout">Scratch memory of a draw.</param>
    /// <param name="selection">The outputs.</param>
    /// <param name="rows">Their rows; see <see cref="Rows"/>.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="sums">Whether blocks are added up.</param>
    /// <param name="flows">The table, where it is drawn.</param>
    /// <param name="tables">How many are solved at the same time.</param>
    public DeviceTile(
        DeviceMemoryList memory, WorkspaceLayout layout, OutputSelection selection, ArrayView<int> rows, int draws, bool sums,
        FlowPlan flows, int tables)
    {
        Queue = memory.Queue();
        Tables = TableView.Of(flows, memory, tables);
        IsMixed = flows.Precision == FlowPrecision.Mixed && tables > 0;
        Mixed = IsMixed ? MixedView.Of(flows, memory, tables) : default;
        _view = new()
        {
            FirstYear = selection.FirstYear,
            Years = selection.Years,
            Detail = selection.Detail,
            Rows = rows,
            Scratch = memory.Allocate<double>((long)layout.Length * draws),
            Values = memory.Allocate<double>((long)selection.Count * draws),
            BlockSums = memory.Allocate<double>(sums ? 2L * selection.Count * (draws / SumBlock.Draws) : 0),
        };
    }

    /// <summary>The queue; what it is given runs in order.</summary>
    public AcceleratorStream Queue { get; }

    /// <summary>Memory of the tables that are solved at the same time.</summary>
    public TableView Tables { get; }

    /// <summary>Whether tables are factorised in single precision.</summary>
    public bool IsMixed { get; }

    /// <summary>What of their memory is this way's own.</summary>
    public MixedView Mixed { get; }

    /// <summary>The outputs, one row an output.</summary>
    public ArrayView<double> Values => _view.Values;

    /// <summary>The view for adjacent draws in adjacent threads.</summary>
    public TileView Adjacent(long first, int draws) => _view with { First = first, Threads = draws, Width = draws, Step = 1 };

    /// <summary>The view for whole blocks, the draws of a block one row apart.</summary>
    public TileView Blocks(long firstBlock, int blocks) => _view with
    {
        First = firstBlock * SumBlock.Draws,
        Threads = blocks * SumBlock.Draws,
        Width = blocks,
        Step = SumBlock.Draws,
    };

    /// <summary>The rows of a selection on a device: −1 for an output that is not wanted.</summary>
    public static int[] Rows(OutputSelection selection) => [.. selection.Rows.Select(row => row == selection.Count ? -1 : row)];

    /// <summary>Most draws of a batch, a multiple of <see cref="SumBlock.Draws"/>, that fit in <paramref name="bytes"/>.</summary>
    public static int MostDraws(WorkspaceLayout layout, OutputSelection selection, long bytes)
    {
        // Warps of 32 threads read side by side where a row is a multiple of as many blocks.
        const int whole = 32 * SumBlock.Draws;
        var values = layout.Length + selection.Count + 2L * selection.Count / SumBlock.Draws + 1;
        var draws = Math.Min(bytes / sizeof(double) / values, int.MaxValue / Math.Max(layout.Length, selection.Count));
        return (int)(draws >= whole ? draws / whole * whole : Math.Max(1, draws / SumBlock.Draws) * SumBlock.Draws);
    }
}
