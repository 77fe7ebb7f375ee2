using System.Globalization;
using System.Runtime.CompilerServices;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Repository;

/// <summary>The example of docs/library.md and the readmes: compiled as it stands there, and run.</summary>
public sealed class DocumentedLibraryTests
{
    private static void Example()
    {
        // docs/library.md
        var files = new StudyTexts(EmbeddedStudyFiles.CoefficientDemonstration)
        {
            ["coefficients.csv"] = "sector,point,distribution,low,high\n088,0.2,uniform,0.1,0.3\n",
        };
        var run = StudyRun.Of(StudyReader.Read(files), draws: 10_000);
        var total = run["nation.total.2022"];
        Console.WriteLine($"{total.Mean:N0} {run.Study.Unit.Text}, with 95 % between {total.Lower:N0} and {total.Upper:N0}");
        // end
    }

    // What the example writes to.
    private static class Console
    {
        public static string Line { get; private set; } = "";

        public static void WriteLine(FormattableString text) => Line = text.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_example_is_the_documents_and_reads_the_interval_of_its_study()
    {
        var printed = Printed("docs/library.md");
        foreach (var readme in new[] { "README.md", "README.zh.md" }) Assert.Equal(printed, Printed(readme));
        Assert.Equal(10, printed.Length);
        var source = File.ReadAllText(Path.Combine(RepositoryTests.Root, "tests", "IIKernel.Tests", "Repository", Name()));
        var compiled = source.Split("// docs/library.md\n")[1].Split("        // end\n")[0].TrimEnd('\n').Split('\n').Select(l => l[8..]);
        Assert.Equal(printed.Where(l => !l.StartsWith("using ", StringComparison.Ordinal)), compiled);
        Assert.All(printed.Where(l => l.StartsWith("using ", StringComparison.Ordinal)), l => Assert.Contains($"\n{l}\n", source));

        Example();
        using var study = new StudyEditor();
        study.Write("coefficients.csv", "sector,point,distribution,low,high\n088,0.2,uniform,0.1,0.3\n");
        var read = study.Read();
        var summary = UncertaintyRun.Execute(read, read.Sampling with { Draws = 10_000 }, new SimdBackend(1), 1);
        var figure = summary.Estimates.Single(e => FigureIndex.Reference(e.Key).ToString() == "nation.total.2022").Statistics;
        Assert.Equal(FormattableString.Invariant(
            $"{figure.Mean:N0} 亿元, with 95 % between {figure.Lower:N0} and {figure.Upper:N0}"), Console.Line);
        Assert.InRange(figure.Mean, figure.Lower, figure.Upper);
    }

    [Fact]
    public void A_run_gives_figures_by_name_and_says_what_it_does_not_have()
    {
        var run = StudyRun.Of(TestData.Demonstration, 64, new ReferenceBackend());
        var provinces = run.Select("provinces.total.2022");
        Assert.Equal(TestData.Demonstration.RegionSets[0].Regions.Count, provinces.Count);
        Assert.Equal(provinces[0].Statistics, run[FigureIndex.Reference(provinces[0].Key).ToString()]);
        Assert.Contains("several", Assert.Throws<FigurePatternException>(() => run["provinces.total"]).Message);
        Assert.Throws<FigurePatternException>(() => run["nation.totl"]);
        Assert.Throws<ArgumentException>(() => StudyRun.Of(TestData.Demonstration, 0));
    }

    // The smallest study of docs/study.md, without a folder.
    [Fact]
    public void A_study_of_texts_alone_is_read_as_its_files_are()
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-texts-").FullName;
        try
        {
            DocumentedStudyTests.Write(folder);
            var texts = new StudyTexts();
            foreach (var path in Directory.GetFiles(folder)) texts[Path.GetFileName(path)] = File.ReadAllText(path);
            StudyEditor.AssertSame(StudyReader.ReadFolder(folder), StudyReader.Read(texts));
            Assert.Null(texts.Read("other.csv"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Printed(string document) => File.ReadAllText(Path.Combine(RepositoryTests.Root, document))
        .Split("```csharp\n")[1].Split("```")[0].TrimEnd('\n').Split('\n');

    private static string Name([CallerFilePath] string path = "") => Path.GetFileName(path);
}
