using IIKernel.Kernels.Lanes;

namespace IIKernel.Inputs;

/// <summary>
/// How uncertain the flows of a table are: a relative standard deviation a·x^(−b) that falls with the size x of a flow, within bounds.
/// Errors of different flows are independent.
/// </summary>
/// <param name="Scale">a, at least 0; with b = 0 the relative standard deviation of every flow.</param>
/// <param name="Exponent">b, at least 0.</param>
/// <param name="Least">The smallest of a flow that is not 0.</param>
/// <param name="Most">The largest.</param>
public sealed record FlowError(double Scale, double Exponent = 0, double Least = 0, double Most = 1)
{
    /// <summary>The relative standard deviation of a flow; 0 of none.</summary>
    /// <param name="flow">x in the unit that a is of.</param>
    public double RelativeSd(double flow) => flow == 0 ? 0
        : Math.Clamp(Scale * ScalarMath.Exp(-Exponent * ScalarMath.Log(Math.Abs(flow))), Least, Most);

    /// <summary>The variance of the logarithm of a lognormal variate with this relative standard deviation r, ln(1 + r²).</summary>
    public static double LogVariance(double relativeSd) => ScalarMath.Log(1 + relativeSd * relativeSd);

    /// <summary>The relative standard deviation of a lognormal variate whose logarithm has this variance σ², √(exp(σ²) − 1).</summary>
    public static double OfLogVariance(double variance) => Math.Sqrt(ScalarMath.Expm1(variance));
}
