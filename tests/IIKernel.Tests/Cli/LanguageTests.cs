using System.Globalization;
using System.Text.RegularExpressions;
using IIKernel.Cli;
using IIKernel.Reports;
using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>What is printed is in the language that was asked for, and nothing else depends on it.</summary>
public sealed partial class LanguageTests : IDisposable
{
    private const int Width = 80;

    // Calls of every verb but bench, which measures for seconds, and completion, whose script is for a shell; {out} is an empty folder,
    // {run} that of a run, {work} of shares, {demo} the demonstration.
    private static readonly string[] Calls =
    [
        "run --draws 400 --ranks --above 500,1000 --levels 0.5 --difference nation.total.2022-nation.total.2021",
        "run --sequence sobol --tolerance 20%", "estimate", "check {demo}", "experts", "calibrate --draws 200",
        "claims --draws 200", "compare --draws 200", "gauge --backend simd", "linkages",
        "sensitivity --draws 1024 --second-order --width 10%",
        "sensitivity --choices choices.json --draws 100", "sweep --overrides overrides.csv --seeds 1..3 --draws 100",
        "influence", "influence --flow-sd-law 0.5,0.2", "new {out}",
        "import {demo}/sheet.csv --range A1:D5 --unit 万元 --year 2020 --out {out}",
        "aggregate {demo} --concordance {demo}/concordance.csv --out {out}",
        "split {demo} --sector 001 --parts 001a=0.5,001b=0.5 --out {out}", "describe {run}/draws.csv --above 500",
        "report {run} --out {out}", "verify {run}", "merge {work}", "devices",
    ];

