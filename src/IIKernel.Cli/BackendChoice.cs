using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Uncertainty;

namespace IIKernel.Cli;

/// <summary>The backend that a run uses, and what is to be said about the choice.</summary>
public sealed record BackendChoice(IBackend Backend, IReadOnlyList<Warning> Warnings) : IDisposable
{
    /// <summary>A device was not used because the work is too small.</summary>
    public const string SmallWork = "auto-small-work";

    /// <summary>A device was not used because it was refused or is slower than the processor.</summary>
    public const string NotUsed = "auto-device-not-used";

    // What a value of an output costs one thread of a processor, in seconds: 2 to 3 ns where coefficients alone are uncertain, 5 to 12 ns
    // where the accounts are too (bench/results). And what opening, compiling for and testing a device may cost before it must
    // have paid.
    private const double SecondsPerValue = 4e-9;
    private const double SecondsWorthADevice = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>Names that --backend takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [BackendCatalog.Auto, .. new BackendCatalog().Names, .. DeviceCatalog.Backends];

    /// <summary>The plan that devices are tried on: the demonstration study's.</summary>
    public static SamplePlan TestPlan
    {
        get
        {
            var study = StudyReader.ReadDemonstration();
            return PlanCompiler.Compile(study, PointModel.Estimate(study), study.Sampling.Seed);
        }
    }

    /// <summary>Finds the backend of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="index">Number among the devices of that backend; null for the first that can be used.</param>
    /// <param name="threads">Threads of the processor.</param>
    /// <param name="values">Draws times outputs, for <see cref="BackendCatalog.Auto"/>.</param>
    /// <exception cref="CommandException">There is no such backend or device.</exception>
    public static BackendChoice Of(string name, int? index, int threads, double values)
    {
        if (index is not null && !DeviceCatalog.Backends.Contains(name))
            throw CommandException.Of("--device", index, $"expected with --backend {string.Join(" or ", DeviceCatalog.Backends)}.");
        if (name == BackendCatalog.Auto) return Auto(threads, values);
        if (!DeviceCatalog.Backends.Contains(name))
        {
            return new(new BackendCatalog().Create(name, threads) ?? throw Unknown(name, Names), []);
        }

        var devices = DeviceCatalog.Of(name);
        if (devices.Count == 0)
            throw new CommandException(ExitCodes.NoDevice, $"--backend {name}: this machine has no such device, or no driver for it; the verb devices lists what there is.");
        if (index is { } i && (i < 0 || i >= devices.Count))
            throw CommandException.Of("--device", i, $"expected 0 to {devices.Count - 1} of --backend {name}.", ExitCodes.NoDevice);
        var device = index is { } n ? devices[n] : devices.FirstOrDefault(d => d.Refusal is null) ?? devices[0];
        if (device.Refusal is not null)
            throw new CommandException(ExitCodes.NoDevice, $"--backend {name}: {device.Name} cannot be used: {device.Refusal}.");
        return new(new TestedBackend(new IlgpuBackend(device, threads)), []);
    }

    /// <summary>The refusal of a name that no backend has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The names that there are.</param>
    public static CommandException Unknown(string name, IReadOnlyList<string> known) => CommandException.Of("--backend", name,
        $"there is no such device here; expected {string.Join(", ", known.SkipLast(1))} or {known[^1]}."
            + NearestWord.Meant(NearestWord.Of(name, known)), ExitCodes.NoDevice);

    /// <inheritdoc/>
    public void Dispose() => (Backend as IDisposable)?.Dispose();

    // The fastest device that computes the reference's bits, where the work is worth the time to find out.
    private static BackendChoice Auto(int threads, double values)
    {
        var simd = new SimdBackend(threads);
        if (values * SecondsPerValue / threads < SecondsWorthADevice)
        {
            return new(simd, DeviceCatalog.HasCudaDriver
                ? [new(SmallWork, $"The work is too small to be worth starting a GPU; --backend {DeviceCatalog.Cuda} would use it.")] : []);
        }

        var warnings = new List<Warning>();
        var candidates = new[] { DeviceCatalog.Cuda, DeviceCatalog.OpenCl }.SelectMany(DeviceCatalog.Of).Where(d => d is { IsAccelerator: true }).ToArray();
        if (candidates.Length == 0) return new(simd, []);
        var plan = TestPlan;
        var best = (Backend: (IBackend)simd, Speed: SelfTest.Run(simd, plan, Patience).DrawsPerSecond);
        foreach (var device in candidates)
        {
            var (backend, result) = Try(device, plan, threads);
            if (result.Finding is null && result.DrawsPerSecond > best.Speed)
            {
                (best.Backend as IDisposable)?.Dispose();
                best = (backend, result.DrawsPerSecond);
                continue;
            }

            backend.Dispose();
            warnings.Add(new(NotUsed, $"{device.Name} was not used: " + (result.Finding ?? string.Create(CultureInfo.InvariantCulture,
                $"it drew {result.DrawsPerSecond:0.##E+0} times a second in the test, {best.Backend.Info.Name} {best.Speed:0.##E+0}")) + "."));
        }

        return new(best.Backend, warnings);
    }

    private static (IlgpuBackend Backend, SelfTestResult Result) Try(GpuDevice device, SamplePlan plan, int threads)
    {
        var backend = new IlgpuBackend(device, threads);
        try
        {
            return (backend, SelfTest.Run(backend, plan, Patience));
        }
        catch (DeviceException exception)
        {
            return (backend, new(exception.Message, 0));
        }
    }
}
