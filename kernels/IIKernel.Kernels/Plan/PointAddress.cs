using System.Runtime.CompilerServices;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Plan;

/// <summary>Which points of which replicates draws are, and where the pseudorandom numbers of one of their coordinates stand.</summary>
/// <param name="replicateBits">Binary logarithm of the number of replicates.</param>
/// <param name="firstReplicate">Number of the first replicate.</param>
/// <param name="seed">Seed of the generator.</param>
/// <param name="input">Identifier of the input quantity.</param>
/// <param name="side">Which of two samples.</param>
internal readonly struct PointAddress(int replicateBits, int firstReplicate, ulong seed, ulong input, uint side)
{
    private readonly int _replicateBits = replicateBits;
    private readonly int _firstReplicate = firstReplicate;
    private readonly ulong _seed = seed;
    private readonly ulong _input = input;
    private readonly uint _side = side;

    /// <summary>The number of the point within its replicate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord Point<TWord>(TWord draw)
        where TWord : unmanaged, IWord<TWord> => draw >>> _replicateBits;

    /// <summary>The number of the replicate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord Replicate<TWord>(TWord draw)
        where TWord : unmanaged, IWord<TWord> =>
        TWord.Broadcast((ulong)_firstReplicate) + (draw & TWord.Broadcast((1UL << _replicateBits) - 1));

    /// <summary>The generated bits of a counter whose first two words are given; see <see cref="CounterLayout.Block"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Block<TWord>(ref TWord x0, ref TWord x1, out TWord x2, out TWord x3, uint stream)
        where TWord : unmanaged, IWord<TWord> => CounterLayout.Block(ref x0, ref x1, out x2, out x3, _seed, _input, stream + _side);

    /// <summary>Numbers below <paramref name="count"/> permuted; see <see cref="KeyedPermutation.Map"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord Permute<TWord>(TWord index, ulong count, TWord key)
        where TWord : unmanaged, IWord<TWord> =>
        KeyedPermutation.Map(index, count, key, _seed, _input, CounterLayout.PermutationStream + _side);
}
