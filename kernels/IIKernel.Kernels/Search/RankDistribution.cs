using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// How many draws each of some entities held each rank in. Ranks are those of a competition, the greatest value first: 1 plus the number
/// of entities whose value is greater, so that equal values share the better rank. Entities that are no number in a draw have no rank in it
/// and are greater than none.
/// </summary>
public sealed class RankDistribution : IDrawReceiver<RankDistribution>
{
    // Draws that are ranked together: with some dozens of entities they stay in the first cache.
    private const int Together = 128;

    private readonly int[] _rows;
    private readonly long[] _held;
    private readonly long[] _undefined;
    private readonly long[] _greater = new long[Together];

    /// <summary>Ranks entities that have seen no draw.</summary>
    /// <param name="rows">The row of each entity in the draws that are given; each at most once.</param>
    public RankDistribution(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _rows = [.. rows];
        _held = new long[_rows.Length * _rows.Length];
        _undefined = new long[_rows.Length];
    }

    /// <summary>E, the number of entities.</summary>
    public int Entities => _rows.Length;

    /// <summary>Number of draws so far.</summary>
    public long Draws { get; private set; }

    /// <summary>Ranks the entities in the draws 0 … draws − 1.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <param name="outputs">The output of each entity, each at most once.</param>
    /// <param name="threads">Threads for the ranking.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the scan with an <see cref="OperationCanceledException"/>.</param>
    public static RankDistribution Collect(IDrawSource source, long draws, int[] outputs, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        int[] rows = [.. Enumerable.Range(0, outputs.Length)];
        return SampleScan.Gather(
            source, 0, draws, outputs, () => new RankDistribution(rows), nameof(RankDistribution), threads, progress, cancellation);
    }

    /// <summary>In how many draws an entity held a rank.</summary>
    /// <param name="entity">Index of the entity, from 0.</param>
    /// <param name="rank">The rank, 1 to <see cref="Entities"/>.</param>
    public long Held(int entity, int rank) => _held[entity * _rows.Length + rank - 1];

    /// <summary>In how many draws an entity had no rank.</summary>
    /// <param name="entity">Index of the entity, from 0.</param>
    public long Undefined(int entity) => _undefined[entity];

    /// <summary>The least rank that an entity held, or bettered, in at least a share of the draws in which it has one.</summary>
    /// <param name="entity">Index of the entity, from 0.</param>
    /// <param name="share">The share, above 0 to 1: ½ for the median.</param>
    /// <returns>The rank; 0 where the entity has none in any draw.</returns>
    public int Quantile(int entity, double share)
    {
        var wanted = Math.Max(1, share * (Draws - _undefined[entity]));
        var sum = 0L;
        for (var rank = 1; rank <= _rows.Length; rank++)
            if ((sum += Held(entity, rank)) >= wanted) return rank;
        return 0;
    }

    /// <inheritdoc/>
    public void Take(DrawBlock draws)
    {
        Draws += draws.Count;
        for (var from = 0; from < draws.Count; from += Together)
        {
            var count = Math.Min(Together, draws.Count - from);
            var greater = _greater.AsSpan(0, count);
            for (var e = 0; e < _rows.Length; e++)
            {
                var values = draws.Row(_rows[e]).Slice(from, count);
                greater.Clear();
                foreach (var row in _rows) DrawComparison.AddGreater(draws.Row(row).Slice(from, count), values, greater);
                var held = _held.AsSpan(e * _rows.Length, _rows.Length);
                for (var d = 0; d < count; d++)
                {
                    if (double.IsNaN(values[d])) _undefined[e]++;
                    else held[(int)greater[d]]++;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Add(RankDistribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Draws += other.Draws;
        for (var i = 0; i < _held.Length; i++) _held[i] += other._held[i];
        for (var e = 0; e < _undefined.Length; e++) _undefined[e] += other._undefined[e];
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        NumberPacking.Write(writer, [Draws]);
        NumberPacking.Write(writer, _held);
        NumberPacking.Write(writer, _undefined);
    }

    /// <inheritdoc/>
    public void Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Draws = NumberPacking.ReadOne(reader);
        NumberPacking.Read(reader, _held);
        NumberPacking.Read(reader, _undefined);
    }
}
