using System.Runtime.CompilerServices;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Device;

/// <summary>Points of Latin hypercubes; see <see cref="SequenceKind.LatinHypercube"/> and <see cref="SequencePlan"/>.</summary>
internal readonly struct LatinHypercubeSequence : ISequence
{
    // (k + ½)·2^−52 of an integer k.
    private const double TwoTo52 = 4503599627370496.0;
    private const double Half = 1.0 / 9007199254740992.0;

    // Of a place within a stratum 21 bits: with a stratum's number, below 2^32, they are exact in one double.
    private const double PlaceScale = 4294967296.0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Uniform<TLane, TReals, TIntegers>(in PlanView<TReals, TIntegers> plan, ulong firstDraw, int input)
        where TLane : unmanaged, ILane<TLane>
        where TReals : struct, IReadOnlyArray<double>
        where TIntegers : struct, IReadOnlyArray<int>
    {
        var (id, side) = (plan.InputId(input), plan.Side(input));
        var (bits, first) = (plan.Sequence.ReplicateBits, plan.Sequence.FirstReplicate);
        var stratum = TLane.Uniform(new StratumBits(bits, first, (ulong)plan.Sequence.Points, plan.Seed, id, side), firstDraw);
        var place = TLane.Uniform(new PlaceBits(bits, first, plan.Seed, id, side), firstDraw);
        var number = (stratum - TLane.Broadcast(Half)) * TLane.Broadcast(TwoTo52);
        return (number + place * TLane.Broadcast(PlaceScale)) / TLane.Broadcast(plan.Sequence.Points);
    }

    // k is the number of the stratum.
    private readonly struct StratumBits(int replicateBits, int firstReplicate, ulong points, ulong seed, ulong input, uint side)
        : IBitSource
    {
        private readonly int _replicateBits = replicateBits;
        private readonly int _firstReplicate = firstReplicate;
        private readonly ulong _points = points;
        private readonly ulong _seed = seed;
        private readonly ulong _input = input;
        private readonly uint _side = side;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TWord First52Bits<TWord>(TWord draw)
            where TWord : unmanaged, IWord<TWord> => KeyedPermutation.Map(
            draw >>> _replicateBits, _points, Replicates.Of(draw, _replicateBits, _firstReplicate), _seed, _input,
            CounterLayout.PermutationStream + _side);
    }

    // k has 20 bits: where in its stratum a point lies.
    private readonly struct PlaceBits(int replicateBits, int firstReplicate, ulong seed, ulong input, uint side) : IBitSource
    {
        private readonly int _replicateBits = replicateBits;
        private readonly int _firstReplicate = firstReplicate;
        private readonly ulong _seed = seed;
        private readonly ulong _input = input;
        private readonly uint _side = side;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TWord First52Bits<TWord>(TWord draw)
            where TWord : unmanaged, IWord<TWord>
        {
            var (point, replicate) = (TWord.Low32(draw >>> _replicateBits), Replicates.Of(draw, _replicateBits, _firstReplicate));
            CounterLayout.Block(ref point, ref replicate, out _, out _, _seed, _input, CounterLayout.TailStream + _side);
            return point >>> 12;
        }
    }
}
