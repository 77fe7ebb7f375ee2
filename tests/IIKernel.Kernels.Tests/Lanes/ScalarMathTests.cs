using IIKernel.Kernels.Lanes;
using Xunit;

namespace IIKernel.Kernels.Tests.Lanes;

public class ScalarMathTests
{
    private const double Infinity = double.PositiveInfinity;

    // Computed with 40 digits; the first is below the normal numbers.
    [Theory]
    [InlineData(4.9406564584124654e-324, -744.4400719213812)]
    [InlineData(1e-310, -713.8013788281542)]
    [InlineData(0.99999999999999989, -1.1102230246251565e-16)]
    [InlineData(0.1, -2.3025850929940455)]
    [InlineData(3, 1.0986122886681098)]
    [InlineData(0, -Infinity)]
    [InlineData(Infinity, Infinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Logarithms_of_all_numbers(double x, double expected) => AssertUlps(expected, ScalarMath.Log(x), 1, x);

    [Theory]
    [InlineData(-745.13, 4.9406564584124654e-324)]
    [InlineData(-709.78, 5.577796105262746e-309)]
    [InlineData(709.78, 1.7928227943945155e+308)]
    [InlineData(-1000, 0)]
    [InlineData(1000, Infinity)]
    [InlineData(-Infinity, 0)]
    [InlineData(Infinity, Infinity)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(1, 2.7182818284590451)]
    public void Exponentials_of_all_numbers(double x, double expected) => AssertUlps(expected, ScalarMath.Exp(x), 3, x);

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1e-10, 9.999999999500001e-11)]
    [InlineData(-0.3, -0.35667494393873237)]
    [InlineData(0.0037, 0.0036931718376175702)]
    [InlineData(1e10, 23.025850930040454)]
    [InlineData(-1, -Infinity)]
    [InlineData(Infinity, Infinity)]
    [InlineData(-2, double.NaN)]
    public void Logarithms_near_1_keep_their_digits(double x, double expected) => AssertUlps(expected, ScalarMath.Log1p(x), 3, x);

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-1e-10, -9.999999999500001e-11)]
    [InlineData(0.0037, 0.003706853449981453)]
    [InlineData(-0.3, -0.25918177931828212)]
    [InlineData(0.99, 1.6912344723492623)]
    [InlineData(-40, -1)]
    [InlineData(1000, Infinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exponentials_near_1_keep_their_digits(double x, double expected) => AssertUlps(expected, ScalarMath.Expm1(x), 4, x);

    [Theory]
    [InlineData(1.0 / 6, 0.5, 0.86602540378443871)]
    [InlineData(0.05, 0.15643446504023087, 0.98768834059513777)]
    [InlineData(0.25, 0.70710678118654757, 0.70710678118654757)]
    [InlineData(-0.3, -0.80901699437494745, 0.58778525229247314)]
    [InlineData(1.1, -0.30901699437494773, -0.95105651629515353)]
    [InlineData(1e-20, 3.1415926535897933e-20, 1)]
    [InlineData(0.5, 1, 0)]
    [InlineData(-1, 0, -1)]
    [InlineData(2.5, 1, 0)]
    [InlineData(Infinity, double.NaN, double.NaN)]
    public void Sine_and_cosine_of_parts_of_a_half_turn(double x, double sine, double cosine)
    {
        AssertUlps(sine, ScalarMath.SinPi(x), 1, x);
        AssertUlps(cosine, ScalarMath.CosPi(x), 1, x);
    }

    [Fact]
    public void All_are_near_the_librarys()
    {
        var random = new System.Random(5);
        for (var i = 0; i < 200_000; i++)
        {
            var x = 2 * random.NextDouble() - 1;
            var small = x * Math.Pow(10, -12 * random.NextDouble());
            AssertUlps(2 * Math.Atanh(small / (2 + small)), ScalarMath.Log1p(small), 5, small);
            AssertUlps(2 * Math.Sinh(small / 2) * Math.Exp(small / 2), ScalarMath.Expm1(small), 6, small);
            AssertUlps(double.SinPi(x), ScalarMath.SinPi(x), 3, x);
            AssertUlps(double.CosPi(x), ScalarMath.CosPi(x), 3, x);
        }
    }

    [Fact]
    public void Powers_of_ten_are_the_nearest_numbers()
    {
        Assert.Equal(1e-5, ScalarMath.PowerOfTen(-5));
        Assert.Equal(1e22, ScalarMath.PowerOfTen(22));
        Assert.Equal(1e300, ScalarMath.PowerOfTen(300));
        Assert.Equal(1, ScalarMath.PowerOfTen(0));
    }

    private static void AssertUlps(double expected, double actual, double most, double x)
    {
        var distance = Math.Abs(NumberOrder.Of(actual) - NumberOrder.Of(expected));
        if (double.IsFinite(expected)) Assert.True(distance <= most, $"x = {x:R}: {actual:R} instead of {expected:R}");
        else Assert.Equal(expected, actual);
    }
}
