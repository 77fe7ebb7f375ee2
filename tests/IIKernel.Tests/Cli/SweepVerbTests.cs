using System.Text.Json;
using IIKernel.Cli;
using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Many runs of a study in one table: each is what run says, however the work is divided or interrupted.</summary>
public sealed class SweepVerbTests : IDisposable
{
    private readonly StudyEditor _editor = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-sweep-").FullName;

    public void Dispose()
    {
        _editor.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_run_has_the_bytes_of_run_on_that_study_with_that_seed()
    {
        var file = Overrides("growth.returns,sampling.draws", ",300", "free,400");
        Done("sweep", _editor.Folder, "--overrides", file, "--seeds", "5,7..8", "--figures", "nation.total,category:C.share.2020",
            "--quiet", "--out", At("sweep"));
        var lines = Lines("sweep/sweep.csv");
        Assert.StartsWith("run,row,seed,growth.returns,sampling.draws,scope,", lines[0], StringComparison.Ordinal);
        var years = 6;
        Assert.Equal(1 + 6 * (years + 1), lines.Length);
        for (var row = 1; row <= 2; row++)
        {
            var (returns, draws) = row == 1 ? ("", "300") : ("free", "400");
            if (row == 2) _editor.Replace("study.json", "\"constant\"", "\"free\"");
            for (var s = 0; s < 3; s++)
            {
                var (seed, run) = (new[] { 5, 7, 8 }[s], (row - 1) * 3 + s + 1);
                Done("run", _editor.Folder, "--seed", $"{seed}", "--draws", draws, "--quiet", "--no-report", "--force", "--out", At("run"));
                var estimates = Lines("run/estimates.csv");
                Assert.EndsWith(estimates[0], lines[0], StringComparison.Ordinal);
                var wanted = estimates.Where(l => l.StartsWith("nation,", StringComparison.Ordinal)
                        && l.Contains(",total,value,", StringComparison.Ordinal))
                    .Concat(estimates.Where(l => l.StartsWith("category,C,", StringComparison.Ordinal)
                        && l.Contains(",2020,total,share,", StringComparison.Ordinal))).ToArray();
                Assert.Equal(years + 1, wanted.Length);
                Assert.Equal(wanted.Select(l => $"{run},{row},{seed},{returns},{draws},{l}"),
                    lines.Where(l => l.StartsWith($"{run},", StringComparison.Ordinal)));
            }
        }
    }

    // Two shares of three runs draw whole runs, in one round; four shares divide each run.
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Shares_in_any_order_give_the_bytes_of_one_sweep(int shares, int rounds)
    {
        string[] arguments = ["sweep", "--seeds", "1..3", "--draws", "700", "--quiet"];
        Done([.. arguments, "--out", At("one")]);
        for (var round = 1; ; round++)
        {
            foreach (var share in Enumerable.Range(1, shares).Reverse())
            {
                string[] backend = share == 2 ? ["--backend", "reference"] : ["--backend", "simd", "--threads", "1"];
                Done([.. arguments, "--out", At("many"), "--shard", $"{share}/{shares}", "--work", At("work"), .. backend]);
            }

            var (code, error) = CommandLineRunner.InProcess("merge", At("work"), "--quiet");
            if (code == ExitCodes.NextRound && round < rounds) continue;
            Assert.True(code == ExitCodes.Done, error);
            break;
        }

        Assert.Equal(File.ReadAllBytes(At("one/sweep.csv")), File.ReadAllBytes(At("many/sweep.csv")));
        Done("verify", At("many"), "--quiet");
    }

    [Fact]
    public void An_interrupted_sweep_goes_on_and_ends_in_the_same_bytes()
    {
        if (OperatingSystem.IsWindows()) return;
        string[] arguments = ["sweep", "--seeds", "1..300", "--draws", "10000", "--figures", "nation.total.2022"];
        string[] state = ["--out", At("out"), "--checkpoint", At("state"), "--checkpoint-every", "0.05", "--resume"];
        Assert.Equal(ExitCodes.Interrupted, CommandLineRunner.Interrupted([.. arguments, .. state], "TERM").ExitCode);
        Assert.False(Directory.Exists(At("out")));
        Done([.. arguments, .. state, "--quiet"]);
        Assert.False(File.Exists(At("state")));
        Done([.. arguments, "--quiet", "--out", At("one")]);
        Assert.Equal(File.ReadAllBytes(At("one/sweep.csv")), File.ReadAllBytes(At("out/sweep.csv")));
    }

    [Fact]
    public void It_prints_a_few_lines_and_json_has_the_names_of_the_columns()
    {
        string[] arguments = ["sweep", "--overrides", "overrides.csv", "--seeds", "1..4", "--draws", "200"];
        var (code, text, error) = CommandLineRunner.OnPage(80, [.. arguments, "--out", At("out")]);
        Assert.True(code == ExitCodes.Done, error);
        Assert.DoesNotContain(text.Split('\n'), line => TextWidth.Of(line) > 80 && !line.Contains(_folder, StringComparison.Ordinal));
        foreach (var part in new[]
        {
            "16 runs: 4 rows, 4 seeds of each; 3,200 draws in all", "First 10 of 16 runs, nation.total.2023", "means go from",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Done("verify", At("out"), "--quiet");

        (code, text, error) = CommandLineRunner.OnPage(80, [.. arguments, "--json"]);
        Assert.True(code == ExitCodes.Done, error);
        using var json = JsonDocument.Parse(text);
        var figures = json.RootElement.GetProperty("figures");
        Assert.Equal(16 * 7, figures.GetArrayLength());
        Assert.Equal(Lines("out/sweep.csv")[0].Split(','), figures[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void A_file_of_overrides_that_was_changed_is_no_input_any_more_and_no_part_of_the_sweep()
    {
        var file = Overrides("sampling.draws", "100", "200");
        Done("sweep", _editor.Folder, "--overrides", file, "--quiet", "--out", At("out"));
        string[] share = ["sweep", _editor.Folder, "--overrides", file, "--quiet", "--work", At("work"), "--shard"];
        Done([.. share, "1/1"]);
        File.AppendAllText(file, "300\n");
        Assert.Equal(ExitCodes.CheckFailed, CommandLineRunner.InProcess("verify", At("out"), "--quiet").ExitCode);
        Refused("another content of", "merge", At("work"));
    }

    [Theory]
    [InlineData("found nothing that runs differ in")]
    [InlineData("--seeds 5..1: found 5..1, which ends before it begins; expected the first seed to be no larger than the last. Write 1..5.",
        "--seeds", "5..1")]
    [InlineData("--seeds x: expected seeds", "--seeds", "1,x")]
    [InlineData("--seeds 1..2..3: expected seeds", "--seeds", "1..2..3")]
    [InlineData("--seeds 2..4: found 3 twice", "--seeds", "3,2..4")]
    [InlineData("at most 10,000 seeds", "--seeds", "0..18446744073709551615")]
    [InlineData("--seed 4: found beside --seeds", "--seeds", "1..2", "--seed", "4")]
    [InlineData("--figures nation.totl: found the unknown part totl", "--seeds", "1..2", "--figures", "nation.totl")]
    [InlineData("rows and 5,000 seeds, 20,000 runs; expected at most 10,000", "--seeds", "1..5000", "--overrides", "overrides.csv")]
    [InlineData("figures of all runs; expected at most 1,000,000", "--seeds", "1..10000", "--figures", "provinces.total,cities.total")]
    [InlineData("nowhere.csv: found no such file; expected a table of overrides", "--overrides", "nowhere.csv")]
    [InlineData("--rows none: expected a number", "--seeds", "1", "--rows", "none")]
    public void What_cannot_be_swept_is_said_and_nothing_is_written(string message, params string[] options)
    {
        Refused(message, ["sweep", .. options, "--out", At("out")]);
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public void A_column_that_an_option_replaces_is_refused() => Refused("column sampling.draws: found beside --draws",
        "sweep", _editor.Folder, "--overrides", Overrides("sampling.draws", "100"), "--draws", "50");

    private string Overrides(params string[] lines)
    {
        File.WriteAllLines(At("rows.csv"), lines);
        return At("rows.csv");
    }

    private string[] Lines(string name) => [.. File.ReadLines(At(name)).Select(l => l.TrimStart('\uFEFF'))];

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
