using System.Globalization;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Balances;

/// <summary>How a balance ended.</summary>
public enum BalanceOutcome
{
    /// <summary>Every item is within the tolerance.</summary>
    Passed,

    /// <summary>An item is not.</summary>
    Failed,

    /// <summary>The study holds nothing to compare.</summary>
    NotApplicable,
}

/// <summary>What it means that a balance fails.</summary>
public enum BalanceSeverity
{
    /// <summary>Something that must hold within rounding does not: the study is wrong, and <c>check</c> fails.</summary>
    Identity,

    /// <summary>Accounts of other sources or vintages lie further apart than these usually do: a remark.</summary>
    Vintage,

    /// <summary>
    /// An amount is out of all proportion, as by a wrong unit or a slipped digit: a warning with every result, and <c>check</c> fails.
    /// </summary>
    Magnitude,
}

/// <summary>The result of one balance over its items.</summary>
/// <param name="Name">Stable name: "column-sums"; where a magnitude fails, what stands before a colon is the code of its warning.</param>
/// <param name="Description">What is compared, in one sentence.</param>
/// <param name="Outcome">Passed, failed or not applicable.</param>
/// <param name="Severity">What a failure means.</param>
/// <param name="Passed">Number of items within the tolerance.</param>
/// <param name="Failed">Number of items outside it.</param>
/// <param name="WorstItem">
/// The item that exceeds its tolerance by most or comes nearest to it, by its codes; empty where there is no item.
/// </param>
/// <param name="WorstGap">Its relative gap, with its sign (a ratio less 1); 0 where there is no item.</param>
/// <param name="Tolerance">The relative gap that the worst item may have; a ratio may lie as many times below 1 as above it.</param>
/// <param name="Note">What a reader should know besides; may be empty.</param>
/// <param name="Warning">What is wrong, where and how to mend it, of the worst item; null unless a magnitude fails.</param>
public sealed record BalanceResult(string Name, string Description, BalanceOutcome Outcome, BalanceSeverity Severity,
    int Passed, int Failed, string WorstItem, double WorstGap, double Tolerance, string Note, Warning? Warning)
{
    /// <summary>Whether this result makes a check fail.</summary>
    public bool IsFailure => Outcome == BalanceOutcome.Failed && Severity != BalanceSeverity.Vintage;
}

/// <summary>Counts the items of one balance and keeps the worst: the one that misses its own tolerance by most.</summary>
/// <param name="name">See <see cref="BalanceResult.Name"/>.</param>
/// <param name="description">See <see cref="BalanceResult.Description"/>.</param>
/// <param name="severity">See <see cref="BalanceResult.Severity"/>.</param>
internal sealed class Balance(string name, string description, BalanceSeverity severity)
{
    private int _passed, _failed;
    private string _item = "";
    private double _gap, _tolerance, _excess = double.NegativeInfinity, _least = double.PositiveInfinity, _most = double.NegativeInfinity;
    private Func<MagnitudeWarning>? _warning;

    /// <summary>Adds an item by its relative gap.</summary>
    public void Add(string item, double gap, double tolerance) => Add(item, gap, tolerance, Math.Abs(gap) - tolerance, null);

    /// <summary>
    /// Adds an item by a positive ratio that should lie between 1/<paramref name="factor"/> and <paramref name="factor"/>.
    /// </summary>
    public void AddRatio(string item, double ratio, double factor, Func<MagnitudeWarning> warning)
    {
        Add(item, ratio - 1, factor - 1, Math.Abs(ScalarMath.Log(ratio)) / ScalarMath.Log(factor) - 1, warning);
    }

    /// <summary>Adds an item that may lie on one side only.</summary>
    public void Add(string item, double gap, double tolerance, double excess, Func<MagnitudeWarning>? warning)
    {
        (_least, _most) = (Math.Min(_least, gap), Math.Max(_most, gap));
        if (excess <= 0) _passed++;
        else _failed++;
        if (excess <= _excess) return;
        (_item, _gap, _tolerance, _excess, _warning) = (item, gap, tolerance, excess, warning);
    }

    /// <summary>The range of the gaps, to begin a note with; empty where there are none.</summary>
    public string Range => _most < _least ? "" : $"From {Percent(_least)} to {Percent(_most)}. ";

    /// <summary>The result.</summary>
    public BalanceResult Result(string note)
    {
        var outcome = _passed + _failed == 0 ? BalanceOutcome.NotApplicable : _failed == 0 ? BalanceOutcome.Passed : BalanceOutcome.Failed;
        var warning = outcome == BalanceOutcome.Failed && severity == BalanceSeverity.Magnitude ? _warning?.Invoke() : null;
        return new(name, description, outcome, severity, _passed, _failed, _item, _gap, _tolerance, note,
            warning is null ? null : warning with { More = _failed - 1 });
    }

    private static string Percent(double gap) => (100 * gap).ToString("+#,0.#;−#,0.#;0", CultureInfo.InvariantCulture) + " %";
}
