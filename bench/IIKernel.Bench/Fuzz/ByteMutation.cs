namespace IIKernel.Bench.Fuzz;

/// <summary>Changes of bytes, whatever they stand for.</summary>
public static class ByteMutation
{
    private static readonly byte[][] Words =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFE, 0xFF], [0xFF, 0xFE],
        [0xEF, 0xBB, 0xBF], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0, 0, 0, 0, 0, 0, 0, 0], [(byte)'\n'], [(byte)'"'],
    ];

    /// <summary>One to four changes, somewhere from a place on.</summary>
    public static byte[] Of(Random random, byte[] bytes, int from = 0)
    {
        for (var n = random.Next(1, 5); n > 0 && bytes.Length > from; n--) bytes = Once(random, bytes, from);
        return bytes;
    }

    private static byte[] Once(Random random, byte[] bytes, int from)
    {
        var at = random.Next(from, bytes.Length);
        var length = random.Next(1, Math.Min(16, bytes.Length - at) + 1);
        var changed = (byte[])bytes.Clone();
        switch (random.Next(8))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
            case 1:
                changed[at] = (byte)random.Next(256);
                return changed;
            case 2:
                random.NextBytes(changed.AsSpan(at, length));
                return changed;
            case 3:
                var word = Words[random.Next(Words.Length)];
                word.AsSpan(0, Math.Min(word.Length, bytes.Length - at)).CopyTo(changed.AsSpan(at));
                return changed;
            case 4:
                return [.. bytes[..at], .. Words[random.Next(Words.Length)], .. bytes[at..]];
            case 5:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 6:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            default:
                return random.Next(4) == 0 ? bytes[..at] : [.. bytes[..at], .. bytes[random.Next(from, bytes.Length)..]];
        }
    }
}
