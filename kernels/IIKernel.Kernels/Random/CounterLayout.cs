using System.Runtime.CompilerServices;
using System.Text;

namespace IIKernel.Kernels.Random;

/// <summary>
/// Which counter belongs to which variate. Counter words 0 and 1: the draw index, low and high half;
/// word 2: the low 32 bits of the input quantity's identifier; word 3: its high 28 bits, and the stream in the last four. Key: the
/// seed. A variate is therefore a pure function of (seed, draw, input, stream), whatever computes it and in whatever order.
/// </summary>
/// <remarks>
/// The low half of an identifier is a hash of the input's name, and the high half is 0, which is how draws have always been addressed.
/// Of inputs of one study whose names share a hash, the first in ordinal order keeps that, and the others get a second hash of their name
/// as their high half. So no two inputs of a study share a stream, however many they are; and an input that is added or taken away changes
/// no other's stream, save that of one with the same hash and a later name (one name in 4·10⁹ has a given hash).
/// </remarks>
public static class CounterLayout
{
    /// <summary>
    /// The stream of ordinary draws. This and those below are even numbers: the odd one behind each is the same for a second sample that
    /// is independent of the first.
    /// </summary>
    public const uint SampleStream = 0;

    /// <summary>The stream of the keys by which points of a sequence are scrambled.</summary>
    public const uint ScrambleStream = 2;

    /// <summary>The stream of what lies behind the digits that a sequence decides.</summary>
    public const uint TailStream = 4;

    /// <summary>The stream of the permutations of a Latin hypercube.</summary>
    public const uint PermutationStream = 6;

    /// <summary>The stream of the flows of a drawn table; see <see cref="FlowKeys"/>.</summary>
    public const uint FlowStream = 8;

    /// <summary>The stream of what the errors of flows have in common; see <see cref="CommonWord"/>.</summary>
    public const uint CommonErrorStream = 10;

    private const int StreamBits = 4;
    private const int HashBits = 32;
    private const uint HighMask = (1u << (HashBits - StreamBits)) - 1;

    /// <summary>
    /// (k + ½)·2^−52 is the double with significand bits k in [1, 2), minus this; the difference is exact,
    /// and lies in [2^−53, 1 − 2^−53].
    /// </summary>
    public const double UniformOffset = 1.0 - 1.1102230246251565e-16;

    /// <summary>
    /// The first 52 of the 128 generated bits as an integer k: all of word 0, then the high 20 bits of word 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord First52Bits<TWord>(ulong seed, TWord draw, ulong input, uint stream)
        where TWord : unmanaged, IWord<TWord>
    {
        var x0 = TWord.Low32(draw);
        var x1 = draw >>> 32;
        Block(ref x0, ref x1, out _, out _, seed, input, stream);
        return First52Bits(x0, x1);
    }

    /// <summary>
    /// The first 52 of 64 bits as an integer k: all of the first word, then the high 20 bits of the second; 32 bits in each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord First52Bits<TWord>(TWord x0, TWord x1)
        where TWord : unmanaged, IWord<TWord> => (x0 << 20) | (x1 >>> 12);

    /// <summary>All 128 generated bits of a counter whose first two words are given, 32 bits in each word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<TWord>(ref TWord x0, ref TWord x1, out TWord x2, out TWord x3, ulong seed, ulong input, uint stream)
        where TWord : unmanaged, IWord<TWord>
    {
        x2 = TWord.Broadcast((uint)input);
        x3 = TWord.Broadcast((input >>> HashBits << StreamBits) | stream);
        Philox4x32.Encrypt(ref x0, ref x1, ref x2, ref x3, (uint)seed, (uint)(seed >> 32), Philox4x32.StandardRounds);
    }

    /// <summary>
    /// The identifier of an input quantity that shares its hash with no other of its study: FNV-1a of its name in UTF-8, 32 bits.
    /// Inputs are addressed by name, not position.
    /// </summary>
    public static ulong InputId(string name)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 16777619u;
        return hash;
    }

    /// <summary>The identifiers of all input quantities of a study, 60 bits each, no two the same.</summary>
    /// <param name="names">Their names, each once.</param>
    public static ulong[] InputIds(IReadOnlyList<string> names)
    {
        var ids = new ulong[names.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = InputId(names[i]);
        foreach (var shared in Enumerable.Range(0, ids.Length).GroupBy(i => ids[i]).Where(g => g.Skip(1).Any()))
        {
            var taken = new HashSet<uint> { 0 };
            foreach (var i in shared.OrderBy(i => names[i], StringComparer.Ordinal).Skip(1))
            {
                var high = SecondHash(names[i]);
                while (!taken.Add(high)) high = (high + 1) & HighMask;
                ids[i] |= (ulong)high << HashBits;
            }
        }

        return ids;
    }

    /// <summary>
    /// The keys of a table's rows and columns: a flow has the counter whose word 2 is the key of its row, 32 bits, and whose word 3 is the
    /// key of its column, 28 bits, and <see cref="FlowStream"/> in the last four. Keys are hashes of the sectors' codes, made different in
    /// the order of the codes where two are the same: so a flow keeps its draws whatever other sectors there are and in whatever order,
    /// save where such a pair is broken.
    /// </summary>
    /// <param name="codes">The codes of the table's sectors, each once.</param>
    /// <returns>For each sector the key of its row, and word 3 of its column.</returns>
    public static (uint[] Rows, uint[] Columns) FlowKeys(IReadOnlyList<string> codes)
    {
        var (columns, taken) = (new uint[codes.Count], new HashSet<uint>());
        foreach (var i in Enumerable.Range(0, codes.Count).OrderBy(i => codes[i], StringComparer.Ordinal))
        {
            var column = SecondHash(codes[i]);
            while (!taken.Add(column)) column = (column + 1) & HighMask;
            columns[i] = (column << StreamBits) | FlowStream;
        }

        return (CommonKeys(codes), columns);
    }

    /// <summary>
    /// The keys of what flows have in common, by name: hashes of 32 bits, made different in the order of the names where two are the same.
    /// Those of rows and of columns are the keys of the rows.
    /// </summary>
    /// <param name="names">The names, each once.</param>
    public static uint[] CommonKeys(IReadOnlyList<string> names)
    {
        var (keys, taken) = (new uint[names.Count], new HashSet<uint>());
        foreach (var i in Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal))
        {
            keys[i] = (uint)InputId(names[i]);
            while (!taken.Add(keys[i])) keys[i] = unchecked(keys[i] + 1);
        }

        return keys;
    }

    /// <summary>
    /// Word 3 of the counters of what the flows of a row, of a column or of a source have in common, whose key is word 2: the kind in the
    /// high bits, and <see cref="CommonErrorStream"/>.
    /// </summary>
    /// <param name="kind">What has it in common.</param>
    /// <param name="side">0, or 1 for the second sample.</param>
    public static uint CommonWord(CommonErrorKind kind, int side) => ((uint)kind << StreamBits) | CommonErrorStream | (uint)side;

    // FNV-1a of 64 bits, whose upper half knows nothing of the hash of 32.
    private static uint SecondHash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 1099511628211UL;
        return (uint)(hash >> 36) & HighMask;
    }
}

/// <summary>What flows whose errors have something in common share.</summary>
public enum CommonErrorKind
{
    /// <summary>Their row.</summary>
    Row,

    /// <summary>Their column.</summary>
    Column,

    /// <summary>The source of their data.</summary>
    Source,
}
