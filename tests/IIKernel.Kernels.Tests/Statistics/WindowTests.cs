using IIKernel.Kernels.Statistics;
using Xunit;

namespace IIKernel.Kernels.Tests.Statistics;

public class WindowTests
{
    [Theory]
    [InlineData(-3.5, 2.25)]
    [InlineData(1, 1.0000000000000009)]
    [InlineData(-1e-300, 5e200)]
    [InlineData(0.1, 0.3)]
    public void The_edge_of_a_bin_is_its_smallest_number(double low, double high)
    {
        const int bins = 1024;
        var window = new Window(low, high);
        for (var bin = 1; bin < bins; bin++)
        {
            var edge = window.Edge(bin, bins);
            Assert.InRange(edge, low, high);
            if (edge == high) continue;
            Assert.True(window.Bin(edge, bins, window.Scale(bins)) >= bin);
            Assert.True(window.Bin(Math.BitDecrement(edge), bins, window.Scale(bins)) < bin);
        }
    }
}
