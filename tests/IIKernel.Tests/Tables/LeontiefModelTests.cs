using IIKernel.Tables;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace IIKernel.Tests.Tables;

public class LeontiefModelTests
{
    // Miller & Blair, Input–Output Analysis, 2nd ed. (2009), section 2.3: two sectors; the inverse is printed to 4 decimals.
    [Fact]
    public void A_textbook_table_gives_the_printed_inverse()
    {
        var table = Table(new double[,] { { 150, 500 }, { 200, 100 } }, [1000, 2000]);
        var a = LeontiefModel.TechnicalCoefficients(table);
        Assert.Equal([0.15, 0.25, 0.20, 0.05], a.ToRowMajorArray());
        var inverse = LeontiefModel.LeontiefInverse(a);
        double[] printed = [1.2541, 0.3300, 0.2640, 1.1221];
        Assert.All(printed.Zip(inverse.ToRowMajorArray()), pair => Assert.Equal(pair.First, pair.Second, 0.00005));
    }

    [Fact]
    public void The_published_inverse_of_chile_2013_is_met()
    {
        var folder = TestData.OfficialData("golden_chile_2013_12");
        var flows = Matrix(Path.Combine(folder, "flows.csv"));
        var output = File.ReadLines(Path.Combine(folder, "sectors.csv")).Skip(1)
            .Select(line => TestData.Number(line[(line.LastIndexOf('"') + 1)..]
                .Split(',')[line.Contains('"', StringComparison.Ordinal) ? 1 : 2])).ToArray();
        var a = LeontiefModel.TechnicalCoefficients(Table(flows.ToArray(), output));
        AssertClose(Matrix(Path.Combine(folder, "published_coefficients_A.csv")), a);
        AssertClose(Matrix(Path.Combine(folder, "published_leontief_inverse.csv")), LeontiefModel.LeontiefInverse(a));
    }

    [Fact]
    public void The_inverse_of_the_augmented_table_is_the_low_rank_update_of_the_tables_own()
    {
        // C' = I + L (C − I) R: the identity behind the shortcut, on an invented table.
        var random = new Random(4);
        var a = Matrix<double>.Build.Dense(6, 6, (_, _) => random.NextDouble() / 7);
        int[] parents = [4, 1];
        double[] shares = [0.3, 0.75];
        var c = LeontiefModel.LeontiefInverse(a);
        var l = Matrix<double>.Build.Dense(8, 6, (i, j) =>
            i >= 6 ? (parents[i - 6] == j ? shares[i - 6] : 0)
            : i != j ? 0 : Array.IndexOf(parents, i) is var k && k >= 0 ? 1 - shares[k] : 1);
        var r = Matrix<double>.Build.Dense(6, 8, (i, j) => j < 6 ? (i == j ? 1 : 0) : parents[j - 6] == i ? 1 : 0);
        AssertClose(l * a * r, LeontiefModel.Augment(a, parents, shares));
        var expected = Matrix<double>.Build.DenseIdentity(8) + l * (c - Matrix<double>.Build.DenseIdentity(6)) * r;
        AssertClose(expected, LeontiefModel.LeontiefInverse(LeontiefModel.Augment(a, parents, shares)));
    }

    private static void AssertClose(Matrix<double> expected, Matrix<double> actual) =>
        Assert.True((expected - actual).Enumerate().All(d => Math.Abs(d) <= 1e-12),
            $"largest difference {(expected - actual).InfinityNorm()}");

    private static Matrix<double> Matrix(string path) => Matrix<double>.Build.DenseOfRows(
        File.ReadLines(path).Skip(1).Select(line => line.Split(',').Skip(1).Select(TestData.Number)));

    private static InputOutputTable Table(double[,] flows, double[] output) => new()
    {
        Sectors = [.. output.Select((_, i) => new Sector($"{i}", "", "", 0))],
        Flows = flows,
        TotalOutput = output,
        IntermediateInput = [.. output.Select((_, j) => Enumerable.Range(0, output.Length).Sum(i => flows[i, j]))],
    };
}
