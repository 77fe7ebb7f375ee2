using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>How much of the work a device must do by itself.</summary>
public enum DeviceDuty
{
    /// <summary>All of it; where it fails, the work ends with a <see cref="DeviceException"/>.</summary>
    All,

    /// <summary>It must pass the test of the first plan; where it fails later, the processor goes on.</summary>
    Start,

    /// <summary>What it can; the processor does the rest.</summary>
    None,
}

/// <summary>
/// A backend that answers for itself: each of its programs is held against the reference before its numbers are used (the point, the first
/// block of draws, a short pass). Where a bit differs, or the device is lost, it is refused, or the processor does this work and all after
/// it, which <see cref="Notes"/> then say. What fails while it is given back, after the work, is no fault of the work.
/// </summary>
/// <param name="inner">The backend that is tested.</param>
/// <param name="duty">What it must do by itself.</param>
/// <param name="threads">Threads of the processor that goes on, at least 1.</param>
public sealed class TestedBackend(IBackend inner, DeviceDuty duty, int threads) : IBackend, IDisposable
{
    private bool _hasPassed;
    private ProgramNote? _givenUp;

    /// <inheritdoc/>
    public BackendInfo Info => inner.Info;

    /// <inheritdoc/>
    public IReadOnlyList<ProgramNote> Notes =>
        [.. inner.Notes.Concat(_givenUp is null ? [] : [_givenUp]).DistinctBy(n => n.Code)];

    /// <inheritdoc/>
    /// <exception cref="DeviceException">The device cannot be used, or does not compute what the reference computes: the message says
    /// what.</exception>
    public IProgram Load(SamplePlan plan)
    {
        if (_givenUp is not null) return BackendCatalog.Processor(threads).Load(plan);
        IProgram? program = null;
        try
        {
            program = inner.Load(plan);
            if (SelfTest.Compare(program, plan) is { } finding)
            {
                _givenUp = program.Notes.FirstOrDefault(n => n.Code == ProgramNote.DeviceLost)
                    ?? new(ProgramNote.DeviceWrong, Info.Device, finding);
                throw Refused(finding);
            }

            _hasPassed = true;
            return new Program(program, this);
        }
        catch (DeviceException exception) when (duty == DeviceDuty.None || (duty == DeviceDuty.Start && _hasPassed))
        {
            Release(program);
            _givenUp ??= new(ProgramNote.DeviceLost, Info.Device, exception.Message.TrimEnd('.'));
            return BackendCatalog.Processor(threads).Load(plan);
        }
        catch
        {
            Release(program);
            throw;
        }
    }

    /// <summary>Gives the backend back.</summary>
    public void Dispose() => Release(inner as IDisposable);

    private DeviceException Refused(string finding) => new(
        $"The device {Info.Name} ({Info.Device}) is refused: {finding}. "
        + $"Use another backend, such as {SimdBackend.Name}; the verb devices tests each.");

    // A driver may complain of a device that is no longer there.
    private static void Release(IDisposable? disposable)
    {
        try
        {
            disposable?.Dispose();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
        }
    }

    private sealed class Program(IProgram inner, TestedBackend owner) : IProgram
    {
        public SamplePlan Plan => inner.Plan;

        public IReadOnlyList<ProgramNote> Notes => inner.Notes;

        public void Evaluate(
            long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
        {
            inner.Evaluate(first, count, outputs, destination, cancellation);
            CheckAlone();
        }

        public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            var results = inner.Accumulate(pass, progress, cancellation);
            CheckAlone();
            return results;
        }

        public double[] EvaluatePoint()
        {
            var point = inner.EvaluatePoint();
            CheckAlone();
            return point;
        }

        public void Dispose() => Release(inner);

        private void CheckAlone()
        {
            if (owner.IsAlone && SelfTest.Loss(inner) is { } loss) throw owner.Refused(loss);
        }
    }

    private bool IsAlone => duty == DeviceDuty.All;
}
