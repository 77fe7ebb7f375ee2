using IIKernel.Kernels.Journal;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using Xunit;

namespace IIKernel.Kernels.Tests.Journal;

/// <summary>A run that is ended anywhere and goes on, and one that is divided, find what an undisturbed run finds, to the bit.</summary>
public class WorkJournalTests
{
    // Sorted, searched with what the windows hold in memory, and searched without.
    public static TheoryData<long, bool> Samples => new() { { 3000, true }, { 40_000, true }, { 40_000, false } };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Fifty_ends_at_any_moment_change_nothing(long draws, bool caches)
    {
        var expected = JournaledRun.Ask(new SimdBackend(2), draws, caches);
        var random = new System.Random(22);
        var (saved, ends, found) = (new WorkStore(), 0, (string?)null);
        while (found is null)
        {
            // The first fifty runs end early, wherever that is; each goes on from what the one before saved.
            var left = ends < 50 ? random.Next(1, 12) : int.MaxValue;
            var journal = new WorkJournal
            {
                Store = saved,
                Draws = draws,
                Interval = TimeSpan.Zero,
                Threads = random.Next(1, 80),
                Save = store => saved = JournaledRun.Copy(store),
            };
            try
            {
                var mortal = new MortalBackend(new SimdBackend(random.Next(1, 4)), left);
                found = JournaledRun.Ask(new JournaledBackend(mortal, journal), draws, caches);
            }
            catch (OperationCanceledException)
            {
                ends++;
            }
        }

        Assert.Equal(expected, found);
        Assert.True(ends > 0);
        Assert.True(saved.Count > 0);
    }

    [Theory]
    [InlineData(3000, true, 1)]
    [InlineData(3000, true, 16)]
    [InlineData(40_000, true, 3)]
    [InlineData(40_000, false, 1)]
    [InlineData(40_000, false, 7)]
    [InlineData(40_000, false, 16)]
    public void Shares_in_any_order_on_any_backend_are_the_whole(long draws, bool caches, int count)
    {
        var expected = JournaledRun.Ask(new SimdBackend(2), draws, caches);
        var random = new System.Random(count);
        var joined = new WorkStore();
        for (var round = 1; round <= 2; round++)
        {
            var shares = Enumerable.Range(0, count).ToArray();
            random.Shuffle(shares);
            var next = JournaledRun.Copy(joined);
            foreach (var share in shares)
            {
                IBackend backend = share % 3 == 1 && draws < 10_000 ? new ReferenceBackend() : new SimdBackend(1 + share % 2);
                var journal = new WorkJournal { Store = JournaledRun.Copy(joined), Draws = draws, Share = new(share, count) };
                Assert.True(Ask(backend, journal) is null || journal.IsOpen || joined.Count > 0);
                foreach (var record in JournaledRun.Copy(journal.Store).Records) next.Join(record);
            }

            joined = next;
            var join = new WorkJournal { Store = joined, Draws = draws, Joins = true, Finishes = round == 2 };
            if (Ask(new SimdBackend(2), join) is not { } found) continue;
            Assert.Equal(expected, found);
            return;
        }

        Assert.Fail("Two rounds are not enough.");

        string? Ask(IBackend backend, WorkJournal journal)
        {
            try
            {
                return JournaledRun.Ask(new JournaledBackend(backend, journal), draws, caches);
            }
            catch (UnfinishedWorkException)
            {
                return null;
            }
        }
    }

    // Drawn in less than an interval, and described for longer.
    [Fact]
    public void What_a_share_has_drawn_is_saved_while_it_is_described()
    {
        var saved = 0;
        var interval = TimeSpan.FromSeconds(1);
        var journal = new WorkJournal { Store = new(), Draws = 40_000, Share = new(0, 2), Interval = interval, Save = _ => saved++ };
        using var program = new JournaledBackend(new SimdBackend(2), journal).Load(JournaledRun.Plan);
        var values = new double[40_000];
        program.Evaluate(0, values.Length, [0], values);
        Thread.Sleep(interval);
        program.Evaluate(0, values.Length, [0], values);
        Assert.Equal(1, saved);
        Thread.Sleep(interval);
        program.Evaluate(0, values.Length, [0], values);
        Assert.Equal(1, saved);
    }

