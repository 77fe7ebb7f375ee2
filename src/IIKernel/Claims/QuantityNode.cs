using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Search;

namespace IIKernel.Claims;

/// <summary>
/// A quantity of claims over rows of draws. It keeps what it has computed last, so that each thread needs nodes of its own.
/// </summary>
internal abstract class QuantityNode
{
    private double[] _values = [];

    /// <summary>Its value in each of some draws, until it is asked again.</summary>
    public abstract ReadOnlySpan<double> Evaluate(DrawBlock draws);

    /// <summary>Memory for the values of some draws.</summary>
    protected Span<double> Values(int count)
    {
        if (_values.Length < count) _values = new double[count];
        return _values.AsSpan(0, count);
    }
}

/// <summary>A figure.</summary>
internal sealed class FigureNode(int row) : QuantityNode
{
    public override ReadOnlySpan<double> Evaluate(DrawBlock draws) => draws.Row(row);
}

/// <summary>A sum, added up in order.</summary>
internal sealed class SumNode(QuantityNode[] terms) : QuantityNode
{
    public override ReadOnlySpan<double> Evaluate(DrawBlock draws)
    {
        var values = Values(draws.Count);
        values.Clear();
        foreach (var term in terms)
        {
            var added = term.Evaluate(draws);
            for (var d = 0; d < values.Length; d++) values[d] += added[d];
        }

        return values;
    }
}

/// <summary>The sum of the largest of some figures, added up from the largest on.</summary>
internal sealed class LargestNode(int[] rows, int count) : QuantityNode
{
    private readonly double[] _largest = new double[count];

    public override ReadOnlySpan<double> Evaluate(DrawBlock draws)
    {
        var values = Values(draws.Count);
        for (var d = 0; d < values.Length; d++)
        {
            // Kept in descending order: most figures are smaller than the last, and cost one comparison.
            Array.Fill(_largest, double.NegativeInfinity);
            foreach (var row in rows)
            {
                var value = draws.Row(row)[d];
                if (!(value > _largest[^1])) continue;
                var i = _largest.Length - 1;
                for (; i > 0 && _largest[i - 1] < value; i--) _largest[i] = _largest[i - 1];
                _largest[i] = value;
            }

            values[d] = 0;
            foreach (var value in _largest) values[d] += value;
        }

        return values;
    }
}

/// <summary>A ratio times a factor.</summary>
internal sealed class RatioNode(QuantityNode of, QuantityNode to, double factor) : QuantityNode
{
    public override ReadOnlySpan<double> Evaluate(DrawBlock draws)
    {
        var values = Values(draws.Count);
        var x = of.Evaluate(draws);
        var y = to.Evaluate(draws);
        for (var d = 0; d < values.Length; d++) values[d] = factor * x[d] / y[d];
        return values;
    }
}

/// <summary>A difference.</summary>
internal sealed class DifferenceNode(QuantityNode of, QuantityNode minus) : QuantityNode
{
    public override ReadOnlySpan<double> Evaluate(DrawBlock draws)
    {
        var values = Values(draws.Count);
        var x = of.Evaluate(draws);
        var y = minus.Evaluate(draws);
        for (var d = 0; d < values.Length; d++) values[d] = x[d] - y[d];
        return values;
    }
}

/// <summary>Growth between two years in percent, of the whole or of one of so many years.</summary>
internal sealed class GrowthNode(int from, int to, int years) : QuantityNode
{
    public override ReadOnlySpan<double> Evaluate(DrawBlock draws)
    {
        var values = Values(draws.Count);
        var earlier = draws.Row(from);
        var later = draws.Row(to);
        for (var d = 0; d < values.Length; d++)
        {
            var ratio = later[d] / earlier[d];
            values[d] = 100 * (years == 1 ? ratio - 1 : ScalarMath.Expm1(ScalarMath.Log(ratio) / years));
        }

        return values;
    }
}
