namespace IIKernel.Reports.Words;

/// <summary>What a column is called for people.</summary>
/// <param name="Column">Its name for programs, as in CSV; one without words of its own keeps it.</param>
public sealed record ColumnTerm(string Column) : Phrase;

/// <summary>What the entities of a scope are called together.</summary>
/// <param name="Scope">The scope, as in estimates.csv; a region set keeps its name.</param>
public sealed record ScopeTerm(string Scope) : Phrase;

/// <summary>A word that cells of a file hold: a part, a measure, a flag.</summary>
/// <param name="Word">The word for programs.</param>
public sealed record CellTerm(string Word) : Phrase;

/// <summary>A source of uncertainty.</summary>
/// <param name="Source">Its word for programs.</param>
public sealed record SourceTerm(string Source) : Phrase;

/// <summary>The heading of a column of intervals.</summary>
/// <param name="Level">Their probability, in percent.</param>
public sealed record IntervalTerm(string Level) : Phrase;

/// <summary>The caption of a table of figures.</summary>
/// <param name="Scope">The scope, as in estimates.csv.</param>
/// <param name="Year">The year; null where rows have one each.</param>
/// <param name="Unit">Unit of the amounts.</param>
/// <param name="Level">Probability of the intervals, in percent.</param>
/// <param name="Draws">Number of draws.</param>
public sealed record TableCaption(string Scope, int? Year, string Unit, string Level, long Draws) : Phrase;

/// <summary>What the mark beside some rows means.</summary>
public sealed record ExtrapolatedMark : Phrase;

/// <summary>How a workbook of estimates is to be read.</summary>
/// <param name="Level">Probability of the intervals, in percent.</param>
public sealed record WorkbookReading(string Level) : Phrase;
