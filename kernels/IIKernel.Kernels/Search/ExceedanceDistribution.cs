using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>
/// How many of some entities lie above each of some thresholds, and how often: the number of draws in which k of them do, and in which each
/// does. Ascending thresholds divide the entities into classes. What is no number lies above none.
/// </summary>
public sealed class ExceedanceDistribution : IDrawReceiver<ExceedanceDistribution>
{
    private readonly int[] _rows;
    private readonly double[] _thresholds;
    private readonly long[] _counted;
    private readonly long[] _above;
    private readonly long[] _undefined;
    private long[] _exceeding = [];

    /// <summary>Counts entities that have seen no draw.</summary>
    /// <param name="rows">The row of each entity in the draws that are given.</param>
    /// <param name="thresholds">The thresholds, in the unit of the values.</param>
    public ExceedanceDistribution(IReadOnlyList<int> rows, IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(thresholds);
        (_rows, _thresholds) = ([.. rows], [.. thresholds]);
        _counted = new long[_thresholds.Length * (_rows.Length + 1)];
        _above = new long[_thresholds.Length * _rows.Length];
        _undefined = new long[_rows.Length];
    }

    /// <summary>E, the number of entities.</summary>
    public int Entities => _rows.Length;

    /// <summary>The thresholds.</summary>
    public IReadOnlyList<double> Thresholds => _thresholds;

    /// <summary>Number of draws so far.</summary>
    public long Draws { get; private set; }

    /// <summary>Counts the entities in the draws 0 … draws − 1.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="draws">Number of draws, at least 1.</param>
    /// <param name="outputs">The output of each entity, each at most once.</param>
    /// <param name="thresholds">The thresholds, in the unit of the outputs.</param>
    /// <param name="threads">Threads for the counting.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the scan with an <see cref="OperationCanceledException"/>.</param>
    public static ExceedanceDistribution Collect(
        IDrawSource source, long draws, int[] outputs, IReadOnlyList<double> thresholds, int threads, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        int[] rows = [.. Enumerable.Range(0, outputs.Length)];
        return SampleScan.Gather(
            source, 0, draws, outputs, () => new ExceedanceDistribution(rows, thresholds), thresholds, threads, progress, cancellation);
    }

    /// <summary>In how many draws exactly k entities lie above a threshold.</summary>
    /// <param name="threshold">Index of the threshold, from 0.</param>
    /// <param name="k">Number of entities, 0 to <see cref="Entities"/>.</param>
    public long Held(int threshold, int k) => _counted[threshold * (_rows.Length + 1) + k];

    /// <summary>In how many draws an entity lies above a threshold.</summary>
    /// <param name="entity">Index of the entity, from 0.</param>
    /// <param name="threshold">Index of the threshold, from 0.</param>
    public long Above(int entity, int threshold) => _above[threshold * _rows.Length + entity];

    /// <summary>In how many draws an entity is no number.</summary>
    /// <param name="entity">Index of the entity, from 0.</param>
    public long Undefined(int entity) => _undefined[entity];

    /// <inheritdoc/>
    public void Take(DrawBlock draws)
    {
        Draws += draws.Count;
        if (_exceeding.Length < draws.Count) _exceeding = new long[draws.Count];
        var exceeding = _exceeding.AsSpan(0, draws.Count);
        for (var t = 0; t < _thresholds.Length; t++)
        {
            exceeding.Clear();
            for (var e = 0; e < _rows.Length; e++)
                _above[t * _rows.Length + e] += DrawComparison.AddGreater(draws.Row(_rows[e]), _thresholds[t], exceeding);
            var counted = _counted.AsSpan(t * (_rows.Length + 1), _rows.Length + 1);
            foreach (var k in exceeding) counted[(int)k]++;
        }

        for (var e = 0; e < _rows.Length; e++)
            foreach (var value in draws.Row(_rows[e]))
                if (double.IsNaN(value)) _undefined[e]++;
    }

    /// <inheritdoc/>
    public void Add(ExceedanceDistribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Draws += other.Draws;
        for (var i = 0; i < _counted.Length; i++) _counted[i] += other._counted[i];
        for (var i = 0; i < _above.Length; i++) _above[i] += other._above[i];
        for (var e = 0; e < _undefined.Length; e++) _undefined[e] += other._undefined[e];
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        NumberPacking.Write(writer, [Draws]);
        NumberPacking.Write(writer, _counted);
        NumberPacking.Write(writer, _above);
        NumberPacking.Write(writer, _undefined);
    }

    /// <inheritdoc/>
    public void Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Draws = NumberPacking.ReadOne(reader);
        NumberPacking.Read(reader, _counted);
        NumberPacking.Read(reader, _above);
        NumberPacking.Read(reader, _undefined);
    }
}
