using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using ILGPU;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// A plan in the memory of a device. What the device cannot finish, for want of memory or because it was lost or gave something wrong, is
/// done again from its start in smaller batches or on the processor: every call gives a whole result or none, and the bits are the same.
/// </summary>
internal sealed class IlgpuProgram : IProgram
{
    /// <summary>The device ran out of memory; smaller batches finished the work.</summary>
    public const string SmallerBatches = "device-memory";

    private readonly int _threads;
    private readonly Hostility _hostility;
    private readonly List<ProgramNote> _notes = [];
    private readonly DeviceMemoryList _memory;
    private readonly PlanView<DeviceArray<double>, DeviceArray<int>> _view;
    private readonly SpotCheck _check;
    private DeviceSession? _session;
    private IProgram? _host;
    private int _mostDraws;

    /// <summary>Uploads <paramref name="plan"/>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="session">The open device.</param>
    /// <param name="threads">Threads of the processor that takes over.</param>
    /// <param name="hostility">For tests.</param>
    public IlgpuProgram(SamplePlan plan, DeviceSession session, int threads, Hostility hostility)
    {
        Plan = plan;
        _session = session;
        _threads = threads;
        _hostility = hostility;
        _mostDraws = hostility.MostDraws;
        _memory = new(session.Accelerator, hostility.Probe);
        _check = new(plan);
        if (session.Failure is { } failure)
        {
            GiveUp(failure);
            return;
        }

        try
        {
            session.Accelerator.Bind();
            var layout = plan.Flows.Count == 0 ? DeviceDraws<PhiloxSequence>.Layout(plan) : DeviceTableDraws<PhiloxSequence>.Layout(plan);
            _view = new(plan, layout, new(a => new(_memory.Upload(a)), a => new(_memory.Upload(a))));
        }
        catch (Exception exception) when (DeviceFault.IsOfDevice(exception))
        {
            GiveUp(exception);
        }
    }

