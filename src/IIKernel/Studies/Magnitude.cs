using System.Globalization;

namespace IIKernel.Studies;

/// <summary>What a ratio out of all proportion points to.</summary>
internal static class Magnitude
{
    // How far the logarithm to base 10 may lie from a whole number: a factor of 1.4.
    private const double Near = 0.15;

    // Units of one currency lie a thousand times or more apart; below that a ratio is rather a slipped digit, or a part of the whole.
    private const int LeastUnitPower = 3;

    /// <summary>k where a positive ratio lies near 10^k, else 0.</summary>
    public static int PowerOfTen(double ratio)
    {
        var log = Math.Log10(ratio);
        var power = (int)Math.Round(log);
        return Math.Abs(log - power) <= Near ? power : 0;
    }

    /// <summary>Whether a positive ratio may be that of two units of one currency.</summary>
    public static bool IsUnitSlip(double ratio) => Math.Abs(PowerOfTen(ratio)) >= LeastUnitPower;

    /// <summary>"10,000 times", "1/2.1 of".</summary>
    public static string Times(double ratio)
    {
        var power = PowerOfTen(ratio);
        var exact = power == 0 ? ratio : Math.Pow(10, power);
        var about = power == 0 || Math.Abs(ratio / exact - 1) < 1e-9 ? "" : "about ";
        return ratio >= 1
            ? about + exact.ToString("#,0.##", CultureInfo.InvariantCulture) + " times"
            : about + "1/" + (1 / exact).ToString("#,0.##", CultureInfo.InvariantCulture) + " of";
    }

    /// <summary>The sentence that names the unit in which amounts this many times too large would fit; empty where none would.</summary>
    public static string UnitThatFits(MoneyFile source, double ratio) =>
        IsUnitSlip(ratio) && source.Unit.Shifted(-PowerOfTen(ratio)) is { } unit
            ? $" {unit.Text} in the place of {source.Unit.Text} would fit (study.json, key {source.Key})."
            : "";

    /// <summary>An amount for a sentence, in six digits.</summary>
    public static string Amount(double value) =>
        value.ToString(Math.Abs(value) is >= 1 and < 1e12 ? "#,0.##" : "G6", CultureInfo.InvariantCulture);
}
