using IIKernel.Cli;
using IIKernel.Kernels.Journal;
using IIKernel.Reports.Files;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Runs that are divided, ended and resumed: the same bytes, and nothing that is another run's.</summary>
public sealed class LongRunTests : IDisposable
{
    // All that is asked of the draws: in values, passes and scans.
    private static readonly string[] Asked =
    [
        "run", "--draws", "700", "--quiet", "--levels", "0.5", "--density", "9", "--ranks", "--above", "900",
        "--ratio", "provinces:440000.total/nation.total",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("run", "estimates.csv", "report.html", "ranks.csv", "derived.csv", "density.csv")]
    [InlineData("claims", "claims.csv")]
    [InlineData("compare", "comparison.csv")]
    [InlineData("sensitivity", "sensitivity.csv", "swings.csv")]
    public void Shares_in_any_order_give_the_bytes_of_one_run(string verb, params string[] files)
    {
        string[] arguments = verb switch
        {
            "run" => Asked,
            "sensitivity" => [verb, "--draws", "1024", "--quiet", "--figures", "nation.total.2022"],
            _ => [verb, "--draws", "700", "--quiet"],
        };
        Done([.. arguments, "--out", At("one")]);
        for (var round = 1; ; round++)
        {
            foreach (var share in new[] { 3, 1, 2 })
            {
                string[] backend = ["--backend", share == 2 && verb != "sensitivity" ? "reference" : "simd", "--threads", "1"];
                Done([.. arguments, "--out", At("many"), "--shard", $"{share}/3", "--work", At("work"), .. backend]);
                Assert.False(Directory.Exists(At("many")));
            }

            var (code, error) = CommandLineRunner.InProcess("merge", At("work"), "--quiet");
            if (code == ExitCodes.NextRound && round == 1)
            {
                // Whoever asks again is told the same.
                Assert.Equal(code, CommandLineRunner.InProcess("merge", At("work"), "--quiet").ExitCode);
                continue;
            }

            Assert.True(code == ExitCodes.Done, error);
            break;
        }

        foreach (var name in files)
            Assert.True(File.ReadAllBytes(At($"one/{name}")).AsSpan().SequenceEqual(File.ReadAllBytes(At($"many/{name}"))), name);
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("verify", At("many"), "--quiet").ExitCode);
    }

    [Fact]
    public void Shares_that_are_missing_there_twice_or_of_another_run_are_refused_by_name()
    {
        string[] arguments = ["compare", "--draws", "400", "--quiet", "--work", At("work")];
        Done([.. arguments, "--shard", "1/2"]);
        Refused("no share 2/2 of round 1", "merge", At("work"));
        Done([.. arguments, "--shard", "2/2"]);
        File.Copy(At("work/round-1-share-002-of-002.work"), At("work/round-1-share-009-of-009.work"));
        Refused("round-1-share-009-of-009.work: found what belongs into round-1-share-002-of-002.work;", "merge", At("work"));
        File.Delete(At("work/round-1-share-009-of-009.work"));

        // Three quarters may come from elsewhere: any set that is the whole.
        File.Delete(At("work/round-1-share-002-of-002.work"));
        Done([.. arguments, "--shard", "4/4"]);
        Refused("no share 3/4", "merge", At("work"));
        Refused("found no --seed; expected --seed 6", [.. arguments, "--seed", "6", "--shard", "3/4"]);
        Done([.. arguments.SkipLast(1), At("other"), "--seed", "5", "--shard", "3/4"]);
        File.Copy(At("other/round-1-share-003-of-004.work"), At("work/round-1-share-003-of-004.work"));
        Refused("found --seed 5; expected no --seed", "merge", At("work"));
        File.Delete(At("work/round-1-share-003-of-004.work"));
        Done([.. arguments, "--shard", "3/4"]);
        var again = CommandLineRunner.InProcess([.. arguments.Where(a => a != "--quiet"), "--shard", "3/4"]).Error;
        Assert.Contains("done already", again, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("merge", At("work"), "--quiet", "--rounds", "1").ExitCode);
    }

    // The draws of 2/8 are the second half of those of 1/4; 3/8 and 4/8 are what 2/4 is.
    [Fact]
    public void Shares_of_two_numbers_that_do_not_fit_are_refused_by_these()
    {
        string[] arguments = ["compare", "--draws", "400", "--quiet", "--work", At("work")];
        Done([.. arguments, "--shard", "1/4"]);
        var path = At("work/round-1-share-001-of-004.work");
        Refused($"--shard 2/8: found K = 8 beside {path} with K = 4, which holds draws of this share; expected K = 4. Draw a share I/4, or "
            + "remove that file.", [.. arguments, "--shard", "2/8"]);
        Assert.Single(Directory.GetFiles(At("work")));
        Done([.. arguments, "--shard", "3/8"]);
        Refused("found no share 4/8, 5/8, 6/8, 7/8, 8/8 of round 1 among shares with K = 4 (round-1-share-001-of-004.work) and K = 8 "
            + "(round-1-share-003-of-008.work); expected all, best with one K.", "merge", At("work"));

        // Machines that see the folder late may write both. What is wrong first is the number, though one is unfinished too.
        string[] elsewhere = [.. arguments[..^1], At("elsewhere")];
        Done([.. elsewhere, "--shard", "2/8"]);
        File.Move(At("elsewhere/round-1-share-002-of-008.work"), At("work/round-1-share-002-of-008.work"));
        path = At("work/round-1-share-003-of-008.work");
        var file = WorkFile.Read(path);
        var store = new WorkStore();
        foreach (var record in file.Records) store.Add(record);
        WorkFile.Write(path, file.Header with { IsDone = false }, store);
        Refused("round-1-share-002-of-008.work: found K = 8 and draws that round-1-share-001-of-004.work with K = 4 holds too; expected "
            + "one K. Remove the shares with K = 8, or those with K = 4, and draw what is missing.", "merge", At("work"));
    }

    [Fact]
    public void A_study_that_was_changed_since_is_no_part_of_the_run()
    {
        Done("new", At("mine"));
        string[] arguments = ["run", At("mine"), "--draws", "300", "--quiet", "--work", At("work"), "--out", At("out"), "--no-report"];
        Done([.. arguments, "--shard", "1/1"]);
        File.AppendAllText(At("mine/study.json"), "\n");
        Refused("another content of study.json", "merge", At("work"));
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public void A_file_of_work_that_was_damaged_anywhere_is_refused_and_can_be_removed()
    {
        string[] arguments = ["compare", "--draws", "64", "--quiet", "--work", At("work"), "--shard", "1/1"];
        Done(arguments);
        var path = At("work/round-1-share-001-of-001.work");
        var bytes = File.ReadAllBytes(path);
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var damaged = i % 4 == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
            if (i % 4 > 0) damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            Assert.Throws<OutputException>(() => WorkFile.Read(path));
        }

        File.WriteAllBytes(path, bytes[..^1]);
        Refused("round-1-share-001-of-001.work: found", "merge", At("work"));
        Refused("Remove it", arguments);
        File.Delete(path);
        Done(arguments);
        Assert.True(WorkFile.Read(path).Header.IsDone);
    }

    [Theory]
    [InlineData("3", "--shard 3: expected I/K")]
    [InlineData("0/2", "expected I/K")]
    [InlineData("3/2", "expected I/K")]
    [InlineData("1/1000", "K at most 256")]
    [InlineData("1/-2", "expected I/K")]
    public void A_share_that_is_none_is_refused(string share, string message) =>
        Refused(message, "compare", "--shard", share, "--work", At("work"));

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        Refused("found no --work", "compare", "--shard", "1/2");
        Refused("found without --shard", "compare", "--work", At("work"));
        Refused("one of the two", "compare", "--shard", "1/2", "--work", At("work"), "--checkpoint", At("state"));
        Refused("found no file of a state", "compare", "--resume");
        Refused("expected seconds above 0", "compare", "--checkpoint", At("state"), "--checkpoint-every", "0");
        Refused("found a folder; expected the name of a file", "compare", "--checkpoint", _folder);
        Directory.CreateDirectory(At("taken.checkpoint"));
        Refused("found the folder", "compare", "--out", At("taken"));
        Refused("found the folder of --out", "compare", "--out", At("out"), "--checkpoint", At("out/comparison.csv"));
        File.WriteAllText(At("notes"), "hello, this is no state");
        Refused("found something that is no file of work", "compare", "--checkpoint", At("notes"), "--resume");
        Assert.True(File.Exists(At("notes")));
        Refused("found no folder of that name", "compare", "--checkpoint", At("nowhere/state"));
        Refused("found beside --shard", "run", "--shard", "1/2", "--work", At("work"), "--tolerance", "1%");
        Refused("found beside --shard", "run", "--shard", "1/2", "--work", At("work"), "--out", At("out"), "--save-draws", "d.csv");
        Refused("found no such folder", "merge", At("nowhere"));
        Directory.CreateDirectory(At("empty"));
        Refused("found no share of round 1", "merge", At("empty"));
        Refused("expected a number of at least 1", "merge", At("empty"), "--rounds", "0");
    }

    [Fact]
    public void An_interrupted_run_says_how_to_go_on_and_ends_in_the_same_bytes()
    {
        if (OperatingSystem.IsWindows()) return;
        string[] arguments = ["run", "--draws", "600000", "--no-report", "--out", At("out"), "--checkpoint-every", "0.2"];
        var (code, error) = CommandLineRunner.Interrupted(arguments, "TERM", () => File.Exists(At("out.checkpoint")));
        Assert.Equal(ExitCodes.Interrupted, code);
        Assert.Contains("--resume goes on", error, StringComparison.Ordinal);
        Assert.True(File.Exists(At("out.checkpoint")));
        Refused("found the state of a run that did not end", arguments);
        Refused("found --draws 600000; expected --draws 600001", [.. arguments.Select(a => a == "600000" ? "600001" : a), "--resume"]);

        Done([.. arguments, "--resume", "--quiet"]);
        Assert.False(File.Exists(At("out.checkpoint")));
        Done("run", "--draws", "600000", "--no-report", "--out", At("one"), "--quiet");
        Assert.Equal(File.ReadAllBytes(At("one/estimates.csv")), File.ReadAllBytes(At("out/estimates.csv")));
        Assert.Equal(File.ReadAllBytes(At("one/sources.csv")), File.ReadAllBytes(At("out/sources.csv")));
    }

    // A folder stands where the state would be written first.
    [Fact]
    public void A_state_that_cannot_be_saved_is_told_once_under_quiet_too()
    {
        Directory.CreateDirectory(At("state.new"));
        string[] arguments = ["run", "--draws", "30000", "--no-report", "--out", At("out"), "--quiet"];
        var (code, error) = CommandLineRunner.InProcess([.. arguments, "--checkpoint", At("state"), "--checkpoint-every", "0.01"]);
        Assert.True(code == ExitCodes.Done, error);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("The state of the run could not be saved, and the run goes on: ", line, StringComparison.Ordinal);
        Assert.True(File.Exists(At("out/estimates.csv")));
    }

    [Fact]
    public void Without_a_state_a_run_that_is_to_go_on_starts_and_leaves_none()
    {
        Done("run", "--draws", "200", "--no-report", "--out", At("out"), "--quiet", "--resume");
        Assert.Equal(["out"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static void Done(params string[] arguments)
    {
        var (code, error) = CommandLineRunner.InProcess(arguments);
        Assert.True(code == ExitCodes.Done, error);
    }

    private static void Refused(string message, params string[] arguments)
    {
        var (code, error) = CommandLineRunner.InProcess(arguments);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }
}
