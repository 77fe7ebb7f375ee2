using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>
/// Writes the files of a run so that a reader never meets a half-written one: each is written beside its
/// place under a temporary name, and all are moved into place when all are complete.
/// </summary>
public static class OutputFolder
{
    private const string TemporarySuffix = ".partial";

    /// <summary>Writes text files in UTF-8 with BOM; returns their paths.</summary>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="files">Name and content of each.</param>
    /// <exception cref="IOException">The folder cannot be made or written; nothing new is left in it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<(string Name, Action<TextWriter> Write)> files)
    {
        Directory.CreateDirectory(folder);
        string[] paths = [.. files.Select(f => Path.Combine(folder, f.Name))];
        try
        {
            for (var i = 0; i < paths.Length; i++)
            {
                using var writer = new StreamWriter(paths[i] + TemporarySuffix, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                files[i].Write(writer);
            }

            foreach (var path in paths) File.Move(path + TemporarySuffix, path, overwrite: true);
        }
        finally
        {
            foreach (var path in paths) File.Delete(path + TemporarySuffix);
        }

        return paths;
    }

    /// <summary>Writes estimates.csv, sources.csv and run.json; returns their paths.</summary>
    /// <exception cref="IOException">The folder cannot be made or written; nothing new is left in it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IReadOnlyList<string> Write(string folder, UncertaintySummary summary)
    {
        Directory.CreateDirectory(folder);
        (string Name, Action<TextWriter, UncertaintySummary> Write)[] tables =
            [(EstimatesCsv.FileName, EstimatesCsv.Write), (SourcesCsv.FileName, SourcesCsv.Write)];
        string[] files = [.. tables.Select(t => Path.Combine(folder, t.Name)), Path.Combine(folder, RunReceipt.FileName)];
        try
        {
            var outputs = new List<FileFingerprint>();
            foreach (var (name, write) in tables)
            {
                var path = Path.Combine(folder, name) + TemporarySuffix;
                using (var writer = new StreamWriter(path, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true))) write(writer, summary);
                outputs.Add(new(name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))));
            }

            File.WriteAllText(files[^1] + TemporarySuffix, JsonSerializer.Serialize(RunReceipt.Of(summary, outputs), RunReceipt.Json) + "\n");
            foreach (var file in files) File.Move(file + TemporarySuffix, file, overwrite: true);
        }
        finally
        {
            foreach (var file in files) File.Delete(file + TemporarySuffix);
        }

        return files;
    }
}
