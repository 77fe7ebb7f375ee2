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
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>claims</c>.</summary>
[Verb("claims", HelpText = "How probable each sentence is that a study makes of its figures, and how probable they are together.")]
public sealed class ClaimsOptions : SequenceVerbOptions
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

    /// <summary>Kept draws.</summary>
    [Option("from-draws", MetaValue = "FILE",
        HelpText = "Draws that run kept with --save-draws, in the place of new ones; they hold every figure that the claims name.")]
    public string? FromDraws { get; set; }

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for claims.csv; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>The kept draws of every figure that claims name.</summary>
    /// <exception cref="StudyException">The file is no file of draws.</exception>
    /// <exception cref="CommandException">They are of another study, or figures are not among them.</exception>
    public DrawsFile Kept(CompiledStudy compiled, IReadOnlyList<Claim> claims, CancellationToken cancellation)
    {
        var file = QuestionOptions.ReadKept(FromDraws!, cancellation);
        if (file.Origin is { } run && run.Study != compiled.Study.Name)
            throw CommandException.Of("--from-draws", FromDraws,
                $"found draws of the study \"{run.Study}\", as the file or {RunReceipt.FileName} beside it says; expected those of "
                    + $"\"{compiled.Study.Name}\". Name the study that was drawn.");
        var source = KeptDraws.Source(compiled, file);
        string[] missing = [.. ClaimEvaluation.Figures(compiled, claims).Where(k => source?.Holds(k.Output) != true)
            .Select(k => FigureIndex.Reference(k).ToString())];
        return missing.Length == 0 ? file : throw CommandException.Of("--from-draws", FromDraws,
            $"found no draws of {Wording.Count(missing.Length, "figure")} that the claims name, such as {missing[0]}; expected all. Run "
                + "again with --save-draws and these among --figures.");
    }

    /// <summary>Refuses options that kept draws have answered.</summary>
    /// <exception cref="CommandException">Both are given.</exception>
    public void CheckKept()
    {
        if (FromDraws is null) return;
        var both = Draws is not null ? "--draws" : Seed is not null ? "--seed" : Sequence is not null ? "--sequence" : null;
        if (both is not null)
            throw CommandException.Of("--from-draws", FromDraws, $"found beside {both}, which says what is drawn; expected one of them.");
    }

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
        options.CheckKept();
        var list = options.List(study);
        var sampling = options.Sampling(study.Sampling);
        string[] others = [.. new[] { options.Claims, options.FromDraws }.OfType<string>()];
        using var output = VerbOutput.Open(options, [.. InputFiles.PathsOf(study), .. others], ClaimsCsv.FileName);
        using var choice = options.ChooseBackend(study, sampling);
        var compiled = new CompiledStudy(study, Interruption.Token);
        var meter = new ProgressMeter(Say($"drawing"), Say($"draws"), sampling.Draws);
        var threads = options.ThreadCount;
        var state = options.OpenWork(study, sampling.Draws, others);
        var backend = state.Over(choice.Backend);
        if (!state.Draw(options.Quiet, meter, (progress, cancellation) =>
        {
            var kept = options.FromDraws is null ? null : options.Kept(compiled, list.Claims, cancellation);
            var taken = kept is null ? sampling
                : (kept.Origin?.Sampling ?? new(kept.Draws, sampling.Seed, sampling.Level)) with { Draws = kept.Draws };
            return (
                kept is null ? ClaimEvaluation.Of(compiled, list.Claims, sampling, backend, threads, progress, cancellation)
                    : ClaimEvaluation.Of(compiled, list.Claims, kept, threads, progress, cancellation),
                ClaimMargins.Of(compiled, list.Claims, taken.Seed, threads,
                    meter.Stage(Say($"moving"), Say($"inputs"), compiled.Inputs().Count), cancellation), taken);
        }, out var found))
        {
            return ExitCodes.Done;
        }

        var (summary, margins, drawn) = found;
        Warning[] warnings = [.. study.Warnings, .. choice.Warnings];
        var receipt = Receipt.Of(options.Invocation.With(
            ("draws", drawn.Draws), ("seed", drawn.Seed), ("sequence", SamplingOptions.Word(drawn.Sequence))), study) with
        {
            OtherInputs = [.. others.Select(InputFiles.Fingerprint)],
            Backend = options.FromDraws is null ? choice.Backend.Info : null,
            Warnings = warnings,
        };
        var rows = ClaimsCsv.Rows(summary, margins);
        var files = output?.Write(
            receipt, OutputFile.Text(ClaimsCsv.FileName, writer => TidyTable.Write(writer, ClaimsCsv.Columns, rows))) ?? [];
        if (options.Json)
        {
            var claims = TidyTable.Objects(ClaimsCsv.Columns, rows);
            var document = new { study = study.Name, note = study.Note, file = list.File, warnings, sampling = drawn, claims };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = ClaimsReport.Of(
                study, drawn, list.File, summary, margins, Say($"--json, or the file of --out DIR"), options.FromDraws);
            report.Warnings(warnings);
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        state.End();
        return ExitCodes.Done;
    }
}
