using IIKernel.Kernels.Random;

namespace IIKernel.Kernels.Plan;

/// <summary>What the uniform variates of the draws come from.</summary>
public static class SequenceKind
{
    /// <summary>Independent pseudorandom draws: <see cref="Philox4x32"/>.</summary>
    public const int Philox = 0;

    /// <summary>
    /// Points of Sobol' with the direction numbers of Joe and Kuo, in the order of Gray's code, scrambled by <see cref="OwenScramble"/>.
    /// </summary>
    public const int Sobol = 1;

    /// <summary>
    /// Latin hypercubes: of n points each input has one in each n-th of its probability, by a <see cref="KeyedPermutation"/>.
    /// </summary>
    public const int LatinHypercube = 2;
}

/// <summary>
/// The sequence that a plan draws from. Points of a sequence are not independent of each other: what is to be known of the error of a
/// result comes from replicates, the same points randomised anew. Draw d belongs to replicate d mod r and is point ⌊d/r⌋ of it, so that the
/// first draws of a sample are the first points of all replicates; and the plan of a single one gives the same points again.
/// </summary>
public sealed record SequencePlan
{
    /// <summary>The largest number of points of a replicate of Sobol' or of a Latin hypercube, 2^32.</summary>
    public const long MaximumPoints = 1L << 32;

    /// <summary>The largest number of replicates.</summary>
    public const int MaximumReplicates = 1 << 24;

    /// <summary>Pseudorandom draws.</summary>
    public static SequencePlan Philox { get; } = new() { Kind = SequenceKind.Philox };

    /// <summary>One of <see cref="SequenceKind"/>.</summary>
    public required int Kind { get; init; }

    /// <summary>
    /// r, the number of replicates that the draws belong to in turn: a power of two, at most <see cref="MaximumReplicates"/>.
    /// </summary>
    public int Replicates { get; init; } = 1;

    /// <summary>The number of the first replicate.</summary>
    public int FirstReplicate { get; init; }

    /// <summary>Number of points of each replicate; read by a Latin hypercube alone.</summary>
    public long Points { get; init; }

    /// <summary>The sequence of one of the replicates alone, whose draw p is point p of it.</summary>
    public SequencePlan Replicate(int index) => this with { Replicates = 1, FirstReplicate = FirstReplicate + index };

    /// <summary>
    /// The dimensions of Sobol' points that a plan's inputs take, of <see cref="DirectionNumbers.Dimensions"/>: one for each identifier of
    /// those that are not certain, in order; as many again for inputs of the second sample where there are any.
    /// </summary>
    public static int DimensionsOf(MarginalTable inputs)
    {
        var drawn = IdentifiersOf(inputs).Length;
        return inputs.Sides.Contains(1) ? 2 * drawn : drawn;
    }

    /// <summary>The identifiers of the inputs that are not certain, each once: the columns of a joint sample share one.</summary>
    internal static ulong[] IdentifiersOf(MarginalTable inputs) =>
        [.. inputs.InputIds.Where((_, i) => inputs.Kinds[i] != MarginalKind.Constant).Distinct()];
}

/// <summary><see cref="SequencePlan"/> where a kernel can read it, with the direction numbers of its inputs.</summary>
internal readonly struct SequenceView<TReals, TIntegers>
{
    // Points of a replicate are numbered below 2^32.
    private const int PointBits = 32;

    public readonly int ReplicateBits;
    public readonly int FirstReplicate;
    public readonly long Points;

    // 32 for each input, least significant digit first, and its digits in reverse: the leading one in the lowest bit.
    public readonly TIntegers Directions;

    public SequenceView(SamplePlan plan, Placement<TReals, TIntegers> place)
    {
        var sequence = plan.Sequence;
        if (!int.IsPow2(sequence.Replicates) || sequence.Replicates > SequencePlan.MaximumReplicates)
            throw new ArgumentException($"{sequence.Replicates} replicates are no power of two.", nameof(plan));
        ReplicateBits = int.Log2(sequence.Replicates);
        FirstReplicate = sequence.FirstReplicate;
        Points = sequence.Points;
        Directions = place.Integers(sequence.Kind == SequenceKind.Sobol ? DirectionsOf(plan.Marginals) : []);
    }

    /// <summary>
    /// Where the pseudorandom numbers of a draw stand that are none of the sequence's points: at the draw's index, of replicates at its
    /// point and replicate, so that a replicate drawn alone has them again.
    /// </summary>
    public ulong DrawOf(ulong draw) => (draw >> ReplicateBits)
        | ((ulong)(uint)FirstReplicate + (draw & ((1UL << ReplicateBits) - 1)) << PointBits);

    private static int[] DirectionsOf(MarginalTable inputs)
    {
        var dimensions = SequencePlan.IdentifiersOf(inputs).Select((id, d) => (id, d)).ToDictionary(p => p.id, p => p.d);
        var directions = new int[inputs.Kinds.Length * DirectionNumbers.Bits];
        for (var i = 0; i < inputs.Kinds.Length; i++)
        {
            if (inputs.Kinds[i] == MarginalKind.Constant) continue;
            var numbers = DirectionNumbers.Of(dimensions[inputs.InputIds[i]] + (inputs.SideOf(i) == 0 ? 0 : dimensions.Count));
            for (var digit = 0; digit < DirectionNumbers.Bits; digit++)
            {
                directions[i * DirectionNumbers.Bits + digit] =
                    unchecked((int)OwenScramble.Reverse(new ScalarWord(numbers[digit])).Value);
            }
        }

        return directions;
    }
}
