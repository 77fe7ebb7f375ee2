namespace IIKernel.Experts;

/// <summary>
/// The random index RI(n): the mean consistency index of random reciprocal n × n matrices, which a consistency
/// ratio is relative to. The tables in circulation differ by up to a fifth, so a study names its own.
/// </summary>
public sealed class RandomIndex
{
    /// <summary>Name of <see cref="Saaty"/> in a study.</summary>
    public const string SaatyName = "saaty";

    /// <summary>Name of <see cref="DoneganDodd"/> in a study.</summary>
    public const string DoneganDoddName = "donegan-dodd";

    private readonly double[] _values;

    private RandomIndex(string name, string source, double[] values) => (Name, Source, _values) = (name, source, values);

    /// <summary>T. L. Saaty, The Analytic Hierarchy Process, McGraw-Hill 1980.</summary>
    public static RandomIndex Saaty { get; } = new(SaatyName, "Saaty 1980",
        [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59]);

    /// <summary>
    /// H. A. Donegan and F. J. Dodd, A note on Saaty's random indexes, Mathematical and Computer Modelling 15(10), 1991, 135–137.
    /// </summary>
    public static RandomIndex DoneganDodd { get; } = new(DoneganDoddName, "Donegan & Dodd 1991",
        [0, 0, 0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213, 1.4497, 1.4643, 1.4822, 1.4969]);

    /// <summary>Both tables.</summary>
    public static IReadOnlyList<RandomIndex> All { get; } = [Saaty, DoneganDodd];

    /// <summary>Name in a study.</summary>
    public string Name { get; }

    /// <summary>Author and year, for print.</summary>
    public string Source { get; }

    /// <summary>The largest n of the table.</summary>
    public int MaximumSize => _values.Length;

    /// <summary>RI(n); 0 for n ≤ 2, where every reciprocal matrix is consistent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1 or above <see cref="MaximumSize"/>.</exception>
    public double Of(int n) => n >= 1 && n <= MaximumSize ? _values[n - 1]
        : throw new ArgumentOutOfRangeException(nameof(n), n, $"The table of {Source} runs from 1 to {MaximumSize}.");
}
