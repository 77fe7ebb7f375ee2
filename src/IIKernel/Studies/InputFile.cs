using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace IIKernel.Studies;

/// <summary>A file that is there and is not read, in the words of a <see cref="StudyFault"/>.</summary>
/// <param name="found">What was found.</param>
/// <param name="expected">What should be there.</param>
/// <param name="remedy">How to mend it.</param>
internal sealed class InputFileException(string found, string expected, string remedy)
    : IOException($"found {found}; expected {expected}. {remedy}")
{
    public string Found => found;

    public string Expected => expected;

    public string Remedy => remedy;

    /// <summary>The fault of a file.</summary>
    public StudyFault Of(string file) => new(file, "", found, expected, remedy);
}

/// <summary>
/// The one door by which files are opened that somebody else may have written. Ordinary files alone are read: a device may never end, and
/// whoever opens a pipe waits until another program writes to it.
/// </summary>
internal static class InputFile
{
    /// <summary>What stands in the place of an ordinary file: "a folder", "a device"; null for an ordinary file, or none.</summary>
    public static string? Other(string path) => Directory.Exists(path) ? "a folder"
        : OperatingSystem.IsLinux() ? OtherOnLinux(path)
        : OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device"
        : null;

    /// <summary>The bytes of a file; null where there is none.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="most">The most bytes that are read.</param>
    /// <exception cref="InputFileException">It is no ordinary file, or is larger.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? Read(string path, long most = InputLimits.FileBytes)
    {
        using var stream = Open(path);
        if (stream is null) return null;
        if (stream.Length > most)
            throw new InputFileException($"a file of {Wording.Count(stream.Length, "byte")}", $"at most {Wording.Count(most, "byte")}",
                "Leave out what is not needed, or check whether it is the right file.");
        var bytes = new byte[stream.Length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>A file to be read from its beginning; null where there is none.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <exception cref="InputFileException">It is no ordinary file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream? Open(string path)
    {
        if (Other(path) is { } other)
        {
            throw new InputFileException(other, "an ordinary file", other == "a folder" ? "Name a file in it."
                : "Write what it gives to a file, and name that.");
        }

        if (!File.Exists(path)) return null;
        // Where a system does not say what a file is, pipes and devices have no length.
        return Length(path) == 0 ? Stream.Null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
    }

    // Of struct statx, which is laid out alike on every processor, the two bytes of its mode count. A library without it has no such entry.
    [SupportedOSPlatform("linux")]
    private static string? OtherOnLinux(string path)
    {
        const int here = -100, typeMask = 1, mode = 28, kind = 0xF000;
        var about = new byte[256];
        try
        {
            if (Statx(here, [.. Encoding.UTF8.GetBytes(path), 0], 0, typeMask, about) != 0) return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }

        return (BitConverter.ToUInt16(about, mode) & kind) switch
        {
            0x1000 => "a pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] about);
}
