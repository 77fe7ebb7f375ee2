using IIKernel.Cli;
using IIKernel.Kernels;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class FaultReportTests
{
    private static readonly StudyFault Fault = new("a.csv", "line 2", "x", "y", "Write y.");

    [Fact]
    public void Every_exception_has_a_message_and_a_code_also_within_others()
    {
        (Exception, int, string)[] cases =
        [
            (new StudyException([Fault]), 2, "a.csv, line 2: found x; expected y. Write y."),
            (new CommandException(3, "no such device"), 3, "no such device"),
            (new DeviceException("lost"), 3, "lost"),
            (new IOException("No space left on device"), 2, "Reading or writing failed: No space left on device."),
            (new UnauthorizedAccessException("Denied."), 2, "Reading or writing failed: Denied."),
            (new OutOfMemoryException(), 2, "memory of this machine"),
            (new OperationCanceledException(), 130, "Interrupted; nothing was written."),
        ];
        foreach (var (exception, code, message) in cases)
        {
            foreach (var wrapped in new[]
            {
                exception, new AggregateException(new AggregateException(exception), new OperationCanceledException()),
                new System.Reflection.TargetInvocationException(exception),
            })
            {
                var report = FaultReport.Of(wrapped, ["run"]);
                Assert.Equal(code, report.ExitCode);
                Assert.Contains(message, Assert.Single(report.Messages), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_fault_of_the_program_says_what_to_report()
    {
        Exception thrown;
        try
        {
            _ = new StudyException(null!);
            throw new InvalidOperationException("unreachable");
        }
        catch (ArgumentNullException exception)
        {
            thrown = exception;
        }

        var report = FaultReport.Of(thrown, ["run", "my study", "--draws", "5"]);
        Assert.Equal(70, report.ExitCode);
        var line = Assert.Single(report.Messages);
        Assert.DoesNotContain('\n', line);
        foreach (var part in new[]
        {
            "Internal fault of iikernel ", "ArgumentNullException in IIKernel.",
            "iikernel run 'my study' --draws 5", "the study that it read",
        })
            Assert.Contains(part, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", "run", "--draws", "1000000000000")]
    [InlineData("TERM", "run", "--draws", "1000000000000", "--json")]
    [InlineData("INT", "calibrate", "--draws", "100000")]
    public void A_signal_ends_a_verb_with_its_code_a_message_and_nothing_left_behind(string signal, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "signals are sent by kill");
        var folder = Directory.CreateTempSubdirectory().FullName;
        var (code, output, error) = CommandLineRunner.Interrupted([.. arguments, "--out", Path.Combine(folder, "out")], signal);
        Assert.Equal(130, code);
        Assert.Contains("Interrupted; nothing was written.", arguments.Contains("--json") ? output : error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public void A_full_device_and_a_closed_pipe_end_without_a_trace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is a device of Linux");
        var assembly = typeof(Program).Assembly.Location;
        (string Tail, int Code)[] cases =
        [
            ("check > /dev/full", 2), ("check --json > /dev/full", 2), ("--help > /dev/full", 2),
            ("estimate | head -1 > /dev/null", 0), ("check nosuch 2> /dev/full", 2),
        ];
        foreach (var (tail, code) in cases)
        {
            var (exitCode, error) = Shell($"dotnet '{assembly}' {tail}");
            Assert.Equal((tail, code), (tail, exitCode));
            Assert.True(error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 1, error);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    private static (int ExitCode, string Error) Shell(string command)
    {
        var start = new System.Diagnostics.ProcessStartInfo("bash") { RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("set -o pipefail; " + command);
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
