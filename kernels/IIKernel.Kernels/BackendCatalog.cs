namespace IIKernel.Kernels;

/// <summary>The backends that can be asked for by name. Further ones (GPUs) are added by whoever references them.</summary>
public sealed class BackendCatalog
{
    private readonly Dictionary<string, Func<int, IBackend>> _factories = [];

    /// <summary>A catalogue of the processor's own backends: <c>reference</c> and <c>simd</c>.</summary>
    public BackendCatalog()
    {
        Add(ReferenceBackend.Name, _ => new ReferenceBackend());
        Add(SimdBackend.Name, threads => new SimdBackend(threads));
    }

    /// <summary>The names, in the order in which they were added.</summary>
    public IReadOnlyCollection<string> Names => _factories.Keys;

    /// <summary>The name that stands for the fastest backend present.</summary>
    public const string Auto = "auto";

    /// <summary>Adds a backend; the factory takes the number of threads.</summary>
    public void Add(string name, Func<int, IBackend> factory) => _factories.Add(name, factory);

    /// <summary>
    /// Makes the backend of a name, <see cref="Auto"/> included; null where there is none of that name.
    /// </summary>
    /// <param name="name">A name of <see cref="Names"/>, or <see cref="Auto"/>.</param>
    /// <param name="threads">Number of threads, at least 1.</param>
    public IBackend? Create(string name, int threads) =>
        _factories.TryGetValue(name == Auto ? SimdBackend.Name : name, out var factory) ? factory(threads) : null;
}
