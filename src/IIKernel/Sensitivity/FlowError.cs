using IIKernel.Kernels.Lanes;

namespace IIKernel.Sensitivity;

/// <summary>
/// How uncertain the flows of a table are: a relative standard deviation a·x^(−b) that falls with the size x of a flow, at most 1.
/// Errors of different flows are independent.
/// </summary>
/// <param name="Scale">a, positive; with b = 0 the relative standard deviation of every flow.</param>
/// <param name="Exponent">b, at least 0.</param>
public sealed record FlowError(double Scale, double Exponent = 0)
{
    /// <summary>The relative standard deviation of a flow; 0 of none.</summary>
    /// <param name="flow">x in the study's unit.</param>
    public double RelativeSd(double flow) =>
        flow == 0 ? 0 : Math.Min(1, Scale * ScalarMath.Exp(-Exponent * ScalarMath.Log(Math.Abs(flow))));
}
