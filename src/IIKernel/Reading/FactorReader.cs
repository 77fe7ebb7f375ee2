using IIKernel.Experts;

namespace IIKernel.Reading;

/// <summary>The factors below one parent.</summary>
/// <param name="Parent">Index of the parent, −1 for the first level.</param>
/// <param name="Members">Indices of the factors.</param>
/// <param name="Weights">Their weights, sum 1; null where comparisons must give them.</param>
internal sealed record FactorGroup(int Parent, int[] Members, double[]? Weights);

/// <summary>The factors of a panel as read.</summary>
/// <param name="Factors">The factors in file order.</param>
/// <param name="Codes">Their codes.</param>
/// <param name="Groups">The factors by parent, the first level first.</param>
internal sealed record FactorTable(List<EvaluationFactor> Factors, CodeList Codes, List<FactorGroup> Groups)
{
    /// <summary>Whether a factor has no parts, so that ballots are given on it.</summary>
    public bool IsJudged(int factor) => !Groups.Exists(g => g.Parent == factor);

    /// <summary>The factors of a group as a fault or a warning names them.</summary>
    public string Name(FactorGroup group) => (group.Parent < 0 ? "factors " : $"parts of factor {Factors[group.Parent].Code}: ")
        + string.Join(", ", group.Members.Select(f => Factors[f].Code));
}

/// <summary>Reads the factors of a panel, on one or two levels.</summary>
internal static class FactorReader
{
    /// <summary>How far the weights below one parent may sum from 1; they are divided by their sum.</summary>
    public const double SumTolerance = 1e-6;

    /// <summary>The factors; null with faults added where their codes or levels are wrong. Faulty weights leave the rest usable.</summary>
    public static FactorTable? Read(StudyReadContext context, string path)
    {
        var table = context.Csv(path, "code", "name");
        if (table is null) return null;
        var before = context.Faults.Count;
        var codes = new CodeList(table.File);
        foreach (var row in table.Rows)
        {
            codes.Add(row, "code", context.Faults);
            row.Name(("factor", row.Text("code")));
        }

        if (context.Faults.Count > before) return null;
        var parents = table.Rows.Select(row => row.Text("parent").Length == 0 ? -1 : codes.Find(row, "parent", context.Faults)).ToArray();
        for (var f = 0; f < parents.Length; f++)
            if (parents[f] >= 0 && (parents[f] == f || parents[parents[f]] >= 0))
                table.Rows[f].Fault("parent", "a factor of the first level, which has no parent itself",
                    "There are two levels at most: mend the parent.");
        if (context.Faults.Count > before) return null;

        var factors = table.Rows.Select((row, f) => new EvaluationFactor(row.Text("code"), row.Text("name"), parents[f])).ToList();
        var result = new FactorTable(factors, codes, []);
        foreach (var parent in parents.Distinct().Order())
        {
            int[] members = [.. Enumerable.Range(0, parents.Length).Where(f => parents[f] == parent)];
            var group = new FactorGroup(parent, members, null);
            result.Groups.Add(group with { Weights = Weights(context, table, result.Name(group), members) });
        }

        return result;
    }

    private static double[]? Weights(StudyReadContext context, CsvTable table, string name, int[] members)
    {
        var rows = members.Select(f => table.Rows[f]).ToArray();
        if (Array.TrueForAll(rows, row => row.Text("weight").Length == 0)) return members.Length == 1 ? [1] : null;
        var weights = rows.Select(row => row.NonNegative("weight")).ToArray();
        // A faulty weight has been reported; the group counts as given all the same.
        if (Array.Exists(weights, w => w is null)) return [.. weights.Select(w => w ?? 0)];
        var sum = weights.Sum(w => w!.Value);
        if (Math.Abs(sum - 1) > SumTolerance)
            context.Faults.Add(new(table.File, $"column weight ({name})", $"a sum of {CsvNumber.Print(sum)}",
                $"a sum of 1 within {CsvNumber.Print(SumTolerance)}",
                "Mend the weights; write thirds and the like with seven digits."));
        return [.. weights.Select(w => w!.Value / sum)];
    }
}
