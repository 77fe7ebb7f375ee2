namespace IIKernel.Studies;

/// <summary>A sentence on the figures of a study that holds in a draw or does not.</summary>
/// <param name="Id">What tells it from the others.</param>
/// <param name="Text">The sentence.</param>
/// <param name="TextEnglish">The sentence in English; empty where there is none.</param>
/// <param name="Group">A label that claims share whose joint probability is wanted; empty for none.</param>
/// <param name="Condition">When it holds.</param>
public sealed record Claim(string Id, string Text, string TextEnglish, string Group, ClaimCondition Condition);

/// <summary>The claims of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Claims">The claims in file order, at least one; each has an id of its own.</param>
public sealed record ClaimList(string File, IReadOnlyList<Claim> Claims);

/// <summary>A condition on the figures of one draw.</summary>
public abstract record ClaimCondition;

/// <summary>All of some conditions hold.</summary>
/// <param name="Conditions">At least one.</param>
public sealed record AllHold(IReadOnlyList<ClaimCondition> Conditions) : ClaimCondition;

/// <summary>At least one of some conditions holds.</summary>
/// <param name="Conditions">At least one.</param>
public sealed record AnyHolds(IReadOnlyList<ClaimCondition> Conditions) : ClaimCondition;

/// <summary>A condition does not hold.</summary>
/// <param name="Condition">The condition.</param>
public sealed record DoesNotHold(ClaimCondition Condition) : ClaimCondition;

/// <summary>A quantity is greater than a number.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Threshold">The number, in the quantity's unit.</param>
public sealed record LiesAbove(ClaimQuantity Quantity, double Threshold) : ClaimCondition;

/// <summary>A quantity is less than a number.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Threshold">The number, in the quantity's unit.</param>
public sealed record LiesBelow(ClaimQuantity Quantity, double Threshold) : ClaimCondition;

/// <summary>A quantity lies in an interval.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Low">Its lower end, in the quantity's unit; it belongs to the interval.</param>
/// <param name="High">Its upper end; it belongs to the interval.</param>
public sealed record LiesWithin(ClaimQuantity Quantity, double Low, double High) : ClaimCondition;

/// <summary>
/// An entity holds a rank within its scope: that of a competition, 1 plus the number of entities whose figure is greater, so that equal
/// figures share the better rank.
/// </summary>
/// <param name="Figure">The entity's figure.</param>
/// <param name="Best">The best rank, at least 1.</param>
/// <param name="Worst">The worst rank.</param>
public sealed record HoldsRank(FigureReference Figure, int Best, int Worst) : ClaimCondition;

/// <summary>So many of a scope's figures are greater than a number.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Threshold">The number, in their unit.</param>
/// <param name="Least">How many are at least.</param>
/// <param name="Most">How many are at most.</param>
public sealed record CountsAbove(FigureSet Figures, double Threshold, int Least, int Most) : ClaimCondition;

/// <summary>A figure is greater than a number in its year, and in no reported year before.</summary>
/// <param name="Figure">The figure in that year.</param>
/// <param name="Threshold">The number, in the figure's unit.</param>
public sealed record FirstAbove(FigureReference Figure, double Threshold) : ClaimCondition;

/// <summary>The figures of a scope's entities in one year.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Year">Year.</param>
/// <param name="Component">Component.</param>
/// <param name="Measure">Measure.</param>
public sealed record FigureSet(string Scope, int Year, Component Component, Measure Measure);

/// <summary>A number that every draw has.</summary>
public abstract record ClaimQuantity
{
    /// <summary>Whether it is an amount of money, in the study's unit; else it is a percentage or a ratio.</summary>
    public abstract bool IsAmount { get; }
}

/// <summary>A figure.</summary>
/// <param name="Figure">Its name.</param>
public sealed record FigureQuantity(FigureReference Figure) : ClaimQuantity
{
    /// <inheritdoc/>
    public override bool IsAmount => Figure.Measure == Measure.Value;
}

/// <summary>A sum, added up in order.</summary>
/// <param name="Terms">At least two; all amounts or none.</param>
public sealed record SumQuantity(IReadOnlyList<ClaimQuantity> Terms) : ClaimQuantity
{
    /// <inheritdoc/>
    public override bool IsAmount => Terms[0].IsAmount;
}

/// <summary>The sum of the largest figures of a scope, added up from the largest on.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Count">How many.</param>
public sealed record LargestQuantity(FigureSet Figures, int Count) : ClaimQuantity
{
    /// <inheritdoc/>
    public override bool IsAmount => Figures.Measure == Measure.Value;
}

/// <summary>A ratio: <paramref name="Factor"/> · of / to.</summary>
/// <param name="Of">What is divided.</param>
/// <param name="To">What it is divided by.</param>
/// <param name="Factor">1, or 100 for percent.</param>
public sealed record RatioQuantity(ClaimQuantity Of, ClaimQuantity To, double Factor) : ClaimQuantity
{
    /// <inheritdoc/>
    public override bool IsAmount => false;
}

/// <summary>A difference.</summary>
/// <param name="Of">What something is taken from.</param>
/// <param name="Minus">What is taken from it; an amount where the other is.</param>
public sealed record DifferenceQuantity(ClaimQuantity Of, ClaimQuantity Minus) : ClaimQuantity
{
    /// <inheritdoc/>
    public override bool IsAmount => Of.IsAmount;
}

/// <summary>Growth from one year to another in percent: 100·((Z_to / Z_from)^(1/n) − 1).</summary>
/// <param name="From">The earlier amount.</param>
/// <param name="To">The later amount of the same entity and component.</param>
/// <param name="Years">n: 1 for the whole growth, the years between for that of a year.</param>
public sealed record GrowthQuantity(FigureReference From, FigureReference To, int Years) : ClaimQuantity
{
    /// <inheritdoc/>
    public override bool IsAmount => false;
}
