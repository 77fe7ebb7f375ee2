using IIKernel.Experts;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads the pairwise comparisons of factors and weighs the factors by them.</summary>
/// <param name="context">The study's files and faults.</param>
/// <param name="definition">How comparisons are treated.</param>
/// <param name="factors">The factors.</param>
/// <param name="experts">The panel's experts; null where the ballots are faulty.</param>
internal sealed class ComparisonReader(StudyReadContext context, PanelDefinition definition,
    FactorTable factors, IReadOnlyList<string>? experts)
{
    // Bounds of Saaty's scale; a value beyond them is a slip of the pen.
    private const double ScaleLimit = 9;
    private const double ReciprocityTolerance = 1e-9;
    private readonly Dictionary<(FactorGroup Group, string Expert), Judgements> _judgements = [];
    private readonly List<string> _order = [];
    private readonly RandomIndex? _randomIndex = RandomIndex.All.FirstOrDefault(r => r.Name == definition.RandomIndex);

    /// <summary>The comparisons behind every group of factors without weights; incomplete where faults were added.</summary>
    /// <param name="path">The file.</param>
    /// <param name="definitionFile">study.json, which must name the table of random indices.</param>
    public List<FactorComparison> Read(string path, string definitionFile)
    {
        if (_randomIndex is null)
            context.Faults.Add(new(definitionFile, "key coefficients.panel", "no key randomIndex",
                string.Join(" or ", RandomIndex.All.Select(r => $"\"{r.Name}\"")),
                "Name the table of random indices: consistency ratios depend on it."));
        var table = context.Csv(path, "expert", "row", "col", "value");
        if (table is null) return [];
        var before = context.Faults.Count;
        foreach (var row in table.Rows) ReadRow(row);
        foreach (var group in factors.Groups.Where(g => g.Weights is not null && _order.Exists(e => _judgements.ContainsKey((g, e)))))
            context.Faults.Add(new(table.File, factors.Name(group), "comparisons of factors that have weights",
                "weights or comparisons, not both",
                $"Empty the weights in {factors.Codes.File}, or remove the comparisons."));
        // A row that cannot be read would be reported again as a comparison that is missing.
        return context.Faults.Count > before ? []
            : [.. factors.Groups.Where(g => g.Weights is null).Select(g => Weigh(table.File, g)).OfType<FactorComparison>()];
    }

    private void ReadRow(CsvRow row)
    {
        var expert = row.Text("expert");
        row.Label = $"expert {expert}";
        if (expert.Length == 0)
            row.Fault("expert", "the name or code of an expert", "Write who made the comparison.");
        else if (experts is not null && !experts.Contains(expert))
            row.Fault("expert", $"an expert of {definition.Ballots}",
                Suggestion.Remedy(expert, experts, "Use the expert's name as the ballots write it."));
        var value = Ratio(row);
        var (i, j) = (factors.Codes.Find(row, "row", context.Faults), factors.Codes.Find(row, "col", context.Faults));
        if (i < 0 || j < 0 || value is null || expert.Length == 0) return;
        if (factors.Factors[i].Parent != factors.Factors[j].Parent)
        {
            row.Fault("col", $"a factor with the parent of {row.Text("row")}", "Compare factors below the same parent.");
            return;
        }

        if (i == j)
        {
            if (value != 1) row.Fault("value", "1, since the row compares a factor with itself", "Remove the row.");
            return;
        }

        var group = factors.Groups.Find(g => g.Members.Contains(i))!;
        if (!_order.Contains(expert)) _order.Add(expert);
        if (!_judgements.TryGetValue((group, expert), out var judgements))
            _judgements.Add((group, expert), judgements = new(group.Members.Length));
        judgements.Add(row, Array.IndexOf(group.Members, i), Array.IndexOf(group.Members, j), value.Value);
    }

    private static double? Ratio(CsvRow row)
    {
        const string expected = "a number from 1/9 to 9, or a fraction such as 1/3";
        const string remedy = "Write how many times the row's factor outweighs the column's, on Saaty's scale; write 1/9, not 0.11.";
        var parts = row.Text("value").Split('/');
        var numbers = parts.Select(part => CsvNumber.Parse(part.Trim())).ToArray();
        var value = numbers switch
        {
            [{ } number] => number,
            [{ } above, { } below] => above / below,
            _ => double.NaN,
        };
        if (value is >= 1 / ScaleLimit and <= ScaleLimit) return value;
        row.Fault("value", expected, remedy);
        return null;
    }

    private FactorComparison? Weigh(string file, FactorGroup group)
    {
        var by = _order.Where(e => _judgements.ContainsKey((group, e))).ToArray();
        var before = context.Faults.Count;
        if (by.Length == 0)
            context.Faults.Add(new(file, factors.Name(group), "no comparisons",
                $"those of at least one expert, since {factors.Codes.File} gives no weights",
                "Add the comparisons, or write the weights."));
        if (_randomIndex is not null && group.Members.Length > _randomIndex.MaximumSize)
            context.Faults.Add(new(file, factors.Name(group), $"{group.Members.Length} factors",
                $"at most {_randomIndex.MaximumSize}, where the table of {_randomIndex.Source} ends",
                "Arrange the factors on two levels."));
        var matrices = by.Select(e => Matrix(file, group, e)).ToArray();
        // The experts of faulty ballots are unknown, and so are their indices.
        if (context.Faults.Count > before || _randomIndex is null || experts is null) return null;
        var comparison = FactorComparison.Weigh(group.Parent, group.Members, [.. by.Select(e => experts.ToList().IndexOf(e))], matrices,
            definition.Aggregation == "priorities" ? GroupAggregation.Priorities : GroupAggregation.Judgements, _randomIndex);
        for (var e = 0; e < by.Length; e++) NoteInconsistency(file, group, by[e], matrices[e], comparison.Priorities[e]);
        if (by.Length > 1 && comparison.GroupMatrix is not null)
            NoteInconsistency(file, group, null, comparison.GroupMatrix, comparison.GroupPriorities!);
        return comparison;
    }

    private PairwiseComparison Matrix(string file, FactorGroup group, string expert)
    {
        var matrix = new PairwiseComparison(_judgements[(group, expert)].Ratios);
        var missing = matrix.Missing;
        if (missing.Count == 0) return matrix;
        var pairs = string.Join("; ", missing.Select(p => $"{Code(group, p.I)} with {Code(group, p.J)}"));
        if (definition.Missing == "refuse")
            context.Faults.Add(new(file, $"expert {expert}, {factors.Name(group)}", $"no comparison of {pairs}",
                "every pair compared", "Add the comparisons, or set coefficients.panel.missing to \"complete\"."));
        else if (!matrix.IsConnected)
            context.Faults.Add(new(file, $"expert {expert}, {factors.Name(group)}", $"no comparison of {pairs}",
                "a chain of comparisons between any two factors, without which none can be completed",
                "Add a comparison between the separate factors."));
        else
        {
            context.Warnings.Add(new AhpCompletedWarning(
                file, expert, [.. missing.Select(p => new FactorPair(Code(group, p.I), Code(group, p.J)))]));
            return matrix.Complete();
        }

        return matrix;
    }

    private void NoteInconsistency(string file, FactorGroup group, string? expert, PairwiseComparison matrix, PriorityVector priorities)
    {
        if (!(priorities.ConsistencyRatio > PriorityVector.AcceptableRatio)) return;
        var (i, j, k, ratio) = matrix.WorstTriad()!;
        context.Warnings.Add(new AhpInconsistentWarning(
            file, expert, group.Parent < 0 ? null : factors.Factors[group.Parent].Code,
            [.. group.Members.Select(f => factors.Factors[f].Code)],
            priorities.ConsistencyRatio, PriorityVector.AcceptableRatio, _randomIndex!.Source,
            new(Code(group, i), Code(group, j), Code(group, k), matrix[i, j], matrix[j, k], matrix[i, k], ratio)));
    }

    private string Code(FactorGroup group, int member) => factors.Factors[group.Members[member]].Code;

    /// <summary>One expert's comparisons of one group of factors.</summary>
    private sealed class Judgements
    {
        private readonly int[,] _lines;

        public Judgements(int n)
        {
            (Ratios, _lines) = (new double[n, n], new int[n, n]);
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    Ratios[i, j] = i == j ? 1 : double.NaN;
        }

        public double[,] Ratios { get; }

        public void Add(CsvRow row, int i, int j, double value)
        {
            if (_lines[i, j] > 0)
            {
                row.Fault("value", $"one comparison of {row.Text("row")} with {row.Text("col")}; the first is {row.Table.On(_lines[i, j])}",
                    "Remove one of the two.");
            }
            else if (_lines[j, i] > 0 && Math.Abs(value * Ratios[j, i] - 1) > ReciprocityTolerance)
            {
                row.Fault("value", $"the reciprocal of {row.Table.PlaceOf(_lines[j, i])}, {CsvNumber.Print(Ratios[i, j])}",
                    "Remove one of the two rows; reciprocals are implied, and exact as fractions.");
            }
            else if (_lines[j, i] == 0)
            {
                (Ratios[i, j], Ratios[j, i]) = (value, 1 / value);
            }

            _lines[i, j] = row.Line;
        }
    }
}
