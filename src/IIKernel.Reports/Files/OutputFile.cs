using System.Text;

namespace IIKernel.Reports.Files;

/// <summary>A file that a verb writes.</summary>
/// <param name="Name">Its name within the output folder.</param>
/// <param name="Write">Writes its bytes.</param>
public sealed record OutputFile(string Name, Action<Stream> Write)
{
    /// <summary>A text in UTF-8 with BOM, for spreadsheets.</summary>
    public static OutputFile Text(string name, Action<TextWriter> write) => Text(name, write, hasMark: true);

    /// <summary>A text in UTF-8 without BOM.</summary>
    public static OutputFile PlainText(string name, Action<TextWriter> write) => Text(name, write, hasMark: false);

    /// <summary>Bytes as they are.</summary>
    public static OutputFile Bytes(string name, byte[] bytes) => new(name, stream => stream.Write(bytes));

    private static OutputFile Text(string name, Action<TextWriter> write, bool hasMark) => new(name, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: hasMark), leaveOpen: true);
        write(writer);
    });
}
