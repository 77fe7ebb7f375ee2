using IIKernel.Reports.Tables;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>Headings that several reports share.</summary>
internal static class Headings
{
    /// <summary>Of a table of the nation.</summary>
    public static string Nation(Study study) => $"Nation, value added of the industrial internet, {study.Unit.Text}";

    /// <summary>Of a table of the largest entities of a scope, or of all: "Largest 10 of 31 provinces", "Provinces".</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="rows">Most rows.</param>
    /// <param name="entities">How many entities there are.</param>
    public static string Largest(string scope, int rows, int entities)
    {
        var name = Entities(scope);
        return rows < entities ? $"Largest {rows} of {entities} {name}" : string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1));
    }

    /// <summary>What the entities of a scope are called together.</summary>
    public static string Entities(string scope) =>
        scope switch { "group" => "groups", "category" => "categories", "area" => "areas", _ => scope };

    /// <summary>How many draws, and of what: "100,000 draws", "65,536 draws of Sobol' points in 16 replicates".</summary>
    public static string Draws(SamplingOptions sampling) => Wording.Count(sampling.Draws, "draw") + sampling.Sequence switch
    {
        SamplingSequence.Sobol => $" of Sobol' points in {sampling.Replicates} replicates",
        SamplingSequence.LatinHypercube => $" of Latin hypercubes in {sampling.Replicates} replicates",
        _ => "",
    };

    /// <summary>Of a column of coverage intervals.</summary>
    public static ReportColumn Interval(SamplingOptions sampling) => ReportColumn.Number($"{NumberFormat.Level(sampling.Level)} interval");
}
