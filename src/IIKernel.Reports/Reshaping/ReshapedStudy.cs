using System.Text;
using System.Text.Json.Nodes;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Workbooks;

namespace IIKernel.Reports.Reshaping;

/// <summary>
/// A study with its table divided or added up, as the files of a study that can be run: the table and the coefficients are new, every other
/// file is the old one byte for byte.
/// </summary>
public sealed class ReshapedStudy
{
    /// <summary>File name of the definition.</summary>
    public const string DefinitionFile = "study.json";

    // Sectors that a warning names.
    private const int Named = 5;

    // Texts that are never the path of a file.
    private static readonly string[] Titles = ["name", "note", "unit", "$schema"];

    // All that is kept of a study that is a table alone: no other file of it was read.
    private static readonly string[] TableKeys = ["name", "note", "unit", "baseYear", "table"];

    // Keys of uncertainty.flows whose files name sectors of the old table.
    private static readonly string[] FlowKeys = ["vintages", "pedigree", "blocks", "common"];

    private readonly IStudyFiles _files;
    private readonly List<OutputFile> _outputs = [];
    private readonly Dictionary<string, string> _copied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken;
    private readonly HashSet<string> _inputs;

    private ReshapedStudy(IStudyFiles files, Study study, string verb)
    {
        _files = files;
        _inputs = [.. study.Files.Select(f => f.Path)];
        _taken = new(StringComparer.OrdinalIgnoreCase)
        {
            DefinitionFile, TableCsv.SectorsFile, TableCsv.FlowsFile, ReshapedCoefficients.File, ReshapedCoefficients.SampleFile,
            ReshapedCoefficients.CorrelationFile, ReshapedCoefficients.BallotsFile, Receipt.FileNameOf(verb),
        };
    }

    /// <summary>The study's files.</summary>
    public IReadOnlyList<OutputFile> Outputs => _outputs;

    /// <summary>What could not be carried over as it was.</summary>
    public IReadOnlyList<Warning> Warnings { get; private set; } = [];

    /// <summary>Makes the files of a study of another table.</summary>
    /// <param name="files">Where the files of the study lie.</param>
    /// <param name="study">The study that was read from them.</param>
    /// <param name="table">The new table, in the study's unit.</param>
    /// <param name="members">Of each new sector, the old ones that its coefficient comes from.</param>
    /// <param name="verb">The verb that writes.</param>
    /// <exception cref="StudyException">A file of the study cannot be read again.</exception>
    public static ReshapedStudy Of(
        IStudyFiles files, Study study, InputOutputTable table, IReadOnlyList<IReadOnlyList<SectorMember>> members, string verb)
    {
        var result = new ReshapedStudy(files, study, verb);
        var definition = StudyFile.Definition(files).AsObject();
        if (study.Missing.Count > 0)
        {
            foreach (var key in definition.Select(property => property.Key).Except(TableKeys).ToArray()) definition.Remove(key);
        }

        var coefficients = study.Missing.Count > 0 ? null : ReshapedCoefficients.Of(files, study, table, members, definition);
        definition["table"]!.AsObject().Remove("sectors");
        definition["table"]!.AsObject().Remove("flows");
        definition.Remove("$schema");
        var left = LeaveFlowErrors(definition);
        result.CopyFiles(definition);
        foreach (var path in coefficients?.Samples ?? []) result.Copy(path);
        definition["table"]!["sectors"] = TableCsv.SectorsFile;
        definition["table"]!["flows"] = TableCsv.FlowsFile;
        definition["table"]!["unit"] = study.Unit.Text;
        coefficients?.Complete(definition);
        var text = definition.ToJsonString(JsonText.Options) + "\n";
        result._outputs.InsertRange(0,
        [
            OutputFile.Bytes(DefinitionFile, Encoding.UTF8.GetBytes(text)),
            OutputFile.Text(TableCsv.SectorsFile, writer => TableCsv.WriteSectors(writer, table, study.Categories)),
            OutputFile.Text(TableCsv.FlowsFile, writer => TableCsv.WriteFlows(writer, table)),
            .. coefficients?.Outputs(path => result._copied[path]) ?? [],
        ]);
        result.Warnings = [.. coefficients?.Warnings ?? [], .. Moved(study, table, members), .. left];
        return result;
    }

    // What says nothing of the new table's flows; flows of which nothing else is said are certain.
    private static IEnumerable<Warning> LeaveFlowErrors(JsonObject definition)
    {
        if (definition["uncertainty"] is not JsonObject uncertainty || uncertainty["flows"] is not JsonObject flows) return [];
        string[] keys = [.. FlowKeys.Where(flows.Remove)];
        if (!flows.ContainsKey("relativeSd")) uncertainty.Remove("flows");
        return keys.Length > 0 ? [new FlowErrorsLeftOutWarning(keys)] : [];
    }

    // A category's rates are relative to its value added in the table, and follow its accounts: sectors that change category change the
    // figures, which is not what adding up is expected to do.
    private static IEnumerable<Warning> Moved(Study study, InputOutputTable table, IReadOnlyList<IReadOnlyList<SectorMember>> members)
    {
        if (study.Missing.Count > 0) yield break;
        MovedSector[] moved =
        [
            .. from g in Enumerable.Range(0, members.Count)
               from member in members[g]
               let old = study.Table.Sectors[member.Sector]
               where old.Category != table.Sectors[g].Category
               select new MovedSector(
                   old.Code, study.Categories.Categories[old.Category].Code, study.Categories.Categories[table.Sectors[g].Category].Code),
        ];
        if (moved.Length > 0) yield return new CategoryChangedWarning([.. moved.Take(Named)], Math.Max(0, moved.Length - Named));
    }

    // Every text that is the path of an input becomes the name of its copy, wherever it stands.
    private void CopyFiles(JsonNode node)
    {
        if (node is JsonObject named)
        {
            foreach (var (key, value) in named.ToArray())
            {
                if (Titles.Contains(key) || value is null) continue;
                if (PathIn(value) is { } path) named[key] = Copy(path);
                else CopyFiles(value);
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
                if (list[i] is { } item && PathIn(item) is null) CopyFiles(item);
        }
    }

    private string? PathIn(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Replace('\\', '/') is var path
            && _inputs.Contains(SheetReference.Of(path)?.File ?? path) ? path : null;

    private string Copy(string path)
    {
        if (_copied.TryGetValue(path, out var known)) return known;
        // A workbook is copied whole, once.
        if (SheetReference.Of(path) is { } sheet && sheet.File.Length < path.Length)
            return _copied[path] = Copy(sheet.File) + path[sheet.File.Length..];
        var bytes = _files.Read(path) ?? throw new StudyException(
            [new(path, "", "no such file", "the file that was there when the study was read", "Put it back and run again.")]);
        var (file, name) = (Path.GetFileName(path), Path.GetFileName(path));
        for (var i = 2; !_taken.Add(name); i++) name = $"{i}-{file}";
        _outputs.Add(OutputFile.Bytes(name, bytes));
        return _copied[path] = name;
    }
}
