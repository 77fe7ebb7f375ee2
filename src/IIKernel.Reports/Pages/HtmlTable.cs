using System.Text;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports.Pages;

/// <summary>A table within a page, and its numbers in full precision as a link to a CSV file that the page itself holds.</summary>
internal static class HtmlTable
{
    // More rows than anybody reads on a page; files hold all.
    private const int MostRows = 400;

    /// <summary>Adds a table.</summary>
    /// <param name="page">Takes it.</param>
    /// <param name="table">The table.</param>
    /// <param name="label">What a reader of the page who does not see it calls the table.</param>
    /// <param name="words">The words of the page.</param>
    public static void Add(Markup page, ReportTable table, string label, ReportWords words)
    {
        page.Open("div", ("class", "scroll"), ("role", "group"), ("tabindex", "0"), ("aria-label", label)).Open("table");
        page.Open("thead").Open("tr");
        foreach (var column in table.Columns)
            page.Element("th", column.Title, ("scope", "col"), ("class", column.IsNumber ? "n" : null));
        page.Close().Close().Open("tbody");
        var rows = 0;
        foreach (var row in table.Rows)
        {
            if (rows++ == MostRows) break;
            page.Open("tr");
            for (var c = 0; c < row.Count; c++) page.Element("td", row[c].Text, ("class", table.Columns[c].IsNumber ? "n" : null));
            page.Close();
        }

        page.Close().Close().Close();
        if (rows > MostRows) page.Element("p", words.Say("table-cut", ("rows", MostRows)), ("class", "note"));
    }

    /// <summary>Adds a paragraph with the link to a table's numbers.</summary>
    /// <param name="page">Takes it.</param>
    /// <param name="table">The table.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="words">The words of the page.</param>
    public static void AddLink(Markup page, ReportTable table, string file, ReportWords words)
    {
        using var writer = new StringWriter();
        DelimitedTable.Write(writer, table);
        // With the mark by which spreadsheets know UTF-8.
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(writer.ToString())];
        page.Open("p").Element("a", words.Say("download", ("file", file)), ("class", "csv"), ("download", file),
            ("href", $"data:text/csv;charset=utf-8;base64,{Convert.ToBase64String(bytes)}")).Close();
    }
}
