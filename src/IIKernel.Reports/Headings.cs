using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>A column whose heading is in the reader's language.</summary>
internal static class Titled
{
    /// <summary>A column of texts.</summary>
    public static ReportColumn Text(Sentence header, int priority = 0) => ReportColumn.Text(Say(header), priority);

    /// <summary>A column of numbers.</summary>
    public static ReportColumn Number(Sentence header, int priority = 0, string unit = "") =>
        ReportColumn.Number(Say(header), priority, unit);
}

/// <summary>Headings that several reports share.</summary>
internal static class Headings
{
    /// <summary>Of a table of the nation.</summary>
    public static string Nation(Study study) => Say($"Nation, value added of the industrial internet, {study.Unit.Text}");

    /// <summary>Of a table of the largest entities of a scope, or of all: "Largest 10 of 31 provinces", "Provinces".</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="rows">Most rows.</param>
    /// <param name="entities">How many entities there are.</param>
    public static string Largest(string scope, int rows, int entities)
    {
        var name = Entities(scope);
        return rows < entities ? Say($"Largest {rows} of {entities} {name}")
            : string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1));
    }

    /// <summary>What the entities of a scope are called together.</summary>
    public static string Entities(string scope) => IsChinese ? Scope(scope)
        : scope switch { "group" => "groups", "category" => "categories", "area" => "areas", _ => scope };

    /// <summary>How many draws, and of what: "100,000 draws", "65,536 draws of Sobol' points in 16 replicates".</summary>
    public static string Draws(SamplingOptions sampling) => sampling.Sequence switch
    {
        SamplingSequence.Sobol => Say($"{Counted.Draws(sampling.Draws)} of Sobol' points in {sampling.Replicates} replicates"),
        SamplingSequence.LatinHypercube => Say($"{Counted.Draws(sampling.Draws)} of Latin hypercubes in {sampling.Replicates} replicates"),
        _ => Counted.Draws(sampling.Draws),
    };

    /// <summary>Of a column of coverage intervals.</summary>
    public static ReportColumn Interval(SamplingOptions sampling, int priority = 0) => Interval(sampling.Level, priority);

    /// <summary>Of a column of coverage intervals at a level.</summary>
    public static ReportColumn Interval(double level, int priority = 0) =>
        Titled.Number($"{NumberFormat.Level(level)} interval", priority);
}
