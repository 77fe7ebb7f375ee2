using IIKernel.Experts;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads a panel of experts: grades, factors, ballots and comparisons.</summary>
internal static class ExpertPanelReader
{
    /// <summary>The panel; null with faults added, or where the file of the table's sectors is faulty.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="definitionFile">study.json, for faults of its keys.</param>
    /// <param name="definition">Its key <c>coefficients.panel</c>.</param>
    /// <param name="sectors">The input–output table's sectors; null where their own file is faulty.</param>
    public static ExpertPanel? Read(StudyReadContext context, string definitionFile, PanelDefinition definition, CodeList? sectors)
    {
        var before = context.Faults.Count;
        CheckSectors(context, definitionFile, definition.Sectors, sectors);
        var grades = ReadGrades(context, definition.Grades);
        var factors = FactorReader.Read(context, definition.Factors);
        var ballots = new BallotReader(context, sectors, definition.Sectors, factors, grades?.Codes).Read(definition.Ballots);
        var comparisons = factors is null ? [] : ReadComparisons(context, definitionFile, definition, factors, ballots?.Experts);
        if (context.Faults.Count > before || sectors is null || grades is null || factors is null || ballots is null) return null;

        var weights = new double[factors.Factors.Count];
        foreach (var group in factors.Groups)
        {
            var own = group.Weights ?? comparisons.Single(c => c.Parent == group.Parent).Weights;
            for (var i = 0; i < own.Length; i++) weights[group.Members[i]] = own[i];
        }

        return new ExpertPanel
        {
            Experts = ballots.Experts,
            Sectors = [.. ballots.Sectors.Select(code => sectors.TryFind(code, out var index) ? index : -1)],
            Factors = factors.Factors,
            Grades = grades.Value.Grades,
            FactorWeights = weights,
            Operator = Enum.Parse<FuzzyOperator>(definition.Operator.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            Rounds = ballots.Rounds,
            Comparisons = comparisons,
        };
    }

    private static void CheckSectors(StudyReadContext context, string file, IReadOnlyList<string>? listed, CodeList? sectors)
    {
        const string key = "key coefficients.panel.sectors";
        if (listed is null) return;
        if (listed.Count == 0)
            context.Faults.Add(new(file, key, "an empty list", "at least one sector", "List the related sectors, or remove the key."));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < listed.Count; i++)
        {
            if (sectors is not null && !sectors.TryFind(listed[i], out _))
                sectors.Find(listed[i], file, key, () => $"{key}[{i}]", context.Faults);
            else if (!seen.Add(listed[i]))
                context.Faults.Add(new(file, $"{key}[{i}]", $"\"{listed[i]}\" for the second time",
                    "every sector once", "Remove one of the two."));
        }
    }

    private static (List<Grade> Grades, CodeList Codes)? ReadGrades(StudyReadContext context, string path)
    {
        var table = context.Csv(path, "code", "name", "score");
        if (table is null) return null;
        var before = context.Faults.Count;
        var (grades, codes) = (new List<Grade>(), new CodeList(table.File));
        foreach (var row in table.Rows) codes.Add(row, "code", context.Faults);
        if (context.Faults.Count > before) return null;
        foreach (var row in table.Rows)
        {
            row.Name(("grade", row.Text("code")));
            var score = row.Number("score", "a number in [0, 1]");
            if (score is < 0 or > 1) row.Fault("score", "a number in [0, 1]", "Write the share, not a percentage.");
            grades.Add(new(row.Text("code"), row.Text("name"), score ?? 0));
        }

        // Faulty scores leave the codes usable for the ballots.
        return (grades, codes);
    }

    private static List<FactorComparison> ReadComparisons(StudyReadContext context, string definitionFile,
        PanelDefinition definition, FactorTable factors, IReadOnlyList<string>? experts)
    {
        if (definition.Comparisons is not null)
            return new ComparisonReader(context, definition, factors, experts).Read(definition.Comparisons, definitionFile);
        foreach (var group in factors.Groups.Where(g => g.Weights is null))
            context.Faults.Add(new(factors.Codes.File, $"column weight ({factors.Name(group)})",
                "no weights", "weights that sum to 1, or pairwise comparisons",
                "Write the weights, or name a file of comparisons in coefficients.panel.comparisons."));
        return [];
    }
}
