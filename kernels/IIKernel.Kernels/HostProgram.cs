using System.Diagnostics;
using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>Prepares plans on a lane of the processor, by the sequence that they draw from and by whether they draw the table.</summary>
internal static class HostProgram
{
    /// <summary>Prepares a plan.</summary>
    public static IProgram Load<TLane>(SamplePlan plan, int threads)
        where TLane : unmanaged, IHostLane<TLane> => plan.Flows.Count == 0
            ? Load<TLane, FixedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>>(plan, threads)
            : plan.Flows.Precision == FlowPrecision.Mixed ? Load<TLane, FactorisedInduction<TLane, MixedSolver<TLane>>>(plan, threads)
            : Load<TLane, FactorisedInduction<TLane, DoubleSolver<TLane>>>(plan, threads);

    private static IProgram Load<TLane, TLeontief>(SamplePlan plan, int threads)
        where TLane : unmanaged, IHostLane<TLane>
        where TLeontief : struct, ILeontiefStage<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>> => plan.Sequence.Kind switch
        {
            SequenceKind.Sobol => new HostProgram<TLane, SobolSequence, TLeontief>(plan, threads),
            SequenceKind.LatinHypercube => new HostProgram<TLane, LatinHypercubeSequence, TLeontief>(plan, threads),
            _ => new HostProgram<TLane, PhiloxSequence, TLeontief>(plan, threads),
        };

    /// <summary>What a pseudorandom draw of a fixed table and its statistics are made of on a processor.</summary>
    public static Type[] Arguments<TLane>()
        where TLane : unmanaged, IHostLane<TLane> =>
        HostProgram<TLane, PhiloxSequence, FixedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>>.Arguments;
}

