using System.Text;
using IIKernel.Balances;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>
/// Whatever the files hold, reading ends in a study or in faults with a file, something found and a remedy. A failure prints its
/// seed: IIKERNEL_FUZZ_SEED repeats it, and IIKERNEL_FUZZ_CASES tries more.
/// </summary>
public sealed class ReadingFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Texts =
    [
        "", " ", "-", "—", "0", "-1", "1e308", "1e999", "-1e308", "NaN", "∞", "1.1E+05", "001",
        "1", "2017", "9999", "10000", "[x]", "\"", "\"\"", "\n", "\r", ",", ";",
        "\0", "\u001B[2J", "\u202E", "𠀀", "１２", "1，5", "#DIV/0!", "=1+1", "constructor", "nation",
        "joint", "empirical", "beta", "pert", "study.json", "..", "/dev/null", "sectors.csv", "a\\b",
    ];

    private static readonly string[] Tokens =
        ["null", "true", "0", "-1", "1e400", "2147483648", "0.5", "\"\"", "\"x\"", "\"\\ud800\"",
            "\"\\u0000\"", "[]", "{}", "[1,2]", "[null]", "{\"file\":null}", ",", ":", "}", "//", "/*"];

    [Theory]
    [InlineData("demo")]
    [InlineData("three-sectors")]
    public void Reading_ends_in_a_study_or_in_faults(string study)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IIKERNEL_FUZZ_SEED"), out var given) ? given : 20260801;
        var cases = int.TryParse(Environment.GetEnvironmentVariable("IIKERNEL_FUZZ_CASES"), out var many)
            ? many : study == "demo" ? 150 : 1500;
        var files = study == "demo"
            ? EmbeddedStudyFiles.Demonstration.Names.ToDictionary(n => n, n => EmbeddedStudyFiles.Demonstration.Read(n)!)
            : Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data", study))
                .ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        string[] names = [.. files.Keys.Order(StringComparer.Ordinal)];
        var (read, refused) = (0, 0);
        for (var i = 0; i < cases; i++)
        {
            var random = new Random(unchecked(seed * 7919 + i));
            var broken = new Dictionary<string, byte[]>(files, StringComparer.Ordinal);
            for (var m = random.Next(1, 4); m > 0; m--)
            {
                var name = names[random.Next(names.Length)];
                broken[name] = Mutate(random, name, broken[name]);
            }

            try
            {
                var result = StudyReader.Read(new Files(broken));
                _ = StudyBalances.Of(result, PointModel.Estimate(result));
                read++;
            }
            catch (StudyException exception)
            {
                refused++;
                Assert.NotEmpty(exception.Faults);
                Assert.True(exception.Faults.Count <= 200 * names.Length);
                Assert.All(exception.Faults, fault =>
                {
                    Assert.NotEmpty(fault.File);
                    Assert.NotEmpty(fault.Found);
                    Assert.NotEmpty(fault.Expected);
                    Assert.NotEmpty(fault.Remedy);
                    Assert.DoesNotContain('\n', fault.ToString());
                });
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, case {i} of {study}: {exception}");
            }
        }

        output.WriteLine($"{study}, seed {seed}: {read} studies, {refused} refused");
        // Both ends are reached, or the mutations would test nothing.
        Assert.True(read > 0 && refused > 0);
    }

    private static byte[] Mutate(Random random, string name, byte[] bytes)
    {
        var json = name.EndsWith(".json", StringComparison.Ordinal);
        switch (random.Next(json ? 5 : 9))
        {
            case 0:
                return [.. bytes.Select(b => random.Next(2000) == 0 ? (byte)random.Next(256) : b)];
            case 1:
                return bytes[..random.Next(bytes.Length + 1)];
            case 2:
                return [.. bytes, .. Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)])];
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (json)
        {
            // A token between two marks of the grammar, or the name of a key.
            int[] marks = [.. Enumerable.Range(0, text.Length).Where(i => text[i] is ':' or ',' or '{' or '[' or '}' or ']')];
            if (marks.Length < 2) return bytes;
            var at = random.Next(marks.Length - 1);
            return Encoding.UTF8.GetBytes(text[..(marks[at] + 1)] + Tokens[random.Next(Tokens.Length)] + text[marks[at + 1]..]);
        }

        var lines = text.TrimEnd('\n').Split('\n').ToList();
        var line = random.Next(lines.Count);
        switch (random.Next(8))
        {
            case 0: lines.RemoveAt(line); break;
            case 1: lines.Insert(line, lines[random.Next(lines.Count)]); break;
            case 2: (lines[0], lines[line]) = (lines[line], lines[0]); break;
            case 3: lines.Insert(0, Texts[random.Next(Texts.Length)]); break;
            case 4: return [.. (byte[])[0xFE, 0xFF], .. Encoding.BigEndianUnicode.GetBytes(text)];
            case 5: return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
            case 6: return Encoding.UTF8.GetBytes(text.Replace(',', random.Next(2) == 0 ? ';' : '\t'));
            default:
                for (var n = random.Next(1, 5); n > 0; n--)
                {
                    line = random.Next(lines.Count);
                    var cells = lines[line].Split(',');
                    cells[random.Next(cells.Length)] = Texts[random.Next(Texts.Length)];
                    lines[line] = string.Join(',', cells);
                }

                break;
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private sealed class Files(Dictionary<string, byte[]> files) : IStudyFiles
    {
        public string Origin => "memory:study.json";

        public string DefinitionPath => "study.json";

        public byte[]? Read(string path) => files.GetValueOrDefault(path);
    }
}
