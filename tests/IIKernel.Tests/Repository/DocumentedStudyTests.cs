using System.Text.RegularExpressions;
using IIKernel.Model;
using IIKernel.Reading;
using Xunit;

namespace IIKernel.Tests.Repository;

/// <summary>The smallest study, which docs/study.md prints in full.</summary>
public sealed partial class DocumentedStudyTests
{
    [Fact]
    public void The_smallest_study_is_read_and_gives_what_can_be_worked_out_by_hand()
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-documented-").FullName;
        try
        {
            Write(folder);
            var study = StudyReader.ReadFolder(folder);
            Assert.Empty(study.Warnings);
            var estimate = PointModel.Estimate(study);

            // (1) 0.3 * 60; (5), (6) by the exact shortcut with det(I - A) = 0.9 * 2/3 - 0.3 / 15 = 0.58.
            var h = ((2.0 / 3) / 0.58) - 1;
            var u = 100 * 0.3 / (1 + (0.3 * h));
            Assert.Equal(18, estimate.Direct[0, 0], 1e-12);
            Assert.Equal((0.7 * h * u * 0.6) + (0.3 / 0.58 * u * 0.6), estimate.Indirect[0, 0], 1e-10);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes the files of the study, as docs/study.md prints them.</summary>
    internal static void Write(string folder)
    {
        foreach (Match file in NamedBlock().Matches(File.ReadAllText(Path.Combine(RepositoryTests.Root, "docs", "study.md"))))
            File.WriteAllText(Path.Combine(folder, file.Groups["name"].Value), file.Groups["text"].Value);
    }

    // A file's name on a line of its own, then its text.
    [GeneratedRegex("^`(?<name>[a-z-]+\\.(json|csv))`\n```(json|csv)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NamedBlock();
}
