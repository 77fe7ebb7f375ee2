using System.Globalization;
using IIKernel.Inputs;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads the rank correlations of the coefficients.</summary>
internal static class CorrelationReader
{
    /// <summary>The correlation; null with faults added, or where the coefficients are faulty.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="sectors">The table's sectors; null where their own file is faulty.</param>
    /// <param name="coefficients">The coefficients; null where their own file is faulty.</param>
    public static RankCorrelation? Read(StudyReadContext context, string path, CodeList? sectors,
        IReadOnlyList<ExpertCoefficient>? coefficients)
    {
        var table = context.Csv(path, "row", "col", "value");
        if (table is null) return null;
        var before = context.Faults.Count;
        var m = coefficients?.Count ?? 0;
        var (ranks, lines) = (new double[m, m], new int[m, m]);
        for (var k = 0; k < m; k++) ranks[k, k] = 1;
        foreach (var row in table.Rows)
        {
            row.Label = $"{row.Text("row")}, {row.Text("col")}";
            var (k, l) = (Find(context, row, "row", sectors, coefficients), Find(context, row, "col", sectors, coefficients));
            var value = row.Number("value", "a rank correlation in [−1, 1]");
            if (value is < -1 or > 1) row.Fault("value", "a rank correlation in [−1, 1]", "Mend the correlation.");
            if (k < 0 || l < 0 || value is null) continue;
            if (k == l)
            {
                if (value != 1) row.Fault("value", "1, the correlation of a coefficient with itself", "Write 1, or remove the row.");
                continue;
            }

            if (value is 1 or -1)
                row.Fault("value", "a rank correlation in (−1, 1): at 1 or −1 one coefficient would be a function of the other",
                    "Write a correlation nearer to 0, such as 0.99, or give the sectors one joint sample.");

            // A pair may stand there both ways, as in a full matrix.
            if (lines[k, l] > 0 && ranks[k, l] != value)
                row.Fault("value", $"{CsvNumber.Print(ranks[k, l])}, as {row.Table.On(lines[k, l])} for the same pair",
                    "Remove one of the two.");
            ranks[k, l] = ranks[l, k] = value.Value;
            lines[k, l] = lines[l, k] = row.Line;
        }

        if (context.Faults.Count > before || coefficients is null) return null;
        var normal = Map(ranks, RankCorrelation.OfRank);
        if (RankCorrelation.IsPositiveDefinite(normal)) return new(normal);
        var nearest = Map(RankCorrelation.Nearest(normal), RankCorrelation.ToRank);
        context.Faults.Add(new(table.File, "column value",
            "correlations that no coefficients can have together: the matrix is not positive definite",
            "a positive definite matrix",
            $"The nearest one: {string.Join("; ", Pairs(sectors!, coefficients, nearest))}; pairs that are not named 0."));
        return null;
    }

    private static int Find(StudyReadContext context, CsvRow row, string column, CodeList? sectors,
        IReadOnlyList<ExpertCoefficient>? coefficients)
    {
        if (sectors is null || coefficients is null) return -1;
        var sector = sectors.Find(row, column, context.Faults);
        if (sector < 0) return -1;
        for (var k = 0; k < coefficients.Count; k++)
        {
            if (coefficients[k].Sector != sector) continue;
            if (coefficients[k].Distribution is JointSampleMarginal)
            {
                row.Fault(column, "a sector whose coefficient is not of a joint sample, which has its own dependence", "Remove the row.");
                return -1;
            }

            if (coefficients[k].Distribution is not null) return k;
            row.Fault(column, "a sector whose coefficient has a distribution", "Give the coefficient a distribution, or remove the row.");
            return -1;
        }

        row.Fault(column, "a sector with a coefficient", "Add the sector's coefficient, or remove the row.");
        return -1;
    }

    private static double[,] Map(double[,] matrix, Func<double, double> of)
    {
        var result = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (var k = 0; k < matrix.GetLength(0); k++)
            for (var l = 0; l < matrix.GetLength(1); l++)
                result[k, l] = k == l ? 1 : of(matrix[k, l]);
        return result;
    }

    // Four digits, towards zero: shrinking every correlation a little keeps the matrix positive definite.
    private static IEnumerable<string> Pairs(CodeList sectors, IReadOnlyList<ExpertCoefficient> coefficients, double[,] nearest)
    {
        for (var k = 0; k < coefficients.Count; k++)
            for (var l = k + 1; l < coefficients.Count; l++)
                if (Math.Truncate(nearest[k, l] * 1e4) is var digits && digits != 0)
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"{sectors.Codes[coefficients[k].Sector]},{sectors.Codes[coefficients[l].Sector]},{digits / 1e4:0.####}");
    }
}
