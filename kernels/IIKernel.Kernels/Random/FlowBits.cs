using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Random;

/// <summary>Where the uniform variates of things that have keys come from: 52 bits for each, a pure function of its key.</summary>
public interface IKeyedBitSource
{
    /// <summary>The bits as an integer k, 0 ≤ k &lt; 2^52: the variate is (k + ½)·2^−52.</summary>
    /// <param name="key">The keys.</param>
    TWord First52Bits<TWord>(TWord key)
        where TWord : unmanaged, IWord<TWord>;
}

/// <summary>
/// The pseudorandom bits of the flows of one row of a table in one draw, by the keys of their columns: those of <see cref="Philox4x32"/>,
/// addressed as <see cref="CounterLayout"/> says of a flow.
/// </summary>
/// <param name="seed">The key of the generator.</param>
/// <param name="draw">Index of the draw.</param>
/// <param name="row">Key of the row; see <see cref="CounterLayout.FlowKeys"/>.</param>
public readonly struct FlowBits(ulong seed, ulong draw, uint row) : IKeyedBitSource
{
    private readonly ulong _seed = seed;
    private readonly ulong _draw = draw;
    private readonly ulong _row = row;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord First52Bits<TWord>(TWord key)
        where TWord : unmanaged, IWord<TWord>
    {
        var (x0, x1) = (TWord.Broadcast((uint)_draw), TWord.Broadcast(_draw >> 32));
        var (x2, x3) = (TWord.Broadcast(_row), key);
        Philox4x32.Encrypt(ref x0, ref x1, ref x2, ref x3, (uint)_seed, (uint)(_seed >> 32), Philox4x32.StandardRounds);
        return CounterLayout.First52Bits(x0, x1);
    }
}

/// <summary>
/// The pseudorandom bits of what the flows of a row, a column or a source have in common in one draw, by their keys: those of
/// <see cref="Philox4x32"/>, addressed as <see cref="CounterLayout.CommonWord"/> says.
/// </summary>
/// <param name="seed">The key of the generator.</param>
/// <param name="draw">Index of the draw.</param>
/// <param name="word">Word 3 of the counters.</param>
public readonly struct CommonErrorBits(ulong seed, ulong draw, uint word) : IKeyedBitSource
{
    private readonly ulong _seed = seed;
    private readonly ulong _draw = draw;
    private readonly ulong _word = word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord First52Bits<TWord>(TWord key)
        where TWord : unmanaged, IWord<TWord>
    {
        var (x0, x1) = (TWord.Broadcast((uint)_draw), TWord.Broadcast(_draw >> 32));
        var (x2, x3) = (key, TWord.Broadcast(_word));
        Philox4x32.Encrypt(ref x0, ref x1, ref x2, ref x3, (uint)_seed, (uint)(_seed >> 32), Philox4x32.StandardRounds);
        return CounterLayout.First52Bits(x0, x1);
    }
}
