using System.Buffers.Binary;
using IIKernel.Studies;
using Parquet.Meta;

namespace IIKernel.Reports;

/// <summary>
/// What a Parquet file says of itself (its footer and the headers of its pages, structures of Thrift's compact protocol), held against the
/// bytes that are there. The library that reads the file takes lengths and counts as they stand, and would wait or take memory for what no
/// file of that size can hold.
/// </summary>
internal static class ParquetShape
{
    // A file begins and ends with its mark; before that of the end stand four bytes with the footer's length.
    private const int Mark = 4;

    // By the format's own definition, parquet.thrift: each field with its type (n a whole number, y a byte, s bytes, t a truth value, a
    // list's element behind l, a structure by its letter). Encrypted files have others and are not read.
    private static readonly Dictionary<char, Dictionary<int, string>> Structures = new()
    {
        ['F'] = Fields("1n 2lE 3n 4lG 5lK 6s 7lO"),
        ['E'] = Fields("1n 2n 3n 4s 5n 6n 7n 8n 9n 10L"),
        ['G'] = Fields("1lC 2n 3n 4lS 5n 6n 7n"),
        ['K'] = Fields("1s 2s"),
        ['C'] = Fields("1s 2n 3M 4n 5n 6n 7n"),
        ['M'] = Fields("1n 2ln 3ls 4n 5n 6n 7n 8lK 9n 10n 11n 12T 13lN 14n 15n 16Z"),
        ['T'] = Fields("1s 2s 3n 4n 5s 6s 7t 8t"),
        ['S'] = Fields("1n 2t 3t"),
        ['N'] = Fields("1n 2n 3n"),
        ['Z'] = Fields("1n 2ln 3ln"),
        ['O'] = Fields("1U"),
        ['U'] = [],
        ['L'] = Fields("1U 2U 3U 4U 5D 6U 7I 8I 10B 11U 12U 13U 14U 15U"),
        ['D'] = Fields("1n 2n"),
        ['I'] = Fields("1t 2W"),
        ['W'] = Fields("1U 2U 3U"),
        ['B'] = Fields("1y 2t"),
        ['P'] = Fields("1n 2n 3n 4n 5A 6U 7Y 8V"),
        ['A'] = Fields("1n 2n 3n 4n 5T"),
        ['Y'] = Fields("1n 2n 3t"),
        ['V'] = Fields("1n 2n 3n 4n 5n 6n 7t 8T"),
    };

