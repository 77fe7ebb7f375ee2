using System.Runtime.CompilerServices;

namespace IIKernel.Kernels.Random;

/// <summary>Where the uniform variates of one input quantity come from: 52 bits for each draw, a pure function of its index.</summary>
public interface IBitSource
{
    /// <summary>The bits as an integer k, 0 ≤ k &lt; 2^52: the variate is (k + ½)·2^−52.</summary>
    /// <param name="draw">Indices of draws.</param>
    TWord First52Bits<TWord>(TWord draw)
        where TWord : unmanaged, IWord<TWord>;
}

/// <summary>Pseudorandom bits: those of <see cref="Philox4x32"/>, addressed as <see cref="CounterLayout"/> says.</summary>
/// <param name="seed">The key.</param>
/// <param name="input">Identifier of the input quantity.</param>
/// <param name="stream">One of the input's sixteen streams.</param>
public readonly struct PhiloxBits(ulong seed, ulong input, uint stream) : IBitSource
{
    private readonly ulong _seed = seed;
    private readonly ulong _input = input;
    private readonly uint _stream = stream;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord First52Bits<TWord>(TWord draw)
        where TWord : unmanaged, IWord<TWord> => CounterLayout.First52Bits(_seed, draw, _input, _stream);
}
