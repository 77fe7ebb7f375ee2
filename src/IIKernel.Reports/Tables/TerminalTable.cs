using System.Text;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports.Tables;

/// <summary>
/// Lays a table out for a terminal. A number is never folded: where room is scarce, headings and texts take several lines, then columns
/// are left out by their priority, which a note says, and at last every row becomes a list of its cells.
/// </summary>
public static class TerminalTable
{
    private const string Margin = "  ";
    private const string Between = "   ";

    // Texts are folded to no less than this, so that a name does not become a column of characters.
    private const int NarrowText = 12;

    // A heading of two Chinese characters stands in one line.
    private const int NarrowHeading = 4;

    /// <summary>The lines of the table, none wider than <paramref name="width"/> cells unless a single number is.</summary>
    public static IReadOnlyList<string> Lines(ReportTable table, int width)
    {
        var headers = table.Columns.Select(c => Wording.OneLine(c.Title)).ToArray();
        var rows = table.Rows.Select(r => r.Select(cell => Wording.OneLine(cell.Text)).ToArray()).ToArray();
        var natural = headers.Select((h, c) => rows.Select(r => TextWidth.Of(r[c])).Append(TextWidth.Of(h)).Max()).ToArray();
        var least = headers.Select((h, c) => Least(table.Columns[c].IsNumber, h, rows.Select(r => r[c]), natural[c])).ToArray();
        var shown = Enumerable.Range(0, headers.Length).ToList();
        while (Room(shown, least) > width && shown.Any(c => table.Columns[c].Priority > 0))
            shown.Remove(shown.MaxBy(c => (table.Columns[c].Priority, c)));

        var lines = new List<string>(TextWidth.Lines(Wording.OneLine(table.Title), width));
        lines.Add("");
        var fits = Room(shown, least) <= width;
        lines.AddRange(fits ? Grid(table, headers, rows, shown, Widths(shown, natural, least, width)) : Stack(table, headers, rows, width));
        var left = Enumerable.Range(0, headers.Length).Except(shown).Select(c => headers[c]).ToArray();
        var notes = fits && left.Length > 0
            ? [.. table.Notes, Say($"left out at this width: {List(left)}; see {table.Elsewhere}")] : table.Notes;
        if (notes.Count > 0) lines.Add("");
        lines.AddRange(notes.SelectMany(n => TextWidth.Lines(Wording.OneLine(n), width)));
        return [.. lines.Select(line => line.Replace('\u00A0', ' '))];
    }

    private static int Least(bool isNumber, string header, IEnumerable<string> cells, int natural)
    {
        var parts = isNumber ? cells : cells.SelectMany(TextWidth.Parts);
        var widest = parts.Concat(TextWidth.Parts(header)).Select(p => TextWidth.Of(p.Trim(' ')))
            .Append(Math.Min(TextWidth.Of(header), NarrowHeading)).Max();
        return isNumber ? widest : Math.Min(natural, Math.Max(widest, NarrowText));
    }

    private static int Room(List<int> columns, int[] widths) =>
        Margin.Length + columns.Sum(c => widths[c]) + Between.Length * (columns.Count - 1);

    // What is free beside the least widths goes to the column that lacks the most.
    private static int[] Widths(List<int> columns, int[] natural, int[] least, int width)
    {
        var widths = (int[])least.Clone();
        for (var free = width - Room(columns, least); free > 0; free--)
        {
            var neediest = columns.MaxBy(c => natural[c] - widths[c]);
            if (natural[neediest] <= widths[neediest]) break;
            widths[neediest]++;
        }

        return widths;
    }

    private static IEnumerable<string> Grid(ReportTable table, string[] headers, string[][] rows, List<int> columns, int[] widths)
    {
        foreach (var line in Row(headers)) yield return line;
        yield return new('─', Room(columns, widths));
        foreach (var row in rows)
            foreach (var line in Row(row))
                yield return line;

        IEnumerable<string> Row(string[] cells)
        {
            var folded = columns
                .Select(c => table.Columns[c].IsNumber && cells != headers ? [cells[c]] : TextWidth.Lines(cells[c], widths[c])).ToArray();
            for (var i = 0; i < folded.Max(f => f.Count); i++)
            {
                var line = new StringBuilder(Margin);
                for (var k = 0; k < columns.Count; k++)
                {
                    var text = i < folded[k].Count ? folded[k][i] : "";
                    var space = new string(' ', Math.Max(0, widths[columns[k]] - TextWidth.Of(text)));
                    line.Append(k > 0 ? Between : "").Append(table.Columns[columns[k]].IsNumber ? space + text : text + space);
                }

                yield return line.ToString().TrimEnd();
            }
        }
    }

    // The texts at a row's beginning head it; each other cell that is not empty has a line.
    private static IEnumerable<string> Stack(ReportTable table, string[] headers, string[][] rows, int width)
    {
        var leading = Math.Max(1, table.Columns.TakeWhile(c => !c.IsNumber && c.Priority == 0).Count());
        foreach (var row in rows)
        {
            var head = string.Join(' ', row.Take(leading).Where(cell => cell.Length > 0));
            foreach (var line in TextWidth.Lines(head, width)) yield return line;
            for (var c = leading; c < row.Length; c++)
            {
                if (row[c].Length == 0) continue;
                if (table.Columns[c].IsNumber) yield return $"{Margin}{headers[c]}: {row[c]}";
                else foreach (var line in TextWidth.Lines($"{headers[c]}: {row[c]}", width - Margin.Length)) yield return Margin + line;
            }
        }
    }
}
