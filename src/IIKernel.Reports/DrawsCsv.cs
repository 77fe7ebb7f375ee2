using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>
/// Kept draws: a header of names and one draw a row, each number with the digits that give it back, in memory that does not grow with the
/// number of draws.
/// </summary>
public static class DrawsCsv
{
    // Values that are evaluated together: 2 MB.
    private const int Together = 1 << 18;
    private const int LongestNumber = 32;

    /// <summary>Writes the header and the draws 0 … draws − 1. The encoding is the writer's.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="columns">What is kept.</param>
    /// <param name="source">The plan on a backend.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the writing with an <see cref="OperationCanceledException"/>.</param>
    public static void Write(
        TextWriter writer, DrawColumns columns, IDrawSource source, long draws, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(columns);
        using (var header = CsvOutput.Create(writer)) header.Row(columns.Names);
        var width = columns.Names.Count;
        var batch = (int)Math.Min(draws, Math.Max(1, Together / width));
        var values = new double[width * batch];
        var line = new char[width * LongestNumber];
        for (var first = 0L; first < draws; first += batch)
        {
            var count = (int)Math.Min(batch, draws - first);
            columns.Evaluate(source, first, count, values, cancellation);
            for (var draw = 0; draw < count; draw++) writer.Write(line.AsSpan(0, Row(values, draw, count, width, line)));
            progress?.Report((first + count) / (double)draws);
        }
    }

    private static int Row(double[] values, int draw, int count, int width, char[] line)
    {
        var at = 0;
        for (var column = 0; column < width; column++)
        {
            if (!values[column * count + draw].TryFormat(line.AsSpan(at), out var written, "R", CultureInfo.InvariantCulture))
                throw new InvalidOperationException("A number is longer than any.");
            at += written;
            line[at++] = column + 1 < width ? ',' : '\n';
        }

        return at;
    }
}
