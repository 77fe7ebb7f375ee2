using System.Buffers.Binary;
using IIKernel.Reports.Charts;
using SkiaSharp;

namespace IIKernel.Reports.Plots;

/// <summary>Draws a chart as an image: pixels (PNG) or a page (PDF), with the shapes and places that SVG has.</summary>
internal static class ImageChart
{
    // Pixels of a point.
    private const int Scale = 3;

    // Of an inch: what journals want at the least of a figure with text.
    private const int PixelsPerInch = 72 * Scale;

    // Bytes of a PNG file up to the end of its first chunk.
    private const int AfterHeader = 33;

    /// <summary>A text as images show it.</summary>
    public static string Shown(string text) => Wording.OneLine(text).Replace('\u00A0', ' ');

    /// <summary>Writes a PNG image of 216 pixels to the inch.</summary>
    public static void WritePng(Stream stream, Chart chart, PlotFont font)
    {
        using var bitmap = new SKBitmap((int)Math.Ceiling(chart.Width * Scale), (int)Math.Ceiling(chart.Height * Scale));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(Scale);
        Draw(canvas, chart, font);
        canvas.Flush();
        using var image = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var bytes = image.AsSpan();
        stream.Write(bytes[..AfterHeader]);
        stream.Write(Resolution());
        stream.Write(bytes[AfterHeader..]);
    }

    /// <summary>Writes a PDF page of the chart's size; its font is embedded.</summary>
    public static void WritePdf(Stream stream, Chart chart, PlotFont font, string title)
    {
        // No dates: the same run gives the same file.
        var about = new SKDocumentPdfMetadata { Title = Shown(title), RasterDpi = 300, EncodingQuality = 100 };
        using var document = SKDocument.CreatePdf(stream, about);
        Draw(document.BeginPage((float)chart.Width, (float)chart.Height), chart, font);
        document.EndPage();
        document.Close();
    }

    // The chunk by which programs know how large an image is on paper (PNG, third edition, 11.3.4.3), which Skia does not write.
    private static byte[] Resolution()
    {
        var perMetre = (int)Math.Round(PixelsPerInch / 0.0254);
        var chunk = new byte[21];
        BinaryPrimitives.WriteInt32BigEndian(chunk, 9);
        "pHYs"u8.CopyTo(chunk.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(8), perMetre);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(12), perMetre);
        chunk[16] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(17), Crc32(chunk.AsSpan(4, 13)));
        return chunk;
    }

    // Of the same standard, annex D.
    internal static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }

    private static void Draw(SKCanvas canvas, Chart chart, PlotFont font)
    {
        foreach (var shape in chart.Shapes)
        {
            switch (shape)
            {
                case LineShape s:
                    using (var path = Path(s.Points, isClosed: false))
                    using (var dashes = s.IsDashed ? SKPathEffect.CreateDash([4, 3], 0) : null)
                    using (var paint = Paint(s.Ink, 1))
                    {
                        (paint.Style, paint.StrokeWidth, paint.PathEffect) = (SKPaintStyle.Stroke, (float)s.Width, dashes);
                        canvas.DrawPath(path, paint);
                    }

                    break;
                case AreaShape s:
                    using (var path = Path(s.Points, isClosed: true))
                    using (var paint = Paint(s.Ink, s.Opacity)) canvas.DrawPath(path, paint);
                    break;
                case BoxShape s:
                    using (var paint = Paint(s.Ink, s.Opacity))
                        canvas.DrawRect((float)s.X, (float)s.Y, (float)s.Width, (float)s.Height, paint);
                    break;
                case DiscShape s:
                    using (var paint = Paint(s.Ink, 1)) canvas.DrawCircle((float)s.X, (float)s.Y, (float)s.Radius, paint);
                    break;
                case TextShape s:
                    DrawText(canvas, s, font);
                    break;
                default:
                    throw new ArgumentException($"{shape} cannot be drawn.", nameof(chart));
            }
        }
    }

    private static void DrawText(SKCanvas canvas, TextShape text, PlotFont font)
    {
        using var face = new SKFont(font.Typeface, (float)text.Size) { Embolden = text.IsBold, Subpixel = true };
        using var paint = Paint(text.Ink, 1);
        var align = text.Anchor switch { Anchor.Start => SKTextAlign.Left, Anchor.Middle => SKTextAlign.Center, _ => SKTextAlign.Right };
        canvas.DrawText(Shown(text.Text), (float)text.X, (float)text.Y, align, face, paint);
    }

    private static SKPath Path(IReadOnlyList<(double X, double Y)> points, bool isClosed)
    {
        var path = new SKPath();
        path.AddPoly([.. points.Select(p => new SKPoint((float)p.X, (float)p.Y))], isClosed);
        return path;
    }

    private static SKPaint Paint(Ink ink, double opacity) => new()
    {
        Color = SKColor.Parse(Inks.OnWhite(ink)).WithAlpha((byte)Math.Round(255 * opacity)),
        IsAntialias = true,
    };
}
