using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using Xunit;

namespace IIKernel.Kernels.Tests.Journal;

/// <summary>What is written is read back to the bit, and what was not written is refused.</summary>
public class NumberPackingTests
{
    [Fact]
    public void Numbers_come_back_to_the_bit()
    {
        var random = new System.Random(5);
        double[] ascending =
        [
            .. new[] { double.MinValue, -1e300, -3, -3, -double.Epsilon, 0, double.Epsilon, 1, Math.BitIncrement(1), double.MaxValue }
                .Concat(Enumerable.Range(0, 1000).Select(_ => random.NextDouble())).Order(),
        ];
        double[] any = [double.NaN, double.PositiveInfinity, -0.0, .. ascending.Reverse()];
        long[] counts = [0, 1, 127, 128, long.MaxValue, .. Enumerable.Range(0, 100).Select(_ => random.NextInt64())];
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        NumberPacking.WriteAscending(writer, ascending);
        NumberPacking.Write(writer, any);
        NumberPacking.Write(writer, counts);
        NumberPacking.Write(writer, [42]);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        Assert.Equal(Bits(ascending), Bits(NumberPacking.ReadAscending(reader)));
        Assert.Equal(Bits(any), Bits(NumberPacking.Read(reader)));
        var read = new long[counts.Length];
        NumberPacking.Read(reader, read);
        Assert.Equal(counts, read);
        Assert.Equal(42, NumberPacking.ReadOne(reader));
        Assert.Equal(bytes.Length, bytes.Position);

        static long[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0x7f, 1, 2 })]
    [InlineData(new byte[] { 9, 1, 2 })]
    public void More_than_there_is_takes_no_memory(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.Throws<FormatException>(() => NumberPacking.ReadAscending(reader));
        reader.BaseStream.Position = 0;
        Assert.Throws<FormatException>(() => NumberPacking.Read(reader));
    }

    [Fact]
    public void Two_objects_have_the_same_identity_only_where_all_that_they_were_given_is_the_same()
    {
        var plan = JournaledRun.Plan;
        var scale = plan.PercentScale;
        var other = plan with { PercentScale = [.. scale.SkipLast(1), Math.BitIncrement(scale[^1])] };
        Assert.Equal(Identity(plan), Identity(plan with { PercentScale = [.. scale] }));
        Assert.NotEqual(Identity(plan), Identity(other));
        Assert.NotEqual(Identity(plan), Identity(plan with { Sequence = plan.Sequence with { Kind = SequenceKind.Sobol } }));
        Assert.NotEqual(Identity(new[] { new[] { 1, 2 }, [3] }), Identity(new[] { new[] { 1 }, [2, 3] }));
        Assert.NotEqual(Identity(new[] { "a", "bc" }), Identity(new[] { "ab", "c" }));
        Assert.Throws<ArgumentException>(() => Identity(DateTime.UnixEpoch));

        static string Identity(object value)
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            IdentityWriter.Write(writer, value);
            return Convert.ToHexString(bytes.ToArray());
        }
    }
}
