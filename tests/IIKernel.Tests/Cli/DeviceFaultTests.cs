using System.Text.Json;
using IIKernel.Cli;
using IIKernel.Kernels;
using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Whole commands on devices that fail: what is said, what the shell gets, and the figures.</summary>
public sealed class DeviceFaultTests : IDisposable
{
    // Places that a test adds to those of the machine; no other test sees them.
    private static readonly AsyncLocal<BackendDescriptor[]?> Places = new();

    // The test of the first plan takes two batches of its pass, one a queue; the run's own come after.
    private const int FirstOfRun = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-device-").FullName;

    static DeviceFaultTests() => BackendChoice.Catalog.Add(DeviceCatalog.Cuda, () => Places.Value ?? []);

    public void Dispose()
    {
        Places.Value = null;
        Directory.Delete(_folder, recursive: true);
    }

    // Short of memory first, then gone: the processor has the sources, which are drawn after that, to itself.
    [Fact]
    public void A_device_that_fails_in_a_run_is_said_and_the_figures_are_the_processors()
    {
        var batches = 0;
        var emulated = DeviceCatalog.Of(DeviceCatalog.IlgpuCpu)[0];
        Offer(threads => new IlgpuBackend(emulated, threads).Hostile(new()
        {
            Probe = what =>
            {
                if (what != nameof(DeviceSession.Accumulate) || ++batches < FirstOfRun) return;
                throw batches == FirstOfRun ? new OutOfMemoryException() : new InvalidOperationException("it has fallen off the bus");
            },
        }));
        var (exitCode, output, error) = Run("device", "cuda");
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Contains("ran out of memory; smaller batches went on", output, StringComparison.Ordinal);
        Assert.Contains("failed (InvalidOperationException: it has fallen off the bus); the processor went on", output,
            StringComparison.Ordinal);
        Assert.Equal(["device-memory", "device-lost"], Codes("device").Where(c => c.StartsWith("device", StringComparison.Ordinal)));
        Assert.Equal(0, Run("processor", "simd").ExitCode);
        foreach (var file in new[] { "estimates.csv", "sources.csv" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "processor", file)),
                File.ReadAllBytes(Path.Combine(_folder, "device", file)));
        }
    }

    [Fact]
    public void A_device_whose_first_block_disagrees_is_refused_where_it_was_named()
    {
        Offer(_ => new Faulty { WrongFrom = 0 });
        var (exitCode, output, error) = Run("device", "cuda");
        Assert.Equal((3, ""), (exitCode, output));
        var line = error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("The device cuda (a faulty device) is refused: output ", line, StringComparison.Ordinal);
        Assert.Contains("Use another backend, such as simd", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "device")));
    }

    [Theory]
    [InlineData("its driver is older than it", 0)]
    [InlineData(null, 1)]
    public void A_device_that_cannot_be_opened_is_refused_where_it_was_named(string? refusal, int plans)
    {
        Offer(_ => new Faulty { OpensUntil = 0 }, refusal);
        var (exitCode, _, error) = Run("device", "cuda");
        Assert.Equal(3, exitCode);
        Assert.Contains(plans == 0 ? "cannot be used: its driver is older than it. Use another" : "The device cannot be opened", error,
            StringComparison.Ordinal);
    }

    // A run loads a plan a source, and more: the first passed.
    [Theory]
    [InlineData(true, "device-wrong")]
    [InlineData(false, "device-lost")]
    public void A_device_that_fails_at_a_later_plan_leaves_it_to_the_processor(bool isWrong, string code)
    {
        Offer(_ => isWrong ? new Faulty { WrongFrom = 2 } : new Faulty { OpensUntil = 2 });
        var (exitCode, _, error) = Run("device", "cuda");
        Assert.True(exitCode == 0, error);
        Assert.Contains(code, Codes("device"));
        Assert.Equal(0, Run("processor", "simd").ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "processor", "sources.csv")),
            File.ReadAllBytes(Path.Combine(_folder, "device", "sources.csv")));
    }

    // The first plan is that of the choice, the second the study's: neither ends what nobody asked for.
    [Theory]
    [InlineData(0, "auto-device-not-used")]
    [InlineData(1, "device-wrong")]
    public void A_device_that_was_not_asked_for_by_name_ends_nothing(int wrongFrom, string code)
    {
        Offer(_ => new Faulty { WrongFrom = wrongFrom });
        using var choice = Choice(isFast: wrongFrom > 0);
        var sampling = new SamplingOptions(300, 5, 0.9);
        var summary = UncertaintyRun.Execute(TestData.Demonstration, sampling, choice.Backend, 1);
        Assert.Equal([code], choice.Warnings.Select(w => w.Code));
        var processor = UncertaintyRun.Execute(TestData.Demonstration, sampling, BackendCatalog.Processor(1), 1);
        Assert.Equal(processor.Estimates.Select(e => e.Statistics), summary.Estimates.Select(e => e.Statistics));
    }

    // A device that takes no time seems slow where the machine does something else just then.
    private static BackendChoice Choice(bool isFast)
    {
        for (var tries = 0; ; tries++)
        {
            var choice = BackendChoice.Of(BackendCatalog.Auto, null, 1, 1e15);
            if (!isFast || choice.Backend.Info.Name == DeviceCatalog.Cuda || tries == 20) return choice;
            choice.Dispose();
        }
    }

    private static void Offer(Func<int, IBackend> create, string? refusal = null) => Places.Value =
    [
        new()
        {
            Name = DeviceCatalog.Cuda, Index = 0, Device = "a faulty device", Memory = 1 << 30, HasDoublePrecision = true, Driver = "none",
            Equality = "", IsDriven = true, IsAccelerator = true, Refusal = refusal, Create = create,
        },
    ];

    private (int ExitCode, string Output, string Error) Run(string folder, string backend)
    {
        string[] device = backend == DeviceCatalog.Cuda ? ["--device", $"{DeviceCatalog.Of(DeviceCatalog.Cuda).Count}"] : [];
        return CommandLineRunner.OnPage(1000,
            ["run", "--draws", "300", "--no-report", "--backend", backend, .. device, "--out", Path.Combine(_folder, folder)]);
    }

    private string[] Codes(string folder, string receipt = "run.json")
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, folder, receipt)));
        return [.. document.RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
    }

    // A processor that says it is a device, and is one unit in the last place off, or cannot be opened, from some plan on.
    private sealed class Faulty : IBackend
    {
        private int _plans;

        public int WrongFrom { get; init; } = int.MaxValue;

        public int OpensUntil { get; init; } = int.MaxValue;

        public BackendInfo Info => new(DeviceCatalog.Cuda, "a faulty device", 1, 1, "");

        public IProgram Load(SamplePlan plan)
        {
            if (_plans >= OpensUntil) throw new DeviceException("The device cannot be opened.");
            return new Program(BackendCatalog.Processor(1).Load(plan), isWrong: _plans++ >= WrongFrom);
        }

        private sealed class Program(IProgram inner, bool isWrong) : IProgram
        {
            private PassResult? _last;

            public SamplePlan Plan => inner.Plan;

            public void Evaluate(
                long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
            {
                inner.Evaluate(first, count, outputs, destination, cancellation);
                if (isWrong) destination[^1] = Math.BitIncrement(destination[^1]);
            }

            // Passes that are timed take none: nothing is faster.
            public PassResult Accumulate(
                AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
                _last = pass.Draws > 1000 && _last is not null && progress is null ? _last
                    : inner.Accumulate(pass, progress, cancellation);

            public double[] EvaluatePoint() => inner.EvaluatePoint();

            public void Dispose() => inner.Dispose();
        }
    }
}
