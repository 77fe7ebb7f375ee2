using System.Numerics;
using IIKernel.Kernels.Random;
using Xunit;

namespace IIKernel.Kernels.Tests.Random;

public class OwenScrambleTests
{
    [Fact]
    public void Reversal_turns_32_bits_about()
    {
        Assert.Equal(0x80000000u, OwenScramble.Reverse(new ScalarWord(1)).Value);
        Assert.Equal(0x0000F1E6u, OwenScramble.Reverse(new ScalarWord(0x678F0000)).Value);
        foreach (var word in new ulong[] { 0, 0xFFFFFFFF, 0x12345678, 0xDEADBEEF })
            Assert.Equal(word, OwenScramble.Reverse(OwenScramble.Reverse(new ScalarWord(word))).Value);
    }

    // Nested: numbers that share their first d digits share the first d scrambled ones, and differ in the next where they do.
    [Fact]
    public void Each_digit_depends_on_those_before_it_alone()
    {
        var draw = 0UL;
        ulong Next() => CounterLayout.First52Bits(7, new ScalarWord(draw++), 1, 0).Value & 0xFFFFFFFF;
        for (var trial = 0; trial < 2000; trial++)
        {
            var keys = Enumerable.Range(0, 4).Select(_ => new ScalarWord(Next())).ToArray();
            var (a, b) = (Next(), Next());
            var shared = trial % 32;
            b = (a & ((1UL << shared) - 1)) | (b & ~((1UL << shared) - 1));
            var difference = a ^ b;
            var scrambled = Scramble(a, keys) ^ Scramble(b, keys);
            Assert.Equal(
                difference == 0 ? 64 : BitOperations.TrailingZeroCount(difference),
                scrambled == 0 ? 64 : BitOperations.TrailingZeroCount(scrambled));
        }
    }

    // Over the keys every digit is 0 or 1 alike, and independent of the digit before and of the same digit of a neighbour.
    [Fact]
    public void Digits_are_uniform_over_the_keys()
    {
        const int trials = 20_000;
        var ones = new int[32];
        var pairs = new int[32];
        var neighbours = new int[32];
        for (var trial = 0; trial < trials; trial++)
        {
            var (x0, x1) = (new ScalarWord((ulong)trial), new ScalarWord(0));
            CounterLayout.Block(ref x0, ref x1, out var x2, out var x3, 11, 3, CounterLayout.ScrambleStream);
            var value = Scramble(0, [x0, x1, x2, x3]);
            var other = Scramble(1, [x0, x1, x2, x3]);
            for (var bit = 0; bit < 32; bit++)
            {
                ones[bit] += (int)(value >> bit) & 1;
                if (bit > 0) pairs[bit] += (int)((value >> bit) ^ (value >> (bit - 1))) & 1;
                if (bit > 0) neighbours[bit] += (int)((value ^ other) >> bit) & 1;
            }
        }

        // Half of them, within five standard deviations.
        var tolerance = 2.5 * Math.Sqrt(trials);
        for (var bit = 0; bit < 32; bit++)
        {
            Assert.InRange(ones[bit] - trials / 2.0, -tolerance, tolerance);
            if (bit > 0) Assert.InRange(pairs[bit] - trials / 2.0, -tolerance, tolerance);
            if (bit > 0) Assert.InRange(neighbours[bit] - trials / 2.0, -tolerance, tolerance);
        }
    }

    private static ulong Scramble(ulong digits, ScalarWord[] keys) =>
        OwenScramble.Scramble(new ScalarWord(digits), keys[0], keys[1], keys[2], keys[3]).Value;
}
