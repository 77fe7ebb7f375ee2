using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace IIKernel.Reports.Tables;

/// <summary>Texts within HTML and SVG.</summary>
internal static class Xml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A text that no browser takes for a tag, the end of an attribute or a turn of the line's direction.</summary>
    public static string Escaped(string text) => Encoder.Encode(Wording.OneLine(text));
}
