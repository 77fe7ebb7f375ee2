namespace IIKernel.Reports.Reshaping;

/// <summary>A sector that came from one category into another.</summary>
public sealed record MovedSector(string Sector, string From, string To) : Phrase;

/// <summary>Sectors that come into another category than they had.</summary>
/// <param name="Sectors">The first of them.</param>
/// <param name="More">How many others there are.</param>
public sealed record CategoryChangedWarning(IReadOnlyList<MovedSector> Sectors, int More) : Warning;

/// <summary>Why coefficients became a joint sample.</summary>
public enum SampledKind
{
    /// <summary>Theirs were of one sector each, which is no more.</summary>
    Single,

    /// <summary>They are joined by a correlation or a sample.</summary>
    Joined,

    /// <summary>They come from a panel.</summary>
    Panel,
}

/// <summary>Coefficients of a reshaped study that are draws of the old ones.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Sectors">The sectors whose coefficients cannot be kept.</param>
/// <param name="Draws">Draws of the sample.</param>
/// <param name="Sample">The file of the sample.</param>
/// <param name="File">The file of the coefficients.</param>
public sealed record CoefficientsSampledWarning(
    SampledKind Kind, IReadOnlyList<string> Sectors, int Draws, string Sample, string File) : Warning;

/// <summary>Keys of uncertainty.flows that name sectors of the old table, and were left out.</summary>
public sealed record FlowErrorsLeftOutWarning(IReadOnlyList<string> Keys) : Warning;
