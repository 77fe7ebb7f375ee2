using System.Diagnostics;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Journal;

/// <summary>A backend whose work goes through a journal: what is known is not drawn again, what is divided is drawn by shares.</summary>
/// <param name="inner">What draws.</param>
/// <param name="journal">The journal.</param>
public sealed class JournaledBackend(IBackend inner, WorkJournal journal) : IBackend, IDisposable
{
    // About how long the processor takes for a draw, and for an operation of a factorisation, until it is known: as a rule for when to look
    // at the clock.
    private const double UsualDraw = 2e-6;
    private const double Operation = 2e-11;

    /// <inheritdoc/>
    public BackendInfo Info => inner.Info;

    /// <inheritdoc/>
    public IReadOnlyList<ProgramNote> Notes => inner.Notes;

    /// <inheritdoc/>
    public IProgram Load(SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var n = (double)plan.Flows.Count;
        return new Program(inner.Load(plan), journal, new(
            writer => IdentityWriter.Write(writer, plan), (UsualDraw + Operation * n * n * n) / inner.Info.Threads));
    }

    /// <inheritdoc/>
    public void Dispose() => (inner as IDisposable)?.Dispose();

    private sealed class Program(IProgram inner, WorkJournal journal, WorkScope scope) : IProgram
    {
        public SamplePlan Plan => inner.Plan;

        public IReadOnlyList<ProgramNote> Notes => inner.Notes;

        public IWorkLedger Ledger { get; } = new ScopedLedger(journal, scope);

        public void Evaluate(
            long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
        {
            if (journal.IsBusy)
            {
                inner.Evaluate(first, count, outputs, destination, cancellation);
                return;
            }

            // Any other draws, and the few of a pilot, are drawn for what they are.
            var isSample = first == 0 && count > SampleParts.PilotDraws && journal.Minds(scope.Seconds(count));
            var values = isSample ? journal.Values(scope, count, outputs.ToArray(), inner, cancellation)
                : journal.Held(scope, first + count, outputs);
            if (values is not null)
            {
                values.Evaluate(first, count, outputs, destination, cancellation);
                journal.SaveIfDue();
                return;
            }

            var clock = Stopwatch.StartNew();
            inner.Evaluate(first, count, outputs, destination, cancellation);
            scope.Note(count, clock.Elapsed.TotalSeconds);
        }

        public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
            journal.Do(scope, new PassWork(pass, inner, inner.Accumulate), progress, cancellation);

        public double[] EvaluatePoint() => inner.EvaluatePoint();

        public void Dispose() => inner.Dispose();
    }

    private sealed class ScopedLedger(WorkJournal journal, WorkScope scope) : IWorkLedger
    {
        public T Do<T>(DividedWork<T> work, IProgress<double>? progress, CancellationToken cancellation)
            where T : class => journal.Do(scope, work, progress, cancellation);

        public IWorkLedger About(object functions) => new ScopedLedger(journal, scope.About(functions));
    }
}
