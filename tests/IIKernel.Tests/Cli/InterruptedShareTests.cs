using IIKernel.Cli;
using IIKernel.Reports.Files;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Shares that get a signal while their file is written or read, by a disk that takes its time.</summary>
public sealed class InterruptedShareTests : IDisposable
{
    // What the disk is asked for a file of work: to be locked when it is opened, to take its place when it is written. The AT-th time the
    // process gets a signal, and the disk takes SECONDS, more than the process is given.
    private const string Disk = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <signal.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/file.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        static int calls;

        static int is_asked(const char *call, const char *path)
        {
            if (strcmp(getenv("CALL"), call) != 0 || strstr(path, ".work") == NULL || ++calls != atoi(getenv("AT"))) return 0;
            kill(getpid(), SIGTERM);
            sleep(atoi(getenv("SECONDS")));
            return 1;
        }

        int flock(int file, int operation)
        {
            char link[64], path[4096];
            snprintf(link, sizeof link, "/proc/self/fd/%d", file);
            ssize_t length = readlink(link, path, sizeof path - 1);
            path[length < 0 ? 0 : length] = 0;
            if (operation != LOCK_UN) is_asked("flock", path);
            return syscall(SYS_flock, file, operation);
        }

        int rename(const char *from, const char *to)
        {
            if (is_asked("rename", to) && getenv("FAILS") != NULL)
            {
                errno = EIO;
                return -1;
            }

            return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
        }
        """;

    private static readonly string[] Share = ["compare", "--draws", "300", "--shard", "1/2", "--work"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-signal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Work => Path.Combine(_folder, "work");

    private string Written => Path.Combine(Work, "round-1-share-001-of-002.work");

    [Fact]
    public void A_share_that_is_complete_is_written_before_a_signal_ends_it_and_says_so()
    {
        var (code, error) = Interrupted("rename", at: 1, seconds: 2);
        Assert.True(code is ExitCodes.Interrupted or ExitCodes.Done, error);
        Assert.Contains("is done: " + Written, error, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing was written", error, StringComparison.Ordinal);
        Assert.True(WorkFile.Read(Written).Header.IsDone);
    }

    [Fact]
    public void A_share_that_cannot_be_written_says_that_alone()
    {
        var (code, error) = Interrupted("rename", at: 1, seconds: 2, ("FAILS", "1"));
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.StartsWith($"{Written}: found that it cannot be written", error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Interrupted", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Work));
    }

    // The first time it is looked whether it is a file of work at all.
    [Fact]
    public void What_was_saved_before_is_told_by_a_share_that_is_ended_while_it_reads_that()
    {
        var (_, _, error) = CommandLineRunner.Process([.. Share, Work]);
        Assert.Contains("is done", error, StringComparison.Ordinal);
        (var code, error) = Interrupted("flock", at: 2, seconds: 30);
        Assert.Equal(ExitCodes.Interrupted, code);
        Assert.Equal($"Interrupted; {Written} holds what was found. The same command goes on from there.",
            error.TrimEnd().Split('\n')[^1]);
        Assert.True(WorkFile.Read(Written).Header.IsDone);
    }

    private (int ExitCode, string Error) Interrupted(string call, int at, int seconds, params (string Name, string Value)[] more)
    {
        var library = Path.Combine(_folder, "disk.so");
        SharedLibrary.Compile(library, Disk);
        var (code, _, error) = CommandLineRunner.Process([.. Share, Work],
            [("LD_PRELOAD", library), ("CALL", call), ("AT", $"{at}"), ("SECONDS", $"{seconds}"), .. more]);
        return (code, error);
    }
}
