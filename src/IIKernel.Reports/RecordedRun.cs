using System.Text.Json;
using IIKernel.Reports.Files;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>What a receipt of <c>run</c> says of how to draw again.</summary>
public sealed record RecordedRun
{
    /// <summary>What wrote it: <see cref="Receipt.ProgramName"/>.</summary>
    public required string Program { get; init; }

    /// <summary>The verb.</summary>
    public required string Verb { get; init; }

    /// <summary>Version of IIKernel.</summary>
    public required string Version { get; init; }

    /// <summary>The folder in which it was called.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Where the study was read from.</summary>
    public required string Origin { get; init; }

    /// <summary>Number of draws.</summary>
    public required long Draws { get; init; }

    /// <summary>Seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The sequence that uniforms came from, by its word.</summary>
    public required string Sequence { get; init; }

    /// <summary>How drawn tables were solved; null for double precision.</summary>
    public ReceiptTables? Tables { get; init; }

    /// <summary>Level.</summary>
    public required double Level { get; init; }

    /// <summary>The sources of uncertainty that were drawn, by their words.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The files that it wrote.</summary>
    public required IReadOnlyList<FileFingerprint> Outputs { get; init; }

    /// <summary>Where the study lies now, as a path; null for the embedded demonstration study.</summary>
    public string? StudyPath => Origin.StartsWith("embedded:", StringComparison.Ordinal) ? null : Path.Combine(WorkingFolder, Origin);

    /// <summary>The run whose receipt lies in a folder; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static RecordedRun? Read(string folder)
    {
        try
        {
            if (InputFile.Read(Path.Combine(folder, RunReceipt.FileName), InputLimits.JsonBytes) is not { } bytes) return null;
            var run = JsonSerializer.Deserialize<RecordedRun>(bytes, JsonText.Options);
            var isOne = run is { Program: Receipt.ProgramName, Verb: "run", Origin: not null, WorkingFolder: not null };
            return isOne && run is { Sources: not null, Outputs: not null } ? run : null;
        }
        catch (Exception exception) when (exception is JsonException or InputFileException)
        {
            return null;
        }
    }
}
