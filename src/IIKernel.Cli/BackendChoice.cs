using IIKernel.Kernels;
using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Plan;
using IIKernel.Reading;
using IIKernel.Uncertainty;

namespace IIKernel.Cli;

/// <summary>The backend that a run uses, and what is to be said about it.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Reasons">Why it is no other.</param>
public sealed record BackendChoice(IBackend Backend, IReadOnlyList<Warning> Reasons) : IDisposable
{
    // What a value of an output costs one thread of a processor, in seconds: 2 to 3 ns where coefficients alone are uncertain, 5 to 12 ns
    // where the accounts are too (bench/results). And what opening, compiling for and testing a device may cost before it must
    // have paid.
    private const double SecondsPerValue = 4e-9;
    private const double SecondsWorthADevice = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>Every place of this machine where a study can be drawn.</summary>
    public static BackendCatalog Catalog { get; } = NewCatalog();

    /// <summary>What is to be said of the choice, and of what the backend did so far.</summary>
    public IReadOnlyList<Warning> Warnings => [.. Reasons, .. DeviceWarnings.Of(Backend)];

    /// <summary>Names that --backend takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [BackendCatalog.Auto, .. Catalog.Names];

    /// <summary>The plan that devices are tried on: the demonstration study's.</summary>
    public static SamplePlan TestPlan
    {
        get
        {
            var study = StudyReader.ReadDemonstration();
            return new CompiledStudy(study).Plan(study.Sampling.Seed);
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
        if (name == BackendCatalog.Auto) return Fastest(threads, values);
        if (!Names.Contains(name)) throw Unknown(name, Names);
        var places = Catalog.Of(name);
        if (places.Count == 0)
        {
            throw new CommandException(ExitCodes.NoDevice, DeviceCatalog.DriverFault(name) is { } fault
                ? $"--backend {name}: its driver cannot be used: {fault}. Install one that fits this system, or use "
                    + $"--backend {SimdBackend.Name}."
                : $"--backend {name}: this machine has no such device, or no driver for it that can be loaded; the verb devices lists what "
                    + $"there is. Install the driver, or use --backend {SimdBackend.Name}.");
        }

        if (index is { } i && (i < 0 || i >= places.Count))
            throw CommandException.Of("--device", i, $"expected 0 to {places.Count - 1} of --backend {name}.", ExitCodes.NoDevice);
        var place = index is { } n ? places[n] : places.FirstOrDefault(p => p.Refusal is null) ?? places[0];
        if (place.Refusal is not null)
        {
            throw new CommandException(ExitCodes.NoDevice,
                $"--backend {name}: {place.Device} cannot be used: {place.Refusal}. Use another, such as --backend {SimdBackend.Name}.");
        }

        return new(Create(place, threads), []);
    }

    /// <summary>The backend of a place; one that is driven is tested before its numbers are used.</summary>
    /// <param name="place">The place.</param>
    /// <param name="threads">Threads of the processor.</param>
    /// <param name="alone">Whether the processor must not take over where the place fails.</param>
    public static IBackend Create(BackendDescriptor place, int threads, bool alone = false) =>
        place.IsDriven ? new TestedBackend(place.Create(threads), alone ? DeviceDuty.All : DeviceDuty.Start, threads)
            : place.Create(threads);

    /// <summary>Tests a place, which is given back afterwards.</summary>
    /// <param name="place">The place.</param>
    /// <param name="plan">A plan with every kind of input that matters.</param>
    /// <param name="patience">How long the timing may take.</param>
    public static SelfTestResult Test(BackendDescriptor place, SamplePlan plan, TimeSpan patience)
    {
        var backend = place.Create(Environment.ProcessorCount);
        using var given = new TestedBackend(backend, DeviceDuty.All, Environment.ProcessorCount);
        return Test(backend, plan, patience);
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
    private static BackendChoice Fastest(int threads, double values)
    {
        var processor = BackendCatalog.Processor(threads);
        if (values * SecondsPerValue / threads < SecondsWorthADevice)
        {
            return new(processor, DeviceCatalog.HasCudaDriver
                ? [new AutoSmallWorkWarning(DeviceCatalog.Cuda)] : []);
        }

        var warnings = new List<Warning>();
        foreach (var name in Catalog.Names)
            if (DeviceCatalog.DriverFault(name) is { } fault) warnings.Add(new AutoDeviceNotUsedWarning(name, fault));
        var candidates = Catalog.All().Where(p => p.IsAccelerator).ToArray();
        if (candidates.Length == 0) return new(processor, warnings);
        var plan = TestPlan;
        var best = (Backend: processor, Speed: SelfTest.Run(processor, plan, Patience).DrawsPerSecond);
        foreach (var place in candidates)
        {
            var backend = place.Create(threads);
            var tested = new TestedBackend(backend, DeviceDuty.None, threads);
            var result = Test(backend, plan, Patience);
            if (result.Finding is null && result.DrawsPerSecond > best.Speed)
            {
                (best.Backend as IDisposable)?.Dispose();
                best = (tested, result.DrawsPerSecond);
                continue;
            }

            tested.Dispose();
            warnings.Add(result.Finding is { } finding ? new AutoDeviceNotUsedWarning(place.Device, finding)
                : new AutoDeviceSlowerWarning(place.Device, result.DrawsPerSecond, best.Backend.Info.Name, best.Speed));
        }

        return new(best.Backend, warnings);
    }

    private static SelfTestResult Test(IBackend backend, SamplePlan plan, TimeSpan patience)
    {
        try
        {
            return SelfTest.Run(backend, plan, patience);
        }
        catch (DeviceException exception)
        {
            return new(exception.Message, 0);
        }
    }

    private static BackendCatalog NewCatalog()
    {
        var catalog = new BackendCatalog();
        DeviceCatalog.Register(catalog);
        return catalog;
    }
}
