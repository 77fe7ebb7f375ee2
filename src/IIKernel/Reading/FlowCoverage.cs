using System.Globalization;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Whether the flows carry the inputs of the sectors, or are something else that has the same shape.</summary>
internal static class FlowCoverage
{
    // Flows that hold less than this part of M in every column stand in no table.
    private const double Negligible = 0.01;

    // How near to M/X a column of coefficients sums, rounding allowed for.
    private const double Near = 0.02;

    /// <summary>Σ_ij x_ij / Σ_j M_j; 1 where nothing has inputs.</summary>
    public static double Of(double[,] flows, double[] intermediateInput)
    {
        var (carried, all) = (flows.Cast<double>().Sum(), intermediateInput.Sum());
        return all > 0 ? carried / all : 1;
    }

    /// <summary>The fault of flows that can only be coefficients a_ij, as a share or in percent; null for flows.</summary>
    public static StudyFault? Refusal(SectorRows sectors, FlowMatrix flows)
    {
        var n = sectors.Codes.Count;
        var live = Enumerable.Range(0, n).Where(j => sectors.IntermediateInput[j] > 0).ToArray();
        var (sums, largest) = (new double[n], 0.0);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                sums[j] += flows.Values[i, j];
                largest = Math.Max(largest, Math.Abs(flows.Values[i, j]));
            }

        if (live.Length == 0 || largest == 0) return null;
        foreach (var (whole, words, remedy) in new[]
        {
            (1.0, "coefficients a_ij", "total_output of the column's sector"),
            (100.0, "coefficients a_ij in percent", "a hundredth of total_output of the column's sector"),
        })
        {
            // Columns of coefficients sum to M/X, or to less where imports have no row; columns of flows sum to M.
            if (largest > whole || live.Any(j => Math.Abs(sums[j]) > whole * (1 + Near))) continue;
            var negligible = live.All(j => Math.Abs(sums[j]) <= Negligible * sectors.IntermediateInput[j]);
            var near = live.Count(j => Math.Abs(sums[j] * sectors.TotalOutput[j] / (whole * sectors.IntermediateInput[j]) - 1) <= Near
                && Math.Abs(sums[j] / sectors.IntermediateInput[j] - 1) > Near) / (double)live.Length;
            if (near < 0.9 && !(negligible && (whole == 1 || near >= 0.5))) continue;
            return new(flows.File, "", string.Create(CultureInfo.InvariantCulture,
                $"cells up to {largest:G6} and column sums up to {sums.Max():G6}, "
                + $"where intermediate_input reaches {sectors.IntermediateInput.Max():G10}: these are {words}"),
                "flows x_ij in the unit of the table, whose columns sum to intermediate_input", $"Multiply each cell by {remedy}.");
        }

        return null;
    }
}
