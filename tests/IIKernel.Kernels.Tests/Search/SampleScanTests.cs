using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;

namespace IIKernel.Kernels.Tests.Search;

public class SampleScanTests
{
    private static readonly int[] Outputs = [3, 0, 17, 8];

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 5000, 1)]
    [InlineData(0, 5000, 5)]
    [InlineData(123, 4999, 2)]
    public void Every_draw_is_given_once_with_the_values_of_its_evaluation(long first, int count, int threads)
    {
        using var program = new SimdBackend(2).Load(ConformancePlan.Create());
        var expected = new double[Outputs.Length * count];
        program.Evaluate(first, count, Outputs, expected);
        var copy = SampleScan.Gather(program, first, count, Outputs, () => new Copy(first, count), nameof(Copy), threads);
        Assert.All(copy.Seen, seen => Assert.Equal(1, seen));
        Assert.Equal(expected, copy.Values);
    }

    [Fact]
    public void In_order_the_draws_follow_each_other()
    {
        const int count = 3000;
        using var program = new ReferenceBackend().Load(ConformancePlan.Create());
        var expected = new double[Outputs.Length * count];
        program.Evaluate(7, count, Outputs, expected);
        var (next, copy) = (7L, new Copy(7, count));
        SampleScan.InOrder(program, 7, count, Outputs, draws =>
        {
            Assert.Equal(next, draws.First);
            next += draws.Count;
            copy.Take(draws);
        });
        Assert.Equal(7 + count, next);
        Assert.Equal(expected, copy.Values);
    }

    [Fact]
    public void Progress_ends_at_the_whole_and_a_wish_to_stop_is_heard()
    {
        using var program = new SimdBackend(1).Load(ConformancePlan.Create());
        var shares = new List<double>();
        SampleScan.Gather(program, 0, 3000, Outputs, () => new Copy(0, 3000), nameof(Copy), 1, new Shares(shares));
        Assert.Equal(1, shares[^1]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => SampleScan.Gather(program, 0, 3000, Outputs, () => new Copy(0, 3000), nameof(Copy), 2, null, source.Token));
    }

    private sealed class Shares(List<double> list) : IProgress<double>
    {
        public void Report(double value) => list.Add(value);
    }

    // What it was given, and how often each draw.
    private sealed class Copy(long first, int count) : IDrawReceiver<Copy>
    {
        public double[] Values { get; } = new double[Outputs.Length * count];

        public int[] Seen { get; } = new int[count];

        public void Take(DrawBlock draws)
        {
            var at = (int)(draws.First - first);
            for (var d = 0; d < draws.Count; d++) Seen[at + d]++;
            for (var o = 0; o < Outputs.Length; o++) draws.Row(o).CopyTo(Values.AsSpan(o * count + at));
        }

        public void Write(BinaryWriter writer)
        {
            foreach (var value in Values) writer.Write(value);
            foreach (var seen in Seen) writer.Write(seen);
        }

        public void Read(BinaryReader reader)
        {
            for (var i = 0; i < Values.Length; i++) Values[i] = reader.ReadDouble();
            for (var i = 0; i < Seen.Length; i++) Seen[i] = reader.ReadInt32();
        }

        public void Add(Copy other)
        {
            for (var d = 0; d < count; d++)
            {
                if (other.Seen[d] == 0) continue;
                Seen[d] += other.Seen[d];
                for (var o = 0; o < Outputs.Length; o++) Values[o * count + d] = other.Values[o * count + d];
            }
        }
    }
}
