namespace IIKernel.Sensitivity;

/// <summary>
/// The variance of a quantity over every combination of some factors' options, each as likely as the others, and over chance within each:
/// by the law of total variance the variance of the means and the mean of the variances, and the former exactly by the effects of a full
/// factorial (R. A. Fisher's analysis of variance), whose squares add up since effects are orthogonal.
/// </summary>
/// <param name="Main">Main effect of each factor.</param>
/// <param name="Pairs">Interaction of each two factors, (0, 1), (0, 2), …, (1, 2), ….</param>
/// <param name="Higher">All interactions of three and more factors.</param>
/// <param name="Choices">The variance of the means: main effects and interactions together.</param>
/// <param name="Chance">The mean of the variances.</param>
public sealed record FactorialVariance(
    IReadOnlyList<double> Main, IReadOnlyList<double> Pairs, double Higher, double Choices, double Chance)
{
    /// <summary>All of it.</summary>
    public double Total => Choices + Chance;

    /// <summary>The split of every combination.</summary>
    /// <param name="options">The number of options of each factor.</param>
    /// <param name="means">The mean of each combination, the last factor's option changing fastest.</param>
    /// <param name="variances">The variance of each.</param>
    /// <exception cref="ArgumentException">Not a mean and a variance for each combination.</exception>
    public static FactorialVariance Of(IReadOnlyList<int> options, IReadOnlyList<double> means, IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(variances);
        var count = options.Aggregate(1, (n, o) => n * o);
        if (means.Count != count || variances.Count != count)
            throw new ArgumentException("Not one for each combination.", means.Count != count ? nameof(means) : nameof(variances));
        var mean = means.Sum() / count;
        // What no effect has explained yet.
        double[] rest = [.. means.Select(m => m - mean)];
        var choices = MeanSquare(rest);
        var main = new double[options.Count];
        for (var f = 0; f < main.Length; f++) main[f] = Explain(rest, c => Option(options, c, f), options[f]);
        var pairs = new List<double>();
        for (var f = 0; f < main.Length; f++)
        {
            for (var g = f + 1; g < main.Length; g++)
                pairs.Add(Explain(rest, c => Option(options, c, f) * options[g] + Option(options, c, g), options[f] * options[g]));
        }

        // Of one or two factors nothing is left but rounding.
        return new(main, pairs, main.Length > 2 ? MeanSquare(rest) : 0, choices, variances.Sum() / count);
    }

    /// <summary>The variance of the means and the mean of the variances of combinations that are not all.</summary>
    public static FactorialVariance OfSome(IReadOnlyList<double> means, IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(variances);
        var mean = means.Sum() / means.Count;
        return new([], [], 0, MeanSquare([.. means.Select(m => m - mean)]), variances.Sum() / variances.Count);
    }

    /// <summary>Which option of a factor a combination has.</summary>
    internal static int Option(IReadOnlyList<int> options, int combination, int factor)
    {
        for (var f = options.Count - 1; f > factor; f--) combination /= options[f];
        return combination % options[factor];
    }

    // Takes the means of a grouping out of what is left: orthogonal to every effect that was taken out before, they are the next one.
    private static double Explain(double[] rest, Func<int, int> group, int groups)
    {
        var sums = new double[groups];
        for (var c = 0; c < rest.Length; c++) sums[group(c)] += rest[c];
        var each = rest.Length / groups;
        for (var c = 0; c < rest.Length; c++) rest[c] -= sums[group(c)] / each;
        return MeanSquare([.. sums.Select(s => s / each)]);
    }

    private static double MeanSquare(double[] values) => values.Sum(v => v * v) / values.Length;
}
