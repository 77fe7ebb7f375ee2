namespace IIKernel.Kernels.Gpu;

/// <summary>Conditions that a test puts a program under.</summary>
internal sealed record Hostility
{
    /// <summary>Nothing out of the ordinary.</summary>
    public static Hostility None { get; } = new();

    /// <summary>Largest batch, a multiple of the draws of a block.</summary>
    public int MostDraws { get; init; } = int.MaxValue;

    /// <summary>Room for values that a pass keeps, at first.</summary>
    public long KeptCapacity { get; init; } = 1L << 20;

    /// <summary>Threads of a group that gathers, a power of two; null for those that are best.</summary>
    public int? Threads { get; init; }

    /// <summary>From how many kept values on a device sorts them itself, whether or not it is good at it.</summary>
    public long SortsFrom { get; init; } = long.MaxValue;

    /// <summary>Called, with what is about to be done, before every use of the device; may throw what a driver would.</summary>
    public Action<string>? Probe { get; init; }

    /// <summary>
    /// Whether what a batch (<see cref="TileView.Values"/>) or a pass (<see cref="PassView.Gaps"/>) just wrote, by the name of its memory,
    /// is lost: zeros are in its place.
    /// </summary>
    public Func<string, bool>? Loses { get; init; }
}
