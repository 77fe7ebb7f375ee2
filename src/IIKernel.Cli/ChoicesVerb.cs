using System.Text.Json;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Sensitivity;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>The verb <c>sensitivity</c> with <c>--choices</c>: choices against chance.</summary>
public static class ChoicesVerb
{
    /// <summary>What its receipt calls it, which does not list the files of <c>sensitivity</c> alone.</summary>
    public const string Name = "sensitivity-choices";

    /// <summary>Names of the files that it writes.</summary>
    public static IReadOnlyList<string> Outputs { get; } = [ChoicesCsv.FileName, ChoicesCsv.VarianceFile];

    /// <summary>Draws every combination, prints and writes.</summary>
    /// <param name="options">The options of the verb.</param>
    /// <param name="file">The file of choices.</param>
    /// <exception cref="CommandException">An option cannot be carried out.</exception>
    public static int Execute(SensitivityVerbOptions options, string file)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (other, given) in new[]
        {
            ("--figures", options.Figures.Any()), ("--second-order", options.SecondOrder), ("--width", options.Width is not null),
        })
        {
            if (given)
                throw new CommandException(ExitCodes.BadInput, $"--choices, {other}: found both; expected one of them. Choices are held "
                    + "against chance for the nation's totals.");
        }

        var rows = RunOptions.RowsOf(options.Rows);
        options.Invocation = options.Invocation with { Verb = Name };
        var study = options.Read();
        var files = options.Files();
        var choices = ChoicesReader.Read(file, files);
        var sampling = options.Sampling(study.Sampling);
        IReadOnlyList<string> inputs = [.. InputFiles.PathsOf(study), .. choices.IsOfStudy ? [] : (IReadOnlyList<string>)[file]];
        using var output = VerbOutput.Open(options, inputs, Outputs);
        using var choice = options.ChooseBackend(study, sampling);
        var analysis = ConsoleWork.Run(
            options.Quiet,
            new(Say($"drawing"), Say($"combinations"), choices.Combinations.Count),
            (progress, cancellation) =>
                ChoiceAnalysis.Execute(files, choices, sampling, choice.Backend, options.ThreadCount, progress, cancellation));
        var invocation = options.Invocation.With(("draws", sampling.Draws), ("seed", sampling.Seed), ("level", sampling.Level));
        var receipt = Receipt.Of(invocation, study, new { sampling.Draws, sampling.Seed, sampling.Level }) with
        {
            Backend = choice.Backend.Info,
            Inputs = [.. study.Files.Concat(analysis.Files).Concat(choices.IsOfStudy ? [choices.File] : []).Distinct()],
            OtherInputs = choices.IsOfStudy ? [] : [choices.File],
            Warnings = [.. study.Warnings, .. choice.Warnings],
        };
        var written = output?.Write(receipt,
            OutputFile.Text(ChoicesCsv.FileName, writer => ChoicesCsv.Write(writer, analysis, sampling)),
            OutputFile.Text(ChoicesCsv.VarianceFile, writer => ChoicesCsv.WriteVariance(writer, analysis))) ?? [];
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                unit = study.Unit.Text,
                receipt.Warnings,
                sampling,
                choices = TidyTable.Objects(ChoicesCsv.Columns(analysis, sampling), analysis.Outcomes),
                variance = TidyTable.Objects(ChoicesCsv.VarianceColumns, ChoicesCsv.Parts(analysis)),
            }, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = ChoicesReport.Of(study, analysis, sampling, rows, Say($"--json, or the files of --out DIR"));
            report.Warnings(receipt.Warnings);
            report.Written(written);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return ExitCodes.Done;
    }
}
