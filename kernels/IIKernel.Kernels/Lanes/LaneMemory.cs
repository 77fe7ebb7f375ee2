using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IIKernel.Kernels.Lanes;

/// <summary>
/// Memory that lanes work in. It begins with a cache line, so that no register which is read or written there lies in two of them, and
/// does not move: who works in it by its address keeps it alive. Behind its end a line may be read.
/// </summary>
public sealed unsafe class LaneMemory
{
    private const int Line = 64;

    private readonly double[] _values;

    /// <summary>Room for <paramref name="length"/> doubles, of any values.</summary>
    public LaneMemory(int length)
    {
        Length = length;
        _values = GC.AllocateUninitializedArray<double>(length + 2 * Line / sizeof(double), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
        Start = (double*)((address + Line - 1) / Line * Line);
    }

    /// <summary>Number of doubles.</summary>
    public int Length { get; }

    /// <summary>Address of the first.</summary>
    public double* Start { get; }

    /// <summary>All of them. Who works in them keeps the memory alive.</summary>
    public Span<double> Values => new(Start, Length);
}

/// <summary>One of several lanes that share memory: element by element, their values are neighbours.</summary>
/// <param name="memory">(number of elements) × lanes.</param>
/// <param name="lane">Which of the lanes.</param>
/// <param name="lanes">Number of lanes.</param>
public readonly unsafe struct HostStore<TLane>(LaneMemory memory, int lane, int lanes) : ILaneStore<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly TLane* _values = (TLane*)memory.Start + lane;

    /// <summary>The values of an element in the draws of the lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double* Values(int index) => (double*)(_values + index * lanes);

    /// <summary>What lies behind a number of elements of all lanes, which share it.</summary>
    public double* Shared(int elements) => (double*)((TLane*)memory.Start + (long)elements * lanes);

    /// <inheritdoc/>
    public TLane this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)(index * lanes + lane) < (uint)(memory.Length / TLane.Count), "A kernel read outside its scratch memory.");
            return _values[index * lanes];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            Debug.Assert((uint)(index * lanes + lane) < (uint)(memory.Length / TLane.Count), "A kernel wrote outside its scratch memory.");
            _values[index * lanes] = value;
        }
    }
}
