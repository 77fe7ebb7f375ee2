using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using IIKernel.Kernels;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports.Files;

/// <summary>
/// What a verb leaves beside the files that it wrote: how it was called, what it read, on what it ran and what it wrote. It stands in a
/// file named for the verb; <see cref="ReceiptVerification"/> reads it back.
/// </summary>
public sealed record Receipt
{
    /// <summary>What <see cref="Program"/> says.</summary>
    public const string ProgramName = "IIKernel";

    /// <summary>"IIKernel": tells a receipt from other JSON files.</summary>
    public string Program { get; } = ProgramName;

    /// <summary>The verb that wrote the files.</summary>
    public required string Verb { get; init; }

    /// <summary>The command that a shell takes to do the same again, in <see cref="WorkingFolder"/>.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The arguments as the shell handed them over.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The folder in which the program was called.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Every option with the value that it had.</summary>
    public required IReadOnlyDictionary<string, object?> Options { get; init; }

    /// <summary>When the program was called.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When all files but the receipt were complete.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Title of the study; null where the verb reads none.</summary>
    public string? Study { get; init; }

    /// <summary>The study's own remark on its data; null where it makes none.</summary>
    public string? Note { get; init; }

    /// <summary>Where the study was read from: the path of study.json as typed, or "embedded:demo/study.json".</summary>
    public string? Origin { get; init; }

    /// <summary>Unit of every amount of money.</summary>
    public string? Unit { get; init; }

    /// <summary>Every file of the study with its SHA-256; paths are relative to the folder of <see cref="Origin"/>.</summary>
    public IReadOnlyList<FileFingerprint> Inputs { get; init; } = [];

    /// <summary>Every other file that was read; paths are relative to <see cref="WorkingFolder"/>.</summary>
    public IReadOnlyList<FileFingerprint> OtherInputs { get; init; } = [];

    /// <summary>Version of IIKernel.</summary>
    public string Version { get; } = Machine.ProductVersion;

    /// <summary>Versions of the packages that it was built with.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; } = Files.Machine.Packages;

    /// <summary>Version of the .NET runtime.</summary>
    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    /// <summary>The machine.</summary>
    public Machine Machine { get; } = Machine.Current;

    /// <summary>The backend that drew; null where nothing was drawn on one.</summary>
    public BackendInfo? Backend { get; init; }

    /// <summary>What else the verb has to say of its run, as keys of their own.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Results { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Warnings with their codes.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>The other files that the verb wrote, with their SHA-256.</summary>
    public IReadOnlyList<FileFingerprint> Outputs { get; init; } = [];

    /// <summary>File name of a verb's receipt.</summary>
    public static string FileNameOf(string verb) => verb + ".json";

    /// <summary>The receipt of a call, without its outputs.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="study">The study that it read; null for none.</param>
    /// <param name="results">What else the verb has to say: its properties become keys of the receipt; null for nothing.</param>
    public static Receipt Of(Invocation invocation, Study? study, object? results = null) => new()
    {
        Verb = invocation.Verb,
        CommandLine = invocation.CommandLine,
        Arguments = invocation.Arguments,
        WorkingFolder = Directory.GetCurrentDirectory(),
        Options = invocation.Options,
        Started = invocation.Started,
        Finished = DateTimeOffset.Now,
        Study = study?.Name,
        Note = study?.Note,
        Origin = study?.Origin,
        Unit = study?.Unit.Text,
        Inputs = study?.Files ?? [],
        Results = results is null ? new Dictionary<string, JsonElement>()
            : JsonSerializer.SerializeToElement(results, JsonText.Options).EnumerateObject().ToDictionary(p => p.Name, p => p.Value),
        Warnings = study?.Warnings ?? [],
    };
}

/// <summary>What a receipt on disk is asked for; other keys are the reader's business.</summary>
internal sealed record WrittenReceipt
{
    public required string Program { get; init; }

    public required string Verb { get; init; }

    public required string CommandLine { get; init; }

    public required string WorkingFolder { get; init; }

    public string? Origin { get; init; }

    public string? Study { get; init; }

    // Of a run alone.
    public long? Draws { get; init; }

    public ulong? Seed { get; init; }

    public double? Level { get; init; }

    public string? Sequence { get; init; }

    public required IReadOnlyList<FileFingerprint> Inputs { get; init; }

    public required IReadOnlyList<FileFingerprint> OtherInputs { get; init; }

    public required IReadOnlyList<FileFingerprint> Outputs { get; init; }

    /// <summary>The receipt in a file, or null where the file is none.</summary>
    public static WrittenReceipt? Read(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) return null;
        try
        {
            if (InputFile.Read(path, InputLimits.JsonBytes) is not { Length: > 0 } bytes) return null;
            var receipt = JsonSerializer.Deserialize<WrittenReceipt>(bytes, JsonText.Options);
            if (receipt is not { Program: Receipt.ProgramName, Inputs: not null, OtherInputs: not null, Outputs: not null })
                return null;
            // Outputs lie in the receipt's folder: a name that leads elsewhere is none of ours.
            return receipt.Outputs.All(o => o is { Path.Length: > 0, Sha256: not null } && Path.GetFileName(o.Path) == o.Path)
                ? receipt : null;
        }
        catch (Exception exception) when (exception is JsonException or InputFileException)
        {
            return null;
        }
    }
}
