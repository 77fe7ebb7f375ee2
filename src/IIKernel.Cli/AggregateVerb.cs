using CommandLine;
using CommandLine.Text;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Reports.Reshaping;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Cli;

/// <summary>Options of <c>aggregate</c>.</summary>
[Verb("aggregate", HelpText = "Add the sectors of a study up by a concordance: a whole study of fewer sectors.")]
public sealed class AggregateOptions : WritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Add sectors up", UsageStyle.Short,
            new AggregateOptions { Study = "studies/mine", Concordance = "sections.csv", Out = "studies/sections" }),
    ];

    /// <summary>The concordance.</summary>
    [Option("concordance", Required = true, MetaValue = "FILE",
        HelpText = "CSV: sector,group and, where wanted, name and category of the group.")]
    public string Concordance { get; set; } = "";

    /// <inheritdoc/>
    [Option("out", Required = true, MetaValue = "DIR",
        HelpText = "Folder for the new study: study.json and every file that it names, the table in the study's unit.")]
    public override string? Out { get; set; }
}

/// <summary>The verb <c>aggregate</c>.</summary>
public static class AggregateVerb
{
    /// <summary>Writes the study with its sectors added up.</summary>
    public static int Execute(AggregateOptions options)
    {
        var study = options.ReadTable();
        var (sectors, groupOf) = ConcordanceReader.Read(options.Concordance, study);
        var table = TableReshaping.Aggregate(study.Table, sectors, groupOf);
        FileFingerprint[] others = [InputFiles.Fingerprint(options.Concordance)];
        return ReshapedFiles.Write(options, others, study, table, Members(study.Table, groupOf, sectors.Count));
    }

    // S of a group times its value added is the sum of its members': the direct total stays.
    private static SectorMember[][] Members(InputOutputTable table, int[] groupOf, int groups)
    {
        var of = Enumerable.Range(0, groupOf.Length).ToLookup(i => groupOf[i]);
        return [.. Enumerable.Range(0, groups).Select(g =>
        {
            int[] members = [.. of[g]];
            var (valueAdded, output) = (members.Sum(table.ValueAdded), members.Sum(i => table.TotalOutput[i]));
            double Weight(int i) => members.Length == 1 ? 1
                : valueAdded != 0 ? table.ValueAdded(i) / valueAdded
                : output > 0 ? table.TotalOutput[i] / output : 1.0 / members.Length;
            return members.Select(i => new SectorMember(i, Weight(i))).ToArray();
        })];
    }
}
