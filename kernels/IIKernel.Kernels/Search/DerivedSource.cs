using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>A function of two outputs of a draw.</summary>
public enum DerivedKind
{
    /// <summary>The first less the second.</summary>
    Difference,

    /// <summary>The first divided by the second; no number or infinite where that is 0.</summary>
    Ratio,
}

/// <summary>An output that is made of two others, draw by draw.</summary>
/// <param name="Kind">How.</param>
/// <param name="First">Index of the first output.</param>
/// <param name="Second">Index of the second output, which may be the first.</param>
public readonly record struct DerivedOutput(DerivedKind Kind, int First, int Second)
{
    /// <summary>Its value where both outputs have one value other than 0.</summary>
    public double Equality => Kind == DerivedKind.Ratio ? 1 : 0;

    /// <summary>Its value for values of the two.</summary>
    public double Apply(double first, double second) => Kind == DerivedKind.Ratio ? first / second : first - second;
}

/// <summary>
/// The outputs of another source, and behind them functions of two of these: since both come from one draw, what they share cancels.
/// </summary>
public sealed class DerivedSource : IDrawSource
{
    private readonly IDrawSource _inner;
    private readonly DerivedOutput[] _derived;

    /// <summary>Derives outputs.</summary>
    /// <param name="inner">What is drawn.</param>
    /// <param name="derived">Functions of its outputs; the first gets the index <see cref="First"/>, the others follow.</param>
    public DerivedSource(IDrawSource inner, IReadOnlyList<DerivedOutput> derived)
    {
        ArgumentNullException.ThrowIfNull(inner);
        (_inner, _derived) = (inner, [.. derived]);
        var layout = inner.Layout;
        First = layout.Aliases.Count;
        Layout = layout with { Aliases = [.. layout.Aliases, .. _derived.Select((_, i) => new OutputAlias(First + i, []))] };
    }

    /// <summary>Index of the first derived output.</summary>
    public int First { get; }

    /// <inheritdoc/>
    public OutputLayout Layout { get; }

    /// <inheritdoc/>
    public IWorkLedger? Ledger => _inner.Ledger?.About(_derived);

    /// <inheritdoc/>
    public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        PassResult Run(AccumulationPass part, IProgress<double>? share, CancellationToken end) => PlainPass.Run(this, part, share, end);
        return new PassWork(pass, this, Run).Do(Ledger, progress, cancellation);
    }

    /// <summary>Values of all outputs, where those of the inner ones are known: the derived ones behind them.</summary>
    /// <param name="values">A value of each inner output.</param>
    public double[] Extend(double[] values) => [.. values, .. _derived.Select(d => d.Apply(values[d.First], values[d.Second]))];

    /// <inheritdoc/>
    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.LongLength, (long)outputs.Length * count, nameof(destination));
        var drawn = new List<int>();
        var rowOf = new Dictionary<int, int>();
        foreach (var output in outputs)
        {
            if (output < First)
            {
                Draw(output);
                continue;
            }

            Draw(_derived[output - First].First);
            Draw(_derived[output - First].Second);
        }

        var values = new double[checked(drawn.Count * count)];
        _inner.Evaluate(first, count, [.. drawn], values, cancellation);
        for (var i = 0; i < outputs.Length; i++)
        {
            var output = outputs[i];
            var row = destination.AsSpan(i * count, count);
            if (output < First)
            {
                Row(output).CopyTo(row);
                continue;
            }

            var derived = _derived[output - First];
            var a = Row(derived.First);
            var b = Row(derived.Second);
            for (var draw = 0; draw < count; draw++) row[draw] = derived.Apply(a[draw], b[draw]);
        }

        void Draw(int output)
        {
            if (rowOf.TryAdd(output, drawn.Count)) drawn.Add(output);
        }

        ReadOnlySpan<double> Row(int output) => values.AsSpan(rowOf[output] * count, count);
    }
}
