using IIKernel.Kernels.Lanes;

namespace IIKernel.Kernels.Statistics;

/// <summary>Numbers in few bytes: counts that are mostly small, and ascending values that lie close to each other.</summary>
public static class NumberPacking
{
    /// <summary>Writes whole numbers, at least 0.</summary>
    public static void Write(BinaryWriter writer, ReadOnlySpan<long> counts)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write7BitEncodedInt(counts.Length);
        foreach (var count in counts) writer.Write7BitEncodedInt64(count);
    }

    /// <summary>Reads as many whole numbers as there are.</summary>
    /// <exception cref="FormatException">There are others.</exception>
    public static void Read(BinaryReader reader, Span<long> counts)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.Read7BitEncodedInt() != counts.Length) throw new FormatException("Another number of counts.");
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = reader.Read7BitEncodedInt64();
            if (counts[i] < 0) throw new FormatException("A count below 0.");
        }
    }

    /// <summary>Reads the only whole number that there is.</summary>
    /// <exception cref="FormatException">There are others.</exception>
    public static long ReadOne(BinaryReader reader)
    {
        Span<long> one = stackalloc long[1];
        Read(reader, one);
        return one[0];
    }

    /// <summary>Writes ascending numbers by the distance of each from the one before, in representable numbers.</summary>
    public static void WriteAscending(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write7BitEncodedInt(values.Length);
        var before = 0L;
        foreach (var value in values)
        {
            var position = NumberOrder.Of(value);
            writer.Write7BitEncodedInt64(unchecked(position - before));
            before = position;
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">They do not ascend.</exception>
    public static double[] ReadAscending(BinaryReader reader)
    {
        var values = new double[Length(reader, 1)];
        var before = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            before = unchecked(before + reader.Read7BitEncodedInt64());
            values[i] = NumberOrder.At(before);
            if (i > 0 && !(values[i] >= values[i - 1])) throw new FormatException("Values that do not ascend.");
        }

        return values;
    }

    /// <summary>Writes numbers of any kind.</summary>
    public static void Write(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write7BitEncodedInt(values.Length);
        foreach (var value in values) writer.Write(value);
    }

    /// <summary>Reads them.</summary>
    public static double[] Read(BinaryReader reader)
    {
        var values = new double[Length(reader, sizeof(double))];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadDouble();
        return values;
    }

    /// <summary>Reads a number of items, no more than there are bytes for.</summary>
    /// <exception cref="FormatException">There are not as many.</exception>
    public static int Length(BinaryReader reader, int bytesEach)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var length = reader.Read7BitEncodedInt();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return length >= 0 && length <= left / bytesEach ? length : throw new FormatException("More items than there are bytes for.");
    }
}
