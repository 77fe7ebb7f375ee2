using System.Globalization;
using IIKernel.Kernels.Random;
using Xunit;

namespace IIKernel.Kernels.Tests.Random;

public class FlowKeysTests
{
    // Among so many codes some hashes of 28 bits are the same: 2^28 days of a year for 50,000 birthdays.
    private static readonly string[] Codes = [.. Enumerable.Range(0, 50_000).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public void No_two_rows_or_columns_share_a_key_and_all_columns_are_of_the_stream()
    {
        var (rows, columns) = CounterLayout.FlowKeys(Codes);
        Assert.Equal(Codes.Length, rows.Distinct().Count());
        Assert.Equal(Codes.Length, columns.Distinct().Count());
        Assert.All(columns, c => Assert.Equal(CounterLayout.FlowStream, c & 15));
    }

    // A counter is (draw, word 2, word 3): streams differ in the last four bits of word 3, kinds in those above.
    [Fact]
    public void What_flows_have_in_common_has_a_stream_of_its_own()
    {
        uint[] words = [.. Enum.GetValues<CommonErrorKind>().Select(kind => CounterLayout.CommonWord(kind, 0))];
        Assert.Equal(3, words.Distinct().Count());
        Assert.All(words, w => Assert.Equal(CounterLayout.CommonErrorStream, w & 15));

        // The second sample has the stream behind it.
        uint[] second = [.. Enum.GetValues<CommonErrorKind>().Select(kind => CounterLayout.CommonWord(kind, 1))];
        Assert.Equal(words.Select(w => w + 1), second);
        uint[] others = [CounterLayout.SampleStream, CounterLayout.ScrambleStream, CounterLayout.TailStream,
            CounterLayout.PermutationStream, CounterLayout.FlowStream];
        Assert.DoesNotContain(CounterLayout.CommonErrorStream & ~1u, others);
        var keys = CounterLayout.CommonKeys(Codes);
        Assert.Equal(Codes.Length, keys.Distinct().Count());
        Assert.Equal(CounterLayout.FlowKeys(Codes).Rows, keys);
    }

    [Fact]
    public void Keys_hang_on_codes_and_not_on_their_order()
    {
        var (rows, columns) = CounterLayout.FlowKeys(Codes);
        string[] backwards = [.. Codes.Reverse()];
        var (otherRows, otherColumns) = CounterLayout.FlowKeys(backwards);
        Assert.Equal(rows.Reverse(), otherRows);
        Assert.Equal(columns.Reverse(), otherColumns);

        // A row's key is the identifier that an input of that name has.
        var (alone, _) = CounterLayout.FlowKeys(["39071"]);
        Assert.Equal(CounterLayout.InputId("39071"), alone[0]);
    }
}
