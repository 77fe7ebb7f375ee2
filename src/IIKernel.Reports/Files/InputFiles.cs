using System.Security.Cryptography;
using IIKernel.Studies;

namespace IIKernel.Reports.Files;

/// <summary>Where the inputs of a run lie.</summary>
public static class InputFiles
{
    private const string Embedded = "embedded:";

    /// <summary>Paths of a study's files; none where they are part of the program.</summary>
    public static IReadOnlyList<string> PathsOf(Study study) => study.Origin.StartsWith(Embedded, StringComparison.Ordinal) ? []
        : [.. study.Files.Select(file => Path.Combine(FolderOf(study.Origin), file.Path))];

    /// <summary>A file and its fingerprint.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileFingerprint Fingerprint(string path) => new(path, FolderContents.Sha256(path));

    /// <summary>How a file is now: its SHA-256, null where there is none; false where even its folder is out of reach.</summary>
    internal static (bool Reachable, string? Sha256) Look(string workingFolder, string? origin, string path)
    {
        if (origin?.StartsWith(Embedded, StringComparison.Ordinal) == true)
        {
            var name = origin[Embedded.Length..].Split('/');
            if (name is not [var folder, var definition]) return (false, null);
            var bytes = new EmbeddedStudyFiles(typeof(Study).Assembly, folder, definition).Read(path);
            return (true, bytes is null ? null : Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        var place = Path.Combine(workingFolder, origin is null ? "" : FolderOf(origin));
        var full = Path.Combine(place, path);
        try
        {
            return !Directory.Exists(place) ? (false, null) : (true, File.Exists(full) ? FolderContents.Sha256(full) : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (false, null);
        }
    }

    private static string FolderOf(string origin) => Path.GetDirectoryName(origin) ?? "";
}
