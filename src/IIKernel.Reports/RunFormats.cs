using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>The forms of a run's figures beside estimates.csv and sources.csv, which every run writes.</summary>
/// <param name="Formats">The chosen ones of <see cref="Known"/>.</param>
/// <param name="Scopes">The scopes of tables and workbook; null for every scope in the workbook and the usual ones in tables.</param>
/// <param name="Year">The year of tables; null for the last.</param>
/// <param name="Language">The language of headings, captions and words.</param>
public sealed record RunFormats(IReadOnlyCollection<string> Formats, IReadOnlyList<string>? Scopes, int? Year, Language Language)
{
    private static readonly (string Format, string File)[] Files =
    [
        ("xlsx", EstimatesWorkbook.FileName), ("parquet", EstimatesParquet.FileName), ("md", ScopeTables.MarkdownFile),
        ("tex", ScopeTables.LatexFile),
    ];

    /// <summary>The words for all of them, after csv, which is always written.</summary>
    public static IReadOnlyList<string> Known { get; } = ["csv", .. Files.Select(f => f.Format)];

    /// <summary>Those that have scopes and words of a language.</summary>
    public static IReadOnlyList<string> ForPeople { get; } = ["xlsx", "md", "tex"];

    /// <summary>Names of the files.</summary>
    public IReadOnlyList<string> Names => [.. Files.Where(f => Formats.Contains(f.Format)).Select(f => f.File)];

    /// <summary>The files of a run, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<OutputFile> Of(UncertaintySummary summary)
    {
        return [.. Names.Select(File)];

        OutputFile File(string name) => name switch
        {
            EstimatesWorkbook.FileName => new(name, stream => EstimatesWorkbook.Write(stream, summary, Scopes, Language)),
            EstimatesParquet.FileName => new(name, stream => EstimatesParquet.Write(stream, summary)),
            // Without a mark of their encoding, which LaTeX would print.
            ScopeTables.MarkdownFile => OutputFile.PlainText(name, writer => ScopeTables.WriteMarkdown(writer, Tables(summary))),
            _ => OutputFile.PlainText(name, writer => ScopeTables.WriteLatex(writer, Tables(summary))),
        };
    }

    private IReadOnlyList<ReportTable> Tables(UncertaintySummary summary) =>
        ScopeTables.Of(summary, Scopes ?? ScopeTables.Usual, Year, Language);
}
