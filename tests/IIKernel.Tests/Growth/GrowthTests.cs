using IIKernel.Growth;
using IIKernel.Model;
using Xunit;

namespace IIKernel.Tests.Growth;

public class GrowthTests
{
    // Certified values: NIST StRD, Longley.
    private static readonly double[] Coefficients = [-3482258.63459582, 15.0618722713733, -0.358191792925910e-1,
        -2.02022980381683, -1.03322686717359, -0.511041056535807e-1, 1829.15146461355];
    private static readonly double[] Errors = [890420.383607373, 84.9149257747669, 0.334910077722432e-1,
        0.488399681651699, 0.214274163161675, 0.226073200069370, 455.478499142212];

    [Fact]
    public void Longley_is_met_to_eight_digits()
    {
        var rows = TestData.KnownAnswers("nist_longley.csv").Select(r => r.Select(TestData.Number).ToArray()).ToArray();
        var design = new double[rows.Length, 7];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < 7; j++) design[i, j] = j == 0 ? 1 : rows[i][j];
        var fit = LeastSquares.Fit(design, [.. rows.Select(r => r[0])]);
        for (var j = 0; j < 7; j++)
        {
            Assert.True(Digits(fit.Coefficients[j], Coefficients[j]) >= 8,
                $"coefficient {j}: {Digits(fit.Coefficients[j], Coefficients[j]):0.0} digits");
            Assert.True(Digits(fit.StandardError(j), Errors[j]) >= 8,
                $"standard error {j}: {Digits(fit.StandardError(j), Errors[j]):0.0} digits");
        }

        Assert.True(Digits(fit.ResidualStandardDeviation, 304.854073561965) >= 8);
        Assert.True(Digits(fit.RSquared, 0.995479004577296) >= 8);
        Assert.Equal(9, fit.DegreesOfFreedom);
    }

    [Fact]
    public void Designs_that_determine_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit(new double[,] { { 1, 2 } }, [1]));
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit(new double[,] { { 1, 2 }, { 2, 4 }, { 3, 6 } }, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit(new double[,] { { 1, 0 }, { 2, 0 }, { 3, 0 } }, [1, 2, 3]));
    }

    [Theory]
    [InlineData(ReturnsToScale.Constant, 0.4, 0.6)]
    [InlineData(ReturnsToScale.Free, 0.4, 0.3)]
    public void An_exact_production_function_is_recovered_and_has_no_productivity_growth(ReturnsToScale returns, double alpha, double beta)
    {
        double[] capital = [100, 120, 150, 170, 220, 260], labour = [50, 53, 52, 55, 58, 57];
        double?[] output = [.. capital.Zip(labour, (k, l) => (double?)(2.5 * Math.Pow(k, alpha) * Math.Pow(l, beta)))];
        var model = GrowthModel.Estimate(Series(returns, output, [.. capital.Select(v => (double?)v)], [.. labour.Select(v => (double?)v)]),
            [2004, 2005]);
        Assert.Equal(alpha, model.Function.Alpha, 1e-11);
        Assert.Equal(beta, model.Function.Beta, 1e-11);
        Assert.Equal(Math.Log(2.5), model.Function.LogA, 1e-10);
        Assert.Equal(1, model.Multipliers[1], 1e-11);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public void The_free_fit_of_the_demonstration_warns_of_an_elasticity_far_outside_its_range()
    {
        var study = TestData.Demonstration;
        var model = GrowthModel.Estimate(study.Growth with { Returns = ReturnsToScale.Free }, study.Years);
        Assert.Equal(14, model.Function.Beta, 1.0);
        Assert.Contains(model.Warnings, w => w.Code == "growth-elasticity" && w.Message.Contains('β'));
        Assert.Empty(GrowthModel.Estimate(study.Growth, study.Years).Warnings);
    }

    // Errors of the series of known size: an interval longer than (0, 1), or an R² below a half, is said; R² is that of ln(Y/L).
    [Fact]
    public void A_fit_that_says_nothing_is_warned_of()
    {
        double?[] labour = [50, 51, 52, 53, 54, 55], capital = [100, 103, 106, 108, 111, 114];
        double[] noise = [0.3, -0.3, 0.3, -0.3, 0.3, 0];
        double?[] output = [.. labour.Zip(noise, (l, e) => l * Math.Exp(e))];
        var weak = GrowthModel.Estimate(Series(ReturnsToScale.Constant, output, capital, labour), [2004, 2005]);
        Assert.True(weak.Function.Fit.RSquared < 0.5 && weak.Function.AlphaError > 1);
        var warning = Assert.Single(weak.Warnings, w => w.Code == "growth-fit-weak");
        Assert.Contains("R² of ln(Y/L)", warning.Message, StringComparison.Ordinal);
        double?[] exact = [.. labour.Zip(capital, (l, k) => Math.Pow(k!.Value, 0.4) * Math.Pow(l!.Value, 0.6))];
        Assert.DoesNotContain(GrowthModel.Estimate(Series(ReturnsToScale.Constant, exact, capital, labour), [2004, 2005]).Warnings,
            w => w.Code == "growth-fit-weak");
    }

    [Fact]
    public void Series_that_move_nearly_together_are_warned_of()
    {
        double?[] labour = [50, 51, 52, 53, 54, 55], capital = [100, 102.001, 104, 106, 108.001, 110];
        double?[] output = [.. capital.Select(k => 3 * k)];
        var model = GrowthModel.Estimate(Series(ReturnsToScale.Constant, output, capital, labour), [2004, 2005]);
        Assert.Contains(model.Warnings, w => w.Code == "growth-collinear" && w.Message.Contains("2000 to 2004", StringComparison.Ordinal));
        Assert.True(ProductionFunction.ConditionNumber(Series(ReturnsToScale.Constant, output, capital, labour))
            == model.Function.Fit.ConditionNumber);
    }

    [Fact]
    public void A_missing_end_is_filled_by_the_line_through_the_last_window_and_marked()
    {
        var series = FilledSeries.Extrapolate(2000, [99, 1, 2, 4, 5, null, null], window: 4);
        // Least squares through (1,1) (2,2) (3,4) (4,5): slope 1.4, mean 3 at 2.5.
        Assert.Equal(3 + 1.4 * 2.5, series[2005], 1e-12);
        Assert.Equal(3 + 1.4 * 3.5, series[2006], 1e-12);
        Assert.Equal([false, true, true], new[] { 2004, 2005, 2006 }.Select(series.IsFilled));
        Assert.Equal(99, series[2000]);
    }

    [Fact]
    public void Multipliers_are_the_products_of_tau_and_count_from_the_base_year()
    {
        var growth = PointModel.Estimate(TestData.Demonstration).Growth;
        Assert.Equal(1, growth.Multipliers[0]);
        for (var t = 1; t < growth.Tau.Length; t++)
            Assert.Equal(growth.Multipliers[t - 1] * growth.Tau[t], growth.Multipliers[t]);
    }

    private static GrowthSeries Series(ReturnsToScale returns, double?[] output, double?[] capital, double?[] labour) => new()
    {
        Years = [2000, 2001, 2002, 2003, 2004, 2005],
        Output = output,
        Capital = capital,
        Labour = labour,
        FitFirst = 2000,
        FitLast = 2004,
        Returns = returns,
        ExtrapolationWindow = 5,
    };

    private static double Digits(double value, double certified) =>
        value == certified ? 15 : -Math.Log10(Math.Abs(value - certified) / Math.Abs(certified));
}
