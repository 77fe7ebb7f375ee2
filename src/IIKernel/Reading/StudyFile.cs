using System.Text.Json;
using System.Text.Json.Nodes;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// A file of a study as it is written, for what makes another study of it: only its text, its quotes and its shape are examined.
/// </summary>
public static class StudyFile
{
    /// <summary>The text of a file.</summary>
    /// <param name="files">The study's files.</param>
    /// <param name="path">Path as study.json writes it.</param>
    /// <exception cref="StudyException">It is not there, or no text.</exception>
    public static string Text(IStudyFiles files, string path)
    {
        var context = new StudyReadContext(files);
        return context.Text(path) ?? throw new StudyException(context.Faults.ToFaults());
    }

    /// <summary>study.json as it is written, without its comments.</summary>
    /// <param name="files">The study's files.</param>
    /// <exception cref="StudyException">It is not there, or no text.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode Definition(IStudyFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        return JsonNode.Parse(Text(files, files.DefinitionPath), documentOptions: options)!;
    }

    /// <summary>The cells of a CSV file.</summary>
    /// <param name="files">The study's files.</param>
    /// <param name="path">Path as study.json writes it.</param>
    /// <exception cref="StudyException">It is not there, or no table.</exception>
    public static StudyFileTable Csv(IStudyFiles files, string path)
    {
        var context = new StudyReadContext(files);
        var table = context.Csv(path) ?? throw new StudyException(context.Faults.ToFaults());
        return new(table.Header, [.. table.Rows.Select(row => new StudyFileRow(row))]);
    }
}

/// <summary>A CSV file of a study.</summary>
/// <param name="Header">Names of the columns, in the file's order.</param>
/// <param name="Rows">The rows, a cell a column.</param>
public sealed record StudyFileTable(IReadOnlyList<string> Header, IReadOnlyList<StudyFileRow> Rows);

/// <summary>A row of a CSV file of a study.</summary>
public sealed class StudyFileRow
{
    private readonly CsvRow _row;

    internal StudyFileRow(CsvRow row) => _row = row;

    /// <summary>The cell of a column; empty where the file has no such column.</summary>
    public string Text(string column) => _row.Text(column);

    /// <summary>The cell of the column at an index of the header.</summary>
    public string Text(int column) => _row.Text(column);
}