    private static readonly string[] Quoting = ["check", "gauge", "devices", "import", "--choices", "--overrides"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-language-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> AllCalls => [.. Calls];

    [Fact]
    public void Every_verb_is_called() => Assert.Equal(
        Program.Verbs.Select(v => v.Name).Except(["bench", "completion"]).Order(), Calls.Select(c => c.Split(' ')[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(AllCalls))]
    public void Every_verb_prints_chinese_in_the_width_of_the_page(string call)
    {
        var (exitCode, text, error) = Run(call, "--lang", "zh");
        Assert.True(exitCode == ExitCodes.Done, text + error);
        var lines = text.Split('\n');
        Assert.DoesNotContain(lines, line => TextWidth.Of(line) > Width && !line.Contains(_folder, StringComparison.Ordinal));
        // What is quoted stays as it is: the texts and names of a study, paths, and the notes of balances, known answers and devices.
        if (Quoting.Any(word => call.Contains(word, StringComparison.Ordinal))) return;
        var study = TestData.FullDemonstration;
        var said = new[] { study.Name, study.Note! }.Aggregate(Blank().Replace(text, " "),
            (rest, quoted) => rest.Replace(Blank().Replace(quoted, " "), "", StringComparison.Ordinal));
        Assert.Equal("", string.Join("; ", EnglishSentence().Matches(said).Select(m => m.Value)));
        if (!call.StartsWith("report", StringComparison.Ordinal)) Assert.Contains(text, c => c is >= '\u4E00' and <= '\u9FFF');
    }

    [Fact]
    public void A_table_of_wide_characters_keeps_its_columns()
    {
        var (_, text, _) = Run("compare --draws 200", "--lang", "zh");
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToArray();
        var head = Array.FindIndex(lines, line => line.Contains("结论", StringComparison.Ordinal));
        var rule = lines[head..].First(line => line.StartsWith('─'));
        // The last column is of texts: its heading and its cells begin in the same cell of the terminal.
        var start = TextWidth.Of(lines[head][..lines[head].IndexOf("结论", StringComparison.Ordinal)]);
        Assert.True(start < rule.Length, text);
        var cells = lines[(head + 1)..].SkipWhile(line => !line.StartsWith('─')).TakeWhile(line => line.Length > 0)
            .Where(line => Verdict().IsMatch(line)).ToArray();
        Assert.NotEmpty(cells);
        Assert.All(cells, line => Assert.Equal(start, TextWidth.Of(line[..Verdict().Match(line).Index])));
    }

    [Fact]
    public void What_bench_measures_is_said_in_chinese()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
            var report = BenchReport.Of(TestData.Demonstration, [new("simd", "x64", "全部 9 个", 1000, 5000)]);
            Assert.Equal("含全部统计量的每秒抽样次数", report.Blocks.Single(b => b.Table is not null).Table!.Title);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("compare --draws 200 --json")]
    [InlineData("estimate --json")]
    [InlineData("sensitivity --draws 1024 --json")]
    [InlineData("check --json")]
    public void Programs_read_the_same_in_every_language(string call)
    {
        var (english, chinese) = (Run(call), Run(call, "--lang", "zh"));
        Assert.Equal((ExitCodes.Done, english.Output), (chinese.ExitCode, chinese.Output));
    }

    [Fact]
    public void Files_for_programs_are_the_same_in_every_language()
    {
        var (english, chinese) = (Path.Combine(_folder, "en"), Path.Combine(_folder, "zh"));
        Run("run --draws 400 --ranks --above 500 --no-report --formats xlsx,md", "--out", english);
        var (exitCode, _, error) = CommandLineRunner.Process(
            [.. "run --draws 400 --ranks --above 500 --no-report --formats xlsx,md --out".Split(' '), chinese], ("LC_ALL", "zh_CN.UTF-8"));
        Assert.True(exitCode == ExitCodes.Done, error);
        foreach (var path in Directory.EnumerateFiles(english).Where(p => Path.GetFileName(p) != RunReceipt.FileName))
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(chinese, Path.GetFileName(path))));
    }

    // The first that is not empty counts, whatever it says.
    [Theory]
    [InlineData("zh_CN.UTF-8", "", "", true)]
    [InlineData("", "zh", "en_GB.UTF-8", true)]
    [InlineData(null, null, "zh-TW", true)]
    [InlineData("C", "zh_CN", "zh_CN", false)]
    [InlineData("", "en_GB.UTF-8", "zh_CN.UTF-8", false)]
    [InlineData("", "", "POSIX", false)]
    [InlineData("", "", "zha_CN", false)]
    public void The_locale_says_the_language(string? all, string? messages, string? lang, bool isChinese)
    {
        var variables = new Dictionary<string, string?> { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = lang };
        Assert.Equal(isChinese, Locale.IsChinese(name => variables[name]));
    }

    [Theory]
    [InlineData("zh_CN.UTF-8", null, "生产函数")]
    [InlineData("zh_CN.UTF-8", "en", "production function")]
    [InlineData("en_GB.UTF-8", "zh", "生产函数")]
    public void The_option_counts_before_the_locale(string locale, string? option, string said)
    {
        string[] arguments = option is null ? ["estimate"] : ["estimate", "--lang", option];
        var (exitCode, output, error) = CommandLineRunner.Process(arguments, ("LC_ALL", locale));
        Assert.True(exitCode == ExitCodes.Done, error);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_a_study_is_framed_in_the_language()
    {
        var (exitCode, _, error) = Run("run nowhere/study.json", "--lang=zh");
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("；应为 ", error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    // Four words of small letters in a row, none of them an option, a path or a name in a file.
    [GeneratedRegex(@"(?<![-\w./])[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}(?![-\w./])")]
    private static partial Regex EnglishSentence();

    [GeneratedRegex("相符|区间内|偏低|偏高|未定|未计算")]
    private static partial Regex Verdict();

    private (int ExitCode, string Output, string Error) Run(string call, params string[] more)
    {
        var (demo, run) = (Path.Combine(_folder, "demo"), Path.Combine(_folder, "run"));
        if (call.Contains("{demo}", StringComparison.Ordinal))
        {
            Quietly("new", demo, "--demo");
            var study = TestData.Demonstration;
            File.WriteAllLines(Path.Combine(demo, "concordance.csv"), study.Table.Sectors.Select(s =>
                $"{s.Code},{study.Categories.Categories[s.Category].Code}").Prepend("sector,group"));
            File.WriteAllText(Path.Combine(demo, "sheet.csv"), "code,name,01,02\n01,a,1,2\n02,b,3,4\nM,input,4,6\nX,output,6,9\n");
        }

        if (call.Contains("{run}", StringComparison.Ordinal))
            Quietly("run", "--draws", "400", "--save-draws", "draws.csv", "--out", run, "--no-report");
        if (call.Contains("{work}", StringComparison.Ordinal))
            Quietly("compare", "--draws", "200", "--shard", "1/1", "--work", Path.Combine(_folder, "work"));
        string[] arguments =
        [
            .. call.Split(' ').Select(word => word.Replace("{work}", Path.Combine(_folder, "work"), StringComparison.Ordinal)
                .Replace("{demo}", demo, StringComparison.Ordinal)
                .Replace("{run}", run, StringComparison.Ordinal).Replace("{out}", Path.Combine(_folder, "out"), StringComparison.Ordinal)),
            .. more,
        ];
        var before = CultureInfo.CurrentUICulture;
        try
        {
            return CommandLineRunner.OnPage(Width, arguments);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static void Quietly(params string[] arguments) =>
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess([.. arguments, "--quiet"]).ExitCode);
}
