using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IIKernel.Kernels;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>run.json: what is needed to replay a run bit for bit, and what its reader must know.</summary>
public sealed record RunReceipt
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "run.json";

    /// <summary>
    /// Options of every JSON text that the project writes: names in snake case, as those of CSV columns, and null where a number is not
    /// finite, which JSON has no word for.
    /// </summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new FiniteNumberConverter() },
    };

    /// <summary>Title of the study.</summary>
    public required string Study { get; init; }

    /// <summary>The study's own remark on its data; null where it makes none.</summary>
    public required string? Note { get; init; }

    /// <summary>Where the study was read from.</summary>
    public required string Origin { get; init; }

    /// <summary>Unit of every amount of money.</summary>
    public required string Unit { get; init; }

    /// <summary>Every input file with its SHA-256.</summary>
    public required IReadOnlyList<FileFingerprint> Inputs { get; init; }

    /// <summary>Number of draws.</summary>
    public required long Draws { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The sequence that uniforms come from.</summary>
    public required string Sequence { get; init; }

    /// <summary>Probability of every coverage interval.</summary>
    public required double Level { get; init; }

    /// <summary>The backend that drew.</summary>
    public required BackendInfo Backend { get; init; }

    /// <summary>Version of IIKernel.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Operating system and architecture.</summary>
    public required string Platform { get; init; }

    /// <summary>Wall time of compiling the plan and evaluating its point, in seconds.</summary>
    public required double PreparationSeconds { get; init; }

    /// <summary>Wall time of drawing and of the statistics, in seconds.</summary>
    public required double SamplingSeconds { get; init; }

    /// <summary>See <see cref="UncertaintySummary.PointDistance"/>.</summary>
    public required double PointDistance { get; init; }

    /// <summary>The sources of uncertainty that were drawn.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>See <see cref="UncertaintySummary.FlaggedDraws"/>.</summary>
    public required IReadOnlyDictionary<string, long> FlaggedDraws { get; init; }

    /// <summary>Warnings with their codes.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>The other files of the run with their SHA-256.</summary>
    public required IReadOnlyList<FileFingerprint> Outputs { get; init; }

    /// <summary>The receipt of <paramref name="summary"/>.</summary>
    public static RunReceipt Of(UncertaintySummary summary, IReadOnlyList<FileFingerprint> outputs) => new()
    {
        Study = summary.Study.Name,
        Note = summary.Study.Note,
        Origin = summary.Study.Origin,
        Unit = summary.Study.Unit.Text,
        Inputs = summary.Study.Files,
        Draws = summary.Sampling.Draws,
        Seed = summary.Sampling.Seed,
        Sequence = "philox",
        Level = summary.Sampling.Level,
        Backend = summary.Backend,
        Version = ProductVersion,
        Runtime = RuntimeInformation.FrameworkDescription,
        Platform = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        PreparationSeconds = Math.Round(summary.PreparationTime.TotalSeconds, 3),
        SamplingSeconds = Math.Round(summary.SamplingTime.TotalSeconds, 3),
        PointDistance = summary.PointDistance,
        Sources = SourcesCsv.Words(summary.Sources),
        FlaggedDraws = summary.FlaggedDraws,
        Warnings = summary.Warnings,
        Outputs = outputs,
    };

    /// <summary>Version of IIKernel.</summary>
    public static string ProductVersion { get; } =
        typeof(RunReceipt).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
