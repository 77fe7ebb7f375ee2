namespace IIKernel.Tables;

/// <summary>
/// What total output an economy would lose without a sector, in the unit of the table (Miller and Blair, Input–Output Analysis, 2nd ed.
/// 2009, chapter 12; Dietzenbacher and van der Linden 1997). All lists have n values in the order of the sectors; 0 for a sector without
/// output.
/// </summary>
/// <param name="Total">
/// The sector produces nothing, and others buy from and sell to nobody in its place: i'x − i'x̄ with row, column and final demand of the
/// sector struck out. It holds the sector's own output.
/// </param>
/// <param name="Backward">It buys nothing of the table's sectors: A with the sector's column struck out, final demand as it is.</param>
/// <param name="Forward">It sells nothing to them: B of Ghosh's model with the sector's row struck out, primary inputs as they are.</param>
public sealed record HypotheticalExtraction(double[] Total, double[] Backward, double[] Forward)
{
    /// <summary>The extraction of each sector in turn.</summary>
    public static HypotheticalExtraction Of(TableSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        var (output, c, g) = (solution.Table.TotalOutput, solution.Leontief, solution.Ghosh);
        var n = output.Length;
        var (total, backward, forward) = (new double[n], new double[n], new double[n]);
        for (var j = 0; j < n; j++)
        {
            if (output[j] == 0) continue;
            // A column or a row struck out is a change of rank one (Sherman–Morrison): with a_j the column, C a_j = C e_j − e_j, so that
            // x − x̄ = (C e_j − e_j) x_j / c_jj; with the row of B likewise from G. Without the sector altogether, output x_j / c_jj of its
            // own is what the others no longer ask for: x − x̄ = C e_j x_j / c_jj.
            total[j] = c.Column(j).Sum() * output[j] / c[j, j];
            backward[j] = (c.Column(j).Sum() - 1) * output[j] / c[j, j];
            forward[j] = (g.Row(j).Sum() - 1) * output[j] / g[j, j];
        }

        return new(total, backward, forward);
    }
}