    [Fact]
    public void Without_all_shares_nothing_is_found()
    {
        var journal = new WorkJournal { Store = new(), Draws = 40_000, Share = new(0, 2) };
        Assert.Throws<UnfinishedWorkException>(() => JournaledRun.Ask(new JournaledBackend(new SimdBackend(2), journal), 40_000, false));
        Assert.True(journal.IsOpen);
        var join = new WorkJournal { Store = journal.Store, Draws = 40_000, Joins = true };
        Assert.Throws<UnfinishedWorkException>(() => JournaledRun.Ask(new JournaledBackend(new SimdBackend(2), join), 40_000, false));
    }

    [Fact]
    public void Work_of_another_seed_is_no_help()
    {
        var journal = new WorkJournal { Store = new(), Draws = 40_000, Interval = TimeSpan.Zero, Save = _ => { } };
        var backend = new JournaledBackend(new SimdBackend(2), journal);
        var pass = new AccumulationPass { Draws = 40_000, Columns = [3], Windows = [[new(0, 1)]], CountsGaps = true, Bins = 4 };
        using var program = backend.Load(JournaledRun.Plan);
        program.Accumulate(pass);
        var known = journal.Store.Count;
        using var other = backend.Load(JournaledRun.Plan with { Seed = JournaledRun.Plan.Seed + 1 });
        other.Accumulate(pass);
        Assert.Equal(2 * known, journal.Store.Count);
        program.Accumulate(pass);
        Assert.Equal(2 * known, journal.Store.Count);
    }

    [Fact]
    public void What_is_to_be_known_of_the_backend_is_told_through_the_journal()
    {
        var journal = new WorkJournal { Store = new(), Draws = 1 };
        ProgramNote note = new(ProgramNote.DeviceLost, "a device", "a cause");
        Assert.Equal([note], new JournaledBackend(new NotedBackend(note), journal).Notes);
    }

    [Fact]
    public void Records_that_overlap_are_refused_and_those_that_are_covered_are_replaced()
    {
        var (store, key) = (new WorkStore(), new WorkKey(7));
        store.Add(Record(0, 4, 1));
        store.Add(Record(6, 2, 2));
        Assert.Throws<ArgumentException>(() => store.Add(Record(3, 2, 3)));
        store.Join(Record(6, 2, 2));
        Assert.Throws<ArgumentException>(() => store.Join(Record(6, 2, 9)));
        store.Join(Record(1, 2, 9));
        store.Add(Record(0, 8, 4));
        Assert.Equal(new(0, 8), Assert.Single(store.Find(key)).Range);

        WorkRecord Record(int first, int count, byte content) => new(key, new(first, count), new One(content));
    }

    [Fact]
    public void Shares_of_segments_are_all_of_them_once()
    {
        foreach (var (count, shares) in new[] { (256, 7), (5, 16), (1, 1), (200, 256) })
        {
            var at = 3;
            for (var i = 0; i < shares; i++)
            {
                var own = new WorkShare(i, shares).Of(new(3, count));
                Assert.Equal(at, own.First);
                at = own.End;
            }

            Assert.Equal(3 + count, at);
        }
    }

    private sealed class One(byte content) : IWorkPayload
    {
        public void CopyTo(Stream stream) => stream.WriteByte(content);

        public Stream Open() => new MemoryStream([content]);
    }

    private sealed class NotedBackend(ProgramNote note) : IBackend
    {
        public BackendInfo Info => throw new NotSupportedException();

        public IReadOnlyList<ProgramNote> Notes => [note];

        public IProgram Load(SamplePlan plan) => throw new NotSupportedException();
    }

    // Ends after so many calls, as a process that is killed does.
    private sealed class MortalBackend(IBackend inner, int calls) : IBackend
    {
        private int _left = calls;

        public BackendInfo Info => inner.Info;

        public IProgram Load(SamplePlan plan) => new Program(inner.Load(plan), this);

        private void Count()
        {
            if (_left-- == 0) throw new OperationCanceledException();
        }

        private sealed class Program(IProgram program, MortalBackend owner) : IProgram
        {
            public SamplePlan Plan => program.Plan;

            public void Evaluate(
                long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
            {
                owner.Count();
                program.Evaluate(first, count, outputs, destination, cancellation);
            }

            public PassResult Accumulate(
                AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
            {
                owner.Count();
                return program.Accumulate(pass, progress, cancellation);
            }

            public double[] EvaluatePoint() => program.EvaluatePoint();

            public void Dispose() => program.Dispose();
        }
    }
}
