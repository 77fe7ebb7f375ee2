namespace IIKernel.Tables;

/// <summary>A part that a sector is divided into.</summary>
/// <param name="Code">Code of the new sector.</param>
/// <param name="Share">Its share of the sector, in (0, 1]; shares sum to 1.</param>
public sealed record SectorPart(string Code, double Share);

/// <summary>Tables of fewer or more sectors than a given one.</summary>
public static class TableReshaping
{
    /// <summary>Adds sectors up: x_IJ = Σ_{i in I} Σ_{j in J} x_ij, and likewise X, M and all else said of sectors.</summary>
    /// <param name="table">n sectors.</param>
    /// <param name="sectors">The new sectors, in their order.</param>
    /// <param name="groupOf">The new sector of each old one; n indices into <paramref name="sectors"/>.</param>
    /// <exception cref="ArgumentException">Not one index a sector.</exception>
    public static InputOutputTable Aggregate(InputOutputTable table, IReadOnlyList<Sector> sectors, IReadOnlyList<int> groupOf)
    {
        var n = table.Sectors.Count;
        if (groupOf.Count != n) throw new ArgumentException($"{groupOf.Count} groups for {n} sectors.", nameof(groupOf));
        var flows = new double[sectors.Count, sectors.Count];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) flows[groupOf[i], groupOf[j]] += table.Flows[i, j];
        double[] Sum(double[] values)
        {
            if (values.Length == 0) return [];
            var sums = new double[sectors.Count];
            for (var i = 0; i < n; i++) sums[groupOf[i]] += values[i];
            return sums;
        }

        return table with
        {
            Sectors = sectors,
            Flows = flows,
            TotalOutput = Sum(table.TotalOutput),
            IntermediateInput = Sum(table.IntermediateInput),
            PrintedValueAdded = Sum(table.PrintedValueAdded),
            Compensation = Sum(table.Compensation),
            Employment = Sum(table.Employment),
            HouseholdConsumption = Sum(table.HouseholdConsumption),
            ColumnSumTolerance = Sum(table.ColumnSumTolerance),
        };
    }

    /// <summary>
    /// Divides one sector in proportion: every part takes its share of each flow from and to the sector, and of all else. All
    /// parts so have the sector's input structure, a'_{·,p} = a_{·,k}, and share out its rows, a'_{p,·} = σ_p a_{k,·}: the
    /// augmentation of METHOD §3 where the parts are S and 1 − S.
    /// </summary>
    /// <param name="table">n sectors.</param>
    /// <param name="sector">k, the sector's index; its parts stand in its place.</param>
    /// <param name="parts">Its parts.</param>
    /// <exception cref="ArgumentException">A share that is not positive, or shares that do not sum to 1 within 1e-9.</exception>
    public static InputOutputTable Split(InputOutputTable table, int sector, IReadOnlyList<SectorPart> parts)
    {
        if (parts.Any(p => !(p.Share > 0)) || !(Math.Abs(parts.Sum(p => p.Share) - 1) <= 1e-9))
            throw new ArgumentException("Shares are positive and sum to 1.", nameof(parts));
        var n = table.Sectors.Count;
        var old = Enumerable.Range(0, n).SelectMany(i => i == sector
            ? parts.Select(p => (Parent: i, p.Share, (string?)p.Code)) : [(Parent: i, Share: 1.0, null)]).ToArray();
        var flows = new double[old.Length, old.Length];
        for (var i = 0; i < old.Length; i++)
            for (var j = 0; j < old.Length; j++) flows[i, j] = old[i].Share * old[j].Share * table.Flows[old[i].Parent, old[j].Parent];
        double[] Spread(double[] values) => values.Length == 0 ? [] : [.. old.Select(o => o.Share * values[o.Parent])];
        return table with
        {
            Sectors = [.. old.Select(o => o.Item3 is null ? table.Sectors[o.Parent] : table.Sectors[o.Parent] with { Code = o.Item3 })],
            Flows = flows,
            TotalOutput = Spread(table.TotalOutput),
            IntermediateInput = Spread(table.IntermediateInput),
            PrintedValueAdded = Spread(table.PrintedValueAdded),
            Compensation = Spread(table.Compensation),
            Employment = Spread(table.Employment),
            HouseholdConsumption = Spread(table.HouseholdConsumption),
            ColumnSumTolerance = Spread(table.ColumnSumTolerance),
        };
    }
}
