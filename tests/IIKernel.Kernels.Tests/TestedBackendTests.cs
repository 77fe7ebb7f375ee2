using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests;

public class TestedBackendTests
{
    private static readonly SamplePlan Plan = ConformancePlan.Create();

    [Fact]
    public void A_right_backend_is_passed_on()
    {
        using var backend = new TestedBackend(new SimdBackend(1), DeviceDuty.Start, 1);
        Assert.Equal(SimdBackend.Name, backend.Info.Name);
        using var program = backend.Load(Plan);
        using var reference = new ReferenceBackend().Load(Plan);
        Assert.Equal(reference.EvaluatePoint(), program.EvaluatePoint());
    }

    [Fact]
    public void Figures_that_are_no_numbers_or_always_the_same_are_no_fault_of_a_device()
    {
        // Shares of nothing, and growth from nothing: the scales are infinite, and some draws 0.
        var plan = ConformancePlan.Create();
        Array.Fill(plan.PercentScale, double.PositiveInfinity);
        Array.Clear(plan.DirectScale);
        Array.Clear(plan.IndirectScale);
        using var emulated = new IlgpuBackend(DeviceCatalog.Of(DeviceCatalog.IlgpuCpu)[0], 1);
        foreach (var backend in new IBackend[] { new SimdBackend(1), emulated })
        {
            using var program = new TestedBackend(backend, DeviceDuty.Start, 1).Load(plan);
            Assert.Contains(program.EvaluatePoint(), double.IsNaN);
        }
    }

    [Fact]
    public void A_device_that_never_computed_is_refused()
    {
        using var backend = new TestedBackend(new Odd { Factor = 0 }, DeviceDuty.Start, 1);
        Assert.Contains("at the point inputs is 0", Assert.Throws<DeviceException>(() => backend.Load(Plan)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_whose_sums_are_one_percent_off_is_refused()
    {
        using var backend = new TestedBackend(new Odd { SumFactor = 1.01 }, DeviceDuty.Start, 1);
        Assert.Contains("the sums of output", Assert.Throws<DeviceException>(() => backend.Load(Plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_was_lost_before_it_computed_is_refused()
    {
        var odd = new Odd { LostAfter = 0 };
        using var backend = new TestedBackend(odd, DeviceDuty.Start, 1);
        Assert.Contains("the cable is out", Assert.Throws<DeviceException>(() => backend.Load(Plan)).Message, StringComparison.Ordinal);
        Assert.Equal(1, odd.Disposed);
    }

    [Fact]
    public void A_device_that_is_lost_later_is_noted_in_a_run_and_refused_where_it_must_answer_alone()
    {
        foreach (var alone in new[] { false, true })
        {
            var odd = new Odd();
            using var backend = new TestedBackend(odd, alone ? DeviceDuty.All : DeviceDuty.Start, 1);
            using var program = backend.Load(Plan);
            odd.LostAfter = odd.Calls;
            void Evaluate() => program.Evaluate(0, 1, [0], new double[1], TestContext.Current.CancellationToken);
            if (alone) Assert.Throws<DeviceException>(Evaluate);
            else Evaluate();
            Assert.Equal(ProgramNote.DeviceLost, Assert.Single(program.Notes).Code);
        }
    }

    [Fact]
    public void A_device_that_fails_while_it_is_given_back_has_done_its_work()
    {
        var odd = new Odd { FailsToEnd = true };
        var backend = new TestedBackend(odd, DeviceDuty.Start, 1);
        backend.Load(Plan).Dispose();
        backend.Dispose();
        Assert.Equal(2, odd.Disposed);
    }

    // The reference with a fault.
    private sealed class Odd : IBackend, IDisposable
    {
        public double Factor { get; init; } = 1;

        public double SumFactor { get; init; } = 1;

        public bool FailsToEnd { get; init; }

        public int LostAfter { get; set; } = int.MaxValue;

        public int Calls { get; private set; }

        public int Disposed { get; private set; }

        public BackendInfo Info => new("odd", "a device with a fault", 1, 1, "");

        public IProgram Load(SamplePlan plan) => new Program(new ReferenceBackend().Load(plan), this);

        public void Dispose()
        {
            Disposed++;
            if (FailsToEnd) throw new InvalidOperationException("no such device");
        }

        private sealed class Program(IProgram inner, Odd owner) : IProgram
        {
            public SamplePlan Plan => inner.Plan;

            public IReadOnlyList<ProgramNote> Notes =>
                owner.Calls > owner.LostAfter ? [new(ProgramNote.DeviceLost, "a device of wire", "the cable is out")] : [];

            public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination,
                CancellationToken cancellation = default)
            {
                owner.Calls++;
                inner.Evaluate(first, count, outputs, destination, cancellation);
                for (var i = 0; i < destination.Length; i++) destination[i] *= owner.Factor;
            }

            public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null,
                CancellationToken cancellation = default)
            {
                owner.Calls++;
                var results = inner.Accumulate(pass, progress, cancellation);
                foreach (var result in results.Columns)
                    result.Segments = [.. result.Segments.Select(s => s with { Sum = s.Sum * owner.SumFactor })];
                return results;
            }

            public double[] EvaluatePoint()
            {
                owner.Calls++;
                return [.. inner.EvaluatePoint().Select(v => v * owner.Factor)];
            }

            public void Dispose()
            {
                inner.Dispose();
                owner.Dispose();
            }
        }
    }
}
