using System.Security.Cryptography;

namespace IIKernel.Studies.Reading;

/// <summary>What all readers of one study share: its files, and what was noticed in them.</summary>
internal sealed class StudyReadContext(IStudyFiles files)
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    public List<StudyFault> Faults { get; } = [];

    public List<Warning> Warnings { get; } = [];

    /// <summary>Every file read so far, once, in reading order.</summary>
    public List<FileFingerprint> Inputs { get; } = [];

    /// <summary>The text of a file, or null with a fault added.</summary>
    /// <param name="path">Path as study.json writes it.</param>
    public string? Text(string path)
    {
        path = path.Replace('\\', '/');
        if (_texts.TryGetValue(path, out var known)) return known;
        return _texts[path] = Load(path);
    }

    /// <summary>The rows of a CSV file, or null with faults added (file, text, header or shape).</summary>
    public CsvTable? Csv(string path, params ReadOnlySpan<string> required)
    {
        var text = Text(path);
        return text is null ? null : CsvTable.Parse(path.Replace('\\', '/'), text, required, Faults);
    }

    private string? Load(string path)
    {
        if (path.StartsWith('/') || (path.Length > 1 && path[1] == ':'))
        {
            Faults.Add(new(path, "", "an absolute path", "a path relative to study.json", "Move the file beside study.json and name it there."));
            return null;
        }

        byte[]? bytes;
        try
        {
            bytes = files.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Faults.Add(new(path, "", $"a file that cannot be read ({e.Message})", "a readable file", "Check its permissions."));
            return null;
        }

        if (bytes is null)
        {
            Faults.Add(path == files.DefinitionPath
                ? new(path, "", $"no file {files.Origin}", "a study's folder or the path of its study.json", "Check the path.")
                : new(path, "", "no such file", $"the file that {files.DefinitionPath} names", "Put the file there, or mend its name; paths are relative to study.json."));
            return null;
        }

        Inputs.Add(new(path, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        return TextDecoder.Decode(path, bytes, Faults, Warnings);
    }
}
