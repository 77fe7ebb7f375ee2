using System.Text.Json;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Reshaping;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Tables;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Writes a study whose table was divided or added up.</summary>
public static class ReshapedFiles
{
    /// <summary>Names of the files that every such study has.</summary>
    internal static IReadOnlyList<string> Outputs { get; } = [ReshapedStudy.DefinitionFile, TableCsv.SectorsFile, TableCsv.FlowsFile];

    /// <summary>Writes the study and says so; returns the exit code.</summary>
    /// <param name="options">The verb's options.</param>
    /// <param name="others">Files that were read beside the study.</param>
    /// <param name="study">The study.</param>
    /// <param name="table">The new table.</param>
    /// <param name="members">Of each new sector, the old ones that its coefficient comes from.</param>
    public static int Write(
        WritingOptions options, IReadOnlyList<FileFingerprint> others, Study study, InputOutputTable table,
        IReadOnlyList<IReadOnlyList<SectorMember>> members)
    {
        var reshaped = ReshapedStudy.Of(options.Files(), study, table, members, options.Invocation.Verb);
        string[] inputs = [.. InputFiles.PathsOf(study), .. others.Select(o => o.Path)];
        using var output = VerbOutput.Open(options, inputs, [.. reshaped.Outputs.Select(o => o.Name)]);
        Warning[] warnings = [.. study.Warnings, .. reshaped.Warnings];
        var receipt = Receipt.Of(options.Invocation, study) with { OtherInputs = others, Warnings = warnings };
        var files = output!.Write(receipt, reshaped.Outputs);
        if (options.Json)
        {
            var result = new { sectors = table.Sectors.Count, unit = study.Unit.Text, files, warnings };
            Console.WriteLine(JsonSerializer.Serialize(result, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = new Report();
            report.Line(Say($"{Counted.Sectors(table.Sectors.Count)} in {study.Unit.Text}, from {study.Table.Sectors.Count}"));
            report.Warnings(warnings);
            TextReport.Print(AnsiConsole.Console, report);
            foreach (var file in files) Console.WriteLine(Say($"written: {file}"));
        }

        return ExitCodes.Done;
    }
}
