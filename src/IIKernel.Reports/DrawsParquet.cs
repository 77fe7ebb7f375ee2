using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using static System.FormattableString;

namespace IIKernel.Reports;

/// <summary>
/// Kept draws as Apache Parquet: a column of doubles for each name, one draw a row, in groups of rows whose memory does not grow with the
/// number of draws. What is not finite in a draw is kept as it is. The file says of which run it is (<see cref="DrawsOrigin"/>).
/// </summary>
public static class DrawsParquet
{
    /// <summary>How names of such files end.</summary>
    public const string Extension = ".parquet";

    // Values of a group of rows: 16 MB.
    private const int Together = 1 << 21;

    /// <summary>Writes the draws 0 … draws − 1.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="columns">What is kept.</param>
    /// <param name="source">The plan on a backend.</param>
    /// <param name="origin">The run, which says how many draws.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    public static void Write(
        Stream stream, DrawColumns columns, IDrawSource source, DrawsOrigin origin, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(origin);
        // Nobody waits for this thread.
        WriteAsync(stream, columns, source, origin, progress, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Reads a file, which is held in memory.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">It is not there, or holds something else.</exception>
    public static DrawsFile Read(string path, CancellationToken cancellation = default)
    {
        try
        {
            using var stream = InputFile.Open(path);
            // Whoever says that there is no such file says it of any.
            return stream is null ? DrawsFile.Read(path, cancellation) : Read(path, stream, cancellation);
        }
        catch (InputFileException exception)
        {
            throw new StudyException([exception.Of(path)]);
        }
    }

    /// <summary>Likewise, of a stream that can be read in any order.</summary>
    internal static DrawsFile Read(string path, Stream stream, CancellationToken cancellation)
    {
        try
        {
            return ReadAsync(path, stream, cancellation).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StudyException))
        {
            // A damaged file ends the reader in many ways; memory for what it holds was asked for before.
            throw Refusal(path, "", $"no Parquet file that can be read ({exception.Message.TrimEnd('.')})");
        }
    }

    private static async Task<DrawsFile> ReadAsync(string path, Stream stream, CancellationToken cancellation)
    {
        if (!ParquetShape.HasFooter(stream)) throw Refusal(path, "", "no Parquet file, or a damaged one");
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellation).ConfigureAwait(false);
        var fields = reader.Schema.GetDataFields();
        var other = Array.Find(fields, f => f.ClrType != typeof(double) || f.MaxRepetitionLevel > 0);
        if (other is not null) throw Refusal(path, $"column {Wording.OneLine(other.Name)}", "another type than a number of 64 bits");
        var chunks = reader.Metadata!.RowGroups.SelectMany(g => g.Columns);
        if (!chunks.All(chunk => ParquetShape.HasPages(stream, chunk))) throw Refusal(path, "", "a damaged Parquet file");
        if (TooMany(path, reader.Metadata!.RowGroups, fields.Length, stream.Length) is { } fault) throw new StudyException([fault]);
        var values = fields.Select(_ => new List<double>()).ToArray();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            for (var c = 0; c < fields.Length; c++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (fields[c].IsNullable)
                {
                    var cells = new double?[group.RowCount];
                    await group.ReadAsync<double>(fields[c], cells, cancellationToken: cancellation).ConfigureAwait(false);
                    values[c].AddRange(cells.Select(v => v ?? double.NaN));
                }
                else
                {
                    var cells = new double[group.RowCount];
                    await group.ReadAsync<double>(fields[c], cells.AsMemory(), cancellationToken: cancellation).ConfigureAwait(false);
                    values[c].AddRange(cells);
                }
            }
        }

        return values.Length == 0 || values[0].Count == 0 ? throw Refusal(path, "", "no draws")
            : new(path, [.. fields.Select(f => f.Name)], [.. values.Select(v => v.ToArray())]) { Origin = OriginOf(reader.CustomMetadata) };
    }

    // Groups say how many rows they have; memory for them is taken before the first is read.
    private static StudyFault? TooMany(string path, IEnumerable<RowGroup> groups, int columns, long bytes)
    {
        var values = 0.0;
        foreach (var group in groups)
        {
            if (group.NumRows is < 0 or > int.MaxValue) return Refused(path, "", $"a group of {group.NumRows} rows");
            values += (double)group.NumRows * columns;
        }

        return InputLimits.IsExpansion(values * sizeof(double), bytes)
            ? Refused(path, "", Invariant($"{values:N0} values in {bytes:N0} bytes"))
            : StudyLimits.KeptValues(path, "", values, StudyLimits.Memory);
    }

    private static Dictionary<string, string> About(DrawsOrigin origin) => new()
    {
        ["program"] = $"{Receipt.ProgramName} {Machine.ProductVersion}",
        ["study"] = origin.Study,
        ["draws"] = Invariant($"{origin.Sampling.Draws}"),
        ["seed"] = Invariant($"{origin.Sampling.Seed}"),
        ["level"] = Invariant($"{origin.Sampling.Level:R}"),
        ["sequence"] = SamplingOptions.Word(origin.Sampling.Sequence),
        ["replicates"] = Invariant($"{origin.Sampling.Replicates}"),
    };

    // Null of a file of another program.
    private static DrawsOrigin? OriginOf(IReadOnlyDictionary<string, string> about) =>
        about.TryGetValue("study", out var study)
        && long.TryParse(about.GetValueOrDefault("draws"), CultureInfo.InvariantCulture, out var draws) && draws > 0
        && ulong.TryParse(about.GetValueOrDefault("seed"), CultureInfo.InvariantCulture, out var seed)
        && double.TryParse(about.GetValueOrDefault("level"), CultureInfo.InvariantCulture, out var level)
        && SamplingOptions.Find(about.GetValueOrDefault("sequence", "")) is { } sequence
            ? new(study, new(draws, seed, level) { Sequence = sequence }) : null;

    private static StudyException Refusal(string path, string place, string found) => new([Refused(path, place, found)]);

    private static StudyFault Refused(string path, string place, string found) =>
        new(path, place, found, "draws that run kept: a column of numbers for each name", "Run with --save-draws again.");

    private static async Task WriteAsync(
        Stream stream, DrawColumns columns, IDrawSource source, DrawsOrigin origin, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var draws = origin.Sampling.Draws;
        DataField[] fields = [.. columns.Names.Select(name => new DataField<double>(name))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), stream, cancellationToken: cancellation)
            .ConfigureAwait(false);
        writer.CustomMetadata = About(origin);
        var rows = (int)Math.Min(draws, Math.Max(1, Together / fields.Length));
        var values = new double[fields.Length * rows];
        for (var first = 0L; first < draws; first += rows)
        {
            var count = (int)Math.Min(rows, draws - first);
            columns.Evaluate(source, first, count, values, cancellation);
            using var group = writer.CreateRowGroup();
            for (var c = 0; c < fields.Length; c++)
                await group.WriteAsync<double>(fields[c], values.AsMemory(c * count, count), cancellationToken: cancellation)
                    .ConfigureAwait(false);
            progress?.Report((first + count) / (double)draws);
        }
    }
}
