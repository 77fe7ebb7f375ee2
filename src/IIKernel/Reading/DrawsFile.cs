using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Of what run draws were kept.</summary>
/// <param name="Study">Title of the study.</param>
/// <param name="Sampling">How it was drawn.</param>
public sealed record DrawsOrigin(string Study, SamplingOptions Sampling);

/// <summary>Draws that were kept in a CSV file: a header of names and one draw a row.</summary>
/// <param name="Path">The file.</param>
/// <param name="Names">The columns, each once.</param>
/// <param name="Values">The values of each column in draw order.</param>
public sealed record DrawsFile(string Path, IReadOnlyList<string> Names, IReadOnlyList<double[]> Values)
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const string Expected = "a CSV file of draws: a header of names, then one draw a line";

    /// <summary>Number of draws.</summary>
    public int Draws => Values[0].Length;

    /// <summary>Of what run they are; null where nothing says so, and they are taken for independent draws.</summary>
    public DrawsOrigin? Origin { get; init; }

    /// <summary>Number of replicates that the draws belong to in turn; see <see cref="SamplingOptions.Replicates"/>.</summary>
    public int Replicates => Origin is { Sampling: { } sampling } && sampling.Draws == Draws ? sampling.Replicates : 1;

    /// <summary>The draws of one replicate, as independent of each other as those of a sequence are.</summary>
    /// <param name="index">Its number from 0.</param>
    public DrawsFile Replicate(int index) =>
        new(Path, Names, [.. Values.Select(v => v.Where((_, draw) => draw % Replicates == index).ToArray())]);

    /// <summary>Reads a file; it is held in memory.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">It is not there, or holds something else; the faults say where.</exception>
    public static DrawsFile Read(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var faults = new FaultList();
        var draws = Read(path, faults, cancellation);
        return faults.Count == 0 ? draws! : throw new StudyException(faults.ToFaults());
    }

    private static DrawsFile? Read(string path, FaultList faults, CancellationToken cancellation)
    {
        try
        {
            using var stream = InputFile.Open(path);
            if (stream is not null) return Read(path, stream, faults, cancellation);
            faults.Add(new(path, "", "no such file", Expected, "Check the path."));
        }
        catch (InputFileException exception)
        {
            faults.Add(exception.Of(path));
        }

        return null;
    }

    /// <summary>The draws of a stream; null with faults added.</summary>
    internal static DrawsFile? Read(string path, Stream stream, FaultList faults, CancellationToken cancellation)
    {
        try
        {
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new LineLimitReader(new StreamReader(stream, utf8));
            using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                IgnoreBlankLines = false,
                BadDataFound = null,
            });
            if (!parser.Read())
            {
                faults.Add(new(path, "", "an empty file", Expected, "Run with --save-draws again."));
                return null;
            }

            string[] names = [.. parser.Record!.Select(SpreadsheetCell.Restore)];
            if (!CheckNames(path, names, faults)) return null;
            var values = names.Select(_ => new List<double>()).ToArray();
            var memory = StudyLimits.Memory;
            while (parser.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                var (cells, line) = (parser.Record!, parser.RawRow);
                if (cells.Length != names.Length)
                {
                    faults.Add(path, $"{cells.Length} cells", "more line", () => new(path, $"line {line}",
                        Wording.Count(cells.Length, "cell"), $"{Wording.Count(names.Length, "cell")}, as in the header",
                        "The file may have been cut off; run with --save-draws again."));
                    continue;
                }

                if (StudyLimits.KeptValues(path, $"line {line}", (values[0].Count + 1.0) * names.Length, memory) is { } large)
                {
                    faults.Add(large);
                    return null;
                }

                for (var c = 0; c < cells.Length; c++) values[c].Add(Value(path, line, names[c], cells[c], faults));
            }

            if (values[0].Count == 0 && faults.Count == 0)
                faults.Add(new(path, "", "a header without draws", "at least one draw", "Run with --save-draws again."));
            return new(path, names, [.. values.Select(v => v.ToArray())]);
        }
        catch (LineLimitException exception)
        {
            faults.Add(exception.Of(path));
            return null;
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new(path, "", "bytes that are no text in UTF-8", Expected, "Save the file as UTF-8."));
            return null;
        }
    }

    private static bool CheckNames(string path, string[] names, FaultList faults)
    {
        var before = faults.Count;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < names.Length; c++)
        {
            var place = $"line 1, column {c + 1}";
            if (names[c].Length == 0)
            {
                faults.Add(new(path, place, "an empty cell", "the name of a column", "Write the name of a figure or an input."));
            }
            else if (!seen.Add(names[c]))
            {
                faults.Add(new(
                    path, place, $"{CsvRow.Quote(names[c])} for the second time", "each name once", "Remove one of the columns."));
            }
        }

        if (names.Length > 0 && names.All(name => IsNumber(name, out _)))
            faults.Add(new(path, "line 1", "numbers", "the names of the columns", "Write a header."));
        return faults.Count == before;
    }

    private static double Value(string path, int line, string name, string cell, FaultList faults)
    {
        if (IsNumber(cell, out var value)) return value;
        faults.Add(path, $"no number in {name}", "more cell", () => new(path, $"line {line}, column {CsvRow.Shorten(name)}",
            CsvRow.Quote(cell), "a number, NaN, Infinity or -Infinity",
            "Write it with a decimal point and no thousands separators."));
        return double.NaN;
    }

    private static bool IsNumber(string cell, out double value) => double.TryParse(cell, Number, CultureInfo.InvariantCulture, out value);
}
