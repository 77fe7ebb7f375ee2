using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>Draws that were kept, of some outputs: what was drawn is described again, or asked what nobody asked before.</summary>
/// <remarks>
/// Every output is a column of its own here. Order statistics, counts and ranks are therefore those of the program that drew, to the bit;
/// the mean and the standard deviation of what a plan takes for a fixed multiple of another output differ from that output's times the
/// factors by rounding.
/// </remarks>
public sealed class StoredSource : IDrawSource
{
    private readonly double[]?[] _columns;

    /// <summary>Serves kept draws.</summary>
    /// <param name="outputs">Number of outputs, those that were not kept included.</param>
    /// <param name="kept">The values of each kept output in draw order, by its index; all of as many draws.</param>
    /// <exception cref="ArgumentException">Outputs of different numbers of draws, or none.</exception>
    public StoredSource(int outputs, IReadOnlyDictionary<int, double[]> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (kept.Values.Select(v => v.Length).Distinct().Count() != 1)
            throw new ArgumentException("Outputs are kept of one number of draws.", nameof(kept));
        _columns = new double[outputs][];
        foreach (var (output, values) in kept) _columns[output] = values;
        Draws = kept.Values.First().Length;
        Layout = new([.. Enumerable.Range(0, outputs).Select(i => new OutputAlias(i, []))], outputs, UncertainInputs: 0);
    }

    /// <summary>Number of draws that were kept.</summary>
    public int Draws { get; }

    /// <inheritdoc/>
    public OutputLayout Layout { get; }

    /// <summary>Whether the draws of an output were kept.</summary>
    public bool Holds(int output) => (uint)output < (uint)_columns.Length && _columns[output] is not null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An output that was not kept.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Draws that were not kept.</exception>
    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Draws, nameof(count));
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.LongLength, (long)outputs.Length * count, nameof(destination));
        cancellation.ThrowIfCancellationRequested();
        for (var i = 0; i < outputs.Length; i++)
        {
            Kept(outputs[i]).AsSpan((int)first, count).CopyTo(destination.AsSpan(i * count, count));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An output that was not kept, or segments that reach behind the kept draws.</exception>
    public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pass);
        pass.RequireRange();
        if (pass.Segments.Start(pass.Range.End) > Draws) throw new ArgumentException($"Only {Draws} draws were kept.", nameof(pass));
        return SimdBackend.Gather([.. pass.Columns.Select(Kept)], pass, progress, cancellation);
    }

    private double[] Kept(int output) =>
        Holds(output) ? _columns[output]! : throw new ArgumentException($"The draws of output {output} were not kept.", nameof(output));
}
