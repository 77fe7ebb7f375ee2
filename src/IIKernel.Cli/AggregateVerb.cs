using CommandLine;
using CommandLine.Text;
using IIKernel.Studies.Reading;
using IIKernel.Tables;

namespace IIKernel.Cli;

/// <summary>Options of <c>aggregate</c>.</summary>
[Verb("aggregate", HelpText = "Add the sectors of a study's table up by a concordance.")]
public sealed class AggregateOptions : StudyOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Add sectors up", UsageStyle.Short, new AggregateOptions { Study = "studies/mine", Concordance = "sections.csv", Out = "studies/sections" }),
    ];

    /// <summary>The concordance.</summary>
    [Option("concordance", Required = true, MetaValue = "FILE", HelpText = "CSV: sector,group and, where wanted, name and category of the group.")]
    public string Concordance { get; set; } = "";

    /// <summary>Output folder.</summary>
    [Option("out", Required = true, MetaValue = "DIR", HelpText = "Folder for sectors.csv and flows.csv, in the study's unit.")]
    public string Out { get; set; } = "";
}

/// <summary>The verb <c>aggregate</c>.</summary>
public static class AggregateVerb
{
    /// <summary>Writes the table with its sectors added up.</summary>
    public static int Execute(AggregateOptions options)
    {
        var study = options.Read();
        var (sectors, groupOf) = ConcordanceReader.Read(options.Concordance, study);
        return TableFiles.Write(options, options.Out, study, TableReshaping.Aggregate(study.Table, sectors, groupOf));
    }
}
