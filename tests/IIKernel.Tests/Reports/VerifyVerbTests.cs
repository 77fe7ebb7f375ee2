using System.Text.Json;
using System.Text.Json.Nodes;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class VerifyVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-verify-").FullName;
    private readonly StudyEditor _editor = new();

    private string Out => Path.Combine(_folder, "the outputs");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _editor.Dispose();
    }

    [Fact]
    public void It_says_what_agrees_what_differs_what_is_missing_and_how_to_run_it_again()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("run", _editor.Folder, "--quiet", "--draws", "100", "--out", Out).ExitCode);
        var (exitCode, text, error) = CommandLineRunner.Process(["verify", Out]);
        Assert.True(exitCode == 0, error + text);
        foreach (var part in new[]
        {
            "run.json", "agrees: 3 outputs", $"agrees: {_editor.Read().Files.Count} inputs",
            $"iikernel run {_editor.Folder} --quiet --draws 100 --out '{Out}'\n", $"cd {Directory.GetCurrentDirectory()}\n", "Everything",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);

        File.AppendAllText(Path.Combine(Out, "estimates.csv"), "\n");
        File.Delete(Path.Combine(Out, "sources.csv"));
        _editor.Write("growth.csv", _editor.Text("growth.csv") + "\n");
        (exitCode, text, _) = CommandLineRunner.Process(["verify", Out]);
        Assert.Equal(1, exitCode);
        foreach (var part in new[]
        {
            "DIFFERS: 1 output, estimates.csv", "MISSING: 1 output, sources.csv",
            "DIFFERS: 1 input, growth.csv", "Not everything",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        (exitCode, text, _) = CommandLineRunner.Process(["verify", Out, "--json"]);
        Assert.Equal(1, exitCode);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("differs", json.RootElement.GetProperty("receipts")[0].GetProperty("files")[0].GetProperty("state").GetString());
    }

    [Fact]
    public void A_damaged_receipt_is_named()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "run.json"), "{");
        var (exitCode, error) = CommandLineRunner.InProcess("verify", Out, "--quiet");
        Assert.Equal(2, exitCode);
        Assert.Contains("found run.json, which is damaged or no receipt; expected run.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_out_of_reach_prove_nothing_and_a_folder_without_receipt_is_refused()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("linkages", _editor.Folder, "--quiet", "--out", Out).ExitCode);
        var inputs = _editor.Read().Files.Count;
        var away = Path.Combine(_folder, "away");
        Directory.Move(_editor.Folder, away);
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        var (exitCode, text, _) = CommandLineRunner.Process(["verify", Out]);
        Directory.Move(away, _editor.Folder);
        Assert.Equal(0, exitCode);
        Assert.Contains($"out of reach: {inputs} inputs", text, StringComparison.Ordinal);
        Assert.Equal(2, CommandLineRunner.InProcess("verify", Path.Combine(_folder, "empty")).ExitCode);
        Assert.Equal(2, CommandLineRunner.InProcess("verify", Path.Combine(_folder, "nowhere")).ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"program\": \"IIKernel\", \"verb\": \"linkages\"")]
    public void A_receipt_that_cannot_be_read_is_a_failure_beside_one_that_can(string text)
    {
        Assert.Equal(0, CommandLineRunner.InProcess("linkages", _editor.Folder, "--quiet", "--out", Out).ExitCode);
        File.WriteAllText(Path.Combine(Out, "notes.json"), "{}");
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Out, "--quiet").ExitCode);
        File.WriteAllText(Path.Combine(Out, "run.json"), text);
        var (exitCode, output, _) = CommandLineRunner.Process(["verify", Out]);
        Assert.Equal(1, exitCode);
        Assert.Contains("UNREADABLE: run.json", output, StringComparison.Ordinal);
        Assert.Contains("Not everything agrees", output, StringComparison.Ordinal);
    }

    // A receipt lists at least what its verb always writes: one that was emptied proves nothing.
    [Theory]
    [InlineData("linkages")]
    [InlineData("influence")]
    [InlineData("sensitivity --draws 1024 --figures nation.total.2017")]
    [InlineData("run --draws 100")]
    [InlineData("compare --draws 100")]
    [InlineData("calibrate --draws 100 --targets nation.direct")]
    [InlineData("split --sector 088 --parts a=0.5,b=0.5")]
    public void A_receipt_that_does_not_list_what_its_verb_writes_is_a_failure(string call)
    {
        Assert.Equal(0, CommandLineRunner.InProcess([.. call.Split(' '), "--quiet", "--out", Out]).ExitCode);
        var verb = call.Split(' ')[0];
        Assert.NotEmpty(Program.Verbs.Single(v => v.Name == verb).Outputs);
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Out, "--quiet").ExitCode);
        var path = Path.Combine(Out, verb + ".json");
        var receipt = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        receipt["outputs"] = new JsonArray();
        File.WriteAllText(path, receipt.ToJsonString());
        var (exitCode, text, _) = CommandLineRunner.OnPage(80, "verify", Out);
        Assert.Equal(1, exitCode);
        Assert.Contains($"INCOMPLETE: it does not list {string.Join(", ", Program.Verbs.Single(v => v.Name == verb).Outputs)}, "
            + $"which {verb} always writes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Force_removes_what_a_removed_receipt_alone_listed_and_verify_names_what_nobody_lists()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("run", _editor.Folder, "--quiet", "--draws", "100", "--out", Out).ExitCode);
        File.WriteAllText(Path.Combine(Out, "mine.txt"), "");
        string[] calibrate =
            ["calibrate", _editor.Folder, "--quiet", "--draws", "100", "--targets", "nation.direct", "--out", Out, "--force"];
        Assert.Equal(0, CommandLineRunner.InProcess(calibrate).ExitCode);
        Assert.False(File.Exists(Path.Combine(Out, "sources.csv")));
        var (exitCode, text, _) = CommandLineRunner.OnPage(80, "verify", Out);
        Assert.Equal(0, exitCode);
        Assert.Contains("Listed by no receipt, and not looked at: mine.txt\n", text, StringComparison.Ordinal);

        // What was changed since is no longer the program's to remove.
        Assert.Equal(0, CommandLineRunner.InProcess("run", _editor.Folder, "--quiet", "--draws", "100", "--out", Out, "--force").ExitCode);
        File.AppendAllText(Path.Combine(Out, "sources.csv"), "note");
        Assert.Equal(0, CommandLineRunner.InProcess(calibrate).ExitCode);
        (_, text, _) = CommandLineRunner.OnPage(80, "verify", Out);
        Assert.Contains("Listed by no receipt, and not looked at: mine.txt, sources.csv\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_in_the_place_of_a_file_differs_and_is_not_read_to_its_end()
    {
        if (!File.Exists("/dev/zero")) Assert.Skip("no /dev/zero here");
        Assert.Equal(0, CommandLineRunner.InProcess("linkages", _editor.Folder, "--quiet", "--out", Out).ExitCode);
        var csv = Path.Combine(Out, "linkages.csv");
        File.Delete(csv);
        File.CreateSymbolicLink(csv, "/dev/zero");
        var (exitCode, text, _) = CommandLineRunner.Process(["verify", Out]);
        Assert.Equal(1, exitCode);
        Assert.Contains("DIFFERS: 1 output, linkages.csv", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_notes_do_not_steer_the_terminal()
    {
        _editor.Replace("study.json", "\"name\": \"Demonstration", "\"name\": \"\\u001b[31mDemonstration");
        _editor.Replace("study.json", "\"note\": \"The", "\"note\": \"first\\nsecond\\u001b[2J. The");
        var (exitCode, text, error) = CommandLineRunner.Process(["linkages", _editor.Folder]);
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain('\u001b', text);
        Assert.StartsWith("\\u001B[31m", text, StringComparison.Ordinal);
        Assert.Contains("\nfirst\nsecond\\u001B[2J. The", text, StringComparison.Ordinal);
        (exitCode, _, error) = CommandLineRunner.Process(["verify", "\u001b[31mnowhere"]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("\\u001B[31mnowhere", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_says_how_where_and_on_what_and_another_verb_does_not_make_it_false()
    {
        Assert.Equal(0, CommandLineRunner.InProcess("run", _editor.Folder, "--quiet", "--draws", "100", "--out", Out).ExitCode);
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "run.json")));
        var root = receipt.RootElement;
        Assert.Equal(["run", _editor.Folder, "--quiet", "--draws", "100", "--out", Out],
            root.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()!));
        Assert.Equal(100, root.GetProperty("options").GetProperty("draws").GetInt32());
        Assert.Equal(0.95, root.GetProperty("options").GetProperty("level").GetDouble());
        Assert.True(root.GetProperty("finished").GetDateTimeOffset() >= root.GetProperty("started").GetDateTimeOffset());
        Assert.Equal(Environment.ProcessorCount, root.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.NotEmpty(root.GetProperty("packages").EnumerateObject());
        Assert.NotEqual(0, root.GetProperty("balances").GetArrayLength());
        Assert.True(root.GetProperty("growth").GetProperty("covariance_alpha_beta").GetDouble() < 0);
        Assert.Equal(6, root.GetProperty("growth").GetProperty("multipliers").GetArrayLength());

        var (exitCode, error) = CommandLineRunner.InProcess("calibrate", _editor.Folder, "--quiet", "--draws", "100", "--out", Out);
        Assert.Equal(2, exitCode);
        Assert.Contains("run.json, the receipt of an earlier run, which lists estimates.csv", error, StringComparison.Ordinal);
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Out, "--quiet").ExitCode);
        Assert.Equal(0,
            CommandLineRunner.InProcess("calibrate", _editor.Folder, "--quiet", "--draws", "100", "--out", Out, "--force").ExitCode);
        Assert.False(File.Exists(Path.Combine(Out, "run.json")));
        Assert.Equal(0, CommandLineRunner.InProcess("verify", Out, "--quiet").ExitCode);
    }
}
