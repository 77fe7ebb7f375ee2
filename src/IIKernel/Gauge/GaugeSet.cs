namespace IIKernel.Gauge;

/// <summary>A set of known answers, as gauge.json lists it.</summary>
public sealed record GaugeSet
{
    /// <summary>Name, for reports.</summary>
    public required string Name { get; init; }

    /// <summary>What the set is about, in words.</summary>
    public required string Title { get; init; }

    /// <summary>Which evaluator replays it; see <see cref="GaugeReplay"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The files of the set; the first names the source.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Relative tolerance; 0 (the default) where the values are whole numbers or their file states the tolerances.</summary>
    public double Tolerance { get; init; }

    /// <summary>Documented flaws of the printed source, by item.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
