using System.Text;
using System.Text.Json;
using IIKernel.Importing;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>A table that was imported, as the files of a study that has nothing else yet.</summary>
public static class ImportedStudy
{
    /// <summary>File name of the definition.</summary>
    public const string DefinitionFile = "study.json";

    /// <summary>File name of ballots.</summary>
    public const string BallotsFile = "ballots.csv";

    /// <summary>The files: study.json with what is still to be added, the sectors and the flows.</summary>
    /// <param name="imported">The table.</param>
    /// <param name="name">Title of the study.</param>
    public static IReadOnlyList<OutputFile> Files(ImportedTable imported, string name)
    {
        ArgumentNullException.ThrowIfNull(imported);
        return
        [
            OutputFile.Bytes(DefinitionFile, Encoding.UTF8.GetBytes(Definition(imported, name))),
            OutputFile.Text(TableCsv.SectorsFile, writer => TableCsv.WriteSectors(writer, imported.Table, null)),
            OutputFile.Text(TableCsv.FlowsFile, writer => TableCsv.WriteFlows(writer, imported.Table)),
        ];
    }

    /// <summary>The study that the files are, as it will be read.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="StudyException">They are no study.</exception>
    public static Study Read(IReadOnlyList<OutputFile> files) => StudyReader.Read(new WrittenFiles(files), tableOnly: true);

    /// <summary>The ballots as a study reads them.</summary>
    public static OutputFile Ballots(ImportedBallots imported)
    {
        ArgumentNullException.ThrowIfNull(imported);
        return OutputFile.Text(BallotsFile, writer =>
        {
            using var csv = CsvOutput.Create(writer);
            string[] round = imported.HasRounds ? ["round"] : [];
            csv.Row(["expert", "sector", "factor", "grade", .. round]);
            foreach (var ballot in imported.Ballots)
            {
                string[] number = imported.HasRounds ? [ballot.Round] : [];
                csv.Row([ballot.Expert, ballot.Sector, ballot.Factor, ballot.Grade, .. number]);
            }
        });
    }

    private static string Definition(ImportedTable imported, string name)
    {
        var layout = imported.Layout;
        var text = new StringBuilder("{\n");
        text.Append(Comment($"Imported from {imported.Sheet} by the layout {layout.Name}."));
        text.Append(Comment("check, linkages, aggregate and split need nothing more. For run and all other verbs add years,"));
        text.Append(Comment("categories, groups, coefficients and growth, and fill in the column category of sectors.csv;"));
        text.Append(Comment("iikernel new writes a small study that has them all."));
        text.Append($"  \"name\": {Json(name)},\n  \"unit\": {Json(imported.Unit.Text)},\n  \"baseYear\": {Json(imported.Year)},\n");
        text.Append($"  \"table\": {{\n    \"sectors\": {Json(TableCsv.SectorsFile)},\n    \"flows\": {Json(TableCsv.FlowsFile)},\n");
        text.Append($"    \"unit\": {Json(imported.Unit.Text)}");
        if (layout.InputsOutsideFlows) text.Append(",\n    \"inputsOutsideFlows\": true");
        if (layout.Allow.Count > 0) text.Append($",\n    \"allow\": [{string.Join(", ", layout.Allow.Select(Json))}]");
        return text.Append("\n  }\n}\n").ToString();
    }

    private static string Comment(string text) => $"  // {Wording.OneLine(text)}\n";

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonText.Options);

    private sealed class WrittenFiles(IReadOnlyList<OutputFile> files) : IStudyFiles
    {
        public string Origin => DefinitionFile;

        public string DefinitionPath => DefinitionFile;

        public byte[]? Read(string path)
        {
            if (files.FirstOrDefault(file => file.Name == path) is not { } found) return null;
            using var stream = new MemoryStream();
            found.Write(stream);
            return stream.ToArray();
        }
    }
}
