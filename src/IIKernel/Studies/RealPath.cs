namespace IIKernel.Studies;

/// <summary>Paths with every symbolic link followed, so that one place has one name.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    private static readonly StringComparison Comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The full path with every link in it followed; what is not there stays as it is written.</summary>
    /// <exception cref="IOException">The links run in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(full) is not var (link, target, tail)) return full;
            full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target, tail));
        }

        throw new IOException($"Symbolic links run in a circle: {path}.");
    }

    /// <summary>Whether a file lies in a folder or below it; both as <see cref="Of"/> gives them.</summary>
    public static bool IsBelow(string file, string folder) =>
        file.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, Comparison);

    private static (string Link, string Target, string Tail)? FirstLink(string full)
    {
        var path = Path.GetPathRoot(full)!;
        var parts = full[path.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            path = Path.Combine(path, parts[i]);
            if (new FileInfo(path).LinkTarget is { } target) return (path, target, Path.Combine(parts[(i + 1)..]));
        }

        return null;
    }
}
