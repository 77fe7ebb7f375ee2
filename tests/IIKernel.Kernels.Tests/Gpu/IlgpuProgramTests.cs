using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>What a device does when it is short of memory, lost or given hard numbers, tried on the emulated one.</summary>
public sealed class IlgpuProgramTests : IDisposable
{
    private static readonly SamplePlan Plan = ConformancePlan.Create(variant: ConformanceVariant.Everything);
    private static readonly int[] Columns = [.. ConformancePlan.WrittenOutputs(Plan).Where((_, i) => i % 40 == 3)];
    private readonly IlgpuBackend _backend = new(DeviceCatalog.Of(DeviceCatalog.IlgpuCpu)[0], 2);

    public void Dispose() => _backend.Dispose();

    [Fact]
    public void Out_of_memory_goes_on_in_smaller_batches_with_the_same_bits()
    {
        var failures = 3;
        using var program = Load(new()
        {
            MostDraws = 1024,
            Probe = what =>
            {
                if (what == nameof(DeviceSession.Accumulate) && failures-- > 0) throw new OutOfMemoryException();
            },
        });
        AssertPass(program, 1500);
        Assert.Equal(0, Math.Max(0, failures));
        Assert.Equal([IlgpuProgram.SmallerBatches], program.Notes.Select(n => n.Code));
    }

    [Theory]
    [InlineData(nameof(DeviceSession.Accumulate), 3)]
    [InlineData(nameof(DeviceMemoryList.Allocate), 60)]
    [InlineData(nameof(DeviceMemoryList.Allocate), 2)]
    public void A_device_that_is_lost_leaves_the_work_to_the_processor_with_the_same_bits(string operation, int uses)
    {
        using var program = Load(new()
        {
            MostDraws = 256,
            Probe = what =>
            {
                if (what == operation && --uses <= 0) throw new InvalidOperationException("the device has fallen off the bus");
            },
        });
        AssertPass(program, 1500);
        var note = Assert.Single(program.Notes);
        Assert.Equal(IlgpuProgram.Lost, note.Code);
        Assert.Contains("fallen off the bus", note.Cause, StringComparison.Ordinal);
        AssertPass(program, 200);
    }

    [Fact]
    public void Memory_that_never_suffices_leaves_the_work_to_the_processor()
    {
        using var program = Load(new() { Probe = what => throw new OutOfMemoryException() });
        AssertPass(program, 300);
        Assert.Contains(program.Notes, n => n.Code == IlgpuProgram.Lost);
    }

