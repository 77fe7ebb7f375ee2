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

    /// <summary>Reads several studies at the same time.</summary>
    /// <typeparam name="T">What is read of each.</typeparam>
    /// <param name="count">How many there are.</param>
    /// <param name="read">Reads one, by its index.</param>
    /// <param name="threads">Studies that are read at the same time: each needs memory.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// What was read, nothing of those that cannot be; and every fault once, with the first study that has it and how many others do.
    /// </returns>
    public static (T?[] Found, IReadOnlyList<(int First, StudyFault Fault, int Others)> Faults) Each<T>(
        int count, Func<int, T> read, int threads, CancellationToken cancellation)
        where T : class
    {
        var found = new T?[count];
        var faults = new IReadOnlyList<StudyFault>[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, count, options, i =>
        {
            faults[i] = [];
            try
            {
                found[i] = read(i);
            }
            catch (StudyException exception)
            {
                faults[i] = exception.Faults;
            }
        });
        return (found,
        [
            .. faults.SelectMany((list, i) => list.Select(fault => (Index: i, Fault: fault))).GroupBy(f => f.Fault)
                .Select(same => (same.First().Index, same.Key, same.Count() - 1)),
        ]);
    }

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
