using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Claims;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>claims</c>.</summary>
[Verb("claims", HelpText = "How probable each sentence is that a study makes of its figures, and how probable they are together.")]
public sealed class ClaimsOptions : SamplingVerbOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("The claims that a study names", UsageStyle.Short, new ClaimsOptions { Study = "studies/mine", Out = "out/claims" }),
        new("Other claims on it", UsageStyle.Short, new ClaimsOptions { Study = "studies/mine", Claims = "my-claims.json" }),
    ];

    /// <summary>Another file of claims.</summary>
    [Option("claims", MetaValue = "FILE", HelpText = "File of claims (default: the study's).")]
    public string? Claims { get; set; }

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for claims.csv; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>The claims on a study.</summary>
    /// <exception cref="StudyException">The file is faulty.</exception>
    /// <exception cref="CommandException">There is none.</exception>
    public ClaimList List(Study study) => Claims is { } file ? ClaimReader.ReadFile(file, study)
        : ClaimReader.Of(study) ?? throw new CommandException(ExitCodes.BadInput, $"{study.Origin}, key claims: found no claims; "
            + "expected the name of a file of claims. Name one there, or by --claims FILE.");
}

/// <summary>The verb <c>claims</c>.</summary>
public static class ClaimsVerb
{
    /// <summary>Draws the study, looks at the claims in every draw and prints.</summary>
    /// <exception cref="CommandException">The study names no claims.</exception>
    public static int Execute(ClaimsOptions options)
    {
        var study = options.Read();
        var list = options.List(study);
        var sampling = options.Sampling(study.Sampling);
        string[] others = options.Claims is { } file ? [file] : [];
        using var output = VerbOutput.Open(options, [.. InputFiles.PathsOf(study), .. others], ClaimsCsv.FileName);
        using var choice = options.ChooseBackend(study, sampling);
        var compiled = new CompiledStudy(study, Interruption.Token);
        var meter = new ProgressMeter("drawing", "draws", sampling.Draws);
        var threads = options.ThreadCount;
        var (summary, margins) = ConsoleWork.Run(options.Quiet, meter, (progress, cancellation) => (
            ClaimEvaluation.Of(compiled, list.Claims, sampling, choice.Backend, threads, progress, cancellation),
            ClaimMargins.Of(compiled, list.Claims, sampling.Seed, threads,
                meter.Stage("moving", "inputs", compiled.Inputs().Count), cancellation)));
        Warning[] warnings = [.. study.Warnings, .. choice.Warnings];
        var receipt = Receipt.Of(options.Invocation.With(("draws", sampling.Draws), ("seed", sampling.Seed)), study) with
        {
            OtherInputs = [.. others.Select(InputFiles.Fingerprint)],
            Backend = choice.Backend.Info,
            Warnings = warnings,
        };
        var rows = ClaimsCsv.Rows(summary, margins);
        var files = output?.Write(
            receipt, OutputFile.Text(ClaimsCsv.FileName, writer => TidyTable.Write(writer, ClaimsCsv.Columns, rows))) ?? [];
        if (options.Json)
        {
            var claims = TidyTable.Objects(ClaimsCsv.Columns, rows);
            var document = new { study = study.Name, note = study.Note, file = list.File, warnings, sampling, claims };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = ClaimsReport.Of(study, sampling, list.File, summary, margins, "--json, or the file of --out DIR");
            report.Warnings(warnings);
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return ExitCodes.Done;
    }
}
