using System.Diagnostics;
using IIKernel.Kernels;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Pages;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Tests.Pages;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Reports;

/// <summary>A full disk, a folder or a file that must not be written: a message with the remedy, and what was there stays.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private const int NoSpace = 28;
    private const string Full = "found no space left on its disk; nothing was replaced. Free some, or choose a folder on another disk.";

    private readonly string _root = Directory.CreateTempSubdirectory("iikernel-disk-").FullName;

    private string Out => Path.Combine(_root, "out");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Every form that anything is written in.
    [Fact]
    public void A_file_of_any_form_that_ends_anywhere_leaves_what_was_there()
    {
        var call = new Invocation("run", ["run"], new Dictionary<string, object?>(), DateTimeOffset.Now);
        var compiled = new CompiledStudy(TestData.Demonstration);
        var sampling = new SamplingOptions(256, 7, 0.95);
        using var program = compiled.Load(new SimdBackend(1), sampling);
        var summary = UncertaintyRun.Execute(compiled, program, sampling, [], new SimdBackend(1), 1);
        var saved = new DrawColumns(
            compiled, program.Program.Plan, UncertaintySources.All, new FigureIndex(compiled.Keys).Select("sector.total"), []);
        OutputFile[] files =
        [
            OutputFile.Text(EstimatesCsv.FileName, writer => EstimatesCsv.Write(writer, summary)),
            .. new RunFormats(["xlsx", "parquet", "md", "tex"], null, null, Language.English).Of(summary),
            new(ReportPage.FileName, stream => ReportPage.Write(stream, PageOf.Demonstration)),
            .. LinkagesCsv.MatrixFiles(TableSolution.Of(TestData.Demonstration.Table)),
            OutputFile.Text("draws.csv", writer => DrawsCsv.Write(writer, saved, program.Program, sampling.Draws)),
            new("draws.parquet", stream => DrawsParquet.Write(stream, saved, program.Program, new("", sampling))),
        ];
        Assert.Equal(["csv", "html", "md", "parquet", "tex", "xlsx"],
            files.Select(f => Path.GetExtension(f.Name)[1..]).Distinct().Order(StringComparer.Ordinal));
        Publish([.. files.Select(f => OutputFile.Bytes(f.Name, [1]))]);
        foreach (var file in files)
        {
            using var whole = new MemoryStream();
            file.Write(whole);
            foreach (var space in new[] { 0, whole.Length / 2, whole.Length - 1 })
            {
                var exception = Assert.Throws<OutputException>(() =>
                    Publish([new(file.Name, stream => file.Write(new ShortStream(stream, space)))]));
                Assert.Equal(Full, exception.Message);
                Assert.Equal([.. files.Select(f => f.Name).Append("run.json").Order()],
                    Directory.GetFiles(Out).Select(Path.GetFileName).Order());
                Assert.True(ReceiptVerification.Of(Out).Agrees);
            }
        }

        void Publish(OutputFile[] written)
        {
            using var folder = OutputFolder.Open(Out, "run", [.. written.Select(f => f.Name)], [], force: false);
            folder.Publish(written, Receipt.Of(call, null));
        }
    }

    // The kernel's own word, wherever among the files it comes.
    [Fact]
    public void A_run_onto_a_full_disk_ends_with_the_remedy_and_leaves_the_run_before()
    {
        using var disk = Disk.Mounted(Out, "size=2m");
        var output = Path.Combine(Out, "run");
        string[] run = ["run", "--draws", "300", "--quiet", "--out", output];
        Assert.Equal(0, CommandLineRunner.InProcess([.. run, "--no-report"]).ExitCode);
        string[] before = [.. Directory.GetFiles(output).Order()];
        foreach (var left in new[] { 0, 100_000, 400_000 })
        {
            File.WriteAllBytes(Path.Combine(Out, "other"), new byte[Disk.Free(Out) - left]);
            var (exitCode, error) = CommandLineRunner.InProcess([.. run, "--formats", "xlsx,parquet", "--save-draws", "draws.parquet"]);
            Assert.Equal(2, exitCode);
            Assert.Equal($"--out {output}: {Full}", error.Trim());
            Assert.Equal(before, Directory.GetFiles(output).Order());
            Assert.Equal(0, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
            File.Delete(Path.Combine(Out, "other"));
        }
    }

    [Fact]
    public void A_folder_that_takes_no_files_is_refused_before_anything_is_drawn()
    {
        using var disk = Disk.Mounted(Out, "ro");
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--quiet", "--out", Path.Combine(Out, "run"));
        Assert.Equal(2, exitCode);
        Assert.Contains("Read-only file system", error, StringComparison.Ordinal);
        Assert.Contains("Choose a folder that can be written.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("estimates.csv")]
    [InlineData("tables.md")]
    [InlineData("run.json")]
    public void A_file_that_is_protected_or_open_stays_with_all_others(string name)
    {
        string[] run = ["run", "--draws", "300", "--quiet", "--no-report", "--out", Out, "--formats", "xlsx,parquet,md,tex"];
        Assert.Equal(0, CommandLineRunner.InProcess(run).ExitCode);
        var file = new FileInfo(Path.Combine(Out, name)) { IsReadOnly = true };
        Refused($"found {name}, which is write-protected; expected a file that may be replaced. Take the protection away");
        file.IsReadOnly = false;
        using (file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Refused($"{name}' because it is being used by another process. Close it there and run the same command again");
        // Whoever reads it is not in the way where a name is another thing than its file.
        if (!OperatingSystem.IsWindows())
            using (file.OpenRead()) Assert.Equal(0, CommandLineRunner.InProcess([.. run, "--seed", "9"]).ExitCode);

        void Refused(string message)
        {
            var (exitCode, error) = CommandLineRunner.InProcess([.. run, "--seed", "8"]);
            Assert.Equal(2, exitCode);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.Equal(7, Directory.GetFiles(Out).Length);
        }
    }

    // A file system of its own in memory, which the system's administrator can have.
    private sealed class Disk(string folder) : IDisposable
    {
        public static Disk Mounted(string folder, string options)
        {
            Directory.CreateDirectory(folder);
            Assert.SkipUnless(OperatingSystem.IsLinux() && Done("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder),
                "No file system can be mounted here.");
            return new(folder);
        }

        public static long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;

        public void Dispose() => Done("umount", folder);

        private static bool Done(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    private sealed class ShortStream(Stream inner, long space) : Stream
    {
        private long _left = space;

        public override bool CanRead => false;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, (int)Math.Clamp(_left, 0, count));
            if ((_left -= count) < 0) throw new IOException("No space left on device", NoSpace);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);
    }
}
