using System.Globalization;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests;

/// <summary>Where tests find known answers and, where present, official studies.</summary>
internal static class TestData
{
    /// <summary>The demonstration study with distributions of its coefficients alone, read once.</summary>
    public static Study Demonstration { get; } = StudyReader.Read(EmbeddedStudyFiles.CoefficientDemonstration);

    /// <summary>The demonstration study with every source of uncertainty, read once.</summary>
    public static Study FullDemonstration { get; } = StudyReader.ReadDemonstration();

    /// <summary>The demonstration study with distributions of its coefficients and errors of the table's flows, read once.</summary>
    public static Study FlowDemonstration { get; } = StudyReader.Read(EmbeddedStudyFiles.FlowDemonstration);

    /// <summary>Rows of a known-answer file beside the tests: a SOURCE line and a header come first.</summary>
    public static IEnumerable<string[]> KnownAnswers(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file))
            .Where(line => !line.StartsWith('#')).Skip(1)
            .Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray());

    /// <summary>A study of official data; the test is skipped where there is none.</summary>
    public static string OfficialStudy(string name) => Official(name);

    /// <summary>A folder of official data beside the studies; the test is skipped where there is none.</summary>
    public static string OfficialData(string name) => Official(Path.Combine("..", "data", name));

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Official(string name)
    {
        var root = Environment.GetEnvironmentVariable("IIKERNEL_STUDIES");
        var path = root is null ? null : Path.Combine(root, name);
        if (path is null || !Directory.Exists(path)) Assert.Skip("no official study: IIKERNEL_STUDIES names no folder that holds it");
        return path!;
    }
}