/// <summary>
/// A plan in host memory, evaluated block by block. What is drawn waits, a few outputs at a time, for a receiver, which copies it
/// to where it is wanted or adds it to statistics.
/// </summary>
/// <typeparam name="TLane">A lane of draws.</typeparam>
/// <typeparam name="TSequence">What the plan's uniform variates come from.</typeparam>
/// <typeparam name="TLeontief">How the Leontief system of a draw is solved.</typeparam>
internal sealed class HostProgram<TLane, TSequence, TLeontief>(SamplePlan plan, int threads) : IProgram
    where TLane : unmanaged, IHostLane<TLane>
    where TSequence : struct, ISequence
    where TLeontief : struct, ILeontiefStage<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>
{
#if DEBUG
    // Hostile sizes: many partial pieces and blocks, even in small tests.
    private static readonly int PieceDraws = Math.Min(3 * TLane.Count, BlockDraws);
    private const int BlockDraws = SumBlock.Draws;
#else
    // Draws of an evaluation that a thread takes at a time: no more than a block.
    private const int PieceDraws = 64;

    // Draws that are evaluated together: the intermediate quantities that a regional row reads stay in the first cache.
    private const int BlockDraws = 256;
#endif

    private readonly PlanView<HostArray<double>, HostArray<int>> _view =
        new(plan, Draws.Layout(plan), new(static a => new(a), static a => new(a)));

    /// <inheritdoc/>
    public SamplePlan Plan { get; } = plan;

    /// <inheritdoc/>
    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.LongLength, (long)outputs.Length * count, nameof(destination));
        var selection = new OutputSelection(Plan, outputs);
        var pieces = (count + PieceDraws - 1) / PieceDraws;
        ShareOut(pieces, cancellation, (_, take) =>
        {
            var columns = new Columns(destination, count);
            var source = new Source(this, selection, columns);
            for (var piece = take(); piece < pieces; piece = take())
            {
                columns.From = piece * PieceDraws;
                source.Pass(first + columns.From, first + Math.Min(count, columns.From + PieceDraws), cancellation);
            }
        });
    }

    /// <inheritdoc/>
    public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var selection = new OutputSelection(Plan, pass.Columns);
        var (shape, rest) = (pass.Segments, pass.Rest);
        var sums = new SegmentSums[rest.Count][];
        var parts = new ColumnAccumulator<TLane>[Math.Min(threads, rest.Count)];
        var finished = 0;
        ShareOut(rest.Count, cancellation, (part, take) =>
        {
            var accumulator = parts[part] = new ColumnAccumulator<TLane>(pass, part, parts.Length);
            var source = new Source(this, selection, accumulator);
            for (var segment = take(); segment < rest.Count; segment = take())
            {
                source.Pass(shape.Start(rest.First + segment), shape.Start(rest.First + segment + 1), cancellation);
                sums[segment] = accumulator.EndSegment();
                progress?.Report(Interlocked.Increment(ref finished) / (double)rest.Count);
            }
        });
        return ColumnAccumulator<TLane>.Merge(parts, sums, threads);
    }

    /// <inheritdoc/>
    public double[] EvaluatePoint()
    {
        var all = new int[Plan.Outputs.Count];
        for (var i = 0; i < all.Length; i++) all[i] = i;
        var point = new double[all.Length];
        new Source(this, new OutputSelection(Plan, all), new Columns(point, 1)).PassPoint();
        return point;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>What a draw and its statistics are made of.</summary>
    public static Type[] Arguments { get; } = [.. typeof(Draws).BaseType!.GetGenericArguments(), typeof(PhiloxBits)];

    // Runs one body a thread, each with memory of its own; it takes items until what it gets is none. The memory is
    // that of the threads, however long the run: Parallel.For would start bodies anew from time to time.
    private void ShareOut(int items, CancellationToken cancellation, Action<int, Func<int>> body)
    {
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, Math.Min(threads, items), options, thread => body(thread, () => Interlocked.Increment(ref next)));
    }

    private abstract class Draws : SampleProgram<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, HostSink, HostBlock,
        DrawnInputs<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, TSequence>,
        TLeontief>;

    // Draws whose values go to a receiver, output by output.
    private sealed class Source(HostProgram<TLane, TSequence, TLeontief> program, OutputSelection selection, BlockReceiver receiver)
    {
        // Scratch memory of a block, and behind it what its draws share.
        private readonly LaneMemory _memory = new(program._view.Layout.Length * BlockDraws + TLeontief.Shared(program.Plan));
        private readonly LaneMemory _values = new(HostBlock.Rows * BlockDraws);

        // Passes on the draws from first to before end. Whole lanes are computed, whether all their draws are wanted or not.
        public void Pass(long first, long end, CancellationToken cancellation)
        {
            for (; first < end; first += BlockDraws)
            {
                cancellation.ThrowIfCancellationRequested();
                Evaluate(
                    program._view, selection.FirstYear, selection.Years, selection.Detail, first, (int)Math.Min(BlockDraws, end - first));
            }
        }

        // Passes on the values at the point inputs.
        public void PassPoint()
        {
            var view = program._view;
            view.AtPoint = 1;
            Evaluate(view, 0, view.YearCount, OutputDetail.All, 0, 1);
        }

        private void Evaluate(PlanView<HostArray<double>, HostArray<int>> view, int firstYear, int years, int detail, long first, int draws)
        {
            Draws.Evaluate(
                view, firstYear, years, detail, new((ulong)first, draws, view.Layout, _memory, _values, selection, receiver));
            GC.KeepAlive(this);
        }
    }

    // Puts values where a caller wants them: one row an output, count values a row.
    private sealed class Columns(double[] destination, int count) : BlockReceiver
    {
        // Position in a row of the next block's first value.
        public int From { get; set; }

        public override void Take(int column, Span<double> values) =>
            values.CopyTo(new Span<double>(destination, checked(column * count + From), values.Length));
    }

    // One kind of block for all that is drawn: each kind would be compiled anew.
    private readonly unsafe struct HostBlock(
        ulong first, int draws, WorkspaceLayout layout, LaneMemory memory, LaneMemory values, OutputSelection selection,
        BlockReceiver receiver)
        : IDrawBlock<TLane, HostStore<TLane>, HostSink>
    {
        // Outputs that wait here to be finished; a power of two.
        public const int Rows = 8;

        public int Lanes => (int)((uint)(draws + TLane.Count - 1) / (uint)TLane.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Draw(int lane) => first + (ulong)(lane * TLane.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Workspace<TLane, HostStore<TLane>> Work(int lane) => new(layout, new(memory, lane, BlockDraws / TLane.Count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public HostSink Sink(int lane) => new(values, lane * TLane.Count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Wanted(int first, int count) => selection.Wanted(first, count);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Finish(int first, int count)
        {
            for (var output = first; output < first + count; output++)
            {
                var row = selection.Rows[output];
                if (row < selection.Count) receiver.Take(row, new(values.Start + HostSink.Row(output), draws));
            }
        }
    }

    private readonly unsafe struct HostSink(LaneMemory values, int offset) : IOutputSink<TLane>
    {
        private readonly double* _first = values.Start + offset;

        public static int Row(int output) => (int)((uint)output % HostBlock.Rows) * BlockDraws;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int output, TLane value)
        {
            Debug.Assert(Row(output) + offset + TLane.Count <= values.Length, "A block overflows.");
            *(TLane*)(_first + Row(output)) = value;
        }
    }
}
