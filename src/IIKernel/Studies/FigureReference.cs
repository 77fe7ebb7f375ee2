namespace IIKernel.Studies;

/// <summary>Names one figure that a study yields: a row of estimates.csv, by the columns that tell it from all others.</summary>
/// <param name="Scope">nation, category, group, sector, the name of a region set, or area.</param>
/// <param name="Code">Code within the scope; empty for the nation.</param>
/// <param name="Year">Year.</param>
/// <param name="Component">Direct, indirect or total; total where <paramref name="Measure"/> is growth or share.</param>
/// <param name="Measure">What is measured.</param>
public sealed record FigureReference(string Scope, string Code, int Year, Component Component, Measure Measure)
{
    /// <summary>The component of an amount, else the measure, in a word: direct, indirect, total, growth or share.</summary>
    public string Part => Measure switch
    {
        Measure.Growth => "growth",
        Measure.Share => "share",
        _ => Component switch
        {
            Component.Direct => "direct",
            Component.Indirect => "indirect",
            _ => "total",
        },
    };

    /// <summary>The figure as the command line takes it: "provinces:440000.total.2022", "nation.growth.2020".</summary>
    public override string ToString() => FormattableString.Invariant($"{Scope}{(Code.Length == 0 ? "" : ":" + Code)}.{Part}.{Year}");
}
