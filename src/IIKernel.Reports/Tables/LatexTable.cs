using System.Text;

namespace IIKernel.Reports.Tables;

/// <summary>
/// A table in LaTeX, as people read it, with rules of the package booktabs: its title is the caption, its notes stand below. One of more
/// rows than a page has is a longtable. Characters beyond Latin stay as they are (UTF-8), which XeLaTeX and LuaLaTeX set.
/// </summary>
public static class LatexTable
{
    /// <summary>What a document needs for such tables, as a comment.</summary>
    public const string Preamble =
        "% In the preamble: \\usepackage{booktabs}, \\usepackage{longtable}; for Chinese text \\usepackage{ctex} and XeLaTeX.\n";

    private const int RowsOfPage = 40;

    /// <summary>The table, with a line feed behind each line.</summary>
    public static string Of(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<ReportCell>[] rows = [.. table.Rows];
        var isLong = rows.Length > RowsOfPage;
        var columns = string.Concat(table.Columns.Select(c => c.IsNumber ? 'r' : 'l'));
        var header = Row(table.Columns.Select(c => c.Title));
        var caption = $"\\caption{{{Escaped(table.Title)}}}";
        string[] body = [.. rows.Select(row => Row(row.Select(c => c.Text)))];
        string[] notes = [.. table.Notes.Select(note => $"{{\\par\\smallskip\\footnotesize {Escaped(note)}\\par}}")];
        string[] lines = isLong
            ?
            [
                $"\\begin{{longtable}}{{{columns}}}", caption + "\\\\", "\\toprule", header, "\\midrule", "\\endfirsthead",
                "\\toprule", header, "\\midrule", "\\endhead", "\\bottomrule", "\\endfoot", .. body, "\\end{longtable}", .. notes,
            ]
            :
            [
                "\\begin{table}", "\\centering", caption, $"\\begin{{tabular}}{{{columns}}}", "\\toprule", header, "\\midrule", .. body,
                "\\bottomrule", "\\end{tabular}", .. notes, "\\end{table}",
            ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Row(IEnumerable<string> cells) => string.Join(" & ", cells.Select(Escaped)) + " \\\\";

    // Every character stands for itself; those that plain LaTeX does not set in a text have its commands.
    private static string Escaped(string cell)
    {
        var text = new StringBuilder();
        foreach (var c in Wording.OneLine(cell))
        {
            text.Append(c switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                // Two of these may join to another sign, or open a tag of a font's.
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '|' => "\\textbar{}",
                '"' => "\\symbol{34}",
                '\u00A0' => "~",
                '−' => "$-$",
                '–' => "--",
                '…' => "\\ldots{}",
                '[' or ']' => $"{{{c}}}",
                _ => $"{c}",
            });
        }

        return text.ToString();
    }
}
