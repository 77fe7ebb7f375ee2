using IIKernel.Reports.Tables;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>influence</c> shows: the flows that, measured better, would narrow a figure most.</summary>
public static class InfluenceReport
{
    /// <summary>The first <paramref name="rows"/> flows; all for null.</summary>
    public static Report Of(FlowInfluence influence, int? rows, string elsewhere)
    {
        ArgumentNullException.ThrowIfNull(influence);
        var report = new Report();
        var (study, sectors, field) = (influence.Study, influence.Study.Table.Sectors, influence.Field);
        report.Title(study.Name, study.Note);
        report.Line($"{FigureIndex.Reference(influence.Key)}: {NumberFormat.Point(field.Value)} {influence.Key.Unit}");
        var cells = influence.Cells.Take(rows ?? int.MaxValue).TakeWhile(c => c.Variance > 0).ToArray();
        var table = new ReportTable(
            Say($"Largest {cells.Length} of {Counted.Flows((long)sectors.Count * sectors.Count)} by contribution to the variance, "
                + $"flow in {study.Unit.Text}, change in {influence.Key.Unit}"),
            [
                Titled.Text($"from"), Titled.Text($"to"), Titled.Number($"flow", 1), Titled.Number($"elasticity", 2),
                Titled.Number($"sd %", 3), Titled.Number($"change at +1 sd"), Titled.Number($"share %"),
                Titled.Number($"sum %"),
            ])
        { Elsewhere = elsewhere };
        foreach (var c in cells)
        {
            table.Add($"{sectors[c.Row].Code} {sectors[c.Row].Name}", $"{sectors[c.Column].Code} {sectors[c.Column].Name}",
                ReportCell.Point(c.Flow), new(c.Elasticity, Wording.Significant(c.Elasticity, 3)), ReportCell.Fixed(100 * c.RelativeSd, 1),
                ReportCell.Point(c.Upper), ReportCell.Fixed(100 * c.Share, 2),
                ReportCell.Fixed(100 * c.Cumulative, 1));
        }

        report.Add(table);
        report.Line("");
        var sd = Math.Sqrt(influence.Variance);
        var law = influence.Error.Exponent == 0 ? Say($"{Wording.Significant(100 * influence.Error.Scale, 3)} % of each")
            : Say($"{Wording.Significant(influence.Error.Scale, 3)}·x^(−{Wording.Significant(influence.Error.Exponent, 3)}) of a flow x, "
                + $"at most 100 %");
        report.Line(Say($"standard deviation of the flows: {law}, independent of each other; together they alone give the figure one of "
            + $"{NumberFormat.Point(sd)} ({Wording.Significant(100 * sd / Math.Abs(field.Value), 3)} %), to first order"));
        report.Line(Say($"share, sum: of that variance, by the flow and by all down to it; without the flow's error the standard deviation "
            + $"would fall by about half its share"));
        report.Line(Say($"elasticity: percent of the figure for a percent of the coefficient; change at +1 sd: exact; X, V and S stay"));
        return report;
    }
}
