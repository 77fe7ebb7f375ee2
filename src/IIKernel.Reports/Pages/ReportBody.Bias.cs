using IIKernel.Model;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports.Pages;

/// <content>What a drawn table does to means.</content>
internal sealed partial class ReportBody
{
    // The nation's means less their points; bias.csv beside the page has the categories' too.
    private void Bias(Markup page)
    {
        var nation = data.Content.Summary.Bias.Where(e => e.Key.Kind == EntityKind.Nation).ToArray();
        if (nation.Length == 0) return;
        var table = new ReportTable("",
            [
                words.Column("year", true), words.Column("part", false), words.Column("point", true), words.Column("bias", true),
                words.Column("se_bias", true), words.Column("inputs", true), words.Column("se_inputs", true),
                words.Column("table", true), words.Column("se_table", true),
            ],
            nation.Select(e => (IReadOnlyList<ReportCell>)
            [
                new ReportCell(e.Key.Year),
                new ReportCell(EstimatesCsv.Word(e.Key.Component), words.Say("measure-" + EstimatesCsv.Word(e.Key.Component))),
                ReportCell.Point(e.Key.Point), ReportCell.Statistic(e.Bias, e.BiasError), Error(e.BiasError),
                ReportCell.Statistic(e.Inputs, e.InputsError), Error(e.InputsError),
                ReportCell.Statistic(e.Table, e.TableError), Error(e.TableError),
            ]));
        page.Element("p", words.Say("bias-caption", ("draws", nation[0].Draws), ("unit", _figures.Unit)));
        HtmlTable.Add(page, table, words.Say("section-bias"), words);
        HtmlTable.AddLink(page, table, "bias-nation.csv", words);

        static ReportCell Error(double value) => new(value, Wording.Significant(value, 2));
    }
}
