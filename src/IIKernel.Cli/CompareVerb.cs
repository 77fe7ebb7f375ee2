using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Comparison;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>compare</c>.</summary>
[Verb("compare", HelpText = "Hold a study against the published figures that it lists, one by one.")]
public sealed class CompareOptions : SequenceVerbOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Each published figure beside the study's", UsageStyle.Short,
            new CompareOptions { Study = "studies/mine", Out = "out/compared" }),
        new("For a document", UsageStyle.Short, new CompareOptions { Study = "studies/mine", Markdown = true }),
    ];

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for comparison.csv; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>Whether the tables are printed as Markdown.</summary>
    [Option("markdown", HelpText = "Print one table in Markdown.")]
    public bool Markdown { get; set; }
}

/// <summary>The verb <c>compare</c>.</summary>
public static class CompareVerb
{
    /// <summary>Compares and prints.</summary>
    /// <exception cref="CommandException">The study lists no published figures.</exception>
    public static int Execute(CompareOptions options)
    {
        var study = options.Read();
        if (study.Published.Count == 0)
        {
            throw new CommandException(ExitCodes.BadInput, $"{study.Origin}, key published: found no published figures; "
                + "expected some to compare with. Name a file: scope,code,year,component,value,kind.");
        }

        var sampling = options.Sampling(study.Sampling);
        using var output = VerbOutput.Open(options, study, ComparisonCsv.FileName);
        using var choice = options.ChooseBackend(study, sampling);
        var compiled = new CompiledStudy(study, Interruption.Token);
        var warnings = StudyBalances.Warnings(study, compiled.Point, StudyBalances.Of(study, compiled.Point));
        var state = options.OpenWork(study, sampling.Draws);
        if (!state.Draw(options.Quiet, new(Say($"comparing"), Say($"draws"), sampling.Draws), (progress, cancellation) =>
            StudyComparison.Of(compiled, sampling, state.Over(choice.Backend), options.ThreadCount, progress, cancellation),
            out var figures))
        {
            return ExitCodes.Done;
        }

        var invocation = options.Invocation.With(("draws", sampling.Draws), ("seed", sampling.Seed), ("level", sampling.Level),
            ("sequence", SamplingOptions.Word(sampling.Sequence)));
        var receipt = Receipt.Of(invocation, study) with
        {
            Backend = choice.Backend.Info,
            Warnings = [.. study.Warnings, .. choice.Warnings],
        };
        var files = output?.Write(receipt, OutputFile.Text(ComparisonCsv.FileName, writer => ComparisonCsv.Write(writer, figures))) ?? [];
        if (options.Json)
        {
            var table = TidyTable.Objects(ComparisonCsv.Columns, figures);
            var document = new
            {
                study = study.Name,
                note = study.Note,
                unit = study.Unit.Text,
                warnings = warnings.Concat(choice.Warnings),
                sampling,
                figures = table,
            };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (options.Markdown)
        {
            Console.Write(MarkdownTable.Of(ComparisonReport.Table("", figures.Where(f => f.Verdict != Verdict.NotComputed))));
        }
        else if (!options.Quiet)
        {
            var report = ComparisonReport.Of(study, sampling, figures, Say($"--json, or the file of --out DIR"));
            report.Warnings([.. warnings, .. choice.Warnings]);
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        state.End();
        return ExitCodes.Done;
    }
}
