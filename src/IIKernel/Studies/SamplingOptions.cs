using System.Text.Json.Serialization;

namespace IIKernel.Studies;

/// <summary>What the uniform variates of draws come from.</summary>
public enum SamplingSequence
{
    /// <summary>Independent pseudorandom numbers.</summary>
    Philox,

    /// <summary>Scrambled points of Sobol'.</summary>
    Sobol,

    /// <summary>Latin hypercubes.</summary>
    LatinHypercube,
}

/// <summary>What drawn tables are factorised in.</summary>
public enum TablePrecision
{
    /// <summary>Double precision.</summary>
    Double,

    /// <summary>Single precision, with corrections whose residuals are computed in double precision until a bound holds.</summary>
    Mixed,
}

/// <summary>How a study asks to be sampled; the command line may override each item.</summary>
/// <param name="Draws">Number of draws N, at least 1.</param>
/// <param name="Seed">Seed of the counter-based generator, any 64-bit value.</param>
/// <param name="Level">Probability of every coverage interval, in (0, 1).</param>
public sealed record SamplingOptions(long Draws, ulong Seed, double Level)
{
    // Fewer would tell little of the error, more leave each with fewer points and its evenness unused.
    private const int SequenceReplicates = 16;

    // A replicate's points are told apart by 32 bits.
    private const long MostPoints = 1L << 32;

    /// <summary>The words for the sequences, as the command line and study.json write them.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<SamplingSequence>().Select(Word)];

    /// <summary>What the uniform variates come from.</summary>
    public SamplingSequence Sequence { get; init; }

    /// <summary>What drawn tables are factorised in; means nothing to tables that are certain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TablePrecision Precision { get; init; }

    /// <summary>
    /// How often the points of a sequence are randomised anew: points are not independent, so that replicates tell their error. Draw d
    /// belongs to replicate d mod that. 1 for independent draws.
    /// </summary>
    public int Replicates => Sequence == SamplingSequence.Philox ? 1 : SequenceReplicates;

    /// <summary>The words for what drawn tables are factorised in, as the command line writes them.</summary>
    public static IReadOnlyList<string> PrecisionWords { get; } = [.. Enum.GetValues<TablePrecision>().Select(Word)];

    /// <summary>Whether the sequence has a sample of so many draws.</summary>
    [JsonIgnore]
    public bool Fits => Fitting(Draws) == Draws;

    /// <summary>What the sequence asks of the number of draws, in words.</summary>
    [JsonIgnore]
    public string Demand => Sequence switch
    {
        SamplingSequence.Sobol => $"a power of two, {SequenceReplicates} to {MostPoints}, for Sobol' points",
        SamplingSequence.LatinHypercube => $"a multiple of {SequenceReplicates} up to {MostPoints} for Latin hypercubes",
        _ => "a number of at least 1",
    };

    /// <summary>The numbers of draws next to the one here that the sequence has: one, or one below and one above.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> Nearest
    {
        get
        {
            var below = Fitting(Draws);
            long[] both = [below, Math.Min(MostPoints, Sequence == SamplingSequence.Sobol ? 2 * below : below + SequenceReplicates)];
            return Fits || Draws < below ? [below] : [.. both.Distinct()];
        }
    }

    /// <summary>The word for a sequence.</summary>
    public static string Word(SamplingSequence sequence) =>
        sequence == SamplingSequence.LatinHypercube ? "latin-hypercube" : sequence.ToString().ToLowerInvariant();

    /// <summary>The word for what drawn tables are factorised in.</summary>
    public static string Word(TablePrecision precision) => precision.ToString().ToLowerInvariant();

    /// <summary>The sequence of a word; null for another word.</summary>
    public static SamplingSequence? Find(string word) =>
        Enum.GetValues<SamplingSequence>().Select(s => (SamplingSequence?)s).FirstOrDefault(s => Word(s!.Value) == word);

    /// <summary>The largest number of draws up to one that the sequence has; its least where there is none.</summary>
    /// <param name="draws">At least 1.</param>
    public long Fitting(long draws) => Sequence switch
    {
        SamplingSequence.Sobol => Math.Clamp(1L << (int)long.Log2(draws), SequenceReplicates, MostPoints),
        SamplingSequence.LatinHypercube => Math.Clamp(draws / SequenceReplicates * SequenceReplicates, SequenceReplicates, MostPoints),
        _ => draws,
    };
}
