using IIKernel.Kernels.Lanes;

namespace IIKernel.Studies;

/// <summary>What a ratio out of all proportion points to.</summary>
public static class Magnitude
{
    // How far the logarithm to base 10 may lie from a whole number: a factor of 1.4.
    private const double Near = 0.15;

    // Units of one currency lie a thousand times or more apart; below that a ratio is rather a slipped digit, or a part of the whole.
    private const int LeastUnitPower = 3;

    /// <summary>k where a positive ratio lies near 10^k, else 0.</summary>
    public static int PowerOfTen(double ratio)
    {
        var log = ScalarMath.Log10(ratio);
        var power = (int)Math.Round(log);
        return Math.Abs(log - power) <= Near ? power : 0;
    }

    /// <summary>Whether a positive ratio may be that of two units of one currency.</summary>
    public static bool IsUnitSlip(double ratio) => Math.Abs(PowerOfTen(ratio)) >= LeastUnitPower;
}
