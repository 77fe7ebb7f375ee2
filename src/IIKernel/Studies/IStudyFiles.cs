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

/// <summary>A study in a folder. Its paths may lead out of the folder by "..".</summary>
public sealed class FolderStudyFiles : IStudyFiles
{
    private readonly string _folder;

    /// <summary>Creates the files of one study; nothing is read yet.</summary>
    /// <param name="path">The study's folder, or the path of its study.json (which may have another name).</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public FolderStudyFiles(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var isDefinition = !Directory.Exists(path) && (File.Exists(path) || path.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
        _folder = isDefinition ? Path.GetDirectoryName(path) ?? "" : path;
        DefinitionPath = isDefinition ? Path.GetFileName(path) : "study.json";
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
        if (Directory.Exists(full)) throw new IOException("it is a folder");
        if (!File.Exists(full)) return null;
        return Length(full) == 0 ? [] : File.ReadAllBytes(full);
    }

    /// <summary>Bytes of a file, behind links; 0 for a pipe or a device, which have no length: what they hold may never end.</summary>
    public static long Length(string path)
    {
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
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
