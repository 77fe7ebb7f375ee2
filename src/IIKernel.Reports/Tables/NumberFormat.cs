using System.Globalization;
using IIKernel.Kernels.Search;

namespace IIKernel.Reports.Tables;

/// <summary>
/// How a number is shown to a reader: point values, statistics of draws and published figures each by one rule, their sign by that of
/// <see cref="Wording.Minus"/>. Files hold full precision.
/// </summary>
public static class NumberFormat
{
    // Digits of a point value.
    private const int PointDigits = 5;

    // Decimals of an amount that is 0, or beside which any is: below them a point value is written with its power of ten.
    private const int MostDecimals = 8;

    /// <summary>
    /// A point value, which no draw makes uncertain: five significant digits, and all those of a whole number: "26,234", "155.00",
    /// "0.012346", "1,234,568".
    /// </summary>
    public static string Point(double value)
    {
        if (!double.IsFinite(value)) return Wording.None;
        return PointDecimals(value) is { } decimals ? Wording.Fixed(value, decimals, thousands: true) : Wording.Minus(Scientific(value));
    }

    /// <summary>The decimals that <see cref="Point"/> shows; null where it shows a power of ten, or no number.</summary>
    public static int? PointDecimals(double value)
    {
        if (!double.IsFinite(value)) return null;
        if (value == 0) return 0;
        // By the exponent after rounding: 9.999996 is 10.000.
        var scientific = Scientific(value);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, PointDigits - 1 - exponent);
        return decimals > MostDecimals ? null : decimals;
    }

    /// <summary>
    /// A statistic of draws with no more digits than its Monte Carlo standard error supports: the last printed place is that of the
    /// error's first digit. One whose error is zero or unknown is shown as a point value.
    /// </summary>
    public static string Statistic(double value, double standardError)
    {
        if (!(standardError > 0)) return Point(value);
        var place = Place(standardError);
        if (place <= 0) return Wording.Fixed(value, Math.Min(MostDecimals, -place), thousands: true);
        var unit = Math.Pow(10, place);
        return Wording.Fixed(Math.Round(value / unit) * unit, 0, thousands: true);
    }

    /// <summary>The decimals that <see cref="Statistic"/> shows; null where it shows a power of ten, or no number.</summary>
    public static int? StatisticDecimals(double value, double standardError) =>
        standardError > 0 ? Math.Clamp(-Place(standardError), 0, MostDecimals) : PointDecimals(value);

    /// <summary>A figure as its publication prints it: with the digits that it has.</summary>
    public static string Published(double value) => double.IsFinite(value)
        ? Wording.Minus(value.ToString("#,0.###############", CultureInfo.InvariantCulture)) : Wording.None;

    /// <summary>
    /// An interval of draws: each end with the digits that the larger of both standard errors supports; a dash where there is none.
    /// </summary>
    public static string Interval(OutputStatistics statistics)
    {
        var (s, error) = (statistics, EndError(statistics));
        return double.IsNaN(s.Lower) ? Wording.None : $"{Statistic(s.Lower, error)} … {Statistic(s.Upper, error)}";
    }

    /// <summary>
    /// The larger standard error of an interval's ends; 0 where there is none: of an analytic interval nothing is known but its ends.
    /// </summary>
    public static double EndError(OutputStatistics statistics) =>
        double.IsNaN(statistics.LowerError) ? 0 : Math.Max(statistics.LowerError, statistics.UpperError);

    /// <summary>
    /// The share that some draws are of all, in percent: one that never or always happened, "0 %" and "100 %", is told from one that rounds
    /// to it, "&lt; 0.1 %" and "> 99.9 %".
    /// </summary>
    public static ReportCell Share(long draws, long all)
    {
        var percent = 100.0 * draws / all;
        var text = draws == 0 ? "0" : draws == all ? "100" : percent < 0.05 ? "< 0.1" : percent >= 99.95 ? "> 99.9"
            : Wording.Fixed(percent, 1);
        return new(draws / (double)all, $"{text}\u00A0%");
    }

    /// <summary>A probability in percent, "95 %", with a space that no line ends at, so that a heading keeps its percent sign.</summary>
    public static string Level(double probability) => $"{(100 * probability).ToString("0.##", CultureInfo.InvariantCulture)}\u00A0%";

    private static string Scientific(double value) => value.ToString($"E{PointDigits - 1}", CultureInfo.InvariantCulture);

    // The decimal place of an error's first digit: 0 for 1 to 9, −1 for 0.1 to 0.9.
    private static int Place(double error) => (int)Math.Floor(Math.Log10(error));
}
