using System.Globalization;
using IIKernel.Kernels.Lanes;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>One cause behind column sums that miss intermediate_input everywhere.</summary>
internal static class TableSlip
{
    // Ratios of sums of rounded cells agree with a power of ten no better than this.
    private const double RatioTolerance = 1e-3;

    /// <summary>The cause; null where the columns have to be named one by one.</summary>
    /// <param name="sectors">sectors.csv.</param>
    /// <param name="flows">flows.csv.</param>
    /// <param name="misses">Whether a sum misses M of a sector, by the tolerances of the table.</param>
    public static StudyFault? Find(SectorRows sectors, FlowMatrix flows, Func<int, double, bool> misses)
    {
        var n = sectors.Codes.Count;
        if (n < 2) return null;
        var (columns, rows) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                columns[j] += flows.Values[i, j];
                rows[i] += flows.Values[i, j];
            }
        }

        if (!Enumerable.Range(0, n).Any(j => misses(j, rows[j])))
        {
            return new(flows.File, "", "rows and columns exchanged: every row sums to its sector's intermediate_input, the columns do not",
                "flows from the sector of the row to the sector of the column", "Transpose the matrix.");
        }

        int[] used = [.. Enumerable.Range(0, n).Where(j => sectors.IntermediateInput[j] > 0)];
        if (used.Length < 2 || Enumerable.Range(0, n).Any(j => sectors.IntermediateInput[j] == 0 && columns[j] != 0)) return null;
        var first = columns[used[0]] / sectors.IntermediateInput[used[0]];
        if (!(first > 0)) return null;
        var power = (int)Math.Round(ScalarMath.Log10(first));
        var factor = ScalarMath.PowerOfTen(power);
        if (power == 0 || used.Any(j => !(Math.Abs(columns[j] / sectors.IntermediateInput[j] / factor - 1) <= RatioTolerance))) return null;
        var by = ScalarMath.PowerOfTen(Math.Abs(power)).ToString("N0", CultureInfo.InvariantCulture);
        return new(flows.File, "", $"column sums that are intermediate_input {(power > 0 ? "times" : "divided by")} {by} in every column",
            $"flows in the unit of {sectors.Codes.File}, that of table.unit",
            $"Divide {(power > 0 ? $"the flows by {by}" : $"total_output and intermediate_input by {by}")}, or convert the other file.");
    }
}
