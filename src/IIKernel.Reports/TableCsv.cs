using IIKernel.Reading;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reports;

/// <summary>An input–output table as the files that a study reads, and the analysis of one.</summary>
public static class TableCsv
{
    /// <summary>File name of the sectors.</summary>
    public const string SectorsFile = "sectors.csv";

    /// <summary>File name of the flows.</summary>
    public const string FlowsFile = "flows.csv";

    /// <summary>File name of multipliers and linkages.</summary>
    public const string LinkagesFile = "linkages.csv";

    /// <summary>
    /// Writes code,name,name_en,category,total_output,intermediate_input and, where they are known, column_tolerance and value_added.
    /// </summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="table">The table.</param>
    /// <param name="categories">Its categories; null where the column is left to be filled in.</param>
    public static void WriteSectors(TextWriter writer, InputOutputTable table, CategoryAccounts? categories)
    {
        using var csv = CsvOutput.Create(writer);
        var known = table.ColumnSumTolerance.Length > 0;
        var printed = table.PrintedValueAdded.Length > 0;
        csv.Row(
        [
            "code", "name", "name_en", "category", "total_output", "intermediate_input",
            .. known ? [SectorReader.Tolerance] : Array.Empty<string>(), .. printed ? [SectorReader.ValueAdded] : Array.Empty<string>(),
        ]);
        for (var i = 0; i < table.Sectors.Count; i++)
        {
            var s = table.Sectors[i];
            csv.Row(
            [
                s.Code, s.Name, s.NameEnglish, categories?.Categories[s.Category].Code ?? "", CsvOutput.Input(table.TotalOutput[i]),
                CsvOutput.Input(table.IntermediateInput[i]),
                .. known ? [CsvOutput.Input(table.ColumnSumTolerance[i])] : Array.Empty<string>(),
                .. printed ? [CsvOutput.Input(table.PrintedValueAdded[i])] : Array.Empty<string>(),
            ]);
        }
    }

    /// <summary>Writes the matrix with a code row and a code column.</summary>
    public static void WriteFlows(TextWriter writer, InputOutputTable table)
    {
        using var csv = CsvOutput.Create(writer);
        var n = table.Sectors.Count;
        csv.Row(["code", .. table.Sectors.Select(s => s.Code)]);
        for (var i = 0; i < n; i++)
            csv.Row([table.Sectors[i].Code, .. Enumerable.Range(0, n).Select(j => CsvOutput.Input(table.Flows[i, j]))]);
    }

    /// <summary>The columns of multipliers and linkages, in CSV and in JSON; a row is the index of a sector.</summary>
    public static IReadOnlyList<TidyColumn<int>> LinkageColumns(Study study, LinkageAnalysis analysis) =>
    [
        new("code", i => study.Table.Sectors[i].Code), new("name", i => study.Table.Sectors[i].Name),
        new("output_multiplier", i => analysis.OutputMultipliers[i]), new("value_added_multiplier", i => analysis.ValueAddedMultipliers[i]),
        new("backward_linkage", i => analysis.BackwardLinkages[i]), new("forward_linkage", i => analysis.ForwardLinkages[i]),
        new("key", i => analysis.IsKey(i)),
    ];

    /// <summary>Writes one row for each sector.</summary>
    public static void WriteLinkages(TextWriter writer, Study study, LinkageAnalysis analysis) =>
        TidyTable.Write(writer, LinkageColumns(study, analysis), Enumerable.Range(0, study.Table.Sectors.Count));
}
