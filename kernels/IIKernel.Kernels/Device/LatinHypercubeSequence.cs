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
        var address = plan.Point(input);
        var stratum = TLane.Uniform(new StratumBits(address, (ulong)plan.Sequence.Points), firstDraw);
        var place = TLane.Uniform(new PlaceBits(address), firstDraw);
        var number = (stratum - TLane.Broadcast(Half)) * TLane.Broadcast(TwoTo52);
        return (number + place * TLane.Broadcast(PlaceScale)) / TLane.Broadcast(plan.Sequence.Points);
    }

    // k is the number of the stratum.
    private readonly struct StratumBits(PointAddress address, ulong points) : IBitSource
    {
        private readonly PointAddress _address = address;
        private readonly ulong _points = points;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TWord First52Bits<TWord>(TWord draw)
            where TWord : unmanaged, IWord<TWord> => _address.Permute(_address.Point(draw), _points, _address.Replicate(draw));
    }

    // k has 20 bits: where in its stratum a point lies.
    private readonly struct PlaceBits(PointAddress address) : IBitSource
    {
        private readonly PointAddress _address = address;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TWord First52Bits<TWord>(TWord draw)
            where TWord : unmanaged, IWord<TWord>
        {
            var (point, replicate) = (TWord.Low32(_address.Point(draw)), _address.Replicate(draw));
            _address.Block(ref point, ref replicate, out _, out _, CounterLayout.TailStream);
            return point >>> 12;
        }
    }
}
