using IIKernel.Kernels.Random;
using Xunit;

namespace IIKernel.Kernels.Tests.Random;

public class KeyedPermutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(4097)]
    public void Every_number_is_taken_once(int count)
    {
        foreach (var key in new ulong[] { 0, 5 })
            Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(i => Map((ulong)i, count, key)).Order());
    }

    [Fact]
    public void What_is_not_below_the_count_is_the_first() => Assert.Equal(Map(0, 10, 3), Map(12, 10, 3));

    // Where 0 goes, over 5,000 keys: chi-square of 9 degrees of freedom at five standard deviations.
    [Fact]
    public void Keys_give_permutations_of_their_own()
    {
        const int keys = 5000;
        var counts = new int[10];
        for (var key = 0; key < keys; key++) counts[Map(0, 10, (ulong)key)]++;
        var chiSquare = counts.Sum(c => Math.Pow(c - keys / 10.0, 2) / (keys / 10.0));
        Assert.InRange(chiSquare, 0, 9 + 5 * Math.Sqrt(18));
    }

    [Fact]
    public void A_vector_of_numbers_is_mapped_like_each()
    {
        var map = KeyedPermutation.Map(new PairWord<ScalarWord>(new(5), new(77)), 101, new(new(4), new(9)), 1, 2, 6);
        Assert.Equal(KeyedPermutation.Map(new ScalarWord(5), 101, new(4), 1, 2, 6), map.First);
        Assert.Equal(KeyedPermutation.Map(new ScalarWord(77), 101, new(9), 1, 2, 6), map.Second);
    }

    private static int Map(ulong index, int count, ulong key) =>
        (int)KeyedPermutation.Map(new ScalarWord(index), (ulong)count, new(key), 42, 0x0FED_CBA9_89AB_CDEF, 6).Value;
}
