using System.Reflection;

namespace IIKernel.Studies;

/// <summary>Where the files of a study lie.</summary>
public interface IStudyFiles
{
    /// <summary>Where the study comes from, for its outputs: the path of study.json or "embedded:demo/study.json".</summary>
    string Origin { get; }

    /// <summary>Path of study.json, as <see cref="Read"/> takes it.</summary>
    string DefinitionPath { get; }

    /// <summary>The bytes of a file, or null where there is none.</summary>
    /// <param name="path">Path relative to the folder of study.json, with forward slashes.</param>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    byte[]? Read(string path);
}

/// <summary>A study in a folder. Its paths lead to files there or below, behind "..", and links too, unless it is allowed more.</summary>
public sealed class FolderStudyFiles : IStudyFiles
{
    private readonly string _folder;
    private readonly bool _isDefinition;
    private readonly bool _allowOutside;

    /// <summary>Creates the files of one study; nothing is read yet.</summary>
    /// <param name="path">The study's folder, or the path of its study.json (which may have another name).</param>
    /// <param name="allowOutside">Whether its paths may be absolute, and lead out of its folder.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public FolderStudyFiles(string path, bool allowOutside = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _isDefinition = !Directory.Exists(path) && (File.Exists(path) || path.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
        _allowOutside = allowOutside;
        _folder = _isDefinition ? Path.GetDirectoryName(path) ?? "" : path;
        DefinitionPath = _isDefinition ? Path.GetFileName(path) : "study.json";
        Origin = Path.Combine(_folder, DefinitionPath).Replace('\\', '/');
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public string DefinitionPath { get; }

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        var full = Path.Combine(_folder, path);
        // Whoever named the definition meant that file, wherever a link of its name leads.
        return InputFile.Read(_allowOutside || (_isDefinition && path == DefinitionPath) ? full : Inside(path, full));
    }

    // Nothing is said of a file outside, not even whether it is there.
    private string Inside(string path, string full)
    {
        const string allow = "or allow what lies elsewhere: --allow-outside.";
        if (Path.IsPathRooted(path) || (path.Length > 1 && path[1] == ':'))
            throw new InputFileException(
                "an absolute path", "a path relative to study.json", $"Move the file beside study.json and name it there, {allow}");
        var real = RealPath.Of(full);
        return RealPath.IsBelow(real, RealPath.Of(_folder.Length == 0 ? "." : _folder)) ? real
            : throw new InputFileException("a path that leads out of the study's folder", "a file in the folder of study.json or below",
                $"Move the file there, {allow}");
    }
}

/// <summary>A study among the resources of an assembly, each named "folder/file".</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="folder">The first part of the resources' names: "demo".</param>
/// <param name="definition">The study's definition within the folder.</param>
public sealed class EmbeddedStudyFiles(Assembly assembly, string folder, string definition = "study.json") : IStudyFiles
{
    /// <summary>The demonstration study that ships inside this assembly.</summary>
    public static EmbeddedStudyFiles Demonstration { get; } = new(typeof(EmbeddedStudyFiles).Assembly, "demo");

    /// <summary>The demonstration study with distributions of the coefficients alone, and no year after 2022.</summary>
    public static EmbeddedStudyFiles CoefficientDemonstration { get; } =
        new(typeof(EmbeddedStudyFiles).Assembly, "demo", "study-coefficients.json");

    /// <summary>As <see cref="CoefficientDemonstration"/>, with errors of the table's flows.</summary>
    public static EmbeddedStudyFiles FlowDemonstration { get; } = new(typeof(EmbeddedStudyFiles).Assembly, "demo", "study-flows.json");

    /// <inheritdoc/>
    public string Origin => $"embedded:{folder}/{DefinitionPath}";

    /// <inheritdoc/>
    public string DefinitionPath => definition;

    /// <summary>The names of the folder's files, in ordinal order; for copying it out.</summary>
    public IReadOnlyList<string> Names { get; } =
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(name => name[(folder.Length + 1)..])
            .Order(StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        using var stream = assembly.GetManifestResourceStream($"{folder}/{path}");
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
