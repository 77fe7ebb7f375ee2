using IIKernel.Kernels.Search;
using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>ranks.csv: in how many draws a figure held a rank among those of its scope and year, one rank that was held a row.</summary>
public static class RanksCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "ranks.csv";

    /// <summary>A rank.</summary>
    /// <param name="Key">Which figure.</param>
    /// <param name="Rank">The rank, 1 for the greatest; null where the figure is no number and has none.</param>
    /// <param name="Draws">Number of draws.</param>
    /// <param name="Probability">Their share of all.</param>
    public readonly record struct Row(EstimateKey Key, int? Rank, long Draws, double Probability);

    /// <summary>The columns.</summary>
    public static IReadOnlyList<TidyColumn<Row>> Columns { get; } =
    [
        .. JointColumns.Of<Row>(r => r.Key),
        new("rank", r => r.Rank), new("draws", r => r.Draws), new("probability", r => r.Probability),
    ];

    /// <summary>The rows: figure by figure, ranks ascending.</summary>
    public static IEnumerable<Row> Rows(IReadOnlyList<JointEstimate> joint) =>
        from figures in joint
        where figures.Ranks is not null
        let ranks = figures.Ranks!
        from e in Enumerable.Range(0, figures.Keys.Count)
        from row in Enumerable.Range(1, ranks.Entities).Select(rank => ((int?)rank, ranks.Held(e, rank))).Append((null, ranks.Undefined(e)))
        where row.Item2 > 0
        select new Row(figures.Keys[e], row.Item1, row.Item2, row.Item2 / (double)ranks.Draws);

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<JointEstimate> joint) => TidyTable.Write(writer, Columns, Rows(joint));
}

/// <summary>counts.csv: in how many draws k figures of a scope and year lay above a threshold, one k that occurred a row.</summary>
public static class CountsCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "counts.csv";

    /// <summary>A number of figures.</summary>
    /// <param name="Figures">The figures that are counted.</param>
    /// <param name="Threshold">What they lie above.</param>
    /// <param name="K">How many do.</param>
    /// <param name="Draws">Number of draws.</param>
    /// <param name="Probability">Their share of all.</param>
    public readonly record struct Row(JointEstimate Figures, double Threshold, int K, long Draws, double Probability);

    /// <summary>The columns.</summary>
    public static IReadOnlyList<TidyColumn<Row>> Columns { get; } =
    [
        new("scope", r => r.Figures.Scope), new("year", r => r.Figures.Year),
        new("component", r => EstimatesCsv.Word(r.Figures.Keys[0].Component)), new("unit", r => r.Figures.Keys[0].Unit),
        new("threshold", r => r.Threshold), new("k", r => r.K), new("draws", r => r.Draws), new("probability", r => r.Probability),
    ];

    /// <summary>The rows: scope by scope, thresholds and numbers ascending.</summary>
    public static IEnumerable<Row> Rows(IReadOnlyList<JointEstimate> joint) =>
        from figures in joint
        where figures.Exceedance is not null
        let counted = figures.Exceedance!
        from t in Enumerable.Range(0, counted.Thresholds.Count)
        from k in Enumerable.Range(0, counted.Entities + 1)
        let draws = counted.Held(t, k)
        where draws > 0
        select new Row(figures, counted.Thresholds[t], k, draws, draws / (double)counted.Draws);

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<JointEstimate> joint) => TidyTable.Write(writer, Columns, Rows(joint));
}

/// <summary>
/// classes.csv: in how many draws a figure lay above one threshold and not above the next, one class a row; and above its lower threshold,
/// whatever comes next.
/// </summary>
public static class ClassesCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "classes.csv";

    /// <summary>A class of a figure.</summary>
    /// <param name="Key">Which figure.</param>
    /// <param name="Lower">What the class lies above; null for the lowest.</param>
    /// <param name="Upper">What it does not lie above; null for the highest.</param>
    /// <param name="Draws">Number of draws in the class.</param>
    /// <param name="Above">Number of draws above <paramref name="Lower"/>.</param>
    /// <param name="All">Number of draws.</param>
    public readonly record struct Row(EstimateKey Key, double? Lower, double? Upper, long Draws, long Above, long All)
    {
        /// <summary>Share of the draws in the class.</summary>
        public double Probability => Draws / (double)All;
    }

    /// <summary>The columns.</summary>
    public static IReadOnlyList<TidyColumn<Row>> Columns { get; } =
    [
        .. JointColumns.Of<Row>(r => r.Key),
        new("lower", r => r.Lower), new("upper", r => r.Upper), new("draws", r => r.Draws), new("probability", r => r.Probability),
        new("probability_above_lower", r => r.Above / (double)r.All),
    ];

    /// <summary>The rows: figure by figure, classes ascending. Draws that are no number are in none.</summary>
    public static IEnumerable<Row> Rows(IReadOnlyList<JointEstimate> joint) => joint.Where(j => j.Exceedance is not null)
        .SelectMany(j => Enumerable.Range(0, j.Keys.Count).SelectMany(e => Of(j.Keys[e], j.Exceedance!, e)));

    /// <summary>The classes of one figure, ascending.</summary>
    /// <param name="key">Which figure.</param>
    /// <param name="counted">The counts.</param>
    /// <param name="entity">Its index among the counted.</param>
    public static IEnumerable<Row> Of(EstimateKey key, ExceedanceDistribution counted, int entity)
    {
        ArgumentNullException.ThrowIfNull(counted);
        var thresholds = counted.Thresholds;
        for (var t = 0; t <= thresholds.Count; t++)
        {
            var above = t == 0 ? counted.Draws - counted.Undefined(entity) : counted.Above(entity, t - 1);
            var beyond = t == thresholds.Count ? 0 : counted.Above(entity, t);
            yield return new(
                key, t == 0 ? null : thresholds[t - 1], t == thresholds.Count ? null : thresholds[t], above - beyond, above, counted.Draws);
        }
    }

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<JointEstimate> joint) => TidyTable.Write(writer, Columns, Rows(joint));
}

/// <summary>The columns that say which figure a row of counted draws is about.</summary>
internal static class JointColumns
{
    /// <summary>The columns of rows that hold a figure.</summary>
    public static IEnumerable<TidyColumn<T>> Of<T>(Func<T, EstimateKey> key) =>
        EstimatesCsv.KeyColumns.Where(c => c.Name is not ("measure" or "point")).Select(c => c.Of(key));
}
