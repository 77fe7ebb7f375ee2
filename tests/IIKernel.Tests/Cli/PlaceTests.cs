using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Whole commands where numbers, days and names of files are written otherwise: every file has the same bytes.</summary>
public sealed class PlaceTests : IDisposable
{
    private const string Name = "数据 文件";

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-place-").FullName;

    public PlaceTests() => Directory.CreateDirectory(Path.Combine(_folder, Name));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // German writes 1.234,5, Persian ۱۲۳۴٫۵ and the year 1405; Nepal is 5:45 hours ahead of universal time.
    [Fact]
    public void Files_are_the_same_under_every_locale_and_time_zone()
    {
        string[] run = ["run", "--draws", "300", "--figures", "nation.total", "--save-draws", "draws.csv", "--out"];
        string[] divided = ["run", "--draws", "300", "--out"];
        (string, string, string)[] places =
            [("en", "C", "UTC"), ("de", "de_DE.UTF-8", "Asia/Kathmandu"), ("fa", "fa_IR.UTF-8", "Asia/Kathmandu")];
        foreach (var (place, locale, zone) in places)
        {
            (string, string)[] environment = [("LC_ALL", locale), ("LANG", locale), ("TZ", zone)];
            Done(environment, [.. run, At(place, "run")]);
            Done(environment, "describe", At(place, "run/draws.csv"), "--levels", "0.5", "--out", At(place, "described"));
            string[] files = ["run/estimates.csv", "run/sources.csv", "run/draws.csv", "run/report.html", "described/described.csv"];
            if (place != "de")
            {
                files = [.. files, "page/report.html", "merged/estimates.csv"];
                Done(environment, "report", At(place, "run"), "--out", At(place, "page"));
                Done(environment, [.. divided, At(place, "merged"), "--shard", "1/1", "--work", At(place, "work")]);
                Done(environment, "merge", At(place, "work"), "--rounds", "1");
            }

            foreach (var file in files)
            {
                Assert.True(File.ReadAllBytes(At("en", file)).AsSpan().SequenceEqual(File.ReadAllBytes(At(place, file))),
                    $"{file} under {locale}");
            }
        }
    }

    private string At(string place, string name) => Path.Combine(_folder, Name, $"{place}-{name}");

    private static void Done((string, string)[] environment, params string[] arguments)
    {
        var (code, _, error) = CommandLineRunner.Process(arguments, environment);
        Assert.True(code == ExitCodes.Done, error);
    }
}