    [Fact]
    public void More_values_to_keep_than_there_is_room_for_are_all_kept()
    {
        using var program = Load(new() { KeptCapacity = 10 });
        AssertPass(program, 700);
        Assert.Empty(program.Notes);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_counted_and_end()
    {
        // Shares are infinite or no number: 100 over an account of 0. An atomic addition of such would never end.
        var plan = ConformancePlan.Create();
        Array.Fill(plan.PercentScale, double.PositiveInfinity, 0, 4);
        Array.Fill(plan.PercentScale, double.NaN, 4, 4);
        int[] columns = [.. Enumerable.Range(0, 8).Select(e => plan.Outputs.Index(0, e, OutputMap.Share))];
        var pass = new AccumulationPass
        {
            Draws = 130,
            Columns = columns,
            Centres = new double[columns.Length],
            Windows =
                [.. columns.Select(_ => new Window[] { new(double.MinValue, 0.5, 0, 0.5), new(0.7, double.PositiveInfinity, 0.7, 1) })],
            CountsGaps = true,
            Bins = 8,
        };
        using var program = _backend.Load(plan);
        using var reference = new ReferenceBackend().Load(plan);
        var results = program.Accumulate(pass).Columns;
        Assert.Equal([.. Enumerable.Repeat((0L, 130L), 4), .. Enumerable.Repeat((130L, 0L), 4)],
            results.Select(r => (r.Undefined, r.Infinite)));
        Assert.All(results.Take(4), r => Assert.Equal([0L, 0, 130], r.Gaps));
        Assert.Equal(reference.Accumulate(pass).Columns.Select(r => (r.Undefined, r.Infinite)),
            results.Select(r => (r.Undefined, r.Infinite)));
    }

    [Fact]
    public void A_device_that_cannot_be_used_is_refused_with_its_reason()
    {
        var refused = DeviceCatalog.Of(DeviceCatalog.IlgpuCpu)[0] with { Refusal = "it is made of wood" };
        using var backend = new IlgpuBackend(refused, 1);
        Assert.Contains("made of wood", Assert.Throws<DeviceException>(() => backend.Load(Plan)).Message, StringComparison.Ordinal);

        // A device that has gone since it was listed is none, and not a processor in its place.
        using var gone = new IlgpuBackend(refused with { Refusal = null, Backend = DeviceCatalog.OpenCl, Handle = 12345 }, 1);
        Assert.Throws<DeviceException>(() => gone.Load(Plan));
    }

    [Fact]
    public void The_self_test_passes_a_right_backend_and_refuses_a_wrong_one()
    {
        Assert.Null(SelfTest.Run(new SimdBackend(1), Plan, TimeSpan.Zero).Finding);
        Assert.True(SelfTest.Run(_backend, Plan, TimeSpan.Zero).DrawsPerSecond > 0);
        var wrong = SelfTest.Run(new OneUlpOff(), Plan, TimeSpan.Zero);
        Assert.NotNull(wrong.Finding);
        Assert.Equal(0, wrong.DrawsPerSecond);
    }

    private IProgram Load(Hostility hostility) => _backend.Hostile(hostility).Load(Plan);

    // Binned, then kept: everything equals the reference's.
    private static void AssertPass(IProgram program, int draws)
    {
        using var reference = new ReferenceBackend().Load(Plan);
        var values = new double[Columns.Length * draws];
        reference.Evaluate(0, draws, Columns, values);
        var windows = new Window[Columns.Length][];
        for (var s = 0; s < Columns.Length; s++)
        {
            var sorted = values.AsSpan(s * draws, draws).ToArray();
            Array.Sort(sorted);
            var (a, b) = (sorted[draws / 5], sorted[draws / 2]);
            windows[s] = a < b
                ? [new(double.MinValue, a, sorted[0], a), new(b, double.PositiveInfinity, b, sorted[^1])]
                : [new(double.MinValue, double.PositiveInfinity, 0, 1)];
        }

        foreach (var bins in new[] { 16, 0 })
        {
            var pass = new AccumulationPass
            {
                Draws = draws,
                Columns = Columns,
                Centres = bins > 0 ? [.. windows.Select(w => w[^1].GridLow)] : null,
                Windows = windows,
                Intervals = bins > 0 ? [] : [.. windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray())],
                CountsGaps = bins > 0,
                Bins = bins,
            };
            var expected = reference.Accumulate(pass).Columns;
            var actual = program.Accumulate(pass).Columns;
            for (var s = 0; s < Columns.Length; s++)
            {
                Assert.Equal(expected[s].Segments, actual[s].Segments);
                Assert.Equal((expected[s].Undefined, expected[s].Infinite), (actual[s].Undefined, actual[s].Infinite));
                Assert.Equal(expected[s].Gaps, actual[s].Gaps);
                Assert.Equal(expected[s].Bins, actual[s].Bins);
                Assert.Equal(expected[s].Smallest, actual[s].Smallest);
                Assert.Equal(expected[s].Largest, actual[s].Largest);
                Assert.Equal(expected[s].Kept, actual[s].Kept);
            }
        }
    }

    // The reference but for the last bit of one value.
    private sealed class OneUlpOff : IBackend
    {
        public BackendInfo Info => new("off", "", 1, 1, "");

        public IProgram Load(SamplePlan plan) => new Program(new ReferenceBackend().Load(plan));

        private sealed class Program(IProgram inner) : IProgram
        {
            public SamplePlan Plan => inner.Plan;

            public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination,
                CancellationToken cancellation = default)
            {
                inner.Evaluate(first, count, outputs, destination, cancellation);
                destination[^1] = Math.BitIncrement(destination[^1]);
            }

            public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null,
                CancellationToken cancellation = default) =>
                inner.Accumulate(pass, progress, cancellation);

            public double[] EvaluatePoint() => inner.EvaluatePoint();

            public void Dispose() => inner.Dispose();
        }
    }
}
