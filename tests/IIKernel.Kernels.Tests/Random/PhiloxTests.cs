using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;
using Xunit;

namespace IIKernel.Kernels.Tests.Random;

public class PhiloxTests
{
    public static TheoryData<int, string, string, string> Vectors()
    {
        var data = new TheoryData<int, string, string, string>();
        var seen = new HashSet<string>();
        foreach (var row in KnownAnswers.Rows("philox_kat.csv"))
            if (seen.Add(string.Join(',', row[..5]))) data.Add(int.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3], row[4]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Scalar_words_reproduce_the_published_vectors(int rounds, string counter, string key, string expected)
    {
        var words = Encrypt<ScalarWord>(rounds, counter, key);
        Assert.Equal(Words(expected).Select(w => (ulong)w), words.Select(w => w.Value));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_element_of_vector_words_reproduces_the_published_vectors(int rounds, string counter, string key, string expected)
    {
        var words = Encrypt<VectorWord>(rounds, counter, key);
        Assert.Equal(Words(expected).Select(w => new Vector<ulong>(w)), words.Select(w => w.Value));
    }

    [Fact]
    public void A_uniform_is_the_midpoint_of_the_cell_of_its_first_52_bits()
    {
        // The last published row: counter 00000007 00000000 00000001 00000000 is draw 7 of input 1, key 2a is seed 42.
        const ulong word0 = 0x4c78c45f, word1 = 0x5281c34e;
        const ulong k = (word0 << 20) | (word1 >> 12);
        var expected = (k + 0.5) / Math.Pow(2, 52);
        Assert.Equal(expected, ScalarLane.Uniform(new PhiloxBits(42, 1, 0), 7).Value);
        Assert.Equal(2 * k + 1, (BigInteger)(expected * Math.Pow(2, 53)));
    }

    [Fact]
    public void Vector_and_scalar_uniforms_are_the_same_bits_across_the_32_bit_border_of_the_draw_index()
    {
        AssertScalarUniforms<QuadLane<Vector<double>, VectorOperations>>();
        AssertScalarUniforms<QuadLane<Vector512<double>, Vector512Operations>>();
    }

    private static void AssertScalarUniforms<TLane>()
        where TLane : unmanaged, IHostLane<TLane>
    {
        var first = (1UL << 32) - 3;
        var bits = new PhiloxBits(0xFEDCBA9876543210, 0x0FED_CBA9_89AB_CDEF, 5);
        for (var offset = 0UL; offset < 16; offset++)
        {
            var lane = TLane.Uniform(bits, first + offset);
            var vector = MemoryMarshal.Cast<TLane, double>(new Span<TLane>(ref lane));
            for (var i = 0; i < TLane.Count; i++)
                Assert.Equal(ScalarLane.Uniform(bits, first + offset + (ulong)i).Value, vector[i]);
        }
    }

    [Fact]
    public void Uniforms_lie_strictly_between_0_and_1_and_have_the_moments_of_their_distribution()
    {
        const int count = 200_000;
        double sum = 0, squares = 0;
        for (var draw = 0UL; draw < count; draw++)
        {
            var u = ScalarLane.Uniform(new PhiloxBits(1, CounterLayout.InputId("x"), CounterLayout.SampleStream), draw).Value;
            Assert.InRange(u, double.Epsilon, 1 - double.Epsilon);
            sum += u;
            squares += (u - 0.5) * (u - 0.5);
        }

        // Four standard errors: sd of u is √(1/12), of (u − ½)² is √(1/180).
        Assert.Equal(0.5, sum / count, 4 * Math.Sqrt(1.0 / 12 / count));
        Assert.Equal(1.0 / 12, squares / count, 4 * Math.Sqrt(1.0 / 180 / count));
    }

    [Theory]
    [InlineData("", 0x811c9dc5u)]
    [InlineData("a", 0xe40c292cu)]
    [InlineData("foobar", 0xbf9cf968u)]
    public void Input_identifiers_are_FNV_1a_of_the_name(string name, uint expected) =>
        Assert.Equal(expected, CounterLayout.InputId(name));

    [Fact]
    public void The_high_half_of_an_identifier_is_in_the_last_word_above_the_stream()
    {
        // The words of the generator for the counter 0000000b 00000000 89abcdef fedcba95.
        var (x0, x1, x2, x3) = (new ScalarWord(11), new ScalarWord(0), new ScalarWord(0x89ABCDEF), new ScalarWord(0xFEDCBA95));
        Philox4x32.Encrypt(ref x0, ref x1, ref x2, ref x3, 42, 0, Philox4x32.StandardRounds);
        var k = (x0.Value << 20) | (x1.Value >> 12);
        Assert.Equal((k + 0.5) / Math.Pow(2, 52), ScalarLane.Uniform(new PhiloxBits(42, 0x0FED_CBA9_89AB_CDEF, 5), 11).Value);
    }

    [Fact]
    public void Two_million_inputs_have_two_million_identifiers_and_nearly_all_are_the_hash_of_their_name()
    {
        const int rows = 1302, columns = 1536;
        string[] names = [.. Enumerable.Range(0, rows * columns).Select(i => $"flow:{i / columns}:{i % columns}")];
        var ids = CounterLayout.InputIds(names);
        Assert.Equal(names.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id, 0UL, (1UL << 60) - 1));
        Assert.All(Enumerable.Range(0, ids.Length).Where(i => i % 1001 == 0),
            i => Assert.Equal(CounterLayout.InputId(names[i]), ids[i] & uint.MaxValue));

        // N names of random hashes have N²/2³³ pairs with the same hash, give or take four standard deviations.
        var expected = Math.Pow(names.Length, 2) / Math.Pow(2, 33);
        Assert.InRange(ids.Count(id => id >> 32 > 0), expected - 4 * Math.Sqrt(expected), expected + 4 * Math.Sqrt(expected));
    }

    [Fact]
    public void Of_names_with_one_hash_the_first_in_ordinal_order_keeps_it_and_their_order_does_not_matter()
    {
        const string first = "coefficient:42ad", second = "coefficient:fuzx";
        Assert.Equal(CounterLayout.InputId(first), CounterLayout.InputId(second));
        foreach (var names in new[] { new[] { first, "other", second }, [second, first, "other"] })
        {
            var ids = CounterLayout.InputIds(names).Zip(names).ToDictionary(p => p.Second, p => p.First);
            Assert.Equal(CounterLayout.InputId(first), ids[first]);
            Assert.Equal(CounterLayout.InputId("other"), ids["other"]);
            Assert.Equal(CounterLayout.InputId(first), ids[second] & uint.MaxValue);
            Assert.NotEqual(0UL, ids[second] >> 32);
        }

        // Alone, each is addressed as ever.
        Assert.Equal([CounterLayout.InputId(second)], CounterLayout.InputIds([second]));
    }

    private static TWord[] Encrypt<TWord>(int rounds, string counter, string key)
        where TWord : unmanaged, IWord<TWord>
    {
        var c = Words(counter).Select(w => TWord.Broadcast(w)).ToArray();
        var k = Words(key);
        Philox4x32.Encrypt(ref c[0], ref c[1], ref c[2], ref c[3], k[0], k[1], rounds);
        return c;
    }

    private static uint[] Words(string hex) =>
        [.. hex.Split(' ').Select(w => uint.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
