namespace IIKernel.Uncertainty;

/// <summary>Functions that keep their digits near 0; those of the packages here lose six of them.</summary>
internal static class Accurate
{
    /// <summary>ln(1 + x), by Kahan's correction of the rounded sum.</summary>
    public static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x − 1.</summary>
    public static double Expm1(double x) => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);
}
