using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>What a device does when it is short of memory, lost or given hard numbers, tried on the emulated one.</summary>
public sealed class IlgpuProgramTests(Device<IlgpuCpuConformance.Choice> device) : IClassFixture<Device<IlgpuCpuConformance.Choice>>
{
    private static readonly SamplePlan Plan = ConformancePlan.Create(variant: ConformanceVariant.Everything);
    private static readonly SamplePlan Tables = ConformancePlan.Create(variant: ConformanceVariant.Flows);
    private readonly IlgpuBackend _backend = device.Backend.Hostile(Hostility.None);

    [Theory]
    [InlineData(false, 1500)]
    [InlineData(true, 70)]
    public void Out_of_memory_goes_on_in_smaller_batches_with_the_same_bits(bool tables, int draws)
    {
        var failures = 3;
        using var program = Load(tables, new()
        {
            MostDraws = 1024,
            Probe = what =>
            {
                if (what == nameof(DeviceSession.Accumulate) && failures-- > 0) throw new OutOfMemoryException();
            },
        });
        AssertPass(program, draws);
        Assert.Equal(0, Math.Max(0, failures));
        Assert.Equal([IlgpuProgram.SmallerBatches], program.Notes.Select(n => n.Code));
    }

    [Theory]
    [InlineData(false, nameof(DeviceSession.Accumulate), 3)]
    [InlineData(false, nameof(DeviceMemoryList.Allocate), 60)]
    [InlineData(false, nameof(DeviceMemoryList.Allocate), 2)]
    [InlineData(true, nameof(DeviceSession.Accumulate), 2)]
    [InlineData(true, nameof(DeviceMemoryList.PageLocked), 1)]
    public void A_device_that_is_lost_leaves_the_work_to_the_processor_with_the_same_bits(bool tables, string operation, int uses)
    {
        var asked = 0;
        using var program = Load(tables, new()
        {
            MostDraws = 256,
            Probe = what =>
            {
                asked++;
                if (what == operation && --uses <= 0) throw new InvalidOperationException("the device has fallen off the bus");
            },
        });
        AssertPass(program, tables ? 140 : 1500);
        var note = Assert.Single(program.Notes);
        Assert.Equal(ProgramNote.DeviceLost, note.Code);
        Assert.Contains("fallen off the bus", note.Cause, StringComparison.Ordinal);
        AssertPass(program, 100);

        // Nobody asks a device again that is lost.
        Assert.Equal([note], _backend.Notes);
        asked = 0;
        using var next = _backend.Load(tables ? Plan : Tables);
        AssertPass(next, 100);
        Assert.Equal([note], next.Notes);
        Assert.Equal(0, asked);
    }

