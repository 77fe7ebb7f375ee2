using System.Runtime.CompilerServices;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>An array in device memory, as the device functions read it.</summary>
internal readonly struct DeviceArray<T>(ArrayView<T> view) : IReadOnlyArray<T>
    where T : unmanaged
{
    private readonly ArrayView<T> _view = view;

    /// <inheritdoc/>
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _view[index];
    }
}

/// <summary>
/// Scratch memory of one thread: element i of neighbouring threads lies side by side, so that a warp reads and writes
/// whole cache lines.
/// </summary>
internal readonly struct DeviceStore(ArrayView<double> view, int thread, int threads) : ILaneStore<ScalarLane>
{
    private readonly ArrayView<double> _view = view;
    private readonly int _thread = thread;
    private readonly int _threads = threads;

    /// <inheritdoc/>
    public ScalarLane this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_view[index * _threads + _thread]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _view[index * _threads + _thread] = value.Value;
    }
}

/// <summary>Takes the outputs of one thread: one row an output, so many threads a row; outputs without a row are dropped.</summary>
internal readonly struct DeviceSink(ArrayView<int> rows, ArrayView<double> values, int thread, int threads) : IOutputSink<ScalarLane>
{
    private readonly ArrayView<int> _rows = rows;
    private readonly ArrayView<double> _values = values;
    private readonly int _thread = thread;
    private readonly int _threads = threads;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int output, ScalarLane value)
    {
        var row = _rows[output];
        if (row >= 0) _values[row * _threads + _thread] = value.Value;
    }
}

/// <summary>The one draw of a thread.</summary>
internal readonly struct DeviceBlock(ulong draw, Workspace<ScalarLane, DeviceStore> work, DeviceSink sink)
    : IDrawBlock<ScalarLane, DeviceStore, DeviceSink>
{
    private readonly ulong _draw = draw;
    private readonly Workspace<ScalarLane, DeviceStore> _work = work;
    private readonly DeviceSink _sink = sink;

    /// <inheritdoc/>
    public int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Draw(int lane) => _draw;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Workspace<ScalarLane, DeviceStore> Work(int lane) => _work;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceSink Sink(int lane) => _sink;

    // The sink knows.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Wanted(int first, int count) => ~0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(int first, int count)
    {
    }
}

/// <summary>The program of a draw on a device, of a table that is certain: the scalar lane.</summary>
/// <typeparam name="TSequence">What the plan's uniform variates come from.</typeparam>
internal abstract class DeviceDraws<TSequence> : SampleProgram<
    ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, DeviceSink, DeviceBlock,
    DrawnInputs<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, TSequence>,
    FixedInduction<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore>>
    where TSequence : struct, ISequence;

/// <summary>The program of a draw on a device, of a table that is drawn: its systems are solved by <see cref="TableGroup"/>.</summary>
/// <typeparam name="TSequence">What the plan's uniform variates come from.</typeparam>
internal abstract class DeviceTableDraws<TSequence> : SampleProgram<
    ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, DeviceSink, DeviceBlock,
    DrawnInputs<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, TSequence>,
    SolvedInduction<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore>>
    where TSequence : struct, ISequence;

/// <summary>The program of a draw on a device whose outputs a group gathers, of a table that is certain.</summary>
/// <typeparam name="TSequence">What the plan's uniform variates come from.</typeparam>
internal abstract class DeviceGatherings<TSequence> : SampleProgram<
    ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, GatheringSink, GatheringBlock,
    DrawnInputs<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, TSequence>,
    FixedInduction<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore>>
    where TSequence : struct, ISequence;

/// <summary>The program of a draw on a device whose outputs a group gathers, of a table that is solved.</summary>
/// <typeparam name="TSequence">What the plan's uniform variates come from.</typeparam>
internal abstract class DeviceTableGatherings<TSequence> : SampleProgram<
    ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, GatheringSink, GatheringBlock,
    DrawnInputs<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore, TSequence>,
    SolvedInduction<ScalarLane, DeviceArray<double>, DeviceArray<int>, DeviceStore>>
    where TSequence : struct, ISequence;
