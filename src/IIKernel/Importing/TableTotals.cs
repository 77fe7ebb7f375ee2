using System.Globalization;
using IIKernel.Reading;

namespace IIKernel.Importing;

/// <summary>Totals of a published table held against each other: output is intermediate input and value added.</summary>
internal static class TableTotals
{
    // Each of the three is rounded, and offices add up parts that were rounded before: BEA's tables in whole millions are up to 4 apart.
    private const double Units = 5;
    private const double Relative = 1e-6;

    /// <summary>Adds a fault for each sector whose totals do not add up.</summary>
    public static void Check(FaultList faults, string name, SectorRows sectors)
    {
        if (sectors.ValueAdded.Length == 0) return;
        var resolution = sectors.Resolution;
        for (var i = 0; i < sectors.Rows.Count; i++)
        {
            var (x, sum) = (sectors.TotalOutput[i], sectors.IntermediateInput[i] + sectors.ValueAdded[i]);
            if (Math.Abs(x - sum) <= Math.Max(Relative * Math.Abs(x), Units * resolution)) continue;
            var row = sectors.Rows[i];
            faults.Add(name, "totals", "more sector", () => new(name, row.Place("total_output"), $"a total output of {Text(x)}",
                $"{Text(sum)}, which intermediate input ({row.Cell("intermediate_input")}) and value added "
                + $"({row.Cell(SectorReader.ValueAdded)}) add up to", "Mend one of the three."));
        }
    }

    private static string Text(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}
