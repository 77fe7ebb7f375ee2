using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>A study with another study.json than the one that its reader sees.</summary>
internal static partial class PatchedStudy
{
    /// <summary>Reads it.</summary>
    /// <param name="files">The study's files.</param>
    /// <param name="definition">What stands for study.json.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">It cannot be computed; carries every fault found.</exception>
    public static Study Read(IStudyFiles files, JsonNode? definition, CancellationToken cancellation) =>
        StudyReader.Read(new PatchedStudyFiles(files, JsonSerializer.SerializeToUtf8Bytes(definition)), cancellation: cancellation);

    /// <summary>The place of a fault: a patched study.json is nowhere to be seen, so that its lines say nothing, and its keys do.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="definition">Path of study.json.</param>
    public static string PlaceOf(StudyFault fault, string definition) =>
        fault.File == definition ? LineOf().Replace(fault.Place, "") : fault.Place;

    /// <summary>The key of study.json that a fault is about: "regions[0].name"; null where it is about none.</summary>
    /// <inheritdoc cref="PlaceOf" path="/param"/>
    public static string? KeyOf(StudyFault fault, string definition) =>
        fault.File == definition && Key().Match(fault.Place) is { Success: true } key ? key.Groups[1].Value : null;

    [GeneratedRegex("^line [0-9]+(, byte [0-9]+)?(, )?")]
    private static partial Regex LineOf();

    [GeneratedRegex(@"(?:^|, )key ([^\s,]+)")]
    private static partial Regex Key();
}
