namespace IIKernel.Kernels.Lanes;

/// <summary>
/// Elementary functions of single numbers, with the same bits on every machine: <see cref="LaneMath"/> for every argument, and what follows
/// from it. Whatever reaches a plan is computed by them, since those of a library differ in their last bits from one to the next.
/// Arguments that a function is not defined for give NaN.
/// </summary>
public static class ScalarMath
{
    /// <summary>ln 2.</summary>
    public const double Ln2 = 0.69314718055994530942;

    private const double Ln10 = 2.30258509299404568402;

    // π in two parts.
    private const double PiHigh = 3.141592653589793116;
    private const double PiLow = 1.2246467991473531772e-16;

    // Sixty-four times ln 2 in two parts: the first has so few bits that what it leaves of an exponent is exact.
    private const double FarHigh = 64 * 6.93147180369123816490e-01;
    private const double FarLow = 64 * 1.90821492927058770002e-10;

    /// <summary>Natural logarithm, within 1 ulp; −∞ of 0.</summary>
    public static double Log(double x) =>
        double.IsNormal(x) && x > 0 ? LaneMath.Log(new ScalarLane(x)).Value
        : x == 0 ? double.NegativeInfinity
        : x > 0 && double.IsFinite(x) ? LaneMath.Log(new ScalarLane(Math.ScaleB(x, 64))).Value - 64 * Ln2
        : x > 0 ? x
        : double.NaN;

    /// <summary>Logarithm to base 10, within 2 ulp.</summary>
    public static double Log10(double x) => Log(x) / Ln10;

    /// <summary>Exponential, within 1 ulp, and within 3 ulp where |x| &gt; 708; 0 and ∞ beyond the representable numbers.</summary>
    public static double Exp(double x)
    {
        if (Math.Abs(x) <= LaneMath.ExpLimit) return LaneMath.Exp(new ScalarLane(x)).Value;
        if (double.IsNaN(x)) return x;
        // e^x = e^(x − h) (1 − l) 2^64 with 64·ln 2 = h + l.
        var sign = Math.Sign(x);
        return Math.ScaleB(LaneMath.Exp(new ScalarLane(x - sign * FarHigh)).Value * (1 - sign * FarLow), sign * 64);
    }

    /// <summary>ln(1 + x), within 3 ulp however small x is, by Kahan's correction of the rounded sum.</summary>
    public static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? sum : Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x − 1, within 4 ulp however small x is, by Kahan's correction of the rounded exponential.</summary>
    public static double Expm1(double x)
    {
        if (!(Math.Abs(x) <= 1)) return Exp(x) - 1;
        var power = Exp(x);
        return power == 1 ? x : (power - 1) * (x / Log(power));
    }

    /// <summary>sin(πx), within 1 ulp.</summary>
    public static double SinPi(double x)
    {
        var (quarter, rest) = Quarters(x);
        return quarter switch { 0 => Sine(rest), 1 => Cosine(rest), -1 => -Cosine(rest), _ => -Sine(rest) };
    }

    /// <summary>cos(πx), within 1 ulp.</summary>
    public static double CosPi(double x)
    {
        var (quarter, rest) = Quarters(x);
        return quarter switch { 0 => Cosine(rest), 1 => -Sine(rest), -1 => Sine(rest), _ => -Cosine(rest) };
    }

    /// <summary>Φ^−1(p); see <see cref="LaneMath.NormalQuantile"/>.</summary>
    /// <param name="p">In (0, 1).</param>
    public static double NormalQuantile(double p) => LaneMath.NormalQuantile(new ScalarLane(p)).Value;

    /// <summary>10^<paramref name="power"/>, the nearest number to it.</summary>
    public static double PowerOfTen(int power) => double.Parse($"1e{power}", System.Globalization.CultureInfo.InvariantCulture);

    // How many quarters of a turn, from −2 to 2, and what is left of x, in [−¼, ¼]; both are exact.
    private static (double Quarter, double Part) Quarters(double x)
    {
        var quarters = Math.Round(2 * x);
        return (quarters - 4 * Math.Round(quarters / 4), x - quarters / 2);
    }

    // sin πx and cos πx for |x| ≤ ¼: the minimax polynomials of FreeBSD's msun (k_sin.c, k_cos.c) in πx = y + tail.
    private static double Sine(double x)
    {
        var (y, tail) = TimesPi(x);
        var z = y * y;
        var v = z * y;
        var r = 1.58969099521155010221e-10;
        r = r * z - 2.50507602534068634195e-08;
        r = r * z + 2.75573137070700676789e-06;
        r = r * z - 1.98412698298579493134e-04;
        r = r * z + 8.33333333332248946124e-03;
        return y - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-01);
    }

    private static double Cosine(double x)
    {
        var (y, tail) = TimesPi(x);
        var z = y * y;
        var r = -1.13596475577881948265e-11;
        r = r * z + 2.08757232129817482790e-09;
        r = r * z - 2.75573143513906633035e-07;
        r = r * z + 2.48015872894767294178e-05;
        r = r * z - 1.38888888888741095749e-03;
        r = r * z + 4.16666666666666019037e-02;
        var half = 0.5 * z;
        var w = 1 - half;
        return w + (1 - w - half + (z * (z * r) - y * tail));
    }

    private static (double High, double Low) TimesPi(double x)
    {
        var high = x * PiHigh;
        return (high, Math.FusedMultiplyAdd(x, PiHigh, -high) + x * PiLow);
    }
}
