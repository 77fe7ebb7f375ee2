using System.Diagnostics;
using IIKernel.Reports.Files;
using IIKernel.Tests.Repository;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>The job files of docs/jobs/slurm on a cluster of two nodes that is started for it.</summary>
public sealed class SlurmTests : IDisposable
{
    // Of .ci/slurm-one-machine.sh.
    private const int Unavailable = 75;

    private const string Array = "SLURM_ARRAY_JOB_ID=";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Compared = ["estimates.csv", "sources.csv", "report.html"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-slurm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_share_that_is_killed_on_a_node_goes_on_and_the_files_are_those_of_one_run()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Slurm runs on Linux.");
        string[] command = ["run", "--draws", "300", "--seed", "7", "--out"];
        JobFiles.WriteProgram(_folder);
        var cluster = Path.Combine(_folder, "cluster");

        // The cluster lives as long as this command, which ends with its input.
        using var machine = Process.Start(Start(
            "bash", Path.Combine(RepositoryTests.Root, ".ci", "slurm-one-machine.sh"), cluster, "sh", "-c", "echo ready; cat"))!;
        var fault = machine.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            if (await machine.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null)
            {
                await machine.WaitForExitAsync(TestContext.Current.CancellationToken);
                if (machine.ExitCode == Unavailable) Assert.Skip((await fault).Trim().Split('\n')[^1]);
                Assert.Fail(await fault);
            }

            var last = Tell(
                "bash", [JobFiles.PathOf("slurm/submit.sh"), "4", "work", .. command, "divided", "--checkpoint-every", "0.01"]).Trim();
            var task = $"{Kill(2)}_2";

            // A task that goes back into the queue waits for two minutes there.
            Wait(() => State(task) == "PENDING");
            Tell("scontrol", ["update", $"JobId={task}", "StartTime=now"]);
            Wait(() => State(last) is not ("PENDING" or "RUNNING" or "COMPLETING"));
            Assert.True(State(last) == "COMPLETED", Logs());
            Assert.Contains("Restarts=1", Tell("scontrol", ["show", "job", task]), StringComparison.Ordinal);
            var nodes = Tell("squeue", ["--noheader", "--states=all", "--format=%N"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["n1", "n2"], nodes.Distinct().Order());
        }
        finally
        {
            machine.StandardInput.Close();
            await machine.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, CommandLineRunner.Process([.. command, "one"], _folder).ExitCode);
        foreach (var file in Compared)
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "one", file)), File.ReadAllBytes(Path.Combine(_folder, "divided", file)));
    }

    // Kills a share of the first round, with no warning, once it has saved something and before it is done. Returns the array's number.
    private string Kill(int share)
    {
        var folder = Path.Combine(_folder, "work");
        var file = Path.Combine(folder, FormattableString.Invariant($"round-1-share-{share:000}-of-004.work"));
        Wait(() => File.Exists(file));
        var program = Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).FirstOrDefault(id =>
            int.TryParse(id, out _) && Words(id, "cmdline") is var words && words.Contains($"{share}/4") && words.Contains(folder));
        Assert.True(program is not null, "The share had ended before it could be killed.");
        var array = Words(program, "environ").First(word => word.StartsWith(Array, StringComparison.Ordinal))[Array.Length..];
        Tell("kill", ["-KILL", program]);
        Assert.False(WorkFile.Read(file).Header.IsDone, "The share was done before it was killed.");
        return array;
    }

    private static string[] Words(string id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}").Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string State(string job) => Tell("squeue", ["--noheader", "--states=all", "--format=%T", $"--jobs={job}"]).Trim();

    private void Wait(Func<bool> until)
    {
        for (var clock = Stopwatch.StartNew(); !until(); Thread.Sleep(50)) Assert.True(clock.Elapsed < Patience, Logs());
    }

    private string Logs() => string.Concat(Directory.EnumerateFiles(_folder, "*.log", SearchOption.AllDirectories).Order()
        .Select(path => $"{Path.GetFileName(path)}:\n{File.ReadAllText(path)}\n"));

    private string Tell(string program, string[] arguments)
    {
        var start = Start(program, arguments);
        start.Environment["SLURM_CONF"] = Path.Combine(_folder, "cluster", "slurm.conf");
        start.Environment["IIKERNEL_CPUS"] = "1";
        start.Environment["IIKERNEL_MEMORY"] = "2G";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{error.Result}");
        return output;
    }

    private ProcessStartInfo Start(string program, params string[] arguments) => JobFiles.Start(_folder, program, arguments);
}
