using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>Does a pass, or one over some of its segments.</summary>
internal delegate PassResult PassAction(AccumulationPass pass, IProgress<double>? progress, CancellationToken cancellation);

/// <summary>One pass over a sample as work that can be divided.</summary>
/// <param name="pass">The pass.</param>
/// <param name="source">Whose draws it goes over.</param>
/// <param name="accumulate">Does it.</param>
internal sealed class PassWork(AccumulationPass pass, IDrawSource source, PassAction accumulate) : DividedWork<PassResult>
{
    /// <summary>The pass.</summary>
    public AccumulationPass Pass => pass;

    /// <summary>Whose draws it goes over.</summary>
    public IDrawSource Source => source;

    /// <inheritdoc/>
    public override SampleSegments Segments => pass.Segments;

    /// <inheritdoc/>
    public override SegmentRange Range => pass.Range;

    /// <inheritdoc/>
    public override bool IsCumulative => pass.Caches;

    /// <inheritdoc/>
    public override int Start => pass.Rest.First;

    /// <inheritdoc/>
    public override void Identify(BinaryWriter writer)
    {
        // What is cached, and what goes on from where, changes no result.
        IdentityWriter.Write(writer, pass.Draws);
        IdentityWriter.Write(writer, pass.Columns);
        IdentityWriter.Write(writer, pass.Centres);
        IdentityWriter.Write(writer, pass.CountsGaps);
        IdentityWriter.Write(writer, pass.Bins);
        writer.Write(pass.Range.First);
        writer.Write(pass.Range.Count);
        foreach (var windows in pass.Windows)
        {
            writer.Write(windows.Length);
            foreach (var window in windows)
            {
                writer.Write(window.Low);
                writer.Write(window.High);
                writer.Write(window.GridLow);
                writer.Write(window.GridHigh);
            }
        }
    }

    /// <inheritdoc/>
    public override PassResult Do(SegmentRange range, PassResult? before, IProgress<double>? progress, CancellationToken cancellation)
    {
        var isFirst = before is null && range.First <= Start;
        if (isFirst && range.End == Range.End && range.First >= Range.First) return accumulate(pass, progress, cancellation);
        if (IsCumulative && (isFirst || before?.Columns.All(c => c.Cached is not null) == true))
        {
            var until = pass with { Range = Range with { Count = range.End - Range.First }, Earlier = before ?? pass.Earlier };
            return accumulate(until, progress, cancellation);
        }

        var part = accumulate(pass with { Range = range, Caches = false, Earlier = null }, progress, cancellation);
        return before is null ? part : PassResult.Merge([before, part]);
    }

    /// <summary>The same work where nothing is cached: its parts are anybody's.</summary>
    public PassWork Plain() => pass.Caches || pass.Earlier is not null
        ? new(pass with { Caches = false, Earlier = null }, source, accumulate) : this;

    /// <inheritdoc/>
    public override PassResult Merge(IReadOnlyList<PassResult> parts) => PassResult.Merge(parts);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer, PassResult found)
    {
        foreach (var column in found.Columns)
        {
            writer.Write7BitEncodedInt(column.Segments.Length);
            foreach (var segment in column.Segments)
            {
                writer.Write(segment.Sum);
                writer.Write(segment.SumOfSquares);
            }

            NumberPacking.Write(writer, column.Gaps);
            NumberPacking.Write(writer, column.Bins);
            NumberPacking.Write(writer, column.Smallest);
            NumberPacking.Write(writer, column.Largest);
            NumberPacking.WriteAscending(writer, column.Kept);
            writer.Write7BitEncodedInt64(column.Undefined);
            writer.Write7BitEncodedInt64(column.Infinite);
            writer.Write(column.Cached is not null);
            if (column.Cached is null) continue;
            writer.Write7BitEncodedInt(column.Cached.Count);
            foreach (var values in column.Cached) NumberPacking.Write(writer, values.AsSpan());
        }
    }

    /// <inheritdoc/>
    public override PassResult Read(BinaryReader reader, SegmentRange range)
    {
        var pages = new PagePool();
        var columns = new ColumnResult[pass.Columns.Length];
        for (var c = 0; c < columns.Length; c++) columns[c] = ReadColumn(reader, range, pass.Windows[c].Length, pages);
        return new(pass with { Range = range }, columns);
    }

    private ColumnResult ReadColumn(BinaryReader reader, SegmentRange range, int windows, PagePool pages)
    {
        var segments = new SegmentSums[NumberPacking.Length(reader, 2 * sizeof(double))];
        if (segments.Length != (pass.Centres is null ? 0 : range.Count)) throw new FormatException("Another number of segments.");
        for (var i = 0; i < segments.Length; i++) segments[i] = new(reader.ReadDouble(), reader.ReadDouble());
        var column = new ColumnResult(windows, pass.Bins) { Segments = segments };
        NumberPacking.Read(reader, column.Gaps);
        NumberPacking.Read(reader, column.Bins);
        Fill(column.Smallest, NumberPacking.Read(reader));
        Fill(column.Largest, NumberPacking.Read(reader));
        column.Kept = NumberPacking.ReadAscending(reader);
        column.Undefined = reader.Read7BitEncodedInt64();
        column.Infinite = reader.Read7BitEncodedInt64();
        if (!reader.ReadBoolean()) return column;
        var cached = new List<ArraySegment<double>>();
        for (var left = NumberPacking.Length(reader, 1); left > 0; left--)
        {
            // A pass takes pages over, so that they must be as long as its own.
            ReadOnlySpan<double> values = NumberPacking.Read(reader);
            for (; values.Length > 0; values = values[Math.Min(PagePool.Length, values.Length)..])
            {
                var page = pages.Take()[..Math.Min(PagePool.Length, values.Length)];
                values[..page.Count].CopyTo(page);
                cached.Add(page);
            }
        }

        column.Cached = cached;
        return column;
    }

    private static void Fill(double[] values, double[] read)
    {
        if (read.Length != values.Length) throw new FormatException("Another number of windows.");
        read.CopyTo(values, 0);
    }
}
