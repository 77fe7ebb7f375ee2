using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using ILGPU;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>One queue of a device with room for one batch of draws.</summary>
internal sealed class DeviceTile
{
    private readonly TileView _view;

    private DeviceTile(DeviceMemoryList memory, OutputSelection selection, ArrayView<int> rows, FlowPlan flows, int tables, TileView view)
    {
        Queue = memory.Queue();
        Tables = TableView.Of(flows, memory, tables);
        IsMixed = flows.Precision == FlowPrecision.Mixed && tables > 0;
        Mixed = IsMixed ? MixedView.Of(flows, memory, tables) : default;
        _view = view with
        {
            FirstYear = selection.FirstYear,
            Years = selection.Years,
            Detail = selection.Detail,
            Rows = rows,
            Picked = -1,
        };
    }

    /// <summary>Makes room for the selected outputs of up to <paramref name="draws"/> draws, a thread each.</summary>
    /// <param name="memory">What the room is taken of.</param>
    /// <param name="layout">Scratch memory of a draw.</param>
    /// <param name="selection">The outputs.</param>
    /// <param name="rows">Their rows; see <see cref="Rows"/>.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="flows">The table, where it is drawn.</param>
    /// <param name="tables">How many are solved at the same time.</param>
    public static DeviceTile OfDraws(
        DeviceMemoryList memory, WorkspaceLayout layout, OutputSelection selection, ArrayView<int> rows, int draws, FlowPlan flows,
        int tables) => new(memory, selection, rows, flows, tables, new()
        {
            Scratch = memory.Allocate<double>((long)layout.Length * draws),
            Values = memory.Allocate<double>((long)selection.Count * draws),
        });

    /// <summary>Makes room for the sums of blocks of the selected outputs, a draw a thread of a group.</summary>
    /// <param name="memory">What the room is taken of.</param>
    /// <param name="layout">Scratch memory of a draw.</param>
    /// <param name="selection">The outputs.</param>
    /// <param name="rows">Their rows; see <see cref="Rows"/>.</param>
    /// <param name="wanted">Which are wanted; see <see cref="Wanted"/>.</param>
    /// <param name="size">How many draws.</param>
    /// <param name="sums">Whether blocks are added up.</param>
    /// <param name="flows">The table, where it is drawn.</param>
    /// <param name="tables">How many are solved at the same time.</param>
    public static DeviceTile OfBlocks(
        DeviceMemoryList memory, WorkspaceLayout layout, OutputSelection selection, ArrayView<int> rows, ArrayView<int> wanted,
        GatheringSize size, bool sums, FlowPlan flows, int tables) => new(memory, selection, rows, flows, tables, new()
        {
            Wanted = wanted,
            Scratch = memory.Allocate<double>((long)layout.Length * size.Scratch),
            BlockSums = memory.Allocate<double>(sums ? 2L * selection.Count * size.Blocks : 0),
        });

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

    /// <summary>The view for adjacent draws.</summary>
    public TileView Adjacent(long first, int draws) => _view with { First = first, Threads = draws };

    /// <summary>The view for whole blocks.</summary>
    /// <param name="firstBlock">Number of the first.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="scratch">Draws whose scratch memory is taken.</param>
    /// <param name="picked">Index of the draw that is to be checked; null for none.</param>
    /// <param name="values">Takes its outputs.</param>
    public TileView Blocks(long firstBlock, int blocks, int scratch, long? picked, ArrayView<double> values) => _view with
    {
        Threads = scratch,
        First = firstBlock * SumBlock.Draws,
        Width = blocks,
        Picked = picked ?? -1,
        PickedValues = values,
    };

    /// <summary>Of each output, which of it and the seven behind it are wanted, a bit for each.</summary>
    public static int[] Wanted(OutputSelection selection) =>
        [.. selection.Rows.Select((_, output) => selection.Wanted(output, Math.Min(8, selection.Rows.Length - output)))];

    /// <summary>The rows of a selection on a device: −1 for an output that is not wanted.</summary>
    public static int[] Rows(OutputSelection selection) => [.. selection.Rows.Select(row => row == selection.Count ? -1 : row)];

    /// <summary>Most draws of a batch that fit in <paramref name="bytes"/>, at least one.</summary>
    public static int MostDraws(WorkspaceLayout layout, OutputSelection selection, long bytes)
    {
        var draws = Math.Min(bytes / sizeof(double) / (layout.Length + selection.Count),
            int.MaxValue / Math.Max(layout.Length, selection.Count));
        // Warps read side by side where a row is a multiple of their threads.
        return (int)(draws >= 32 ? draws / 32 * 32 : Math.Max(1, draws));
    }
}
