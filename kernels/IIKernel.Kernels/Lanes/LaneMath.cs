using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// Elementary functions in lane arithmetic: the same bits on every device. No library function is called.
/// </summary>
public static class LaneMath
{
    // ln 2 in two parts; the first has 21 trailing zero bits, so that n·Ln2High is exact for |n| < 2^20.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700e+00;
    private const double SqrtHalf = 0.70710678118654752440;

    // Where the centre of the normal quantile ends, in −ln(4p(1 − p)).
    private const double CentreEnd = 6.25;

    /// <summary>The arguments of <see cref="Exp"/> are clamped to ± this.</summary>
    public const double ExpLimit = 708.0;

    /// <summary>The smaller of two numbers; the second where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Min<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> => TLane.SelectLess(a, b, a, b);

    /// <summary>The larger of two numbers; the second where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Max<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> => TLane.SelectLess(b, a, a, b);

    /// <summary>
    /// Natural logarithm of a positive normal number; within 1 ulp of the C library's.
    /// </summary>
    /// <remarks>
    /// x = 2^k·(1 + f) with √½ ≤ 1 + f &lt; √2 and, with s = f/(2 + f),
    /// ln(1 + f) = f − f²/2 + s·(f²/2 + R(s²)); the minimax coefficients of R are those of FreeBSD's msun (e_log.c).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Log<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        var half = TLane.Broadcast(0.5);
        var one = TLane.Broadcast(1.0);
        var k = TLane.Exponent(x) + one;
        var m = TLane.Significand(x) * half;
        var limit = TLane.Broadcast(SqrtHalf);
        k = TLane.SelectLess(m, limit, k - one, k);
        var f = TLane.SelectLess(m, limit, m + m, m) - one;

