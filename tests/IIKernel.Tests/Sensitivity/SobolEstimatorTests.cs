using IIKernel.Sensitivity;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>
/// The estimators of Sobol' indices on twelve draws of 40 + sin 3x + 2y² + 3xz, against the formulas as SALib's analyze/sobol.py has them,
/// computed by a script of its own.
/// </summary>
public sealed class SobolEstimatorTests
{
    private const double Tolerance = 1e-10;

    private static readonly double[] A =
        [43.5428, 44.0112, 40.6032, 42.7737, 41.874, 41.3626, 43.0619, 41.7989, 40.997, 41.1535, 42.5665, 42.7914];

    private static readonly double[] B =
        [42.7729, 42.7041, 41.0966, 40.4926, 40.9314, 42.5905, 41.9433, 42.0754, 42.2466, 42.3382, 40.0363, 42.5166];

    private static readonly double[][] AB =
    [
        [42.167, 44.0082, 42.3389, 41.8394, 40.1359, 41.0038, 43.2165, 41.4644, 40.8148, 41.2972, 41.5556, 42.7966],
        [44.2127, 44.5144, 40.224, 41.3313, 42.6714, 42.7038, 41.8465, 42.4297, 42.3928, 41.334, 41.0502, 42.288],
        [43.3485, 42.2506, 40.5339, 43.7277, 41.5842, 41.8172, 43.0108, 41.7432, 41.0266, 42.1046, 42.2483, 43.0163],
    ];

    private static readonly double[][] BA =
    [
        [44.0183, 42.7538, 40.1547, 42.2853, 42.3815, 43.1584, 41.7954, 42.3741, 42.4224, 42.2852, 40.732, 42.5129],
        [42.1031, 42.2009, 41.4758, 41.935, 40.1341, 41.2493, 43.1587, 41.4445, 40.8508, 42.1577, 41.5527, 43.0201],
        [42.8368, 44.5115, 41.9597, 40.397, 40.9333, 42.345, 42.0011, 42.0952, 42.2106, 41.4777, 40.0392, 42.2932],
    ];

    [Fact]
    public void Indices_of_the_same_draws_are_those_of_SALib()
    {
        double[] first = [0.21743962101232617, 0.5644579655862019, -0.09597190665390584];
        double[] total = [0.43685426963488316, 0.5070697005140326, 0.23291100643751345];
        var (estimator, sums) = Estimator(1);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(first[i], estimator.First(sums[i]).Raw, Tolerance);
            Assert.Equal(total[i], estimator.Total(sums[i]).Raw, Tolerance);
        }

        Assert.Equal(0.13841915316780018, Second(0, 1), Tolerance);
        Assert.Equal(0.216645230447209, Second(0, 2), Tolerance);
        Assert.Equal(-0.12334622465282238, Second(1, 2), Tolerance);

        double Second(int j, int k) => estimator.Second(sums[j], sums[k], estimator.Pair(BA[j], AB[k])).Raw;
    }

    [Fact]
    public void Intervals_are_Students_of_the_replicates_own_estimates()
    {
        double[] first = [1.7526425032737964, 0.5493748724514244, 0.8848842131723171];
        double[] total = [0.3214173042350027, 0.566500067587996, 0.3591016795263522];
        var (estimator, sums) = Estimator(3);
        for (var i = 0; i < 3; i++)
        {
            var (s, t) = (estimator.First(sums[i]), estimator.Total(sums[i]));
            Assert.Equal(s.Raw + first[i], s.Upper, Tolerance);
            Assert.Equal(t.Raw + total[i], t.Upper, Tolerance);
            Assert.Equal(Math.Max(0, t.Raw - total[i]), t.Lower, Tolerance);
        }
    }

    [Fact]
    public void What_cannot_be_told_from_zero_is_zero_and_says_so()
    {
        var (estimator, sums) = Estimator(3);
        Assert.Equal((0.0, 0.0, false), Shown(estimator.First(sums[0])));
        Assert.Equal((0.0, 0.0, false), Shown(estimator.First(sums[2])));
        var told = estimator.First(sums[1]);
        Assert.True(told.IsToldFromZero);
        Assert.Equal(told.Raw, told.Value);

        static (double, double, bool) Shown(IndexEstimate e) => (e.Value, e.Lower, e.IsToldFromZero);
    }

    [Fact]
    public void An_output_far_from_zero_loses_no_digits()
    {
        const double far = 1e6;
        var (near, nearSums) = Estimator(1);
        var (moved, movedSums) = Estimator(1, far);
        for (var i = 0; i < 3; i++)
            Assert.Equal(near.First(nearSums[i]).Raw, moved.First(movedSums[i]).Raw, 1e-8);
    }

    private static (SobolEstimator, InputSums[]) Estimator(int replicates, double shift = 0)
    {
        double[] Moved(double[] values) => [.. values.Select(v => v + shift)];
        var estimator = new SobolEstimator(Moved(A), Moved(B), new(replicates, 0.95));
        InputSums[] sums = [.. AB.Select(ab => estimator.Add(Moved(ab)))];
        foreach (var ba in BA) estimator.AddComplement(Moved(ba));
        return (estimator, sums);
    }

    // Small samples may give more than the whole variance.
    [Fact]
    public void A_share_is_no_more_than_all_and_its_estimate_is_kept()
    {
        double[] a = [1, -1, 1, -1], b = [-1, 1, 1, -1], ab = [-2, 2, 1, -1];
        var estimator = new SobolEstimator(a, b, new(1, 0.95));
        var total = estimator.Total(estimator.Add(ab));
        Assert.True(total.Raw > 1);
        Assert.Equal(1, total.Value);
    }
}
