using System.Text.Json;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Cli;

/// <summary>Writes a reshaped table as the files of a study.</summary>
public static class TableFiles
{
    /// <summary>Writes sectors.csv and flows.csv and says so; returns the exit code.</summary>
    public static int Write(StudyOptions options, string folder, Study study, InputOutputTable table)
    {
        var files = OutputFiles.Write("--out", folder,
            (TableCsv.SectorsFile, writer => TableCsv.WriteSectors(writer, table, study.Categories)), (TableCsv.FlowsFile, writer => TableCsv.WriteFlows(writer, table)));
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(new { sectors = table.Sectors.Count, unit = study.Unit.Text, files }, RunReceipt.Json));
        else if (!options.Quiet) Console.WriteLine($"{Wording.Count(table.Sectors.Count, "sector")} in {study.Unit.Text}, from {study.Table.Sectors.Count}; written: {string.Join(", ", files)}");
        return ExitCodes.Done;
    }
}
