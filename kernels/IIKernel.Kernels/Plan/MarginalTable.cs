namespace IIKernel.Kernels.Plan;

/// <summary>How the inverse distribution function of one input quantity is evaluated.</summary>
public static class MarginalKind
{
    /// <summary>A certain value. Parameters: value.</summary>
    public const int Constant = 0;

    /// <summary>low + u·width. Parameters: low, width.</summary>
    public const int Uniform = 1;

    /// <summary>
    /// Triangular. Parameters: low, high, cut = (mode − low)/(high − low), rising = (high − low)(mode − low),
    /// falling = (high − low)(high − mode).
    /// </summary>
    public const int Triangular = 2;

    /// <summary>Normal: centre + scale·Φ^−1(u). Parameters: centre, scale.</summary>
    public const int Normal = 3;

    /// <summary>exp of <see cref="Normal"/>, with the same parameters.</summary>
    public const int Lognormal = 4;

    /// <summary>
    /// Triangular with its peak near 0, where <see cref="Triangular"/>, which counts from the upper end, would lose digits. Parameters:
    /// low, mode, cut and rising as there, high − mode, 1/(1 − cut).
    /// </summary>
    public const int TriangularFromMode = 5;

    /// <summary>One of n equally probable values. Parameters: offset of the ascending sample in the table, n.</summary>
    public const int Empirical = 6;

    /// <summary>Exponential with mean 1: −ln u.</summary>
    public const int Exponential = 7;

    /// <summary>
    /// low + scale·Q(u) of a positive distribution, ln Q in either half as piecewise polynomials in t = −log2 min(u, 1 − u).
    /// Parameters: low, scale, offset of the lower table, offset of the upper table. See <see cref="QuantileTable"/>.
    /// </summary>
    public const int PositiveTable = 8;

    /// <summary>
    /// (2u − 1)·Q(u) of a distribution that is symmetric about 0, ln Q as piecewise polynomials in t = −log2 min(u, 1 − u), the same for
    /// either half. Parameters: offset of the table. See <see cref="QuantileTable"/>.
    /// </summary>
    public const int SymmetricTable = 9;
}

/// <summary>
/// Shape of the tables behind <see cref="MarginalKind.PositiveTable"/> and <see cref="MarginalKind.SymmetricTable"/>.
/// </summary>
public static class QuantileTable
{
    /// <summary>Pieces cover t = −log2(tail probability) from 1 to 54 in steps of this.</summary>
    public const double PieceWidth = 0.5;

    /// <summary>Number of pieces of one tail.</summary>
    public const int Pieces = 106;

    /// <summary>
    /// Coefficients of one piece, highest power first, in the local variable from −1 at the piece's smaller t
    /// to +1 at its larger.
    /// </summary>
    public const int Coefficients = 14;

    /// <summary>Length of the table of one tail.</summary>
    public const int Length = Pieces * Coefficients;
}

/// <summary>The marginal distributions of the D input quantities that a draw may read, as a kernel reads them.</summary>
public sealed record MarginalTable
{
    /// <summary>Parameters per input; unused ones are zero.</summary>
    public const int Stride = 8;

    /// <summary>Index, within an input's parameters, of the lower bound that results are clamped to.</summary>
    public const int LowerBound = 6;

    /// <summary>Index, within an input's parameters, of the upper bound that results are clamped to.</summary>
    public const int UpperBound = 7;

    /// <summary>Identifier of each input, 60 bits: see <see cref="Random.CounterLayout"/>.</summary>
    public required ulong[] InputIds { get; init; }

    /// <summary>One of <see cref="MarginalKind"/> for each input.</summary>
    public required int[] Kinds { get; init; }

    /// <summary><see cref="Stride"/> parameters for each input, one input after the other.</summary>
    public required double[] Parameters { get; init; }

    /// <summary>The value of each input at the point estimate; D.</summary>
    public required double[] Points { get; init; }

    /// <summary>Quantile tables and empirical samples, at the offsets that the parameters name.</summary>
    public required double[] Table { get; init; }

    /// <summary>
    /// Which of two independent samples each input takes its variates from, 0 or 1; D, or empty where all take the first. A sensitivity
    /// analysis draws A, B, and A with some inputs of B.
    /// </summary>
    public int[] Sides { get; init; } = [];

    /// <summary>
    /// A factor on the distance of each input's draws from its point: 1 leaves them as they are, 0 makes the input certain; D, or empty
    /// where all are 1.
    /// </summary>
    public double[] Spreads { get; init; } = [];

    /// <summary>
    /// The least and the greatest value that each input can have by its meaning, whatever its distribution: what is spread further ends
    /// there; D × 2, or empty where there is no end.
    /// </summary>
    public double[] Domains { get; init; } = [];

    /// <summary>The sample that an input takes its variates from.</summary>
    public int SideOf(int input) => Sides.Length == 0 ? 0 : Sides[input];

    /// <summary>The factor on the distance of an input's draws from its point.</summary>
    public double SpreadOf(int input) => Spreads.Length == 0 ? 1 : Spreads[input];

    /// <summary>The least (0) or the greatest (1) value of an input.</summary>
    public double DomainOf(int input, int end) =>
        Domains.Length > 0 ? Domains[2 * input + end] : end == 0 ? double.NegativeInfinity : double.PositiveInfinity;
}

/// <summary>
/// <see cref="MarginalTable"/> where a kernel can read it; of each input the low and the high half of its identifier and its side, one
/// after the other, and its spread and the ends of its domain likewise.
/// </summary>
internal readonly struct MarginalView<TReals, TIntegers>(MarginalTable plan, Placement<TReals, TIntegers> place)
{
    public readonly TIntegers Addresses = place.Integers(AddressesOf(plan));
    public readonly TIntegers Kinds = place.Integers(plan.Kinds);
    public readonly TReals Parameters = place.Reals(plan.Parameters);
    public readonly TReals Points = place.Reals(plan.Points);
    public readonly TReals Table = place.Reals(plan.Table);
    public readonly TReals Spreads = place.Reals(SpreadsOf(plan));

    private static int[] AddressesOf(MarginalTable plan) =>
        [.. plan.InputIds.SelectMany((id, i) => new[] { unchecked((int)id), (int)(id >> 32), plan.SideOf(i) })];

    private static double[] SpreadsOf(MarginalTable plan) =>
        [.. plan.Kinds.SelectMany((_, i) => new[] { plan.SpreadOf(i), plan.DomainOf(i, 0), plan.DomainOf(i, 1) })];
}
