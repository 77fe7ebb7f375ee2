using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Journal;

/// <summary>Adjacent draws of some outputs: a row an output.</summary>
/// <param name="First">The first draw.</param>
/// <param name="Rows">The values, in the order of the outputs; all of as many draws.</param>
internal sealed record DrawnValues(long First, double[][] Rows)
{
    /// <summary>Number of draws.</summary>
    public int Count => Rows[0].Length;
}

/// <summary>The first draws of some outputs, value by value, as work that can be divided.</summary>
/// <param name="draws">Number of draws.</param>
/// <param name="outputs">Indices of the outputs, each at most once.</param>
/// <param name="source">What draws them.</param>
internal sealed class ValuesWork(long draws, int[] outputs, IDrawSource source) : DividedWork<DrawnValues>
{
    // Values that are drawn at a time.
    private const int Together = 1 << 20;

    /// <inheritdoc/>
    public override SampleSegments Segments => new(draws);

    /// <inheritdoc/>
    public override bool IsMergedAlong => false;

    /// <inheritdoc/>
    public override void Identify(BinaryWriter writer)
    {
        IdentityWriter.Write(writer, draws);
        IdentityWriter.Write(writer, outputs);
    }

    /// <inheritdoc/>
    public override DrawnValues Do(SegmentRange range, DrawnValues? before, IProgress<double>? progress, CancellationToken cancellation)
    {
        var (first, end) = (Segments.Start(range.First), Segments.Start(range.End));
        var rows = new double[outputs.Length][];
        for (var o = 0; o < rows.Length; o++) rows[o] = new double[end - first];
        var batch = (int)Math.Clamp(Together / outputs.Length, 64, end - first);
        var values = new double[outputs.Length * batch];
        for (var from = first; from < end; from += batch)
        {
            var count = (int)Math.Min(batch, end - from);
            source.Evaluate(from, count, outputs, values, cancellation);
            for (var o = 0; o < rows.Length; o++) values.AsSpan(o * count, count).CopyTo(rows[o].AsSpan((int)(from - first)));
            progress?.Report((from + count - first) / (double)(end - first));
        }

        return new(first, rows);
    }

    /// <inheritdoc/>
    public override DrawnValues Merge(IReadOnlyList<DrawnValues> parts) => parts.Count == 1 ? parts[0]
        : new(parts[0].First, [.. outputs.Select((_, o) => parts.SelectMany(p => p.Rows[o]).ToArray())]);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer, DrawnValues found)
    {
        foreach (var row in found.Rows) writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(row.AsSpan()));
    }

    /// <inheritdoc/>
    public override DrawnValues Read(BinaryReader reader, SegmentRange range)
    {
        var (first, end) = (Segments.Start(range.First), Segments.Start(range.End));
        if (reader.BaseStream.Length - reader.BaseStream.Position != (end - first) * outputs.Length * sizeof(double))
            throw new FormatException("Another number of values.");
        var rows = new double[outputs.Length][];
        for (var o = 0; o < rows.Length; o++)
        {
            rows[o] = new double[end - first];
            reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows[o].AsSpan()));
        }

        return new(first, rows);
    }
}
