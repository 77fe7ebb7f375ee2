using System.Globalization;
using System.Numerics;
using IIKernel.Kernels.Random;
using Xunit;

namespace IIKernel.Kernels.Tests.Random;

public class DirectionNumbersTests
{
    [Fact]
    public void Points_in_Gray_code_order_are_the_known_ones()
    {
        var rows = KnownAnswers.Rows("sobol_points_joe_kuo.csv").ToArray();
        Assert.Equal(64, rows.Length);
        Assert.Equal(25, rows[0].Length);
        for (var d = 0; d < rows[0].Length - 1; d++)
        {
            var v = DirectionNumbers.Of(d);
            var point = 0u;
            for (var i = 0; i < rows.Length; i++)
            {
                Assert.Equal(uint.Parse(rows[i][d + 1], CultureInfo.InvariantCulture), point);
                point ^= v[BitOperations.TrailingZeroCount(i + 1)];
            }
        }
    }

    [Fact]
    public void In_every_dimension_the_first_points_lie_one_in_each_cell()
    {
        for (var d = 0; d < DirectionNumbers.Dimensions; d++)
        {
            // A triangular matrix of direction integers with ones on its diagonal is what gives each of 2^k cells one of 2^k points.
            var v = DirectionNumbers.Of(d);
            Assert.Equal(DirectionNumbers.Bits, v.Length);
            for (var i = 0; i < v.Length; i++) Assert.Equal(31 - i, BitOperations.TrailingZeroCount(v[i]));
        }
    }

    [Fact]
    public void Polynomials_are_primitive_in_order_of_degree_and_no_two_dimensions_share_one()
    {
        var seen = new HashSet<uint>();
        var before = 1;
        for (var d = 1; d < DirectionNumbers.Dimensions; d++)
        {
            var (degree, inner, initial) = DirectionNumbers.Parameters(d);
            Assert.InRange(degree, before, before + 1);
            Assert.Equal(degree, initial.Length);
            var polynomial = (1u << degree) | (inner << 1) | 1;
            Assert.True(seen.Add(polynomial));
            Assert.Equal((1u << degree) - 1, OrderOfX(polynomial, degree));
            before = degree;
        }

        // φ(2^s − 1)/s primitive polynomials of each degree s = 1, 2, …, 15 are 3,666; the rest have degree 16.
        Assert.Equal(3666, seen.Count(p => p < 1u << 16));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(DirectionNumbers.Dimensions)]
    public void There_is_no_dimension_outside_the_table(int dimension) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DirectionNumbers.Of(dimension));

    // The smallest k > 0 with x^k = 1 modulo the polynomial; a primitive one has 2^degree − 1.
    private static uint OrderOfX(uint polynomial, int degree)
    {
        var (power, order) = (1u, 0u);
        do
        {
            power <<= 1;
            if (power >> degree != 0) power ^= polynomial;
            order++;
        }
        while (power != 1);
        return order;
    }
}
