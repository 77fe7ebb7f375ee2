namespace IIKernel.Kernels;

/// <summary>The backends that can be asked for by name, each with the places of this machine that it can draw on.</summary>
public sealed class BackendCatalog
{
    /// <summary>The name that stands for the fastest place present; no backend of its own.</summary>
    public const string Auto = "auto";

    private readonly List<(string Name, Func<IReadOnlyList<BackendDescriptor>> Places)> _backends = [];

    /// <summary>A catalogue of the processor's own backends: <c>reference</c> and <c>simd</c>.</summary>
    public BackendCatalog()
    {
        Add(ReferenceBackend.Name, () => [OfProcessor(ReferenceBackend.Name, _ => new ReferenceBackend())]);
        Add(SimdBackend.Name, () => [OfProcessor(SimdBackend.Name, Processor)]);
    }

    /// <summary>The names, in the order in which they were added.</summary>
    public IReadOnlyList<string> Names => [.. _backends.Select(b => b.Name).Distinct()];

    /// <summary>The fastest backend of the processor, which is always there.</summary>
    /// <param name="threads">Number of threads, at least 1.</param>
    public static IBackend Processor(int threads) => new SimdBackend(threads);

    /// <summary>Adds a backend, or further places to one: they follow those that it has.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="places">Asks the machine where it can draw, those places that cannot be used among them.</param>
    public void Add(string name, Func<IReadOnlyList<BackendDescriptor>> places) => _backends.Add((name, places));

    /// <summary>The places of a backend on this machine; none where there is no such device, or no such backend.</summary>
    public IReadOnlyList<BackendDescriptor> Of(string name) => [.. _backends.Where(b => b.Name == name).SelectMany(b => b.Places())];

    /// <summary>The places of all backends.</summary>
    public IEnumerable<BackendDescriptor> All() => _backends.SelectMany(b => b.Places());

    private static BackendDescriptor OfProcessor(string name, Func<int, IBackend> create)
    {
        var info = create(Environment.ProcessorCount).Info;
        return new()
        {
            Name = name,
            Index = 0,
            Device = info.Device,
            Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            HasDoublePrecision = true,
            Driver = $".NET {Environment.Version}",
            Equality = info.Equality,
            IsDriven = false,
            IsAccelerator = false,
            Refusal = null,
            Create = create,
        };
    }
}