    /// <inheritdoc/>
    public SamplePlan Plan { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ProgramNote> Notes => _notes;

    /// <inheritdoc/>
    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.LongLength, (long)outputs.Length * count, nameof(destination));
        var selection = new OutputSelection(Plan, outputs);
        if (outputs.Length == 0) return;
        int[] wanted = [.. outputs];
        OnDevice<object?>(
            (session, mostDraws) =>
            {
                Evaluate(session, first, count, wanted, selection, destination, mostDraws, cancellation);
                return null;
            },
            host =>
            {
                host.Evaluate(first, count, wanted, destination, cancellation);
                return null;
            });
    }

    /// <inheritdoc/>
    public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        // A fault of the caller's is none of the device's.
        pass.RequireRange();
        var selection = new OutputSelection(Plan, pass.Columns);

        // A pass that finds more to keep is drawn again with room for all.
        var capacity = pass.Bins > 0 ? 0 : _hostility.KeptCapacity;
        return OnDevice(
            (session, mostDraws) =>
            {
                while (true)
                {
                    using var memory = new DeviceMemoryList(session.Accelerator, _hostility.Probe);
                    var gathered = new DevicePass(memory, pass, capacity);
                    Accumulate(session, memory, pass, gathered, selection, mostDraws, progress, cancellation);
                    var found = gathered.KeptCount;
                    if (found > capacity)
                    {
                        capacity = found;
                        continue;
                    }

                    var sort = found >= Math.Min(session.Sort.From, _hostility.SortsFrom) ? session.Sort : null;
                    return new(pass, Complete(pass, gathered.Results(sort)));
                }
            },
            host => host.Accumulate(pass, progress, cancellation));
    }

    /// <inheritdoc/>
    public double[] EvaluatePoint()
    {
        int[] all = [.. Enumerable.Range(0, Plan.Outputs.Count)];
        var selection = new OutputSelection(Plan, all);
        return OnDevice(
            (session, _) =>
            {
                using var memory = new DeviceMemoryList(session.Accelerator, _hostility.Probe);
                var tile = DeviceTile.OfDraws(
                    memory, _view.Layout, selection, memory.Upload(DeviceTile.Rows(selection)), 1, Plan.Flows,
                    session.Tables(Plan.Flows) > 0 ? 1 : 0);
                tile.Values.MemSetToZero(tile.Queue);
                _hostility.Probe?.Invoke(nameof(DeviceSession.Evaluate));
                session.Evaluate(tile.Queue, Plan.Sequence.Kind, _view with { AtPoint = 1 }, tile, tile.Adjacent(0, 1));
                tile.Queue.Synchronize();
                var values = new double[selection.Count];
                tile.Values.CopyToCPU(tile.Queue, values);
                return values;
            },
            host => host.EvaluatePoint());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _host?.Dispose();
        _check.Dispose();
        _memory.Dispose();
    }

    // Two queues take turns: while one batch is copied to the host and from there to its rows, the other is computed.
    private void Evaluate(
        DeviceSession session, long first, int count, int[] outputs, OutputSelection selection, double[] destination, int mostDraws,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var memory = new DeviceMemoryList(session.Accelerator, _hostility.Probe);
        var tables = session.Tables(Plan.Flows);
        var draws = Math.Min(Math.Min(mostDraws, MostDraws(session, selection)), count);
        var rows = memory.Upload(DeviceTile.Rows(selection));
        var queues = Math.Min(2, (count + draws - 1) / draws);
        var tiles = new DeviceTile[queues];
        var landing = new PageLockedArray1D<double>[queues];
        for (var q = 0; q < queues; q++)
        {
            tiles[q] = DeviceTile.OfDraws(memory, _view.Layout, selection, rows, draws, Plan.Flows, Math.Min(tables, draws));
            landing[q] = memory.PageLocked((long)selection.Count * draws);
        }

        session.Accelerator.Synchronize();
        var waiting = new Queue<(int Queue, int From, int Draws)>();
        for (var (from, q) = (0, 0); from < count || waiting.Count > 0; q = (q + 1) % queues)
        {
            cancellation.ThrowIfCancellationRequested();
            if (waiting.Count == queues || from >= count)
            {
                var done = waiting.Dequeue();
                tiles[done.Queue].Queue.Synchronize();
                var values = landing[done.Queue].Span;
                if (_check.Choose(done.Draws) is { } one)
                {
                    var landed = landing[done.Queue];
                    double[] draw = [.. outputs.Select((_, row) => landed.Span[row * done.Draws + one])];
                    _check.Require(first + done.From + one, outputs, draw);
                }

                for (var row = 0; row < selection.Count; row++)
                    values.Slice(row * done.Draws, done.Draws).CopyTo(destination.AsSpan(checked(row * count + done.From), done.Draws));
                q = done.Queue;
            }

            if (from >= count) continue;
            var batch = Math.Min(draws, count - from);
            _hostility.Probe?.Invoke(nameof(DeviceSession.Evaluate));
            session.Evaluate(tiles[q].Queue, Plan.Sequence.Kind, _view, tiles[q], tiles[q].Adjacent(first + from, batch));
            Lose(nameof(TileView.Values), tiles[q].Values, tiles[q].Queue);
            tiles[q].Values.CopyToPageLockedAsync(tiles[q].Queue, landing[q]);
            waiting.Enqueue((q, from, batch));
            from += batch;
        }
    }

    // Each queue takes one half of the segments, in order: so the blocks of a segment are added up in order, and nothing
    // but whole numbers is shared between the queues.
    private void Accumulate(
        DeviceSession session, DeviceMemoryList memory, AccumulationPass pass, DevicePass gathered, OutputSelection selection,
        int mostDraws, IProgress<double>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (shape, range) = (pass.Segments, pass.Range);
        var perSegment = shape.BlocksEach;
        var from = range.First * perSegment;
        var blocks = Math.Min(shape.Blocks, range.End * perSegment) - from;
        var threads = _hostility.Threads ?? session.GatheringThreads;
        var size = GatheringSize.Of(session, Plan, _view.Layout, selection.Count, threads, QueueBytes(session), mostDraws, blocks);
        var rows = memory.Upload(DeviceTile.Rows(selection));
        var wanted = memory.Upload(DeviceTile.Wanted(selection));
        var queues = Math.Min(2, range.Count);
        var tiles = new DeviceTile[queues];
        var picked = new PickedDraw[queues];
        var next = new long[queues];
        var end = new long[queues];
        for (var q = 0; q < queues; q++)
        {
            tiles[q] = DeviceTile.OfBlocks(memory, _view.Layout, selection, rows, wanted, size, gathered.HasSums,
                Plan.Flows, Math.Min(session.Tables(Plan.Flows), size.Scratch));
            picked[q] = new(memory, pass.Columns);
            next[q] = from + q * range.Count / queues * perSegment;
            end[q] = Math.Min(from + blocks, from + (q + 1) * range.Count / queues * perSegment);
        }

        session.Accelerator.Synchronize();
        _check.Begin();
        var finished = 0L;
        while (next.Zip(end).Any(p => p.First < p.Second))
        {
            for (var q = 0; q < queues; q++)
            {
                if (next[q] >= end[q]) continue;
                cancellation.ThrowIfCancellationRequested();
                var width = (int)Math.Min(size.Blocks, end[q] - next[q]);
                var start = next[q] * SumBlock.Draws;
                // The last block may end behind the sample.
                var chosen = _check.Choose((int)Math.Min(width * SumBlock.Draws, pass.Draws - start)) + start;
                var tile = tiles[q].Blocks(next[q], width, size.ScratchOf(width), chosen, picked[q].Values);
                var queue = tiles[q].Queue;
                _hostility.Probe?.Invoke(nameof(DeviceSession.Accumulate));
                queue.Synchronize();
                picked[q].Require(_check);
                session.Accumulate(queue, Plan.Sequence.Kind, _view, tiles[q], size.Threads, gathered.View, tile);
                Lose(nameof(TileView.PickedValues), picked[q].Values, queue);
                if (chosen is { } draw) picked[q].Send(queue, draw);
                if (gathered.HasSums)
                {
                    var touched = (next[q] + width - 1) / perSegment - next[q] / perSegment + 1;
                    session.AddSegments(queue, (int)touched * 2 * selection.Count, gathered.View, tile);
                }

                next[q] += width;
                finished += width;
                progress?.Report(finished / (double)blocks);
            }
        }

        for (var q = 0; q < queues; q++)
        {
            tiles[q].Queue.Synchronize();
            picked[q].Require(_check);
        }

        Lose(nameof(PassView.Gaps), gathered.View.Gaps, tiles[0].Queue);
        Lose(nameof(PassView.KeptKeys), gathered.View.KeptKeys, tiles[0].Queue);
        tiles[0].Queue.Synchronize();
    }

    // Every value of a first pass is counted in one place.
    private static ColumnResult[] Complete(AccumulationPass pass, ColumnResult[] results)
    {
        if (!pass.CountsGaps || pass.Bins == 0) return results;
        var (shape, range) = (pass.Segments, pass.Range);
        var draws = Math.Min(pass.Draws, shape.Start(range.End)) - shape.Start(range.First);
        for (var s = 0; s < results.Length; s++)
        {
            var counted = results[s].Undefined + results[s].Gaps.Sum() + results[s].Bins.Sum();
            if (counted != draws) throw DeviceFault.Disagreement($"{counted} values of output {pass.Columns[s]} were counted, not {draws}");
        }

        return results;
    }

    private void Lose<T>(string what, ArrayView<T> memory, AcceleratorStream queue)
        where T : unmanaged
    {
        if (_hostility.Loses?.Invoke(what) == true) memory.MemSetToZero(queue);
    }

    // Tries the device, in smaller batches where memory runs out, then the processor.
    private T OnDevice<T>(Func<DeviceSession, int, T> device, Func<IProgram, T> host)
    {
        while (_session is { } session)
        {
            if (session.Failure is { } failure)
            {
                GiveUp(failure);
                break;
            }

            try
            {
                session.Accelerator.Bind();
                return device(session, _mostDraws);
            }
            catch (DisagreementException exception)
            {
                GiveUp(session.Failure = new(ProgramNote.DeviceWrong, session.Accelerator.Name, exception.Message));
            }
            catch (Exception exception) when (DeviceFault.IsOutOfMemory(exception) && _mostDraws > SumBlock.Draws)
            {
                _mostDraws = Smaller(session);
                Note(new(SmallerBatches, session.Accelerator.Name));
            }
            catch (Exception exception) when (DeviceFault.IsOfDevice(exception))
            {
                GiveUp(exception);
            }
        }

        return host(_host!);
    }

    private int Smaller(DeviceSession session)
    {
        var all = new OutputSelection(Plan, [.. Enumerable.Range(0, Plan.Outputs.Count)]);
        var half = Math.Min(_mostDraws, MostDraws(session, all)) / 2;
        return Math.Max(SumBlock.Draws, half / SumBlock.Draws * SumBlock.Draws);
    }

    private int MostDraws(DeviceSession session, OutputSelection selection) =>
        DeviceTile.MostDraws(_view.Layout, selection, QueueBytes(session));

    // Tables have their own part of a queue's memory.
    private long QueueBytes(DeviceSession session)
    {
        var tables = session.Tables(Plan.Flows) * TableView.BytesOf(Plan.Flows);
        return Math.Max(session.QueueBytes - tables, session.QueueBytes / 2);
    }

    // A plan that is too large says nothing against the next.
    private void GiveUp(Exception exception)
    {
        var note = new ProgramNote(ProgramNote.DeviceLost, _session!.Accelerator.Name, DeviceFault.Describe(exception));
        if (!DeviceFault.IsOutOfMemory(exception)) _session.Failure = note;
        GiveUp(note);
    }

    private void GiveUp(ProgramNote note)
    {
        Note(note);
        _memory.Dispose();
        _session = null;
        _host = BackendCatalog.Processor(_threads).Load(Plan);
    }

    private void Note(ProgramNote note)
    {
        foreach (var notes in new[] { _notes, _session!.Notes })
            if (notes.All(n => n.Code != note.Code)) notes.Add(note);
    }
}
