using System.Text;
using IIKernel.Reports.Files;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class OutputFolderTests : IDisposable
{
    private static readonly Invocation Call = new("run", ["run"], new Dictionary<string, object?>(), DateTimeOffset.Now);

    private readonly string _root = RealPath.Of(Directory.CreateTempSubdirectory("iikernel-folder-").FullName);

    private string Out => Path.Combine(_root, "out");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Files_and_their_receipt_come_and_nothing_else_stays()
    {
        Publish("run", ("a.csv", "1"), ("b.csv", "2"));
        Assert.Equal(["a.csv", "b.csv", "run.json"], Names());
        Publish("run", ("a.csv", "3"), ("c.csv", "4"));
        // b.csv is that of the run that was replaced.
        Assert.Equal(["a.csv", "c.csv", "run.json"], Names());
        Assert.Equal("3", Read("a.csv"));
        Assert.True(ReceiptVerification.Of(Out).Agrees);
    }

    [Fact]
    public void A_run_killed_at_any_step_leaves_no_false_receipt_and_the_next_one_mends_it()
    {
        Publish("run", ("a.csv", "1"), ("b.csv", "2"), ("old.csv", "3"));
        var snapshots = new List<string>();
        using (var folder = Open("run", "a.csv", "b.csv"))
        {
            folder.StepTaken = () => snapshots.Add(Copy());
            folder.Publish([File("a.csv", "4"), File("b.csv", "5")], Receipt.Of(Call, null));
        }

        // Three files written, the old receipt gone, three moves, the old receipt's copy gone.
        Assert.Equal(8, snapshots.Count);
        var states = new HashSet<string>();
        foreach (var snapshot in snapshots)
        {
            Directory.Delete(Out, recursive: true);
            Directory.Move(snapshot, Out);
            var before = ReceiptVerification.Of(Out);
            Assert.All(before.Receipts.SelectMany(r => r.Files), f => Assert.Equal(FileState.Agrees, f.State));
            states.Add($"{before.Receipts.Count} {Read("a.csv")} {Read("b.csv")}");
            Publish("run", ("a.csv", "6"), ("b.csv", "7"));
            Assert.Equal(["a.csv", "b.csv", "run.json"], Names());
            Assert.True(ReceiptVerification.Of(Out).Agrees);
        }

        Assert.Equal(["0 1 2", "0 4 2", "0 4 5", "1 1 2", "1 4 5"], states.Order());
    }

    [Fact]
    public void A_file_that_the_program_did_not_write_is_replaced_by_force_alone()
    {
        Directory.CreateDirectory(Out);
        System.IO.File.WriteAllText(Path.Combine(Out, "a.csv"), "mine");
        Refused("a.csv, which this program did not write", "run", "a.csv");
        Assert.Equal("mine", Read("a.csv"));
        Publish("run", force: true, ("a.csv", "1"));
        System.IO.File.AppendAllText(Path.Combine(Out, "a.csv"), "mended");
        Refused("a.csv, which was changed since this program wrote it", "run", "a.csv");
        Publish("run", force: true, ("a.csv", "2"));
        System.IO.File.WriteAllText(Path.Combine(Out, "run.json"), "{}");
        Refused("run.json, which is no receipt", "run", "b.csv");
        Directory.CreateDirectory(Path.Combine(Out, "d.csv"));
        Refused("a folder named d.csv", "compare", "d.csv");
    }

    [Fact]
    public void A_receipt_of_another_verb_stays_true_or_goes_with_force()
    {
        Publish("run", ("estimates.csv", "1"), ("sources.csv", "2"));
        Publish("compare", ("comparison.csv", "3"));
        Refused("run.json, the receipt of an earlier run, which lists estimates.csv", "calibrate", "estimates.csv");
        Publish("calibrate", force: true, ("estimates.csv", "4"));
        Assert.Equal(["calibrate.json", "compare.json", "comparison.csv", "estimates.csv"], Names());
        Assert.True(ReceiptVerification.Of(Out).Agrees);
    }

    [Fact]
    public void An_input_is_never_replaced_however_its_path_is_written()
    {
        var study = Directory.CreateDirectory(Path.Combine(_root, "study")).FullName;
        var input = Path.Combine(study, "a.csv");
        System.IO.File.WriteAllText(input, "kept");
        var link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, study);
        foreach (var (folder, read) in new[]
        {
            (study, input), (link, input), (study, Path.Combine(link, "a.csv")),
            (Path.Combine(study, "..", "study"), input), (_root, input),
        })
        {
            var exception = Assert.Throws<OutputException>(() => OutputFolder.Open(folder, "run", ["a.csv"], [read], force: true));
            Assert.Contains("holds an input of this run", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal("kept", System.IO.File.ReadAllText(input));
        Assert.Equal(["a.csv"], Directory.GetFileSystemEntries(study).Select(Path.GetFileName));
        using var below = OutputFolder.Open(Path.Combine(study, "out"), "run", ["a.csv"], [input], force: false);
    }

    [Fact]
    public void No_link_is_followed()
    {
        var target = Path.Combine(_root, "target");
        System.IO.File.WriteAllText(target, "kept");
        Directory.CreateDirectory(Out);
        System.IO.File.CreateSymbolicLink(Path.Combine(Out, "a.csv"), target);
        System.IO.File.CreateSymbolicLink(Path.Combine(Out, "a.csv.partial"), target);
        System.IO.File.CreateSymbolicLink(Path.Combine(Out, $".iikernel-{Guid.NewGuid():N}-a.csv"), target);
        Refused("a.csv, which this program did not write", "run", "a.csv");
        Publish("run", force: true, ("a.csv", "1"));
        Assert.Equal("kept", System.IO.File.ReadAllText(target));
        Assert.Equal(["a.csv", "a.csv.partial", "run.json"], Names());
        System.IO.File.CreateSymbolicLink(Path.Combine(Out, ".iikernel-lock"), target);
        Refused("a symbolic link", "run", "a.csv");
        Assert.Equal("kept", System.IO.File.ReadAllText(target));
    }

    [Fact]
    public void A_folder_is_one_runs_own_and_a_stale_lock_blocks_nobody()
    {
        using (Open("run", "a.csv")) Refused("another run that is writing", "compare", "b.csv");
        // The folder that was made for nothing is gone, with the ones around it.
        Assert.False(Directory.Exists(Out));
        Directory.CreateDirectory(Out);
        System.IO.File.WriteAllText(Path.Combine(Out, ".iikernel-lock"), "of a process long dead");
        Publish("run", ("a.csv", "1"));
        Assert.Equal(["a.csv", "run.json"], Names());
    }

    [Fact]
    public async Task Of_many_runs_into_one_folder_whoever_writes_leaves_a_true_receipt()
    {
        var (written, refused) = (0, 0);
        async Task Writer(int number)
        {
            await Task.Yield();
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    Publish("run", ("a.csv", $"{number} {i}"), ("b.csv", $"{number} {i}"));
                    Interlocked.Increment(ref written);
                }
                catch (OutputException exception)
                {
                    Assert.Contains("another run", exception.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref refused);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => Writer(n))));
        Assert.Equal(400, written + refused);
        Assert.Equal(["a.csv", "b.csv", "run.json"], Names());
        Assert.Equal(Read("a.csv"), Read("b.csv"));
        Assert.True(ReceiptVerification.Of(Out).Agrees);
    }

    [Fact]
    public void What_cannot_be_written_leaves_what_was_there()
    {
        Publish("run", ("a.csv", "1"));
        using (var folder = Open("run", "a.csv", "b.csv"))
        {
            var full = new OutputFile("b.csv", _ => throw new IOException("No space left on device"));
            var exception = Assert.Throws<OutputException>(() => folder.Publish([File("a.csv", "2"), full], Receipt.Of(Call, null)));
            Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["a.csv", "run.json"], Names());
        Assert.Equal("1", Read("a.csv"));
        Assert.True(ReceiptVerification.Of(Out).Agrees);
        Assert.Throws<OutputException>(() => OutputFolder.Open("", "run", [], [], false));
        var aFile = Assert.Throws<OutputException>(() => OutputFolder.Open(Path.Combine(Out, "a.csv"), "run", [], [], false));
        Assert.Contains("found a file", aFile.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_end_with_one_true_receipt_and_the_loser_says_why()
    {
        for (var i = 0; i < 3; i++)
        {
            var results = Enumerable.Range(1, 2).AsParallel().WithDegreeOfParallelism(2)
                .Select(seed => CommandLineRunner.Process(["run", "--quiet", "--draws", "200", "--seed", $"{seed}", "--out", Out]))
                .ToArray();
            Assert.Contains(results, r => r.ExitCode == 0);
            Assert.All(results.Where(r => r.ExitCode != 0),
                r => Assert.True(r.ExitCode == 2 && r.Error.Contains("another run", StringComparison.Ordinal), r.Error));
            Assert.True(ReceiptVerification.Of(Out).Agrees);
            Assert.Equal(["estimates.csv", "report.html", "run.json", "sources.csv"], Names());
        }
    }

    [Fact]
    public void Processes_killed_at_random_leave_no_false_receipt()
    {
        var random = new Random(17);
        for (var i = 0; i < 6; i++)
        {
            CommandLineRunner.Killed(["linkages", "--quiet", "--out", Out], TimeSpan.FromMilliseconds(random.Next(200, 1200)));
            if (Directory.Exists(Out))
                Assert.All(ReceiptVerification.Of(Out).Receipts.SelectMany(r => r.Files), f => Assert.Equal(FileState.Agrees, f.State));
        }

        Assert.Equal(0, CommandLineRunner.Process(["linkages", "--quiet", "--out", Out]).ExitCode);
        Assert.Equal(["linkages.csv", "linkages.json"], Names());
        Assert.True(ReceiptVerification.Of(Out).Agrees);
    }

    [Theory]
    [InlineData("plain.csv", "plain.csv")]
    [InlineData("--parts", "--parts")]
    [InlineData("my study", "'my study'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("$HOME;rm", "'$HOME;rm'")]
    [InlineData("农业", "农业")]
    public void A_command_line_is_what_a_shell_takes(string word, string expected)
    {
        if (!OperatingSystem.IsWindows()) Assert.Equal($"iikernel run {expected}", (Call with { Arguments = ["run", word] }).CommandLine);
    }

    private OutputFolder Open(string verb, params string[] names) => OutputFolder.Open(Out, verb, names, [], force: false);

    private void Publish(string verb, params (string Name, string Text)[] files) => Publish(verb, force: false, files);

    private void Publish(string verb, bool force, params (string Name, string Text)[] files)
    {
        using var folder = OutputFolder.Open(Out, verb, [.. files.Select(f => f.Name)], [], force);
        folder.Publish([.. files.Select(f => File(f.Name, f.Text))], Receipt.Of(Call with { Verb = verb }, null));
    }

    private void Refused(string expected, string verb, params string[] names)
    {
        var before = Names();
        Assert.Contains(expected, Assert.Throws<OutputException>(() => Open(verb, names).Dispose()).Message, StringComparison.Ordinal);
        Assert.Equal(before, Names());
    }

    private static OutputFile File(string name, string text) => OutputFile.Bytes(name, Encoding.UTF8.GetBytes(text));

    private string Read(string name) => System.IO.File.ReadAllText(Path.Combine(Out, name));

    private string[] Names() => [.. Directory.GetFiles(Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string Copy()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var path in Directory.GetFiles(Out))
            if (Path.GetFileName(path) != ".iikernel-lock") System.IO.File.Copy(path, Path.Combine(copy, Path.GetFileName(path)));
        return copy;
    }
}
