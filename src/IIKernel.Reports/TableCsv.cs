using IIKernel.Reading;
using IIKernel.Reports.Tables;
using IIKernel.Tables;

namespace IIKernel.Reports;

/// <summary>An input–output table as the files that a study reads.</summary>
public static class TableCsv
{
    /// <summary>File name of the sectors.</summary>
    public const string SectorsFile = "sectors.csv";

    /// <summary>File name of the flows.</summary>
    public const string FlowsFile = "flows.csv";

    /// <summary>
    /// Writes code,name,name_en,category,total_output,intermediate_input and, where they are known, column_tolerance, value_added,
    /// compensation, employment and household_consumption.
    /// </summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="table">The table.</param>
    /// <param name="categories">Its categories; null where the column is left to be filled in.</param>
    public static void WriteSectors(TextWriter writer, InputOutputTable table, CategoryAccounts? categories)
    {
        using var csv = CsvOutput.Create(writer);
        (string Name, double[] Values)[] columns =
        [
            .. new[]
            {
                ("total_output", table.TotalOutput), ("intermediate_input", table.IntermediateInput),
                (SectorReader.Tolerance, table.ColumnSumTolerance), (SectorReader.ValueAdded, table.PrintedValueAdded),
                (SectorReader.Compensation, table.Compensation), (SectorReader.Employment, table.Employment),
                (SectorReader.HouseholdConsumption, table.HouseholdConsumption),
            }.Where(c => c.Item2.Length > 0),
        ];
        csv.Row(["code", "name", "name_en", "category", .. columns.Select(c => c.Name)]);
        for (var i = 0; i < table.Sectors.Count; i++)
        {
            var s = table.Sectors[i];
            csv.Row(
            [
                s.Code, s.Name, s.NameEnglish, categories?.Categories[s.Category].Code ?? "",
                .. columns.Select(c => CsvOutput.Input(c.Values[i])),
            ]);
        }
    }

    /// <summary>Writes the matrix with a code row and a code column.</summary>
    public static void WriteFlows(TextWriter writer, InputOutputTable table) =>
        WriteMatrix(writer, table.Sectors, (i, j) => CsvOutput.Input(table.Flows[i, j]));

    /// <summary>Writes a matrix of the sectors with a code row and a code column, in full precision.</summary>
    internal static void WriteMatrix(TextWriter writer, IReadOnlyList<Sector> sectors, Func<int, int, string> cell)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(["code", .. sectors.Select(s => s.Code)]);
        for (var i = 0; i < sectors.Count; i++) csv.Row([sectors[i].Code, .. Enumerable.Range(0, sectors.Count).Select(j => cell(i, j))]);
    }
}
