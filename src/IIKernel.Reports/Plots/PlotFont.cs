using IIKernel.Studies;
using SkiaSharp;

namespace IIKernel.Reports.Plots;

/// <summary>A font for the labels of images.</summary>
/// <param name="Typeface">The font.</param>
/// <param name="Path">Its file.</param>
public sealed record PlotFont(SKTypeface Typeface, string Path)
{
    // Those without Chinese first: most are TrueType, which a PDF embeds as such.
    private static readonly string[] Known =
    [
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/System/Library/Fonts/Supplemental/Arial.ttf", @"C:\Windows\Fonts\arial.ttf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc", "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/System/Library/Fonts/PingFang.ttc", "/System/Library/Fonts/STHeiti Light.ttc", "/System/Library/Fonts/Hiragino Sans GB.ttc",
        @"C:\Windows\Fonts\msyh.ttc", @"C:\Windows\Fonts\simhei.ttf", @"C:\Windows\Fonts\simsun.ttc",
    ];

    /// <summary>
    /// The font of a file; null where it is none. Of a collection the face of simplified Chinese, whose characters differ in shape from
    /// those of its neighbours, else the first.
    /// </summary>
    public static PlotFont? Of(string path)
    {
        if (!File.Exists(path) || InputFile.Other(path) is not null) return null;
        var faces = new List<SKTypeface>();
        while (SKTypeface.FromFile(path, faces.Count) is { } face) faces.Add(face);
        var chosen = faces.Find(f => f.FamilyName.EndsWith(" SC", StringComparison.Ordinal)) ?? faces.FirstOrDefault();
        foreach (var face in faces)
            if (face != chosen) face.Dispose();
        return chosen is null ? null : new(chosen, path);
    }

    /// <summary>The first known font of this machine that has all characters of a text; null where none has.</summary>
    public static PlotFont? Find(string text) => Known.Select(Of).FirstOrDefault(f => f is not null && f.Missing(text).Count == 0);

    /// <summary>The characters of a text that it lacks, each once.</summary>
    public IReadOnlyList<string> Missing(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.EnumerateRunes().Distinct().Where(r => !Typeface.ContainsGlyph(r.Value)).Select(r => r.ToString())];
    }
}
