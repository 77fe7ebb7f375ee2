using IIKernel.Studies;

namespace IIKernel.Balances;

/// <summary>An amount out of all proportion: the worst of its kind.</summary>
public abstract record MagnitudeWarning : Warning
{
    /// <summary>How many others of the kind there are.</summary>
    public int More { get; init; }
}

/// <summary>A unit in which amounts would fit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Stated">The one that the study states.</param>
/// <param name="Key">The key of study.json that states it.</param>
public sealed record UnitThatFits(string Unit, string Stated, string Key) : Phrase
{
    /// <summary>The unit in which amounts so many times too large would fit; null where none would.</summary>
    public static UnitThatFits? Of(MoneyFile source, double ratio)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Magnitude.IsUnitSlip(ratio) && source.Unit.Shifted(-Magnitude.PowerOfTen(ratio)) is { } unit
            ? new(unit.Text, source.Unit.Text, source.Key) : null;
    }
}

/// <summary>Flows that do not carry the intermediate input.</summary>
/// <param name="File">The table.</param>
/// <param name="Percent">What they carry of it.</param>
/// <param name="Sector">The sector in which they carry least.</param>
/// <param name="Least">What they carry there, percent.</param>
public sealed record FlowCoverageWarning(string File, double Percent, string Sector, double Least) : MagnitudeWarning;

/// <summary>Output less intermediate input is not the printed value added.</summary>
public sealed record MagnitudeValueAddedWarning(string File, string Sector, double Made, string Unit, double Printed) : MagnitudeWarning;

/// <summary>Intermediate input and output are of different size.</summary>
/// <param name="File">The sectors.</param>
/// <param name="Sector">The sector.</param>
/// <param name="Percent">Intermediate input, percent of output.</param>
/// <param name="Least">The least that sectors have, percent.</param>
/// <param name="Most">The most.</param>
public sealed record MagnitudeInputsWarning(string File, string Sector, double Percent, double Least, double Most) : MagnitudeWarning;

/// <summary>What gives national value added.</summary>
public enum WitnessKind
{
    /// <summary>The accounts.</summary>
    Accounts,

    /// <summary>The table.</summary>
    Table,

    /// <summary>The nation that a set of regions is a part of.</summary>
    Nation,

    /// <summary>A set of regions.</summary>
    Regions,

    /// <summary>Output of the growth series.</summary>
    Output,
}

/// <summary>One of several files that give national value added.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Set">The set of regions; null for others.</param>
public sealed record Witness(WitnessKind Kind, string? Set = null) : Phrase;

/// <summary>A file gives another national value added than others.</summary>
/// <param name="File">The file.</param>
/// <param name="Witness">What it gives the value added of.</param>
/// <param name="Year">The base year.</param>
/// <param name="Total">Its value added, in the study's unit.</param>
/// <param name="Unit">That unit.</param>
/// <param name="Ratio">Its value added over that of the others.</param>
/// <param name="Others">The others.</param>
/// <param name="Reference">Their value added.</param>
/// <param name="Fits">The unit in which it would agree.</param>
/// <param name="Rival">The file that may be at fault as well; null where most files agree.</param>
/// <param name="RivalFits">The unit in which that one would agree.</param>
public sealed record MagnitudeUnitsWarning(string File, Witness Witness, int Year, double Total, string Unit, double Ratio,
    IReadOnlyList<Witness> Others, double Reference, UnitThatFits? Fits, string? Rival, UnitThatFits? RivalFits) : MagnitudeWarning;

/// <summary>Value added of a category's sectors over that of its account.</summary>
public sealed record CategoryRatio(string Category, double Ratio, int Year, string File) : Phrase;

/// <summary>A category's sectors do not hold its account.</summary>
public sealed record MagnitudeTableWarning(string File, CategoryRatio Category) : MagnitudeWarning;

/// <summary>All sectors together do not hold the accounts.</summary>
/// <param name="File">The table.</param>
/// <param name="Ratio">Its value added over the accounts'.</param>
/// <param name="Worst">The category that lies most apart; null where none can be compared.</param>
public sealed record MagnitudeTableTotalWarning(string File, double Ratio, CategoryRatio? Worst) : MagnitudeWarning
{
    /// <inheritdoc/>
    public override string Code => TemplateOf(typeof(MagnitudeTableWarning));
}

