using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Search;

namespace IIKernel.Claims;

/// <summary>
/// A condition of claims over rows of draws. It keeps what it has found last, so that each thread needs nodes of its own.
/// </summary>
internal abstract class ConditionNode
{
    private bool[] _holds = [];
    private long[] _counts = [];

    /// <summary>Whether it holds in each of some draws, until it is asked again.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="undefined">Set where a quantity that was computed is no number; the figures themselves are looked at elsewhere.</param>
    public abstract ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined);

    /// <summary>Memory for the answers of some draws.</summary>
    protected Span<bool> Answers(int count)
    {
        if (_holds.Length < count) _holds = new bool[count];
        return _holds.AsSpan(0, count);
    }

    /// <summary>Memory for a count of each of some draws, all 0.</summary>
    protected Span<long> Zeros(int count)
    {
        if (_counts.Length < count) _counts = new long[count];
        var counts = _counts.AsSpan(0, count);
        counts.Clear();
        return counts;
    }
}

/// <summary>A quantity lies in an interval, whose ends belong to it.</summary>
internal sealed class BoundNode(QuantityNode quantity, double low, double high) : ConditionNode
{
    public override ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined)
    {
        var holds = Answers(draws.Count);
        var values = quantity.Evaluate(draws);
        for (var d = 0; d < holds.Length; d++)
        {
            holds[d] = values[d] >= low && values[d] <= high;
            undefined[d] |= double.IsNaN(values[d]);
        }

        return holds;
    }
}

/// <summary>An entity holds one of some ranks: 1 plus the number of figures that are greater than its own.</summary>
internal sealed class RankNode(int row, int[] rows, int best, int worst) : ConditionNode
{
    public override ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined)
    {
        var holds = Answers(draws.Count);
        var greater = Zeros(draws.Count);
        foreach (var other in rows) DrawComparison.AddGreater(draws.Row(other), draws.Row(row), greater);
        for (var d = 0; d < holds.Length; d++) holds[d] = greater[d] + 1 >= best && greater[d] + 1 <= worst;
        return holds;
    }
}

/// <summary>So many figures are greater than a number.</summary>
internal sealed class CountNode(int[] rows, double threshold, int least, int most) : ConditionNode
{
    public override ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined)
    {
        var holds = Answers(draws.Count);
        var above = Zeros(draws.Count);
        foreach (var row in rows) DrawComparison.AddGreater(draws.Row(row), threshold, above);
        for (var d = 0; d < holds.Length; d++) holds[d] = above[d] >= least && above[d] <= most;
        return holds;
    }
}

/// <summary>The last of some figures is greater than a number, and none before it.</summary>
internal sealed class FirstNode(int[] rows, double threshold) : ConditionNode
{
    public override ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined)
    {
        var holds = Answers(draws.Count);
        var before = Zeros(draws.Count);
        foreach (var row in rows.AsSpan(0, rows.Length - 1)) DrawComparison.AddGreater(draws.Row(row), threshold, before);
        var last = draws.Row(rows[^1]);
        for (var d = 0; d < holds.Length; d++) holds[d] = last[d] > threshold && before[d] == 0;
        return holds;
    }
}

/// <summary>All of some conditions hold, or at least one does.</summary>
internal sealed class SeveralNode(ConditionNode[] parts, bool all) : ConditionNode
{
    public override ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined)
    {
        var holds = Answers(draws.Count);
        holds.Fill(all);
        foreach (var part in parts)
        {
            var other = part.Evaluate(draws, undefined);
            for (var d = 0; d < holds.Length; d++) holds[d] = all ? holds[d] & other[d] : holds[d] | other[d];
        }

        return holds;
    }
}

/// <summary>A condition does not hold.</summary>
internal sealed class NotNode(ConditionNode part) : ConditionNode
{
    public override ReadOnlySpan<bool> Evaluate(DrawBlock draws, Span<bool> undefined)
    {
        var holds = Answers(draws.Count);
        var other = part.Evaluate(draws, undefined);
        for (var d = 0; d < holds.Length; d++) holds[d] = !other[d];
        return holds;
    }
}
