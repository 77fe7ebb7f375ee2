using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Claims;

/// <summary>Turns claims into nodes over rows of draws, a row a figure that any of them reads.</summary>
/// <param name="compiled">The study.</param>
internal sealed class ClaimCompiler(CompiledStudy compiled)
{
    private readonly FigureIndex _index = compiled.Index;
    private readonly Dictionary<int, int> _rows = [];
    private readonly List<EstimateKey> _keys = [];
    private readonly HashSet<int> _read = [];

    /// <summary>The figure of each row so far.</summary>
    public IReadOnlyList<EstimateKey> Keys => _keys;

    /// <summary>The node of a claim, and the rows that it reads.</summary>
    /// <exception cref="ArgumentException">The study does not yield a figure that the claim names.</exception>
    public (ConditionNode Node, int[] Rows) Compile(Claim claim)
    {
        _read.Clear();
        var node = Node(claim.Condition);
        return (node, [.. _read.Order()]);
    }

    private ConditionNode Node(ClaimCondition condition) => condition switch
    {
        AllHold all => new SeveralNode([.. all.Conditions.Select(Node)], all: true),
        AnyHolds any => new SeveralNode([.. any.Conditions.Select(Node)], all: false),
        DoesNotHold not => new NotNode(Node(not.Condition)),
        // From the next representable number on.
        LiesAbove above => new BoundNode(Node(above.Quantity), Math.BitIncrement(above.Threshold), double.PositiveInfinity),
        LiesBelow below => new BoundNode(Node(below.Quantity), double.NegativeInfinity, Math.BitDecrement(below.Threshold)),
        LiesWithin within => new BoundNode(Node(within.Quantity), within.Low, within.High),
        HoldsRank rank => new RankNode(
            Row(rank.Figure), Rows(new(rank.Figure.Scope, rank.Figure.Year, rank.Figure.Component, rank.Figure.Measure)),
            rank.Best, rank.Worst),
        CountsAbove count => new CountNode(Rows(count.Figures), count.Threshold, count.Least, count.Most),
        FirstAbove first => new FirstNode(
            [.. compiled.Study.Years.Where(y => y <= first.Figure.Year).Select(y => first.Figure with { Year = y })
                .Where(f => f.Year == first.Figure.Year || _index.Find(f) is not null).Select(Row)], first.Threshold),
        _ => throw new ArgumentException($"{condition} is no condition.", nameof(condition)),
    };

    private QuantityNode Node(ClaimQuantity quantity) => quantity switch
    {
        FigureQuantity figure => new FigureNode(Row(figure.Figure)),
        SumQuantity sum => new SumNode([.. sum.Terms.Select(Node)]),
        LargestQuantity largest => new LargestNode(Rows(largest.Figures), largest.Count),
        RatioQuantity ratio => new RatioNode(Node(ratio.Of), Node(ratio.To), ratio.Factor),
        DifferenceQuantity difference => new DifferenceNode(Node(difference.Of), Node(difference.Minus)),
        GrowthQuantity growth => new GrowthNode(Row(growth.From), Row(growth.To), growth.Years),
        _ => throw new ArgumentException($"{quantity} is no quantity.", nameof(quantity)),
    };

    private int[] Rows(FigureSet set) => [.. _index.Of(set.Scope, set.Year, set.Component, set.Measure).Select(Row)];

    private int Row(FigureReference figure) => Row(_index.Find(figure)
        ?? throw new ArgumentException($"The study has no figure {figure}.", nameof(figure)));

    private int Row(EstimateKey key)
    {
        if (!_rows.TryGetValue(key.Output, out var row))
        {
            _rows.Add(key.Output, row = _keys.Count);
            _keys.Add(key);
        }

        _read.Add(row);
        return row;
    }
}
