using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Tables;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>What <c>linkages</c> shows: the largest multipliers, those of income and employment, and every key sector.</summary>
public static class LinkagesReport
{
    private const int Largest = 15;

    /// <summary>The analysis of a study's table.</summary>
    /// <param name="study">The study.</param>
    /// <param name="analysis">What its table says.</param>
    /// <param name="elsewhere">Where everything can be found that a narrow page leaves out.</param>
    public static Report Of(Study study, TableAnalysis analysis, string elsewhere)
    {
        var report = new Report();
        report.Title(study.Name, study.Note);
        var (sectors, linkages) = (study.Table.Sectors, analysis.Linkages);
        int[] largest = [.. Enumerable.Range(0, sectors.Count).OrderByDescending(i => linkages.OutputMultipliers[i]).Take(Largest)];
        report.Add(Multipliers(study, analysis, largest, elsewhere));
        if (analysis.Factors is { Income: not null } or { Employment: not null })
            report.Add(Factors(study, analysis, largest, elsewhere));
        report.Line("");
        var keys = Enumerable.Range(0, sectors.Count).Where(linkages.IsKey).Select(i => sectors[i].Code).ToArray();
        var count = Counted.KeySectors(keys.Length);
        report.Line(keys.Length == 0 ? Say($"{count} (both linkages above 1)") : Say($"{count} (both linkages above 1): {List(keys)}"));
        report.Line(linkages.IsClosed
            ? Say($"value added: 1 in every sector, since all inputs come from the table's own: a unit of final demand "
                + $"becomes a unit of value added")
            : Say($"value added: below 1 by what inputs from outside the table's sectors, such as imports, take of a unit of final "
                + $"demand"));
        report.Line(Say($"backward: column sums of the Leontief inverse, forward: row sums of the Ghosh inverse or of the Leontief "
            + $"inverse, all relative to their mean"));
        report.Line(Say($"loss without it: of total output, without the sector altogether (hypothetical extraction)"));
        foreach (var line in Unknown(study.Table, analysis.Factors)) report.Line(line);
        report.Warnings(study.Warnings);
        return report;
    }

    private static ReportTable Multipliers(Study study, TableAnalysis analysis, int[] largest, string elsewhere)
    {
        var (linkages, whole) = (analysis.Linkages, study.Table.TotalOutput.Sum());
        var table = new ReportTable(Say($"Largest {largest.Length} output multipliers"),
        [
            Titled.Text($"code"), Titled.Text($"name"), Titled.Number($"output"), Titled.Number($"value added", 3),
            Titled.Number($"backward", 1), Titled.Number($"forward (Ghosh)", 2), Titled.Number($"forward (Leontief)", 5),
            Titled.Number($"loss without it\u00A0%", 4), Titled.Text($"key"),
        ])
        { Elsewhere = elsewhere };
        foreach (var i in largest)
        {
            table.Add(
                study.Table.Sectors[i].Code, study.Table.Sectors[i].Name, ReportCell.Fixed(linkages.OutputMultipliers[i], 4),
                ReportCell.Fixed(linkages.ValueAddedMultipliers[i], 4), ReportCell.Fixed(linkages.BackwardLinkages[i], 3),
                ReportCell.Fixed(linkages.ForwardLinkages[i], 3), ReportCell.Fixed(linkages.LeontiefForwardLinkages[i], 3),
                ReportCell.Fixed(100 * analysis.Extraction.Total[i] / whole, 2), linkages.IsKey(i) ? Say($"key") : "");
        }

        return table;
    }

    private static ReportTable Factors(Study study, TableAnalysis analysis, int[] largest, string elsewhere)
    {
        var factors = analysis.Factors;
        var table = new ReportTable(Say($"Income and employment per unit of final demand, {study.Unit.Text}"),
        [
            Titled.Text($"code"), Titled.Text($"name"), Titled.Number($"income"), Titled.Number($"income, type I", 1),
            Titled.Number($"income, type II", 2), Titled.Number($"employment"),
            Titled.Number($"employment, type I", 3), Titled.Number($"employment, type II", 4),
            Titled.Number($"output, type II", 5),
        ])
        { Elsewhere = elsewhere };
        foreach (var i in largest)
        {
            table.Add(
                study.Table.Sectors[i].Code, study.Table.Sectors[i].Name, Cell(factors.Income?.Simple), Cell(factors.Income?.TypeOne),
                Cell(factors.Income?.TypeTwo), Cell(factors.Employment?.Simple), Cell(factors.Employment?.TypeOne),
                Cell(factors.Employment?.TypeTwo), Cell(factors.ClosedOutput));

            ReportCell Cell(double[]? values) => values is null ? Wording.None : ReportCell.Point(values[i]);
        }

        return table;
    }

    // What the table does not say, and what would say it.
    private static IEnumerable<string> Unknown(InputOutputTable table, FactorMultipliers factors)
    {
        if (factors.Income is null) yield return Say($"income multipliers need the column compensation in sectors.csv");
        if (factors.Employment is null) yield return Say($"employment multipliers need the column employment in sectors.csv");
        if (factors.ClosedOutput is not null)
        {
            yield return Say($"type II: the model closed for households, who spend {100 * factors.Spending:0.0} % of the compensation that "
                + $"the table's sectors pay on their products");
        }
        else if (double.IsNaN(factors.ReturnedIncome))
        {
            yield return Say($"type II multipliers need the columns compensation and household_consumption in sectors.csv");
        }
        else
        {
            yield return Say($"type II multipliers do not exist: of each unit that households spend, "
                + $"{factors.ReturnedIncome:0.###} comes back to them, and the rounds never end; hold household_consumption in "
                + $"sectors.csv, {table.HouseholdConsumption.Sum():G6}, against compensation, {table.Compensation.Sum():G6}");
        }
    }
}
