using IIKernel.Reports.Tables;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>One measured way of drawing.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Device">The hardware, in words.</param>
/// <param name="Figures">Which figures.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="DrawsPerSecond">Draws per second with all statistics.</param>
public sealed record BenchLine(string Backend, string Device, string Figures, long Draws, double DrawsPerSecond);

/// <summary>What <c>bench</c> shows.</summary>
public static class BenchReport
{
    /// <summary>The measured ways of drawing a study, the reference's first.</summary>
    public static Report Of(Study study, IReadOnlyList<BenchLine> lines)
    {
        var report = new Report();
        report.Line(study.Name);
        var table = new ReportTable(Say($"Draws per second with all statistics"),
        [
            Titled.Text($"backend"), Titled.Text($"device", 3), Titled.Text($"figures"), Titled.Number($"draws", 2),
            Titled.Number($"draws per second"), Titled.Number($"of the reference", 1),
        ]);
        foreach (var line in lines)
        {
            table.Add(
                line.Backend, line.Device, line.Figures, ReportCell.Number(line.Draws, "N0"), ReportCell.Number(line.DrawsPerSecond, "N0"),
                line.Figures == lines[0].Figures ? ReportCell.Number(line.DrawsPerSecond / lines[0].DrawsPerSecond, "F1") : "");
        }

        report.Add(table);
        return report;
    }
}
