using IIKernel.Reports.Tables;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData(26234.1234, "26,234"), InlineData(155, "155.00"), InlineData(1234567.8, "1,234,568"), InlineData(0.0123456, "0.012346")]
    [InlineData(9.999996, "10.000"), InlineData(99999.7, "100,000"), InlineData(-4.5, "−4.5000"),
        InlineData(-1.23456e-9, "−1.2346E-009"), InlineData(0, "0"), InlineData(-0.0, "0")]
    [InlineData(1.23456e-9, "1.2346E-009"), InlineData(double.NaN, "–"), InlineData(double.PositiveInfinity, "–")]
    public void A_point_value_has_five_significant_digits_and_all_of_a_whole_number(double value, string expected) =>
        Assert.Equal(expected, NumberFormat.Point(value));

    [Theory]
    [InlineData(154.98, 12, "150"), InlineData(154.98, 3, "155"), InlineData(154.98, 0.3, "155.0"), InlineData(154.98, 0.03, "154.98")]
    [InlineData(0.0123456, 0.0002, "0.0123"), InlineData(-0.3, 2, "0"), InlineData(-26, 20, "−30"),
        InlineData(155, 0, "155.00"), InlineData(155, double.NaN, "155.00")]
    public void A_statistic_ends_at_the_first_digit_of_its_standard_error(double value, double error, string expected) =>
        Assert.Equal(expected, NumberFormat.Statistic(value, error));

    [Theory]
    [InlineData(32000, "32,000"), InlineData(3148.35, "3,148.35"), InlineData(0, "0"), InlineData(0.1 * 3, "0.3"),
        InlineData(-32000, "−32,000")]
    public void A_published_figure_has_the_digits_that_it_has(double value, string expected) =>
        Assert.Equal(expected, NumberFormat.Published(value));
}
