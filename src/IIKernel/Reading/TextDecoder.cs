using System.Text;

namespace IIKernel.Reading;

/// <summary>Turns the bytes of an input file into text: UTF-8, or GB18030 with a warning; the rest is refused.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Chinese statistical offices and spreadsheets still write it where no byte-order mark says otherwise.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance
        .GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The text without its byte-order mark, or null with a fault added.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, FaultList faults, List<Warning> warnings)
    {
        const string expected = "UTF-8, or GB18030";
        var remedy = file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "Save the file as UTF-8."
            : "Save the file as UTF-8; spreadsheets call it \"CSV UTF-8\".";
        if (FileKind.Of(bytes) is { } kind)
        {
            faults.Add(new(file, "", kind.Name, "a text file in UTF-8", kind.Remedy));
            return null;
        }

        // The four-byte mark of UTF-32 in little-endian order begins with that of UTF-16.
        if (bytes.StartsWith<byte>([0xFF, 0xFE, 0, 0]) || bytes.StartsWith<byte>([0, 0, 0xFE, 0xFF]))
        {
            faults.Add(new(file, "", "the byte-order mark of UTF-32", expected, remedy));
            return null;
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            faults.Add(new(file, "", "the byte-order mark of UTF-16", expected, remedy));
            return null;
        }

        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            faults.Add(new(file, Place(bytes, nul), "a zero byte (UTF-16 without its mark, or no text)", expected, remedy));
            return null;
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException utf8)
        {
            try
            {
                if (IsWestern(bytes))
                {
                    var at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                    faults.Add(new(file, Place(bytes, at),
                        $"0x{bytes[at]:X2} among letters without accents, as Latin-1 or Windows-1252 writes a letter with one",
                        expected, remedy));
                    return null;
                }

                var text = Gb18030.GetString(bytes);
                warnings.Add(new EncodingWarning(file));
                return text;
            }
            catch (DecoderFallbackException)
            {
                var bad = utf8.BytesUnknown is { Length: > 0 } b ? "0x" + Convert.ToHexString(b) : "a byte";
                faults.Add(new(file, Place(bytes, Math.Max(0, utf8.Index)),
                    $"{bad}, which is neither UTF-8 nor GB18030", expected, remedy));
                return null;
            }
        }
    }

    // A letter with an accent stands alone among others, of which GB18030 would make one Chinese character with the next; in Chinese text
    // nearly every character is of two bytes above 0x80.
    private static bool IsWestern(ReadOnlySpan<byte> bytes)
    {
        var (pairs, alone) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            if (i + 1 < bytes.Length && bytes[i + 1] >= 0x80) (pairs, i) = (pairs + 1, i + 1);
            else alone++;
        }

        return alone > pairs;
    }

    private static string Place(ReadOnlySpan<byte> bytes, int offset) => $"line {bytes[..offset].Count((byte)'\n') + 1}";
}
