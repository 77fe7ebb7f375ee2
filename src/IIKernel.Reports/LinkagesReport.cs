using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reports;

/// <summary>What <c>linkages</c> shows: the largest multipliers, and every key sector.</summary>
public static class LinkagesReport
{
    private const int Largest = 15;

    /// <summary>The analysis of a study's table.</summary>
    public static Report Of(Study study, LinkageAnalysis analysis)
    {
        var report = new Report();
        report.Title(study.Name, study.Note);
        var sectors = study.Table.Sectors;
        var table = new ReportTable($"Largest {Math.Min(Largest, sectors.Count)} output multipliers",
        [
            ReportColumn.Text("code"), ReportColumn.Text("name"), ReportColumn.Number("output"), ReportColumn.Number("value added", 3),
            ReportColumn.Number("backward", 1), ReportColumn.Number("forward (Ghosh)", 2), ReportColumn.Text("key"),
        ]);
        foreach (var i in Enumerable.Range(0, sectors.Count).OrderByDescending(i => analysis.OutputMultipliers[i]).Take(Largest))
        {
            table.Add(
                sectors[i].Code, sectors[i].Name, ReportCell.Fixed(analysis.OutputMultipliers[i], 4),
                ReportCell.Fixed(analysis.ValueAddedMultipliers[i], 4), ReportCell.Fixed(analysis.BackwardLinkages[i], 3),
                ReportCell.Fixed(analysis.ForwardLinkages[i], 3), analysis.IsKey(i) ? "key" : "");
        }

        report.Add(table);
        report.Line("");
        var keys = Enumerable.Range(0, sectors.Count).Where(analysis.IsKey).Select(i => sectors[i].Code).ToArray();
        report.Line(
            $"{Wording.Count(keys.Length, "key sector")} (both linkages above 1){(keys.Length > 0 ? ": " : "")}{string.Join(", ", keys)}");
        report.Line(analysis.IsClosed
            ? "value added: 1 in every sector, since all inputs come from the table's own: a unit of final demand "
                + "becomes a unit of value added"
            : "value added: below 1 by what inputs from outside the table's sectors, such as imports, take of a unit of final demand");
        report.Line("backward: column sums of the Leontief inverse, forward: row sums of the Ghosh inverse, both relative to their mean");
        report.Warnings(study.Warnings);
        return report;
    }
}
