using IIKernel.Reports.Charts;
using IIKernel.Reports.Files;
using IIKernel.Reports.Pages;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports.Plots;

/// <summary>Images cannot be drawn: no font has the characters of their labels, or nothing draws on this machine.</summary>
public sealed class PlotException(string message) : Exception(message);

/// <summary>The figures of a report as images, one a file.</summary>
public sealed class PlotFiles
{
    private const string Svg = "svg";
    private const string Png = "png";
    private const string Pdf = "pdf";
    private const int MostNamed = 5;

    private readonly IReadOnlyList<string> _formats;
    private readonly Language _language;

    private PlotFiles(IReadOnlyList<string> formats, Language language, PlotFont? font) =>
        (_formats, _language, Font) = (formats, language, font);

    /// <summary>The words for all formats.</summary>
    public static IReadOnlyList<string> Known { get; } = [Png, Svg, Pdf];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _formats.Count == 0;

    /// <summary>The font of labels; null where formats leave it to whoever shows them.</summary>
    public PlotFont? Font { get; }

    /// <summary>Images of a study, which has not been drawn yet.</summary>
    /// <param name="study">The study.</param>
    /// <param name="formats">Of <see cref="Known"/>; may be empty.</param>
    /// <param name="language">The language of labels.</param>
    /// <param name="fontFile">The font of labels; null for one that is found.</param>
    /// <exception cref="PlotException">They cannot be drawn.</exception>
    public static PlotFiles Of(Study study, IReadOnlyList<string> formats, Language language, string? fontFile)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(formats);
        if (formats.All(f => f == Svg)) return new(formats, language, null);
        try
        {
            return new(formats, language, FontOf(ImageChart.Shown(ReportFigures.Characters(study, ReportWords.Of(language))), fontFile));
        }
        catch (TypeInitializationException exception) when (exception.InnerException is DllNotFoundException)
        {
            throw new PlotException("found nothing that draws on this machine; expected Windows, macOS or a Linux with glibc, on x64 or "
                + "arm64. Ask for svg alone, which needs nothing.");
        }
    }

    /// <summary>Names of the files.</summary>
    public IReadOnlyList<string> Names(Study study) =>
        IsEmpty ? [] : [.. ReportFigures.Plotted(study).SelectMany(id => _formats.Select(format => Name(id, format)))];

    /// <summary>The files of a run, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<OutputFile> Of(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (IsEmpty) return [];
        var figures = new ReportFigures(new(content), ReportWords.Of(_language)).All().ToDictionary(f => f.Id);
        return
        [
            .. ReportFigures.Plotted(content.Summary.Study).Select(id => figures[id])
                .Select(f => (Figure: f, Chart: ChartGrid.Of(f.Title, f.Caption, [.. f.Panels.Select(p => (p.Heading, p.Chart))])))
                .SelectMany(f => _formats.Select(format => new OutputFile(
                    Name(f.Figure.Id, format), stream => Write(stream, format, f.Chart, f.Figure.Title)))),
        ];
    }

    private static PlotFont FontOf(string text, string? file)
    {
        const string Expected = "expected one that has them, such as Noto Sans CJK (Debian: fonts-noto-cjk)";
        if (file is null)
        {
            return PlotFont.Find(text) ?? throw new PlotException("found no font on this machine that has the characters of all labels; "
                + $"{Expected}. Install it, or name a file by --font FILE; svg needs none.");
        }

        var font = PlotFont.Of(file) ?? throw new PlotException("found no font; expected a TrueType or OpenType file. Name another.");
        return font.Missing(text) is not { Count: > 0 } missing ? font
            : throw new PlotException($"found {font.Typeface.FamilyName}, which lacks {Wording.Count(missing.Count, "character")} of the "
                + $"labels: {string.Join(' ', missing.Take(MostNamed))}{(missing.Count > MostNamed ? " …" : "")}; {Expected}. Name "
                + "another.");
    }

    private void Write(Stream stream, string format, Chart chart, string title)
    {
        switch (format)
        {
            case Png: ImageChart.WritePng(stream, chart, Font!); break;
            case Pdf: ImageChart.WritePdf(stream, chart, Font!, title); break;
            default: OutputFile.PlainText("", writer => writer.Write(SvgChart.File(chart, title))).Write(stream); break;
        }
    }

    private static string Name(string id, string format) => $"plot-{id}.{format}";
}
