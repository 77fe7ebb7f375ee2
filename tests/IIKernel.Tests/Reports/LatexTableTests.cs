using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class LatexTableTests
{
    [Fact]
    public void A_table_has_caption_rules_and_notes_and_every_character_stands_for_itself()
    {
        var table = new ReportTable("A & B, 95\u00A0%", [ReportColumn.Text("name"), ReportColumn.Number("share %")]);
        table.Add(@"\input{x}_#1 ~^$ [a] ""q"" 部门", ReportCell.Fixed(-0.5, 2));
        table.Add("b|<c>", "1 … 2");
        table.Note("* 50 % – about");
        Assert.Equal(
            """
            \begin{table}
            \centering
            \caption{A \& B, 95~\%}
            \begin{tabular}{lr}
            \toprule
            name & share \% \\
            \midrule
            \textbackslash{}input\{x\}\_\#1 \textasciitilde{}\textasciicircum{}\$ {[}a{]} \symbol{34}q\symbol{34} 部门 & $-$0.50 \\
            b\textbar{}\textless{}c\textgreater{} & 1 \ldots{} 2 \\
            \bottomrule
            \end{tabular}
            {\par\smallskip\footnotesize * 50 \% -- about\par}
            \end{table}

            """.ReplaceLineEndings("\n"),
            LatexTable.Of(table));
    }

    [Fact]
    public void A_table_longer_than_a_page_is_a_longtable_whose_heading_is_repeated()
    {
        var table = new ReportTable("Long", [ReportColumn.Text("code")],
            Enumerable.Range(0, 41).Select(i => (IReadOnlyList<ReportCell>)[$"{i:000}"]));
        var lines = LatexTable.Of(table).Split('\n');
        Assert.Equal(["\\begin{longtable}{l}", "\\caption{Long}\\\\", "\\toprule", "code \\\\"], lines.Take(4));
        Assert.Equal(2, lines.Count(l => l == "code \\\\"));
        Assert.Equal(41, lines.Count(l => l.StartsWith('0')));
    }
}