        var s = f / (f + TLane.Broadcast(2.0));
        var z = s * s;
        var r = TLane.Broadcast(1.479819860511658591e-01);
        r = TLane.MultiplyAdd(r, z, TLane.Broadcast(1.531383769920937332e-01));
        r = TLane.MultiplyAdd(r, z, TLane.Broadcast(1.818357216161805012e-01));
        r = TLane.MultiplyAdd(r, z, TLane.Broadcast(2.222219843214978396e-01));
        r = TLane.MultiplyAdd(r, z, TLane.Broadcast(2.857142874366239149e-01));
        r = TLane.MultiplyAdd(r, z, TLane.Broadcast(3.999999999940941908e-01));
        r = TLane.MultiplyAdd(r, z, TLane.Broadcast(6.666666666666735130e-01));
        r *= z;
        var h = half * f * f;
        var low = TLane.MultiplyAdd(s, h + r, k * TLane.Broadcast(Ln2Low));
        return TLane.MultiplyAdd(k, TLane.Broadcast(Ln2High), f - (h - low));
    }

    /// <summary>
    /// Exponential; within 1 ulp of the C library's. The argument is first clamped to
    /// ±<see cref="ExpLimit"/>, so the result is always positive, finite and normal.
    /// </summary>
    /// <remarks>
    /// x = k·ln 2 + r with |r| ≤ ½·ln 2 and e^r = 1 + r + r·c/(2 − c), c = r − r²·P(r²); the minimax
    /// coefficients of P are those of FreeBSD's msun (e_exp.c).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane Exp<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        x = Max(Min(x, TLane.Broadcast(ExpLimit)), TLane.Broadcast(-ExpLimit));
        var k = TLane.Floor(TLane.MultiplyAdd(x, TLane.Broadcast(InverseLn2), TLane.Broadcast(0.5)));
        var high = TLane.MultiplyAdd(k, TLane.Broadcast(-Ln2High), x);
        var low = k * TLane.Broadcast(Ln2Low);
        var r = high - low;
        var t = r * r;
        var p = TLane.Broadcast(4.13813679705723846039e-08);
        p = TLane.MultiplyAdd(p, t, TLane.Broadcast(-1.65339022054652515390e-06));
        p = TLane.MultiplyAdd(p, t, TLane.Broadcast(6.61375632143793436117e-05));
        p = TLane.MultiplyAdd(p, t, TLane.Broadcast(-2.77777777770155933842e-03));
        p = TLane.MultiplyAdd(p, t, TLane.Broadcast(1.66666666666666019037e-01));
        var c = r - t * p;
        var y = TLane.Broadcast(1.0) - (low - r * c / (TLane.Broadcast(2.0) - c) - high);
        return y * TLane.PowerOfTwo(k);
    }

    /// <summary>
    /// Φ^−1(p), the quantile function of the standard normal distribution, for 0 &lt; p &lt; 1; relative error below 1e-15 (4e-16 typical).
    /// </summary>
    /// <remarks>
    /// Φ^−1(p)/(2p − 1) is a smooth function of w = −ln(4p(1 − p)); for w &lt; 6.25, where all but 0.2 % of the draws are, the polynomial
    /// of degree 23 through the Chebyshev nodes, within 3e-17 of it, stands for it. Giles, "Approximating the erfinv function", GPU
    /// Computing Gems, Jade Edition (2011), uses the same variable. The tails are those of algorithm AS 241 (PPND16): Wichura, Applied
    /// Statistics 37 (1988) 477–484.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane NormalQuantile<TLane>(TLane p)
        where TLane : unmanaged, ILane<TLane>
    {
        var complement = TLane.Broadcast(1.0) - p;
        var w = TLane.Broadcast(0.0) - Log((p + p) * (complement + complement));
        var limit = TLane.Broadcast(CentreEnd);
        var value = Centre(w - TLane.Broadcast(CentreEnd / 2));
        value *= p + p - TLane.Broadcast(1.0);
        return TLane.BetweenBits(TLane.Broadcast(double.MinValue), w, limit) == ulong.MaxValue >> (64 - TLane.Count)
            ? value
            : TLane.SelectLess(w, limit, value, Tail(p, TLane.Broadcast(1.0) - p));
    }

    // Rational functions of √(−ln of the tail probability), one up to 5 and one above, where hardly any draw is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane Tail<TLane>(TLane p, TLane complement)
        where TLane : unmanaged, ILane<TLane>
    {
        var zero = TLane.Broadcast(0.0);
        var root = TLane.Sqrt(zero - Log(Min(p, complement)));
        var magnitude = NearTail(root);
        var five = TLane.Broadcast(5.0);
        if (TLane.BetweenBits(zero, root, five) != ulong.MaxValue >> (64 - TLane.Count))
            magnitude = TLane.SelectLess(five, root, FarTail(root), magnitude);
        return TLane.SelectLess(p, complement, zero - magnitude, magnitude);
    }

    // Each is a function of its own: together they are more than the compiler keeps in one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane Centre<TLane>(TLane y)
        where TLane : unmanaged, ILane<TLane>
    {
        var value = TLane.Broadcast(4.583048198098026e-21);
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-1.5747038487797289e-21));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-4.949188055590375e-19));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(1.626377065902945e-18));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(2.2025414916964945e-17));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-1.8408716141787847e-16));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-5.69675689717853e-17));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(9.328729249848027e-15));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-5.6586046712459645e-14));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-1.148115059715793e-13));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(3.720065404608353e-12));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-1.8352087508984784e-11));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-7.65695838611443e-11));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(1.4866469703719082e-09));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-5.816180709117321e-09));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-4.111172885960201e-08));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(5.988894869140176e-07));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-1.931065040514895e-06));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-1.9632852864329775e-05));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(0.0002640820495474566));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-0.001047511569485382));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(-0.008532899177268757));
        value = TLane.MultiplyAdd(value, y, TLane.Broadcast(0.3396349587011389));
        return TLane.MultiplyAdd(value, y, TLane.Broadcast(2.338620710026593));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane NearTail<TLane>(TLane root)
        where TLane : unmanaged, ILane<TLane> => Rational(root - TLane.Broadcast(1.6),
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLane FarTail<TLane>(TLane root)
        where TLane : unmanaged, ILane<TLane> => Rational(root - TLane.Broadcast(5.0),
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1);

    /// <summary>
    /// Φ(x), the distribution function of the standard normal distribution. For x ≤ 0 the relative error is below
    /// 2e-16·(2 + x²); for |x| &gt; 8.5 the value is that at ±8.5, which lies within 1e-17 of 0 or 1.
    /// </summary>
    /// <remarks>
    /// Φ(−a) = exp(−a²/2)·t·P(t) with t = 6/(6 + a); P is the polynomial of degree 17 through the Chebyshev nodes of
    /// 0 ≤ a ≤ 8.5, within 5e-17 of what it stands for. The square's rounding is put back into the exponent.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLane NormalProbability<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        var zero = TLane.Broadcast(0.0);
        var one = TLane.Broadcast(1.0);
        var a = Min(Max(x, zero - x), TLane.Broadcast(8.5));
        var t = TLane.Broadcast(6.0) / (TLane.Broadcast(6.0) + a);
        var y = TLane.MultiplyAdd(t, TLane.Broadcast(58.0 / 17.0), TLane.Broadcast(-41.0 / 17.0));
        var p = TLane.Broadcast(6.456914587182897e-12);
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(-8.017965490261302e-12));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(-2.1104816533877252e-10));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(1.1717270747611122e-11));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(6.123551158978355e-09));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(1.4296700875797294e-08));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(-1.4458527779249408e-07));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(-1.0456903271225428e-06));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(-3.785934363358839e-07));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(3.54754117860549e-05));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.0002984437669744422));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.0015189977888988165));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.005745282808323989));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.017270228914970206));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.04246691718379625));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.08641237413141696));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.1455319047778964));
        p = TLane.MultiplyAdd(p, y, TLane.Broadcast(0.20072192386561805));
        var square = a * a;
        var rounding = TLane.MultiplyAdd(a, a, zero - square);
        var density = Exp(square * TLane.Broadcast(-0.5));
        var tail = TLane.MultiplyAdd(density * TLane.Broadcast(-0.5), rounding, density) * (t * p);
        return TLane.SelectLess(zero, x, one - tail, tail);
    }

    // (n7 r^7 + … + n0) / (d7 r^7 + … + d1 r + 1), by Horner's rule.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Rational<TLane>(
        TLane r,
        double n7, double n6, double n5, double n4, double n3, double n2, double n1, double n0,
        double d7, double d6, double d5, double d4, double d3, double d2, double d1)
        where TLane : unmanaged, ILane<TLane>
    {
        var n = TLane.MultiplyAdd(TLane.Broadcast(n7), r, TLane.Broadcast(n6));
        n = TLane.MultiplyAdd(n, r, TLane.Broadcast(n5));
        n = TLane.MultiplyAdd(n, r, TLane.Broadcast(n4));
        n = TLane.MultiplyAdd(n, r, TLane.Broadcast(n3));
        n = TLane.MultiplyAdd(n, r, TLane.Broadcast(n2));
        n = TLane.MultiplyAdd(n, r, TLane.Broadcast(n1));
        n = TLane.MultiplyAdd(n, r, TLane.Broadcast(n0));
        var d = TLane.MultiplyAdd(TLane.Broadcast(d7), r, TLane.Broadcast(d6));
        d = TLane.MultiplyAdd(d, r, TLane.Broadcast(d5));
        d = TLane.MultiplyAdd(d, r, TLane.Broadcast(d4));
        d = TLane.MultiplyAdd(d, r, TLane.Broadcast(d3));
        d = TLane.MultiplyAdd(d, r, TLane.Broadcast(d2));
        d = TLane.MultiplyAdd(d, r, TLane.Broadcast(d1));
        d = TLane.MultiplyAdd(d, r, TLane.Broadcast(1.0));
        return n / d;
    }
}
