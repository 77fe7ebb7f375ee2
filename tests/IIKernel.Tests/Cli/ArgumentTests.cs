using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Cli;
using IIKernel.Reading;
using Xunit;

namespace IIKernel.Tests.Cli;

public sealed class ArgumentTests : IDisposable
{
    private readonly string _study = Directory.CreateTempSubdirectory("iikernel-study-").FullName;

    public void Dispose() => Directory.Delete(_study, recursive: true);

    private static Understood Read(params string[] typed) => new ArgumentGuard(Program.Verbs, Program.Verbs[0]).Read(typed);

    [Theory]
    [InlineData("--seed: found no value behind it; expected --seed N", "run", "--seed")]
    [InlineData("--out: found --draws in the place of its value; expected --out DIR", "run", "--out", "--draws", "100")]
    [InlineData("B: found a second word beside A; expected iikernel compare [STUDY] [options]", "compare", "A", "B")]
    [InlineData("x: found a word that gauge has no use for", "gauge", "x")]
    [InlineData("Did you mean run?", "rnu")]
    [InlineData("Did you mean calibrate?", "calib", "A")]
    [InlineData("Did you mean help run?", "help", "rnu")]
    [InlineData("check: found a second word", "help", "run", "check")]
    [InlineData("draws=1000: found an option without dashes; expected --draws N. Did you mean --draws 1000?", "run", "A", "draws=1000")]
    [InlineData("Did you mean --level 0.9?", "run", "level=0.9")]
    [InlineData("--out: found an empty text", "run", "--out", "")]
    [InlineData("--out: found an empty text", "run", "--out=")]
    [InlineData("--sector: found an empty text", "split", "--sector", " ", "--parts", "a=1", "--out", "o")]
    [InlineData("STUDY: found an empty text", "check", "")]
    [InlineData("The first word: found an empty text", "")]
    [InlineData("--prior-sd 0,1: found \"0,1\"; expected a number with a decimal point, such as 0.95. Did you mean --prior-sd 0.1?",
        "calibrate", "--prior-sd", "0,1")]
    [InlineData("Did you mean --level 0.95?", "run", "--level=0,95")]
    [InlineData("Did you mean --level 0.95?", "run", "--level", "95%")]
    [InlineData("--level NaN: found \"NaN\"", "run", "--level", "NaN")]
    [InlineData("--draws 1e5: found \"1e5\"; expected a whole number in digits, such as 100000. Did you mean --draws 100000?",
        "run", "--draws", "1e5")]
    [InlineData("Did you mean --draws 100000?", "run", "--draws", "100,000")]
    [InlineData("Did you mean --draws 1000?", "run", "--draws", "\uFF11\uFF10\uFF10\uFF10")]
    [InlineData("--seed -1: found \"-1\"; expected a whole number in digits, 0 to 18446744073709551615.", "run", "--seed", "-1")]
    [InlineData("up to 2147483647", "run", "--threads", "99999999999")]
    [InlineData("--draws: found twice", "run", "--draws", "1", "--draws=2")]
    [InlineData("--quiet=true: found a value; expected --quiet alone", "run", "--quiet=true")]
    [InlineData("Did you mean --draws?", "run", "--draw", "4")]
    [InlineData("Did you mean --draws?", "run", "\u2013draws", "4")]
    [InlineData("Did you mean --threads?", "run", "--Threads", "4")]
    [InlineData("--draws: found an option that check does not have; expected --json, --quiet, --allow-outside, --lang "
        + "or --help. It is one of run, calibrate, claims, compare, sensitivity and sweep.", "check", "--draws", "5")]
    [InlineData("The entries of --only are separated by commas, without spaces.", "run", "--only", "growth", "A", "revisions")]
    [InlineData("--only growth,: found an empty entry", "run", "--only", "growth,")]
    [InlineData("--only growth, revisions: found spaces between the entries; expected texts separated by commas, without spaces. "
        + "Did you mean --only growth,revisions?", "run", "--only", "growth, revisions")]
    [InlineData("A\nB: found a line end or another control character", "check", "A\nB")]
    [InlineData("o\r: found a line end or another control character; expected a text without any, such as o. "
        + "The script that calls may have line ends of Windows.", "run", "--out", "o\r")]
    [InlineData("--out=a\nb: found a line end", "run", "--out=a\nb")]
    [InlineData("verify: found no DIR. The usage is iikernel verify DIR [options].", "verify")]
    [InlineData("verify: found no DIR.", "verify", "--json")]
    [InlineData("aggregate: found no --concordance; expected --concordance FILE.", "aggregate", "A", "--out", "o")]
    public void What_has_no_meaning_is_refused_as_it_was_typed(string expected, params string[] typed)
    {
        var exception = Assert.Throws<CommandException>(() => Read(typed));
        Assert.Equal(ExitCodes.BadInput, exception.ExitCode);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_takes_one_word_and_leaves_the_study_alone()
    {
        Assert.Equal(["run", "A", "--only=growth", "--draws=5"], Read("run", "--only", "growth", "A", "--draws", "5").Arguments);
        Assert.Equal(["run", _study], Read(_study).Arguments);
        Assert.Equal(["run", "--level=.5"], Read("--level", ".5").Arguments);
        Assert.Equal(["run", "--out=-x"], Read("run", "--out=-x").Arguments);
        Assert.Equal(["run", "--out", " x"], Read("run", "--out= x").Arguments);
        using var editor = new StudyEditor();
        var (exitCode, text, error) = CommandLineRunner.Process(["run", "--only", "coefficients", editor.Folder, "--draws", "5", "--json"]);
        Assert.True(exitCode == 0, text + error);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(["coefficients"],
            json.RootElement.GetProperty("run").GetProperty("sources").EnumerateArray().Select(s => s.GetString()));
    }

    // Every text that the guard lets through comes to the verb as it was typed, and the parser has nothing to say of it.
    [Fact]
    public void The_parser_takes_every_value_that_the_guard_takes()
    {
        string[] pieces = ["a", " ", "-", "--", "=", ",", "\"", "'", "é", "中", "\t", "\n", "\r", ".", "/", "\\", "1", "\u00A0", "[", "%"];
        var random = new Random(17);
        using var parser = new Parser(settings => settings.HelpWriter = null);
        var taken = 0;
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]));
            Understood understood;
            try
            {
                understood = Read("compare", $"--out={text}", "--draws", "7");
            }
            catch (CommandException)
            {
                continue;
            }

            taken++;
            parser.ParseArguments([.. understood.Arguments], [.. Program.Verbs.Select(v => v.Options)])
                .WithParsed(options => Assert.Equal((text, 7), (((CompareOptions)options).Out, ((CompareOptions)options).Draws)))
                .WithNotParsed(errors => Assert.Fail($"{text}: {string.Join(", ", errors.Select(e => e.Tag))}"));
        }

        Assert.InRange(taken, 1000, 5000);
    }

    [Theory]
    [InlineData("--level 1.50: expected", 2, "run", "--level", "1.50")]
    [InlineData("--year 02030: the study", 2, "run", "--year", "02030")]
    [InlineData("--threads -01: expected", 2, "run", "--threads=-01")]
    [InlineData("--draws 0099: expected", 2, "calibrate", "--draws", "0099")]
    [InlineData("--discrepancy 1.50: expected", 2, "calibrate", "--discrepancy", "1.50")]
    [InlineData("--prior-sd -0.50: expected", 2, "calibrate", "--prior-sd", "-0.50")]
    [InlineData("Did you mean simd?", 3, "run", "--backend", "SIMD")]
    [InlineData("Did you mean reference?", 3, "gauge", "--backend", "refrence")]
    [InlineData("Did you mean all?", 2, "run", "--rows", "ALL")]
    [InlineData("Did you mean growth?", 2, "run", "--only", "Growth")]
    [InlineData("Did you mean nation.direct?", 2, "calibrate", "--targets", "nation.Direct")]
    [InlineData("Did you mean --sector 088?", 2, "split", "--sector", "88", "--parts", "a=1", "--out", "o")]
    [InlineData("--parts ../x=0.5: found a code with a slash, as of a path", 2, "split",
        "--sector", "088", "--parts", "../x=0.5,b=0.5", "--out", "o")]
    [InlineData("--parts IA=0,4,IB=0,6: found decimal commas; expected decimal points, since commas separate the parts. "
        + "Did you mean --parts IA=0.4,IB=0.6?", 2,
        "split", "--sector", "088", "--parts", "IA=0,4,IB=0,6", "--out", "o")]
    public void A_value_that_a_verb_refuses_is_quoted_as_it_was_typed(string expected, int code, params string[] typed)
    {
        var (exitCode, error) = CommandLineRunner.InProcess(typed);
        Assert.Equal(code, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("088a", true)]
    [InlineData("B05 06-x", true)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\u200Bb", false)]
    [InlineData("=a", false)]
    [InlineData("a,b", false)]
    [InlineData("3-Jan", false)]
    [InlineData("1.1E+05", false)]
    public void A_new_code_is_one_that_files_give_back(string code, bool valid) => Assert.Equal(valid, SectorCode.Flaw(code) is null);

    [Fact]
    public void The_parser_understands_every_example_of_the_help_and_the_guard_knows_every_option()
    {
        foreach (var verb in Program.Verbs)
        {
            var examples = (IEnumerable<Example>)verb.Options.GetProperty("Examples")!.GetValue(null)!;
            Assert.NotEmpty(examples);
            foreach (var example in examples)
            {
                string[] typed = Parser.Default.FormatCommandLine(example.Sample, settings => settings.SkipDefault = true)
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries);
                Assert.Equal(verb, Read(typed).Verb);
            }

            Assert.All(verb.Known, option => Assert.True(option.IsSwitch || option.MetaValue.Length > 0, $"{verb.Name} {option.Name}"));
            Type[] types =
                [typeof(bool), typeof(int), typeof(long), typeof(ulong), typeof(double), typeof(string), typeof(IEnumerable<string>)];
            Assert.All(verb.Known, option => Assert.Contains(option.Type, types));
        }
    }

    [Theory]
    [InlineData("Usage: iikernel VERB [STUDY] [options]", "-h")]
    [InlineData("Usage: iikernel VERB [STUDY] [options]", "help")]
    [InlineData("Usage: iikernel split [STUDY] --sector CODE --parts LIST --out DIR [options]", "help", "split")]
    [InlineData("  --draws=N", "run", "--help")]
    [InlineData("  iikernel run --draws 1000000 --level 0.9 --out out studies/mine", "run", "-h")]
    [InlineData("70 a fault of the program itself", "--help")]
    [InlineData("iikernel ", "--version")]
    public void Help_and_version_are_no_errors(string expected, params string[] typed)
    {
        var (exitCode, text, error) = CommandLineRunner.Process(typed);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_json_a_fault_is_a_json_document_on_standard_output()
    {
        var (exitCode, text, error) = CommandLineRunner.Process(["run", "--json", "--draws", "1e5"]);
        Assert.Equal((2, ""), (exitCode, error));
        using var json = JsonDocument.Parse(text);
        Assert.Equal(2, json.RootElement.GetProperty("exit_code").GetInt32());
        Assert.StartsWith("--draws 1e5:", json.RootElement.GetProperty("messages")[0].GetString(), StringComparison.Ordinal);

        using var editor = new StudyEditor();
        editor.SetCell("sectors.csv", "code=007", "total_output", "many");
        (exitCode, text, error) = CommandLineRunner.Process(["check", editor.Folder, "--json"]);
        Assert.Equal((2, ""), (exitCode, error));
        using var study = JsonDocument.Parse(text);
        var fault = study.RootElement.GetProperty("faults")[0];
        Assert.Equal(("sectors.csv", "\"many\""), (fault.GetProperty("file").GetString(), fault.GetProperty("found").GetString()));
    }
}
