namespace IIKernel.Reports.Files;

/// <summary>
/// Holds a folder for one run. The operating system lets go of the lock when its process ends, however it ends, so that none is ever stale.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>Name of the lock's file, which is there while the lock is held.</summary>
    public const string FileName = ".iikernel-lock";

    private const int Tries = 1000;
    private readonly string _path;
    private readonly FileStream _stream;

    private FolderLock(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <summary>Makes the folder where it is not there, and takes its lock.</summary>
    /// <exception cref="OutputException">Another run holds it.</exception>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        for (var i = 0; i < Tries; i++)
        {
            Directory.CreateDirectory(folder);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new OutputException(
                    $"found a symbolic link {FileName}; expected none, since it is the name of the lock. Remove the link, "
                    + "or choose another folder.");
            }

            FileStream stream;
            try
            {
                stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (DirectoryNotFoundException)
            {
                // Another run had made the folder and has just taken it away.
                continue;
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                throw new OutputException("found another run that is writing to this folder; expected every run to have a folder "
                    + "of its own. Wait until that one has ended, or choose another folder.");
            }

            if (IsAt(stream, path)) return new(path, stream);
            stream.Dispose();
        }

        throw new IOException("The folder's lock was taken away again and again.");
    }

    /// <summary>Lets go.</summary>
    public void Dispose()
    {
        // On Windows an open file cannot be removed; elsewhere one that is closed may already be another run's.
        if (OperatingSystem.IsWindows()) _stream.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What stays is an empty file that blocks nobody.
        }

        _stream.Dispose();
    }

    // ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK of flock elsewhere: 11, or 35 on macOS and BSD.
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 32 or 11 or 35;

    // A lock is let go by removing its file. One that was opened just before that is a file that no later run meets: it is told by its
    // time, which is set to one that no other file has.
    private static bool IsAt(FileStream stream, string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        var time = DateTime.UnixEpoch.AddTicks(Random.Shared.NextInt64(TimeSpan.TicksPerSecond << 30));
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, time);
        return File.GetLastWriteTimeUtc(stream.SafeFileHandle) == File.GetLastWriteTimeUtc(path);
    }
}
