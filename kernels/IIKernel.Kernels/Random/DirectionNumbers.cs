using System.Globalization;

namespace IIKernel.Kernels.Random;

/// <summary>
/// Direction integers of Sobol' sequences: S. Joe and F. Y. Kuo, "Constructing Sobol' sequences with better two-dimensional
/// projections", SIAM J. Sci. Comput. 30 (2008) 2635–2654, doi:10.1137/070709359, criterion D(6). joe-kuo-6.txt holds the numbers and
/// their licence.
/// </summary>
public static class DirectionNumbers
{
    /// <summary>The number of dimensions.</summary>
    public const int Dimensions = 4096;

    /// <summary>The number of direction integers of a dimension, which tell 2³² points apart.</summary>
    public const int Bits = 32;

    private const string File = "joe-kuo-6.txt";

    // A line a dimension from the second on: the first, whose initial numbers are all 1, has no polynomial.
    private static readonly Lazy<string[]> Lines = new(ReadLines);

    /// <summary>
    /// The direction integers v_1 … v_32 of a dimension, as fractions of 2³²: v_1 = 2³¹, and v_i is an odd multiple of 2^(32 − i). The
    /// first dimension is van der Corput's sequence.
    /// </summary>
    /// <param name="dimension">The dimension, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are <see cref="Dimensions"/> of them.</exception>
    public static uint[] Of(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, Dimensions);
        var v = new uint[Bits];
        if (dimension == 0)
        {
            for (var i = 0; i < Bits; i++) v[i] = 1u << (Bits - 1 - i);
            return v;
        }

        var (degree, polynomial, initial) = Parameters(dimension);
        for (var i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                v[i] = initial[i] << (Bits - 1 - i);
                continue;
            }

            v[i] = v[i - degree] ^ (v[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
                if ((polynomial >> (degree - 1 - k) & 1) != 0) v[i] ^= v[i - k];
        }

        return v;
    }

    /// <summary>
    /// What a dimension from 1 on is made of: the degree s of a primitive polynomial over GF(2), its inner coefficients a_1 … a_(s−1) in
    /// binary, a_1 highest, and the initial numbers m_1 … m_s.
    /// </summary>
    internal static (int Degree, uint Polynomial, uint[] Initial) Parameters(int dimension)
    {
        var numbers = Lines.Value[dimension - 1].Split(' ').Select(n => uint.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return ((int)numbers[1], numbers[2], numbers[3..]);
    }

    private static string[] ReadLines()
    {
        using var stream = typeof(DirectionNumbers).Assembly.GetManifestResourceStream(File)
            ?? throw new InvalidOperationException($"The assembly lacks {File}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }
}
