using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-out-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A study without regions, and an account apart from the table: counts without gaps, and gaps in percent.
    [Fact]
    public void Check_speaks_of_gaps_in_percent_and_of_no_regions()
    {
        using var editor = new StudyEditor();
        var lines = editor.Lines("growth.csv").Select(line => line.Split(',')).ToArray();
        foreach (var row in lines.Skip(1).Where(row => row[1].Length > 0))
            row[1] = (2 * TestData.Number(row[1])).ToString(System.Globalization.CultureInfo.InvariantCulture);
        editor.Write("growth.csv", string.Join('\n', lines.Select(row => string.Join(',', row))) + "\n");
        var definition = System.Text.Json.Nodes.JsonNode.Parse(editor.Text("study.json"),
            documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        definition.Remove("regions");
        definition.Remove("published");
        editor.Write("study.json", definition.ToJsonString());
        var (exitCode, text, error) = CommandLineRunner.OnPage(400, "check", editor.Folder);
        Assert.True(exitCode == 0, error + text);
        Assert.DoesNotContain(", ,", text, StringComparison.Ordinal);
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("3 groups, 2017–2022, 亿元", text, StringComparison.Ordinal);
        Assert.Matches(@"Worst: year 20\d\d, −\d\d\.?\d* % apart; up to 5 % is allowed\.", text);
    }

    [Fact]
    public void Run_prints_headlines_and_writes_every_figure_with_its_receipt()
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.Process(["run", "--out", output, "--draws", "2000"]);
        Assert.True(exitCode == 0, error);
        foreach (var part in new[]
        {
            "SYNTHETIC", "Nation", "2022", "95 %", "Largest 10 of 19 categories",
            "Largest 10 of 31 provinces", "广东", "estimates.csv", "run.json",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);

        Assert.Equal(["estimates.csv", "report.html", "run.json", "sources.csv"],
            Directory.GetFiles(output).Select(Path.GetFileName).Order());
        var bytes = File.ReadAllBytes(Path.Combine(output, "estimates.csv"));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = File.ReadAllLines(Path.Combine(output, "estimates.csv"));
        Assert.Equal("scope,code,name,year,component,measure,unit,point,mean,sd,lower,median,upper,shortest_lower,shortest_upper,"
            + "se_mean,se_sd,se_lower,se_median,se_upper,level,draws,flags", lines[0]);

        // 88 entities: 7 years of 4 figures and 6 of growth; 149 sectors of 3 figures.
        Assert.Equal(1 + 88 * (7 * 4 + 6) + 149 * 3, lines.Length);
        Assert.All(lines, line => Assert.Equal(23, StudyEditor.Split(line).Length));
        Assert.Equal(["nation", "category", "group", "sector", "provinces", "cities", "area"],
            lines.Skip(1).Select(l => l[..l.IndexOf(',', StringComparison.Ordinal)]).Distinct());

        using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
        var root = receipt.RootElement;
        Assert.Contains("SYNTHETIC", root.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(2000, root.GetProperty("draws").GetInt64());
        Assert.Equal(20231201u, root.GetProperty("seed").GetUInt64());
        Assert.Equal(17, root.GetProperty("inputs").GetArrayLength());
        Assert.Equal("simd", root.GetProperty("backend").GetProperty("name").GetString());
        Assert.True(root.GetProperty("point_distance").GetDouble() < 1e-12);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Assert.Equal(hash, root.GetProperty("outputs")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_byte_for_byte_at_every_register_width_and_thread_count()
    {
        byte[] Run(string name, int width, int threads, string backend)
        {
            var output = Path.Combine(_folder, name);
            var (exitCode, _, error) = CommandLineRunner.Process(
                ["run", "--quiet", "--out", output, "--draws", "1501", "--seed", "99", "--threads", $"{threads}", "--backend", backend],
                ("DOTNET_MaxVectorTBitWidth", (64 * width).ToString(CultureInfo.InvariantCulture)),
                ("DOTNET_EnableAVX512", width == 8 ? "1" : "0"));
            Assert.True(exitCode == 0, error);
            using var receipt = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json")));
            Assert.Equal(backend == "reference" ? 1 : width,
                receipt.RootElement.GetProperty("backend").GetProperty("lane_width").GetInt32());
            return File.ReadAllBytes(Path.Combine(output, "estimates.csv"));
        }

        var expected = Run("reference", 2, 1, "reference");
        Assert.Equal(expected, Run("again", 2, 1, "reference"));
        Assert.Equal(expected, Run("two", 2, 2, "simd"));
        if (Vector256.IsHardwareAccelerated) Assert.Equal(expected, Run("four", 4, 1, "simd"));
        if (Vector512.IsHardwareAccelerated) Assert.Equal(expected, Run("eight", 8, 2, "simd"));
    }

    [Fact]
    public void A_broken_study_ends_with_code_2_one_line_a_fault_and_nothing_written()
    {
        using var editor = new StudyEditor();
        editor.SetCell("sectors.csv", "code=007", "total_output", "many").SetCell("growth.csv", "year=2010", "capital", "0");
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.Process(["run", editor.Folder, "--out", output]);
        Assert.Equal(2, exitCode);
        Assert.Empty(text);
        Assert.False(Directory.Exists(output));
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("sectors.csv, line 8, column total_output (sector 007): found \"many\"; expected a number",
            lines[0], StringComparison.Ordinal);
        Assert.Contains("growth.csv, line 5, column capital", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_faults_is_cut_and_counted()
    {
        using var editor = new StudyEditor();
        editor.MapRows("flows.csv", rows => rows.Select(row => row.Replace(",0,", ",many,", StringComparison.Ordinal)));
        var (exitCode, error) = CommandLineRunner.InProcess("check", editor.Folder);
        Assert.Equal(2, exitCode);
        Assert.Equal(51, error.TrimEnd().Split('\n').Length);
        Assert.Matches("and [0-9]+ more faults", error);
    }

    [Theory]
    [InlineData(2, "run", "/no/such/study")]
    [InlineData(2, "run", "--draws", "0")]
    [InlineData(2, "run", "--draws", "many")]
    [InlineData(2, "run", "--level", "95")]
    [InlineData(2, "run", "--threads", "0")]
    [InlineData(2, "run", "--threads", "2147483647")]
    [InlineData(2, "bench", "--threads", "2147483647")]
    [InlineData(3, "bench", "--backend", "abacus")]
    [InlineData(2, "bench", "--device", "0")]
    [InlineData(3, "run", "--backend", "abacus")]
    [InlineData(3, "run", "--backend", "ilgpu-cpu", "--device", "1")]
    [InlineData(2, "run", "--device", "0")]
    [InlineData(2, "run", "--backend", "simd", "--device", "0")]
    public void Bad_options_end_with_their_code_and_a_message(int expected, params string[] arguments)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(arguments);
        Assert.Equal(expected, exitCode);
        Assert.NotEmpty(error);
        foreach (var word in arguments.Skip(1).Where(a => !a.StartsWith("--", StringComparison.Ordinal)).Take(1))
            if (expected == 3) Assert.Contains(word, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_refused_before_anything_is_computed()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "kept");
        var (exitCode, error) = CommandLineRunner.InProcess("run", "--out", file);
        Assert.Equal(2, exitCode);
        Assert.Contains("found a file", error, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(file));
    }

    [Fact]
    public void Estimate_check_and_devices_speak_to_people_and_to_programs()
    {
        var (exitCode, text, _) = CommandLineRunner.Process(["estimate"]);
        Assert.Equal(0, exitCode);
        foreach (var part in new[] { "α = 0.67019", "1.15564", "45,255", "extrapolated" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        (exitCode, text, _) = CommandLineRunner.Process(["estimate", "--json"]);
        Assert.Equal(0, exitCode);
        using (var json = JsonDocument.Parse(text))
            Assert.Equal(88 * 34 + 149 * 3, json.RootElement.GetProperty("estimates").GetArrayLength());

        (exitCode, text, _) = CommandLineRunner.Process(["check"]);
        Assert.Equal(0, exitCode);
        Assert.Matches("passed +column-sums +149 of 149", text);
        (exitCode, text, _) = CommandLineRunner.Process(["check", "--json"]);
        using (var json = JsonDocument.Parse(text)) Assert.NotEqual(0, json.RootElement.GetProperty("balances").GetArrayLength());

        (exitCode, text, _) = CommandLineRunner.Process(["devices", "--json"]);
        Assert.Equal(0, exitCode);
        using (var json = JsonDocument.Parse(text))
        {
            var devices = json.RootElement.EnumerateArray().ToArray();
            Assert.Equal(["reference", "simd"], devices.Take(2).Select(d => d.GetProperty("name").GetString()));
            Assert.Equal("ilgpu-cpu", devices[^1].GetProperty("name").GetString());
            Assert.All(devices, d => Assert.True(d.GetProperty("refusal").ValueKind == JsonValueKind.Null
                && d.GetProperty("draws_per_second").GetDouble() > 0, d.GetRawText()));
        }

    }

    [Fact]
    public void Json_has_the_names_of_the_csv_files_null_for_what_is_no_number_and_the_fit_with_its_errors()
    {
        var output = Path.Combine(_folder, "out");
        var (exitCode, text, error) = CommandLineRunner.Process(["run", "--json", "--draws", "5", "--out", output]);
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal(5, root.GetProperty("run").GetProperty("draws").GetInt32());
        foreach (var (name, file) in new[] { ("estimates", "estimates.csv"), ("sources", "sources.csv") })
        {
            var lines = File.ReadAllLines(Path.Combine(output, file));
            var rows = root.GetProperty(name).EnumerateArray().ToArray();
            Assert.Equal(lines.Length - 1, rows.Length);
            Assert.All(rows, row => Assert.Equal(lines[0].TrimStart('\uFEFF').Split(','), row.EnumerateObject().Select(p => p.Name)));
        }

        // Five draws leave no standard error of an end.
        Assert.Equal(JsonValueKind.Null, root.GetProperty("estimates")[0].GetProperty("se_lower").ValueKind);

        // Under constant returns ln T_t = ln(Y_t/Y_0) − α ln(K_t/K_0) − (1 − α) ln(L_t/L_0), linear in α.
        var study = IIKernel.Reading.StudyReader.ReadDemonstration();
        var growth = IIKernel.Model.PointModel.Estimate(study).Growth;
        var fit = root.GetProperty("growth");
        Assert.Equal(growth.Function.Alpha, fit.GetProperty("alpha").GetDouble());
        Assert.Equal(growth.Function.AlphaError, fit.GetProperty("se_beta").GetDouble());
        var last = fit.GetProperty("multipliers").EnumerateArray().Last();
        var slope = Math.Log(growth.Capital[2023] / growth.Labour[2023]) - Math.Log(growth.Capital[2017] / growth.Labour[2017]);
        Assert.Equal(growth.Multipliers[^1], last.GetProperty("t").GetDouble());
        Assert.Equal(growth.Multipliers[^1] * growth.Function.AlphaError * Math.Abs(slope), last.GetProperty("se_t").GetDouble(), 1e-12);
    }
}