    // Kernels are compiled when they are first asked for: what a driver's compiler says then is the device's fault, and so are functions
    // that its library lacks, and sizes that it makes up.
    [Theory]
    [InlineData(false, typeof(ILGPU.InternalCompilerException))]
    [InlineData(true, typeof(ILGPU.InternalCompilerException))]
    [InlineData(false, typeof(NotSupportedException))]
    [InlineData(true, typeof(EntryPointNotFoundException))]
    [InlineData(false, typeof(DllNotFoundException))]
    [InlineData(false, typeof(OverflowException))]
    public void A_kernel_that_cannot_be_compiled_leaves_the_work_to_the_processor(bool tables, Type fault)
    {
        using var program = Load(tables, new()
        {
            Probe = what =>
            {
                if (what is nameof(DeviceSession.Evaluate) or nameof(DeviceSession.Accumulate))
                    throw (Exception)Activator.CreateInstance(fault)!;
            },
        });
        using var reference = new ReferenceBackend().Load(program.Plan);
        Assert.Equal(reference.EvaluatePoint(), program.EvaluatePoint());
        AssertPass(program, 100);
        Assert.Contains(fault.Name, Assert.Single(program.Notes).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, nameof(TileView.PickedValues), "output ")]
    [InlineData(true, nameof(TileView.PickedValues), "output ")]
    [InlineData(false, nameof(PassView.Gaps), "values of output ")]
    public void A_device_that_goes_wrong_later_is_given_up_and_the_pass_is_drawn_again(bool tables, string memory, string cause)
    {
        var isWrong = false;
        using var program = Load(tables, new() { MostDraws = 256, Loses = what => isWrong && what == memory });
        var draws = tables ? 70 : 300;
        AssertPass(program, draws);
        Assert.Empty(program.Notes);
        isWrong = true;
        AssertPass(program, draws);
        var note = Assert.Single(program.Notes);
        Assert.Equal(ProgramNote.DeviceWrong, note.Code);
        Assert.Contains(cause, note.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_that_are_handed_out_are_checked_too()
    {
        var isWrong = false;
        using var program = Load(false, new() { Loses = _ => isWrong });
        using var reference = new ReferenceBackend().Load(Plan);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(Plan).Take(4)];
        const int Draws = 1 << 12;
        var (expected, actual) = (new double[outputs.Length * Draws], new double[outputs.Length * Draws]);

        // One of 65,536 draws, and one of the first.
        foreach (var first in Enumerable.Range(0, 20).Select(i => i * Draws))
        {
            isWrong = first > 0;
            program.Evaluate(first, Draws, outputs, actual, TestContext.Current.CancellationToken);
            if (program.Notes.Count > 0) break;
        }

        Assert.Equal(ProgramNote.DeviceWrong, Assert.Single(program.Notes).Code);
        reference.Evaluate(16 * Draws, Draws, outputs, expected, TestContext.Current.CancellationToken);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Memory_that_never_suffices_leaves_the_work_to_the_processor()
    {
        using var program = Load(false, new() { Probe = what => throw new OutOfMemoryException() });
        AssertPass(program, 300);
        Assert.Contains(program.Notes, n => n.Code == ProgramNote.DeviceLost);

        // A smaller plan may fit.
        using var next = Load(false, new());
        AssertPass(next, 100);
        Assert.Empty(next.Notes);
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(false, 16)]
    [InlineData(true, 4)]
    public void Threads_that_gather_together_give_the_same(bool tables, int threads)
    {
        using var program = Load(tables, new() { MostDraws = 192, Threads = threads });
        AssertPass(program, tables ? 70 : 300);
        Assert.Empty(program.Notes);
    }

    // ILGPU's emulation of the sort takes seconds: devices that are good at it use it, and this shows that it sorts.
    [Fact]
    public void Kept_values_that_the_device_sorts_are_those_that_the_host_sorts()
    {
        using var program = Load(false, new() { SortsFrom = 1 });
        AssertPass(program, 300);
        Assert.Empty(program.Notes);
    }

    [Fact]
    public void Kept_values_that_are_lost_are_drawn_again()
    {
        using var program = Load(false, new() { Loses = what => what == nameof(PassView.KeptKeys) });
        AssertPass(program, 300);
        var note = Assert.Single(program.Notes);
        Assert.Equal(ProgramNote.DeviceWrong, note.Code);
        Assert.Contains("values that were kept are others", note.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void More_values_to_keep_than_there_is_room_for_are_all_kept()
    {
        using var program = Load(false, new() { KeptCapacity = 10 });
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

    private IProgram Load(bool tables, Hostility hostility) => _backend.Hostile(hostility).Load(tables ? Tables : Plan);

    // Binned, then kept: everything equals the reference's.
    private static void AssertPass(IProgram program, int draws)
    {
        var plan = program.Plan;
        int[] columns = [.. ConformancePlan.WrittenOutputs(plan).Where((_, i) => i % 40 == 3)];
        using var reference = new ReferenceBackend().Load(plan);
        var values = new double[columns.Length * draws];
        reference.Evaluate(0, draws, columns, values);
        var windows = new Window[columns.Length][];
        for (var s = 0; s < columns.Length; s++)
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
                Columns = columns,
                Centres = bins > 0 ? [.. windows.Select(w => w[^1].GridLow)] : null,
                Windows = windows,
                Intervals = bins > 0 ? [] : [.. windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray())],
                CountsGaps = bins > 0,
                Bins = bins,
            };
            var expected = reference.Accumulate(pass).Columns;
            var actual = program.Accumulate(pass).Columns;
            for (var s = 0; s < columns.Length; s++)
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
