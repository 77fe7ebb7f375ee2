namespace IIKernel.Reports.Charts;

/// <summary>What a colour stands for; the page and the plots each give it one, in light and dark.</summary>
public enum Ink
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Text of less weight.</summary>
    Muted,

    /// <summary>Lines that guide the eye.</summary>
    Grid,

    /// <summary>The study's figures and their intervals.</summary>
    Estimate,

    /// <summary>Published figures.</summary>
    Published,

    /// <summary>A second thing beside the estimate: what is below the point, what only pairs of inputs bring.</summary>
    Second,
}

/// <summary>Which end of a text its place is.</summary>
public enum Anchor
{
    /// <summary>Its beginning.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}

/// <summary>A shape of a chart; lengths in points of a page, y downwards.</summary>
public abstract record Shape
{
    /// <summary>What a pointer over it is told; null for nothing.</summary>
    public string? Tip { get; init; }
}

/// <summary>A line through points.</summary>
public sealed record LineShape(IReadOnlyList<(double X, double Y)> Points, Ink Ink, double Width, bool IsDashed = false) : Shape;

/// <summary>A filled polygon.</summary>
public sealed record AreaShape(IReadOnlyList<(double X, double Y)> Points, Ink Ink, double Opacity) : Shape;

/// <summary>A filled rectangle.</summary>
public sealed record BoxShape(double X, double Y, double Width, double Height, Ink Ink, double Opacity) : Shape;

/// <summary>A filled disc.</summary>
public sealed record DiscShape(double X, double Y, double Radius, Ink Ink) : Shape;

/// <summary>A text on one line; its place is on the base line.</summary>
public sealed record TextShape(double X, double Y, string Text, Anchor Anchor, double Size, Ink Ink, bool IsBold = false) : Shape;

/// <summary>A chart as shapes: what draws them knows nothing of what they show.</summary>
/// <param name="Width">Width in points.</param>
/// <param name="Height">Height in points.</param>
/// <param name="Shapes">The shapes, the lowest first.</param>
public sealed record Chart(double Width, double Height, IReadOnlyList<Shape> Shapes);

/// <summary>Shapes that are gathered, and what most charts are made of.</summary>
internal sealed class Sketch
{
    /// <summary>Size of most texts.</summary>
    public const double TextSize = 11;

    // Size of names that take two lines, and the width that names of rows take at most.
    private const double SmallSize = 9;
    private const double MostLabel = 200;

    private readonly List<Shape> _shapes = [];

    /// <summary>Adds a shape.</summary>
    public void Add(Shape shape) => _shapes.Add(shape);

    /// <summary>Adds a line between two points.</summary>
    public void Line(double x1, double y1, double x2, double y2, Ink ink, double width, bool isDashed = false) =>
        Add(new LineShape([(x1, y1), (x2, y2)], ink, width, isDashed));

    /// <summary>Adds a text.</summary>
    public void Text(double x, double y, string text, Anchor anchor, Ink ink = Ink.Text, double size = TextSize, bool isBold = false) =>
        Add(new TextShape(x, y, text, anchor, size, ink, isBold));

    /// <summary>Adds the mark of a published figure: a diamond.</summary>
    public void Diamond(double x, double y, double radius, string? tip = null) => Add(new AreaShape(
        [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], Ink.Published, 1)
    { Tip = tip });

    /// <summary>Adds the name of a row, which ends left of the row's bars: on two lines where it is too long for one.</summary>
    /// <param name="x">Where it ends.</param>
    /// <param name="middle">The height of the row's middle.</param>
    /// <param name="label">The name.</param>
    public void RowLabel(double x, double middle, string label)
    {
        string[] lines = [.. LabelLines(label)];
        for (var i = 0; i < lines.Length; i++)
        {
            var y = lines.Length == 1 ? middle + 4 : middle - 1.5 + i * (SmallSize + 0.5);
            Add(new TextShape(x, y, lines[i], Anchor.End, lines.Length == 1 ? TextSize : SmallSize, Ink.Text) { Tip = label });
        }
    }

    /// <summary>The width that the names of rows take.</summary>
    public static double LabelWidth(IEnumerable<string> labels) => labels.Max(label =>
        LabelLines(label) is var lines && lines.Count == 1 ? WidthOf(label) : lines.Max(line => WidthOf(line, SmallSize)));

    /// <summary>The chart.</summary>
    public Chart Chart(double width, double height) => new(width, height, _shapes);

    /// <summary>A width that a text takes at most, whatever the font: nobody can measure it where it will be read.</summary>
    public static double WidthOf(string text, double size = TextSize) => size * text.Sum(WidthOf);

    /// <summary>A text in lines no wider than a width: broken between words, and between any two characters where there are none.</summary>
    public static IEnumerable<string> Lines(string text, double size, double width)
    {
        for (var end = Fitting(text, size, width); end < text.Length; end = Fitting(text, size, width))
        {
            var space = text.LastIndexOf(' ', Math.Min(end, text.Length - 1));
            var cut = space > end / 2 ? space : end;
            // No line begins with what closes a part of a sentence, and no pair of code units is parted.
            while (cut > 1 && (char.IsLowSurrogate(text[cut]) || "，。；：、）”".Contains(text[cut], StringComparison.Ordinal))) cut--;
            yield return text[..cut].TrimEnd();
            text = text[cut..].TrimStart();
        }

        yield return text;
    }

    // One line, or two smaller ones.
    private static IReadOnlyList<string> LabelLines(string label)
    {
        if (WidthOf(label) <= MostLabel) return [label];
        string[] lines = [.. Lines(label, SmallSize, MostLabel).Take(3)];
        return lines.Length <= 2 ? lines : [lines[0], Shortened(label[lines[0].Length..].TrimStart(), MostLabel, SmallSize)];
    }

    /// <summary>A text cut so that it takes no more than a width.</summary>
    public static string Shortened(string text, double width, double size = TextSize)
    {
        if (WidthOf(text, size) <= width) return text;
        var length = Fitting(text, size, width, WidthOf('…'));
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length].TrimEnd() + "…";
    }

    // How many characters from the first on are no wider, with what follows them; one at least.
    private static int Fitting(string text, double size, double width, double following = 0)
    {
        var (count, sum) = (0, 0.0);
        while (count < text.Length && (count == 0 || size * (sum + WidthOf(text[count]) + following) <= width))
            sum += WidthOf(text[count++]);
        return count;
    }

    // In sizes of the letter.
    private static double WidthOf(char c) => c >= 0x2E80 ? 1.0 : char.IsUpper(c) || c is '%' or 'm' or 'w' ? 0.75 : 0.56;
}
