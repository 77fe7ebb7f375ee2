using IIKernel.Kernels.Search;
using IIKernel.Reports;
using Xunit;

namespace IIKernel.Tests.Pages;

public sealed class RankCellsTests
{
    // Of two figures, one without a number in any draw: it has no rank, and its cells say so on the page as in the terminal.
    [Fact]
    public void A_figure_without_a_rank_has_dashes()
    {
        var ranks = new RankDistribution([0, 1]);
        ranks.Take(new DrawBlock(0, 4, [1, 2, 3, 4, double.NaN, double.NaN, double.NaN, double.NaN], 4));
        Assert.Equal(["1", "100\u00A0%", "1"], ReplyReport.RankCells(ranks, 0, 0.95).Select(c => c.Text));
        Assert.Equal([Wording.None, "0\u00A0%", Wording.None], ReplyReport.RankCells(ranks, 1, 0.95).Select(c => c.Text));
    }
}
