using IIKernel.Reports.Tables;
using IIKernel.Studies;

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
        var table = new ReportTable("Draws per second with all statistics",
        [
            ReportColumn.Text("backend"), ReportColumn.Text("device", 3), ReportColumn.Text("figures"), ReportColumn.Number("draws", 2),
            ReportColumn.Number("draws per second"), ReportColumn.Number("of the reference", 1),
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
