using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>
/// A backend that answers for itself: each of its programs is held against the reference before its numbers are used (the point, the first
/// block of draws, a short pass), and is refused where a bit differs. What fails while it is given back, after the work, is no fault of
/// the work.
/// </summary>
/// <param name="inner">The backend that is tested.</param>
/// <param name="alone">
/// Whether it must do all of the work: a program that lost its device, and let the processor go on, is refused.
/// </param>
public sealed class TestedBackend(IBackend inner, bool alone = false) : IBackend, IDisposable
{
    /// <inheritdoc/>
    public BackendInfo Info => inner.Info;

    /// <inheritdoc/>
    /// <exception cref="DeviceException">The device cannot be used, or does not compute what the reference computes: the message says
    /// what.</exception>
    public IProgram Load(SamplePlan plan)
    {
        var program = inner.Load(plan);
        try
        {
            if (SelfTest.Compare(program, plan) is { } finding) throw Refused(finding);
        }
        catch
        {
            Release(program);
            throw;
        }

        return new Program(program, this);
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
            if (owner.MustBeAlone && SelfTest.Loss(inner) is { } loss) throw owner.Refused(loss);
        }
    }

    private bool MustBeAlone => alone;
}
