using IIKernel.Kernels.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

public class ColumnSortTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(511)]
    [InlineData(513)]
    [InlineData(1000)]
    [InlineData(1024)]
    [InlineData(1537)]
    [InlineData(5001)]
    public void Every_column_is_sorted_by_itself(int length)
    {
        var random = new System.Random(length);
        for (var columns = 1; columns <= ColumnSort.Together; columns++)
        {
            // The more columns, the more ties.
            double[] values = [.. Enumerable.Range(0, columns * length).Select(_ => (double)random.Next(-1000 / columns, 1000 / columns))];
            double[] expected = [.. Enumerable.Range(0, columns).SelectMany(c => values.Skip(c * length).Take(length).Order())];
            ColumnSort.Sort(values, length);
            Assert.Equal(expected, values);
        }
    }

    // Both zeros are there as often as before: what is equal is not exchanged.
    [Fact]
    public void Nothing_is_lost_that_compares_as_equal()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? -0.0 : i % 3 == 1 ? 0.0 : -1)];
        ColumnSort.Sort(values, values.Length);
        Assert.Equal(values.Order(), values);
        Assert.Equal(100, values.Count(v => v == 0 && double.IsNegative(v)));
    }
}
