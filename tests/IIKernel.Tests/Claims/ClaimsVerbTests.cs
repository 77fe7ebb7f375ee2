using System.Text.Json;
using System.Text.Json.Nodes;
using IIKernel.Claims;
using IIKernel.Cli;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Claims;

public sealed class ClaimsVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-claims-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_holds_what_the_draws_say_and_its_receipt_is_true()
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "claims", "--draws", "2000", "--out", output);
        Assert.True(exitCode == 0, text + error);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Contains("above-5000 ", text, StringComparison.Ordinal);
        Assert.Contains("What would turn each verdict", text, StringComparison.Ordinal);
        var study = TestData.FullDemonstration;
        var summary = ClaimEvaluation.Of(
            new CompiledStudy(study), ClaimReader.Of(study)!.Claims, study.Sampling with { Draws = 2000 }, new ReferenceBackend(), 1);
        string[][] rows = [.. File.ReadLines(Path.Combine(output, "claims.csv")).Select(StudyEditor.Split)];
        var (id, held) = (Array.IndexOf(rows[0], "id"), Array.IndexOf(rows[0], "held"));
        Assert.Equal(
            summary.Claims.Select(c => $"{c.Claim.Id} {c.Share.Held}").Concat(summary.Joint.Select(j => $"{j.Group} {j.Share.Held}")),
            rows.Skip(1).Select(r => $"{r[id]} {r[held]}"));
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
    }

    [Fact]
    public void Every_sentence_of_the_demonstration_is_told_in_both_languages() =>
        Assert.All(ClaimReader.Of(TestData.FullDemonstration)!.Claims, claim =>
        {
            Assert.Contains(claim.Text, c => c is >= '\u4E00' and <= '\u9FFF');
            Assert.DoesNotContain(claim.TextEnglish, c => c > 127);
            Assert.True(claim.TextEnglish.Length > 10);
        });

    [Fact]
    public void Another_file_takes_the_place_of_the_study_s_and_is_an_input()
    {
        var (file, output) = (Path.Combine(_folder, "mine.json"), Path.Combine(_folder, "out"));
        File.WriteAllText(file, ClaimFiles.Of("""{ "figure": { "scope": "nation", "year": 2022 }, "above": 1 }"""));
        var (exitCode, text, error) = CommandLineRunner.OnPage(80, "claims", "--draws", "100", "--claims", file, "--json", "--out", output);
        Assert.True(exitCode == 0, text + error);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(["c0", ""], json.RootElement.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "claims.json")));
        Assert.Equal(file, receipt.RootElement.GetProperty("other_inputs")[0].GetProperty("path").GetString());

        var refused = CommandLineRunner.InProcess("claims", "--draws", "100", "--claims", file, "--out", _folder);
        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("a folder that holds an input of this run", refused.Error, StringComparison.Ordinal);
        refused = CommandLineRunner.InProcess("claims", "--claims", Path.Combine(_folder, "none.json"));
        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("expected a file of claims", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_without_claims_says_how_to_name_some()
    {
        using var editor = new StudyEditor();
        var (exitCode, error) = CommandLineRunner.InProcess("claims", editor.Folder);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("key claims: found no claims", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_reads_the_claims_too()
    {
        using var editor = new StudyEditor();
        editor.Replace("study.json", "\"published\":", "\"claims\": \"claims.json\", \"published\":");
        editor.Replace("claims.json", "\"classes\",\n      \"condition\": { \"count\": { \"scope\": \"provinces\", \"year\": 2022",
            "\"classes\",\n      \"condition\": { \"count\": { \"scope\": \"provinces\", \"year\": 2024");
        var (exitCode, error) = CommandLineRunner.InProcess("check", editor.Folder);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("claims.json, line 10, key claims[0].condition.count.year: found 2024", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_another_table_keeps_its_claims()
    {
        var output = Path.Combine(_folder, "split");
        Assert.Equal(0, CommandLineRunner.InProcess(
            "split", "--sector", "088", "--parts", "088a=0.5,088b=0.5", "--out", output, "--quiet").ExitCode);
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("verify", output, "--quiet").ExitCode);
        Assert.Equal(0, CommandLineRunner.InProcess("claims", output, "--draws", "100", "--quiet").ExitCode);
    }

    // The same sentences on the official table; skipped without it.
    [Fact]
    public void The_sentences_can_be_asked_of_the_official_study()
    {
        var official = TestData.OfficialStudy("china-2017");
        foreach (var path in Directory.GetFiles(official)) File.Copy(path, Path.Combine(_folder, Path.GetFileName(path)));
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        var file = JsonNode.Parse(EmbeddedStudyFiles.Demonstration.Read("claims.json"), documentOptions: options)!;
        // The official study has provinces alone.
        file["claims"]!.AsArray().RemoveAll(c => (string?)c!["group"] == "cities");
        File.WriteAllText(Path.Combine(_folder, "claims.json"), file.ToJsonString());
        var study = StudyReader.ReadFolder(_folder);
        var claims = ClaimReader.ReadFile(Path.Combine(_folder, "claims.json"), study).Claims;
        var summary = ClaimEvaluation.Of(new CompiledStudy(study), claims, study.Sampling, new SimdBackend(2), 2);
        Assert.Equal(claims.Count, summary.Claims.Count);
        Assert.All(summary.Claims, c => Assert.Equal(0, c.Undefined));
        // More than half of the nation lies in the east by its GDP alone.
        Assert.Equal(1, summary.Claims.Single(c => c.Claim.Id == "east-majority").Share.Probability);
    }
}
