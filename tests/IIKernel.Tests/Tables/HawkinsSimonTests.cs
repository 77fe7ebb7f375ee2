using System.Globalization;
using IIKernel.Tables;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace IIKernel.Tests.Tables;

public sealed class HawkinsSimonTests
{
    private const double Tight = 1e-11;

    [Fact]
    public void A_dense_table_has_the_radius_of_its_eigenvalues()
    {
        var random = new Random(1);
        for (var n = 1; n <= 40; n += 13)
        {
            var a = new double[n, n];
            for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) a[i, j] = random.NextDouble() * 1.2 / n;
            var expected = Matrix<double>.Build.DenseOfArray(a).Evd().EigenValues.Max(v => v.Magnitude);
            Assert.Equal(expected, Examine(a).SpectralRadius, Tight);
        }
    }

    [Fact]
    public void Periodic_tables_converge()
    {
        Assert.Equal(0.6, Examine(new double[,] { { 0, 0.9 }, { 0.4, 0 } }).SpectralRadius, Tight);
        // A ring of sectors, each supplying the next alone: all eigenvalues have the same magnitude.
        foreach (var n in new[] { 3, 10, 149 })
        {
            var ring = new double[n, n];
            for (var i = 0; i < n; i++) ring[i, (i + 1) % n] = i == 0 ? 0.25 : 0.5;
            Assert.Equal(Math.Pow(0.25 * Math.Pow(0.5, n - 1), 1.0 / n), Examine(ring).SpectralRadius, 1e-9);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999999)]
    [InlineData(1.2)]
    public void A_cycle_of_any_length_ends_with_its_geometric_mean(double mean)
    {
        // Flows of very different sizes: the power iteration would need as many steps as the square of the length.
        foreach (var n in new[] { 2, 60, 400 })
        {
            var ring = new double[n, n];
            for (var i = 0; i < n; i++) ring[i, (i + 1) % n] = mean * Math.Pow(10, i % 2 == 0 ? 3 : -3);
            var result = Examine(ring);
            Assert.Equal(mean, result.SpectralRadius, 1e-11 * mean);
            Assert.Equal(mean < 1, result.IsProductive);
        }
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-16)]
    [InlineData(1e-30)]
    [InlineData(1e-200)]
    public void Two_blocks_that_hardly_know_of_each_other_end_with_a_verdict(double link)
    {
        // Two equal Perron roots, as far as doubles tell: 0.8 and 0.8, coupled by the link both ways, is 0.8 + link.
        foreach (var (root, productive) in new[] { (0.8, true), (1.1, false) })
        {
            var a = new double[,] { { root / 2, root / 2, link, 0 }, { root / 2, root / 2, 0, link },
                { link, 0, root / 4, 3 * root / 4 }, { 0, link, 3 * root / 4, root / 4 } };
            var result = Examine(a);
            Assert.Equal(root + link, result.SpectralRadius, Tight);
            Assert.Equal(productive, result.IsProductive);
        }

        // A hair's breadth below the limit or at 1, the verdict is that of the larger block.
        Assert.True(Examine(new double[,] { { 0.3, link }, { link, 1 - 1e-9 } }).IsProductive || link > 1e-9);
        Assert.False(Examine(new double[,] { { 1, link }, { link, 1 } }).IsProductive);
    }

    [Fact]
    public void Coefficients_of_any_size_end_with_a_verdict()
    {
        Assert.True(Examine(new double[,] { { 1e-300, 1e-310 }, { 1e-305, 1e-300 } }).IsProductive);
        Assert.False(Examine(new double[,] { { 1e300, 1e308 }, { 1e308, 1e300 } }).IsProductive);
        Assert.False(Examine(new double[,] { { 0, 1e308, 1e308 }, { 1e308, 0, 1e308 }, { 1e308, 1e308, 0 } }).IsProductive);
        Assert.True(Examine(new double[,] { { 0, 1e200 }, { 1e-201, 0 } }).IsProductive);
        Assert.Equal(Math.Sqrt(0.1), Examine(new double[,] { { 0, 1e300 }, { 1e-301, 0 } }).SpectralRadius, Tight);
        Assert.False(Examine(new double[,] { { 0, -1e300 }, { 1e300, 0 } }).IsProductive);
    }

    [Fact]
    public void Negative_coefficients_that_cancel_in_every_power_are_productive()
    {
        // Nilpotent: its square is 0 though ρ(|A|) = 4.
        Assert.True(Examine(new double[,] { { 2, -2 }, { 2, -2 } }).IsProductive);
        var random = new Random(3);
        var a = new double[60, 60];
        for (var i = 0; i < 60; i++) for (var j = 0; j < 60; j++) a[i, j] = (random.NextDouble() - 0.5) * 0.4;
        var expected = Matrix<double>.Build.DenseOfArray(a).Evd().EigenValues.Max(v => v.Magnitude);
        var result = Examine(a);
        Assert.Equal(expected < 1, result.IsProductive);
        Assert.InRange(result.SpectralRadius, expected * (1 - 1e-7), result.IsProductive ? HawkinsSimon.Limit : expected * (1 + 1e-7));
    }

    [Fact]
    public void Triangular_tables_have_the_radius_of_their_diagonal()
    {
        // Defective at 0.5, where an unstructured power iteration creeps.
        Assert.Equal(0.5, Examine(new double[,] { { 0.5, 0.4, 0 }, { 0, 0.5, 0.4 }, { 0, 0, 0.3 } }).SpectralRadius, Tight);
        Assert.Equal(0, Examine(new double[,] { { 0, 0.4 }, { 0, 0 } }).SpectralRadius);
    }

    [Fact]
    public void Only_the_block_that_is_unproductive_is_named()
    {
        // Sector 0 supplies all; 1 and 2 feed each other at ρ = 1.2; 3 buys from them.
        var result = Examine(new double[,] { { 0.1, 0.1, 0.1, 0.1 }, { 0, 0, 1.2, 0.1 }, { 0, 1.2, 0, 0.1 }, { 0, 0, 0, 0.2 } });
        Assert.False(result.IsProductive);
        Assert.Equal(1.2, result.SpectralRadius, Tight);
        Assert.Equal([1, 2], result.SectorsAtFault.Order());
    }

    [Fact]
    public void The_weightiest_sector_comes_first()
    {
        var result = Examine(new double[,] { { 0.1, 0.01, 0.01 }, { 0.01, 0.1, 0.01 }, { 0.01, 0.01, 1.3 } });
        Assert.Equal([2, 0, 1], result.SectorsAtFault);
    }

    [Fact]
    public void A_column_sum_above_one_may_be_productive()
    {
        var result = Examine(new double[,] { { 0.2, 1.5 }, { 0.1, 0.1 } });
        Assert.True(result.IsProductive);
        Assert.Equal(0.15 + Math.Sqrt(0.0025 + 0.15), result.SpectralRadius, Tight);
    }

    [Fact]
    public void Radius_one_is_refused_and_just_below_is_not()
    {
        Assert.False(Examine(new double[,] { { 0.5, 0.5 }, { 0.5, 0.5 } }).IsProductive);
        Assert.True(Examine(new double[,] { { 0.5, 0.5 }, { 0.5, 0.5 - 1e-6 } }).IsProductive);
    }

    [Fact]
    public void Negative_flows_are_judged_by_the_bound_first_and_then_by_powers()
    {
        // ρ(|A|) = 0.3 decides.
        Assert.Equal(0.3, Examine(new double[,] { { 0.2, -0.1 }, { 0.1, 0.2 } }).SpectralRadius, Tight);
        // ρ(|A|) = 1.1, but the eigenvalues 0.6 ± 0.5i have magnitude √0.61.
        var rotation = Examine(new double[,] { { 0.6, -0.5 }, { 0.5, 0.6 } });
        Assert.True(rotation.IsProductive);
        Assert.InRange(rotation.SpectralRadius, Math.Sqrt(0.61), HawkinsSimon.Limit);
        // Eigenvalues 0.9 ± 0.9i: refused.
        var growing = Examine(new double[,] { { 0.9, -0.9 }, { 0.9, 0.9 } });
        Assert.Equal([0, 1], growing.SectorsAtFault.Order());
        Assert.Equal(0.9 * Math.Sqrt(2), growing.SpectralRadius, 1e-7);
    }

    [Fact]
    public void A_sector_without_output_counts_as_zero()
    {
        var result = HawkinsSimon.Examine(new double[,] { { 4, 0 }, { 0, 0 } }, [10, 0]);
        Assert.Equal(0.4, result.SpectralRadius, Tight);
    }

    [Fact]
    public void The_unit_of_money_does_not_matter()
    {
        double[,] flows = { { 3, 2 }, { 1, 4 } };
        double[,] scaled = { { 3e8, 2e8 }, { 1e8, 4e8 } };
        Assert.Equal(HawkinsSimon.Examine(flows, [10, 12]).SpectralRadius,
            HawkinsSimon.Examine(scaled, [10e8, 12e8]).SpectralRadius, Tight);
    }

    [Fact]
    public void Sizes_and_values_are_checked()
    {
        Assert.Throws<ArgumentException>(() => HawkinsSimon.Examine(new double[2, 3], [1, 1]));
        Assert.Throws<ArgumentException>(() => HawkinsSimon.Examine(new[,] { { double.NaN } }, [1]));
    }

    [Fact]
    public void A_large_official_table_with_negative_flows_and_a_column_sum_above_one_is_productive()
    {
        var folder = TestData.OfficialData("scale_us_2017_402");
        var flows = File.ReadLines(Path.Combine(folder, "flows.csv")).Skip(1)
            .Select(line => line.Split(',').Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var outputs = File.ReadLines(Path.Combine(folder, "sectors.csv")).Skip(1)
            .Select(line => double.Parse(StudyEditor.Split(line)[2], CultureInfo.InvariantCulture)).ToArray();
        var matrix = new double[402, 402];
        for (var i = 0; i < 402; i++) for (var j = 0; j < 402; j++) matrix[i, j] = flows[i][j];
        // Its provenance prints ρ(A) to 1e-3; the bound ρ(|A|) of seven small negative flows is not far above.
        Assert.Equal(0.494, HawkinsSimon.Examine(matrix, outputs).SpectralRadius, 0.0005 + 1e-4);
    }

    private static Productivity Examine(double[,] coefficients) =>
        HawkinsSimon.Examine(coefficients, [.. Enumerable.Repeat(1.0, coefficients.GetLength(0))]);
}
