using IIKernel.Kernels.Plan;
using ILGPU;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Holds draws that a device made against the reference while it draws on: one, chosen at random, of the first batch of every pass and
/// one in 65,536 after that, which a device does not notice.
/// </summary>
/// <param name="plan">The plan.</param>
internal sealed class SpotCheck(SamplePlan plan) : IDisposable
{
    private const long Every = 1 << 16;

    private readonly HashSet<int> _written = [.. SelfTest.Written(plan)];
    private IProgram? _reference;
    private long _since = Every;

    /// <summary>Begins a pass.</summary>
    public void Begin() => _since = Every;

    /// <summary>Which draw of a batch is to be held against the reference; null for none.</summary>
    /// <param name="draws">Draws of the batch.</param>
    public int? Choose(int draws)
    {
        _since += draws;
        if (_since < Every) return null;
        _since = 0;
        return System.Random.Shared.Next(draws);
    }

    /// <summary>Holds a draw against the reference.</summary>
    /// <param name="draw">Its index.</param>
    /// <param name="outputs">Indices of outputs.</param>
    /// <param name="values">What the device gave for them.</param>
    /// <exception cref="DisagreementException">A bit differs.</exception>
    public void Require(long draw, int[] outputs, ReadOnlySpan<double> values)
    {
        _reference ??= new ReferenceBackend().Load(plan);
        var expected = new double[outputs.Length];
        _reference.Evaluate(draw, 1, outputs, expected);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (!SelfTest.Same(expected[i], values[i]) && _written.Contains(outputs[i]))
                throw DeviceFault.Disagreement($"output {outputs[i]} of draw {draw} is {values[i]:R}, not {expected[i]:R}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reference?.Dispose();
}

/// <summary>One draw of a queue's batch on its way to the host, where it is checked once the queue has finished.</summary>
/// <param name="memory">What its room is taken of.</param>
/// <param name="outputs">Indices of the outputs of a draw.</param>
internal sealed class PickedDraw(DeviceMemoryList memory, int[] outputs)
{
    private readonly PageLockedArray1D<double> _landing = memory.PageLocked(outputs.Length);
    private long? _draw;

    /// <summary>Where the device puts the outputs of the draw.</summary>
    public ArrayView<double> Values { get; } = memory.Allocate<double>(outputs.Length);

    /// <summary>Sends a draw to the host.</summary>
    /// <param name="queue">The queue that evaluates the batch.</param>
    /// <param name="draw">Its index.</param>
    public void Send(AcceleratorStream queue, long draw)
    {
        Values.CopyToPageLockedAsync(queue, _landing);
        _draw = draw;
    }

    /// <summary>Checks what was sent, if anything was; the queue has finished.</summary>
    /// <exception cref="DisagreementException">A bit differs.</exception>
    public void Require(SpotCheck check)
    {
        if (_draw is { } draw) check.Require(draw, outputs, _landing.Span);
        _draw = null;
    }
}
