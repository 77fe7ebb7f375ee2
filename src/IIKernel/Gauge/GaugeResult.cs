namespace IIKernel.Gauge;

/// <summary>How a replayed value compares with its known answer.</summary>
public enum GaugeOutcome
{
    /// <summary>Within the tolerance.</summary>
    Pass,

    /// <summary>Outside it, by a documented flaw of the printed source.</summary>
    Note,

    /// <summary>Outside it.</summary>
    Diff,
}

/// <summary>One known answer, replayed.</summary>
/// <param name="Set">Name of its set.</param>
/// <param name="Item">Which value of the set.</param>
/// <param name="Backend">The backend that computed it; "host" for what no backend computes.</param>
/// <param name="Value">The value computed now.</param>
/// <param name="Reference">The known answer.</param>
/// <param name="Tolerance">Largest distance between the two that passes; not relative.</param>
/// <param name="Outcome">How they compare.</param>
/// <param name="Source">Where the known answer comes from.</param>
/// <param name="Note">The documented flaw; null where there is none.</param>
public sealed record GaugeResult(
    string Set, string Item, string Backend, double Value, double Reference, double Tolerance,
    GaugeOutcome Outcome, string Source, string? Note);