    /// <summary>Whether a file has a footer that can be read.</summary>
    /// <param name="stream">The file; it is left at its beginning.</param>
    public static bool HasFooter(Stream stream)
    {
        var tail = new byte[2 * Mark];
        if (stream.Length < 3 * Mark) return false;
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > stream.Length - 3 * Mark) return false;
        stream.Position = stream.Length - tail.Length - length;
        var footer = new byte[length];
        stream.ReadExactly(footer);
        stream.Position = 0;
        return new Walk(footer, null).Structure('F', 0, "");
    }

    /// <summary>Whether the pages of a column lie in the file and hold no more than a file of that size can.</summary>
    public static bool HasPages(Stream stream, ColumnChunk chunk)
    {
        if (chunk.MetaData is not { } about) return false;
        var at = about.DictionaryPageOffset is > 0 and { } first ? Math.Min(first, about.DataPageOffset) : about.DataPageOffset;
        for (var left = about.NumValues; left > 0;)
        {
            if (at < Mark || at >= stream.Length) return false;
            // A header holds two values of statistics at most.
            var header = new byte[Math.Min(1 << 16, stream.Length - at)];
            stream.Position = at;
            stream.ReadExactly(header);
            var found = new Dictionary<string, long>(StringComparer.Ordinal);
            var walk = new Walk(header, found);
            if (!walk.Structure('P', 0, "")) return false;
            var (unpacked, packed) = (found.GetValueOrDefault(".2", -1), found.GetValueOrDefault(".3", -1));
            var values = found.GetValueOrDefault(".5.1", found.GetValueOrDefault(".8.1"));
            var others = found.GetValueOrDefault(".7.1");
            at += walk.At;
            if (packed < 0 || packed > stream.Length - at || unpacked < 0 || InputLimits.IsExpansion(unpacked, stream.Length)
                || values < 0 || values > left || others < 0 || others * sizeof(double) > unpacked || (values == 0 && others == 0))
                return false;
            var (definitions, repetitions) = (found.GetValueOrDefault(".8.5"), found.GetValueOrDefault(".8.6"));
            if (definitions < 0 || repetitions < 0 || definitions + repetitions > Math.Min(packed, unpacked)) return false;
            // Of a page of the second kind the levels are not packed, and the rest only where it says so.
            if (about.Codec == CompressionCodec.SNAPPY && found.GetValueOrDefault(".8.7", 1) == 1
                && !IsSnappy(stream, at + definitions + repetitions, unpacked - definitions - repetitions))
                return false;
            at += packed;
            left -= values;
        }

        return true;
    }

    // What Snappy packs begins with its length unpacked.
    private static bool IsSnappy(Stream stream, long at, long unpacked)
    {
        stream.Position = at;
        var length = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0) return false;
            length |= (long)(next & 0x7F) << shift;
            if (next < 0x80) return length == unpacked;
        }

        return false;
    }

    private static Dictionary<int, string> Fields(string text) => text.Split(' ').ToDictionary(
        field => int.Parse(field.TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]), null),
        field => field.TrimStart([.. "0123456789"]));

    // Goes through structures; each step says whether the bytes are there and of the type that the format has at that place.
    private ref struct Walk(ReadOnlySpan<byte> bytes, Dictionary<string, long>? found)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public int At { get; private set; }

        public bool Structure(char name, int depth, string path)
        {
            const int most = 16;
            var (fields, id) = (Structures[name], 0);
            while (depth < most && At < _bytes.Length)
            {
                var head = _bytes[At++];
                if (head == 0) return true;
                var (step, type) = (head >> 4, head & 15);
                if (step > 0) id += step;
                else if (Number(out var named)) id = (int)named;
                else return false;
                // A truth value has its own two types; what a later version of the format adds is of no use here.
                if (!fields.TryGetValue(id, out var wanted) || !IsOf(type, wanted)) return false;
                if (type is not (1 or 2))
                {
                    if (!Value(wanted, depth, $"{path}.{id}")) return false;
                }
                else if (found is not null)
                {
                    found[$"{path}.{id}"] = type == 1 ? 1 : 0;
                }
            }

            return false;
        }

        private bool Value(string wanted, int depth, string path)
        {
            switch (wanted[0])
            {
                case 'n':
                    if (!Number(out var number)) return false;
                    if (found is not null) found[path] = number;
                    return true;
                case 'y' or 't':
                    return Skip(1);
                case 's':
                    return Unsigned(out var length) && length <= (ulong)(_bytes.Length - At) && Skip((int)length);
                case 'l':
                    if (At >= _bytes.Length) return false;
                    var head = _bytes[At++];
                    var count = (ulong)(head >> 4);
                    if (count == 15 && !Unsigned(out count)) return false;
                    // Every element has a byte at least.
                    if (count > (ulong)(_bytes.Length - At) || (count > 0 && !IsOf(head & 15, wanted[1..]))) return false;
                    for (var i = 0UL; i < count; i++)
                        if (!Value(wanted[1..], depth, path)) return false;
                    return true;
                default:
                    return Structure(wanted[0], depth + 1, path);
            }
        }

        private static bool IsOf(int type, string wanted) => wanted[0] switch
        {
            't' => type is 1 or 2,
            'y' => type == 3,
            'n' => type is 4 or 5 or 6,
            's' => type == 8,
            'l' => type == 9,
            _ => type == 12,
        };

        private bool Skip(int count)
        {
            if (count > _bytes.Length - At) return false;
            At += count;
            return true;
        }

        private bool Number(out long value)
        {
            var there = Unsigned(out var zigzag);
            value = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            return there;
        }

        private bool Unsigned(out ulong value)
        {
            value = 0;
            for (var shift = 0; shift < 64 && At < _bytes.Length; shift += 7)
            {
                var next = _bytes[At++];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80) return true;
            }

            return false;
        }
    }
}