/// <summary>A group has another part of the regions' GDP than of the nation's.</summary>
public sealed record MagnitudeRegionsWarning(
    string File, string Set, string Group, int Year, double RegionsPercent, double NationPercent) : MagnitudeWarning;

/// <summary>Regions that are given all of the nation's figures hold less of it, or more.</summary>
/// <param name="File">Their GDP.</param>
/// <param name="Set">The set.</param>
/// <param name="Percent">What they hold of the national value added.</param>
/// <param name="Year">The year.</param>
/// <param name="IsPart">Whether that is less than all.</param>
/// <param name="Key">The key of study.json.</param>
public sealed record MagnitudeRegionsWholeWarning(
    string File, string Set, double Percent, int Year, bool IsPart, string Key) : MagnitudeWarning
{
    /// <inheritdoc/>
    public override string Code => TemplateOf(typeof(MagnitudeRegionsWarning));
}

/// <summary>Regions that are a part of the nation hold next to nothing of it, or more than all.</summary>
public sealed record MagnitudeRegionsPartWarning(string File, string Set, int Year, double Percent, UnitThatFits? Fits) : MagnitudeWarning
{
    /// <inheritdoc/>
    public override string Code => TemplateOf(typeof(MagnitudeRegionsWarning));
}

/// <summary>What a series belongs to.</summary>
public enum SeriesKind
{
    /// <summary>A category's accounts.</summary>
    Category,

    /// <summary>GDP of a region in a group.</summary>
    Region,

    /// <summary>A column of the growth series.</summary>
    Column,
}

/// <summary>A series of amounts over years.</summary>
/// <param name="Kind">What it belongs to.</param>
/// <param name="Entity">The category, region or column.</param>
/// <param name="Set">The set of a region; null for others.</param>
/// <param name="Group">The group of a region's GDP; null for others.</param>
public sealed record SeriesName(SeriesKind Kind, string Entity, string? Set = null, string? Group = null) : Phrase;

/// <summary>An amount jumps from one year to the next.</summary>
/// <param name="File">The file.</param>
/// <param name="Series">The series.</param>
/// <param name="Year">The year.</param>
/// <param name="Ratio">Its amount over that of the year before.</param>
/// <param name="Returns">Whether the next year is as the one before.</param>
/// <param name="Unit">The unit that the amount may not be in; null where the jump is no power of ten.</param>
public sealed record MagnitudeSeriesWarning(
    string File, SeriesName Series, int Year, double Ratio, bool Returns, string? Unit) : MagnitudeWarning;

/// <summary>Value added of the industrial internet is more than all.</summary>
/// <param name="File">The accounts.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Entity">The code; empty for the nation.</param>
/// <param name="Year">The year.</param>
/// <param name="Percent">Its part of the scope's own value added.</param>
/// <param name="Key">The key of study.json that states the file's unit.</param>
/// <param name="Unit">That unit.</param>
public sealed record MagnitudeSharesWarning(
    string File, string Scope, string Entity, int Year, double Percent, string Key, string Unit) : MagnitudeWarning;

/// <summary>Published figures and the study's own are of different size.</summary>
/// <param name="File">The published figures.</param>
/// <param name="Ratio">Theirs over the study's own.</param>
/// <param name="Fits">The unit in which they would agree.</param>
public sealed record MagnitudePublishedWarning(string File, double Ratio, UnitThatFits? Fits) : MagnitudeWarning;

/// <summary>One published figure and the study's own are of different size, where the others are not.</summary>
/// <param name="File">The published figures.</param>
/// <param name="Scope">The figure's scope.</param>
/// <param name="Entity">Its code; empty for the nation.</param>
/// <param name="Year">Its year.</param>
/// <param name="Component">Its part.</param>
/// <param name="Ratio">The figure over the study's own.</param>
/// <param name="OthersRatio">The others' over the study's own.</param>
public sealed record MagnitudePublishedFigureWarning(
    string File, string Scope, string Entity, int Year, Component Component, double Ratio, double OthersRatio) : MagnitudeWarning
{
    /// <inheritdoc/>
    public override string Code => TemplateOf(typeof(MagnitudePublishedWarning));
}
