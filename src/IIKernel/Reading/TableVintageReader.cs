using IIKernel.Inputs;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>Reads tables of other years, and what the spread of their coefficients says of the study's flows.</summary>
/// <param name="context">The study's files and faults.</param>
/// <param name="table">The study's table; null where it is faulty.</param>
internal sealed class TableVintageReader(StudyReadContext context, InputOutputTable? table)
{
    private const int Named = 8;

    /// <summary>Sets the relative standard deviations of all flows; faults are added.</summary>
    public void Read(FlowVintagesDefinition definition, double[,] sd)
    {
        var before = context.Faults.Count;
        CodeList? groups = null;
        var groupOf = table is null ? null : Groups(definition.Concordance, table, ref groups);
        var coefficients = new List<double[,]>();
        foreach (var vintage in definition.Tables)
        {
            var (sectors, codes) = SectorReader.Read(
                context, vintage.Table.Sectors, false, null, vintage.Table.Allow.Contains("negative-value-added"));
            var flows = FlowReader.Read(context, vintage.Table.Flows, codes);
            if (sectors is null || flows is null || TableAssembler.Assemble(context, sectors, flows, vintage.Table, 1) is not { } other)
                continue;
            if (groups is not null && Groups(vintage.Concordance, other, ref groups) is { } group)
                coefficients.Add(Coefficients(other, group, groups!.Count, out _));
        }

        if (context.Faults.Count > before || table is null || groupOf is null || groups is null) return;
        coefficients.Add(Coefficients(table, groupOf, groups.Count, out var aggregated));
        if (CoefficientSpread.Of(coefficients, aggregated, definition.Observations) is { } spread)
            Set(definition, sd, spread, groupOf, groups.Count, coefficients.Count);
        else
            context.Faults.Add(new(context.DefinitionPath, "key uncertainty.flows.vintages",
                "fewer than three coefficients that differ from table to table", "tables of different years",
                "Name tables of other years, or a finer concordance."));
    }

    // A flow between two groups that are one sector each has the spread of its own coefficient, where that is known.
    private void Set(FlowVintagesDefinition definition, double[,] sd, CoefficientSpread spread, int[] groupOf, int groups, int tables)
    {
        var (members, n) = (new int[groups], groupOf.Length);
        foreach (var g in groupOf) members[g]++;
        var (own, byLaw) = (0, 0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (table!.Flows[i, j] == 0) continue;
                var sigma = members[groupOf[i]] == 1 && members[groupOf[j]] == 1 ? spread.Own(groupOf[i], groupOf[j]) : double.NaN;
                if (double.IsNaN(sigma)) byLaw++;
                else own++;
                if (double.IsNaN(sigma)) sigma = spread.ByLaw(table.Flows[i, j]);
                sd[i, j] = Math.Clamp(FlowError.OfLogVariance(sigma * sigma), definition.Least, definition.Most);
            }
        }

        context.Warnings.Add(new VintageSpreadWarning(
            tables, own, byLaw, spread.Scale, spread.Exponent, spread.Fitted, spread.Switching));
    }

    // The group of each sector; those of the first table are all there are. Without a concordance a sector is its own group.
    private int[]? Groups(string? path, InputOutputTable of, ref CodeList? groups)
    {
        var before = context.Faults.Count;
        var (groupOf, names) = (Enumerable.Repeat(-1, of.Sectors.Count).ToArray(), new string[of.Sectors.Count]);
        if (path is null)
        {
            for (var i = 0; i < names.Length; i++) names[i] = of.Sectors[i].Code;
        }
        else if (context.Csv(path, "sector", "group") is not { } rows)
        {
            return null;
        }
        else
        {
            var codes = CodeList.Of("the table's sectors", of.Sectors.Select(s => s.Code));
            foreach (var row in rows.Rows)
            {
                row.Name(("sector", row.Text("sector")));
                if (codes.Find(row, "sector", context.Faults) is not (>= 0 and var i)) continue;
                if (names[i] is not null) row.Fault("sector", "every sector once", "Remove one of the two rows.");
                names[i] = row.Text("group");
                if (names[i].Length == 0) row.Fault("group", "a code", "Write the code of the group.");
                else groups?.Find(row, "group", context.Faults);
            }
        }

        if (context.Faults.Count > before) return null;
        var (file, missing) = (path ?? context.DefinitionPath, Enumerable.Range(0, names.Length).Where(i => names[i] is null).ToArray());
        if (missing.Length > 0)
        {
            Fault(file, "no row for sector", missing.Select(i => of.Sectors[i].Code), "a row for every sector of the table");
            return null;
        }

        groups ??= CodeList.Of("the groups of the study's own table", names.Distinct());
        for (var i = 0; i < names.Length; i++)
        {
            if (groups.TryFind(names[i], out var g)) groupOf[i] = g;
        }

        var known = groups;
        string[] strange = [.. names.Where(name => !known.TryFind(name, out _)).Distinct()];
        string[] empty = [.. groups.Codes.Except(names)];
        if (strange.Length > 0) Fault(file, "sectors that the study's table does not have,", strange, "one classification of all tables");
        else if (empty.Length > 0) Fault(file, "no sector in group", empty, "sectors in every group of the study's own table");
        return strange.Length + empty.Length > 0 ? null : groupOf;
    }

    private void Fault(string file, string what, IEnumerable<string> codes, string expected)
    {
        context.Faults.Add(new(file, file == context.DefinitionPath ? "key uncertainty.flows.vintages" : "",
            $"{what} {Wording.Listed([.. codes], Named)}", expected,
            "Write a concordance, sector,group, of each table, the study's own included, by which all have the same groups."));
    }

    // a_ij = x_ij / X_j of the groups, formula (2); 0 of one without output.
    private static double[,] Coefficients(InputOutputTable of, int[] groupOf, int groups, out double[,] flows)
    {
        var (sums, output) = (new double[groups, groups], new double[groups]);
        for (var i = 0; i < groupOf.Length; i++)
        {
            output[groupOf[i]] += of.TotalOutput[i];
            for (var j = 0; j < groupOf.Length; j++) sums[groupOf[i], groupOf[j]] += of.Flows[i, j];
        }

        flows = (double[,])sums.Clone();
        for (var i = 0; i < groups; i++)
            for (var j = 0; j < groups; j++) sums[i, j] = output[j] == 0 ? 0 : sums[i, j] / output[j];
        return sums;
    }
}
