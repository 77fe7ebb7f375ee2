using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Calibration;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>calibrate</c>.</summary>
[Verb("calibrate", HelpText = "Find the coefficients that published figures ask for, and what the figures leave open.")]
public sealed class CalibrateOptions : WritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Meet every published figure", UsageStyle.Short, new CalibrateOptions { Study = "studies/mine", Out = "out/calibrated" }),
        new("Meet some of them, from a flat prior", UsageStyle.Short,
            new CalibrateOptions { Study = "studies/mine", Targets = ["nation.direct", "category.total"], PriorSd = 0.289 }),
    ];

    /// <summary>Which published figures are targets.</summary>
    [Option("targets", Separator = ',', MetaValue = "LIST",
        HelpText = "Published figures to meet: SCOPE.COMPONENT or SCOPE.COMPONENT.CODE, separated by commas, such as "
            + "nation.direct,category.total (default: all of reported years).")]
    public IEnumerable<string> Targets { get; set; } = [];

    /// <summary>Standard deviation of every prior.</summary>
    [Option("prior-sd", MetaValue = "X",
        HelpText = "Standard deviation of every coefficient about the study's point value (default: that of its distribution; 0.289 where "
            + "it is certain).")]
    public double? PriorSd { get; set; }

    /// <summary>Relative error of the model.</summary>
    [Option("discrepancy", MetaValue = "X", Default = 0.05,
        HelpText = "How far the model itself may lie from a figure, relative; 0 trusts it to the rounding of the figure.")]
    public double Discrepancy { get; set; } = 0.05;

    /// <summary>Whether growth multipliers are found too.</summary>
    [Option("free-multipliers", HelpText = "Find the growth multiplier of each target's year too.")]
    public bool FreeMultipliers { get; set; }

    /// <summary>Number of posterior draws.</summary>
    [Option("draws", MetaValue = "N", Default = 4000, HelpText = "Draws of the coefficients given the targets, 100 to 100000.")]
    public int Draws { get; set; } = 4000;

    /// <summary>Seed.</summary>
    [Option("seed", MetaValue = "N", HelpText = "Seed (default: the study's).")]
    public ulong? Seed { get; set; }

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR",
        HelpText = "Folder for coefficients.csv, posterior.csv, targets.csv, diagnostics.csv and estimates.csv; without it nothing is "
            + "written.")]
    public override string? Out { get; set; }
}

/// <summary>The verb <c>calibrate</c>.</summary>
public static class CalibrateVerb
{
    /// <summary>Names of the files that it writes.</summary>
    internal static IReadOnlyList<string> Outputs { get; } =
    [
        CalibrationCsv.CoefficientsFile, CalibrationCsv.TargetsFile, CalibrationCsv.DiagnosticsFile, CalibrationCsv.PosteriorFile,
        EstimatesCsv.FileName,
    ];

    /// <summary>Calibrates, prints and writes.</summary>
    /// <exception cref="CommandException">An option is out of range, or selects no published figure.</exception>
    public static int Execute(CalibrateOptions options)
    {
        var study = options.Read();
        if (options.PriorSd is not (null or > 0 and < double.PositiveInfinity))
            throw CommandException.Of("--prior-sd", options.PriorSd, "expected a positive number, such as 0.1.");
        if (options.Discrepancy is not (>= 0 and < 1))
            throw CommandException.Of("--discrepancy", options.Discrepancy, "expected 0 to below 1, such as 0.05 for 5 percent.");
        if (options.Draws is < 100 or > 100_000)
            throw CommandException.Of("--draws", options.Draws, "expected 100 to 100000.");
        var targets = Select(study, [.. options.Targets]);
        RefuseNegative(study, targets);
        var calibration = new CalibrationOptions
        {
            PriorSd = options.PriorSd,
            Discrepancy = options.Discrepancy,
            FreeMultipliers = options.FreeMultipliers,
        };
        using var output = VerbOutput.Open(options, study, Outputs);
        var sampling = new SamplingOptions(options.Draws, options.Seed ?? study.Sampling.Seed, study.Sampling.Level);
        var meter = new ProgressMeter(Say($"calibrating"), Say($"draws"), sampling.Draws);
        var describing = meter.Stage(Say($"describing"), Say($"entities"), EntityList.Of(study).Count);
        var calibrated = ConsoleWork.Run(
            options.Quiet,
            meter,
            (progress, cancellation) => Calibrator.Sample(study, targets, calibration, sampling, progress, cancellation, describing));
        var diagnostics = CalibrationCsv.Diagnostics(calibrated).ToDictionary();
        var outcome = new { sampling.Draws, sampling.Seed, sampling.Level, diagnostics };
        var receipt = Receipt.Of(options.Invocation.With(("seed", sampling.Seed)), study, outcome) with
        {
            Warnings = [.. study.Warnings, .. calibrated.Warnings],
        };
        var files = output?.Write(receipt,
            OutputFile.Text(CalibrationCsv.CoefficientsFile, writer => CalibrationCsv.WriteCoefficients(writer, calibrated)),
            OutputFile.Text(CalibrationCsv.TargetsFile, writer => CalibrationCsv.WriteTargets(writer, calibrated)),
            OutputFile.Text(CalibrationCsv.DiagnosticsFile, writer => CalibrationCsv.WriteDiagnostics(writer, calibrated)),
            OutputFile.Text(CalibrationCsv.PosteriorFile, writer => CalibrationCsv.WritePosterior(writer, calibrated)),
            OutputFile.Text(EstimatesCsv.FileName, writer => EstimatesCsv.Write(writer, calibrated.Estimates, sampling))) ?? [];
        if (options.Json)
            Console.WriteLine(Json(study, calibration, sampling, calibrated));
        else if (!options.Quiet)
        {
            var report = CalibrationReport.Of(study, calibrated, sampling);
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return ExitCodes.Done;
    }

    private static string Json(Study study, CalibrationOptions calibration, SamplingOptions sampling, CalibratedStudy calibrated) =>
        JsonSerializer.Serialize(
        new
        {
            study = study.Name,
            note = study.Note,
            unit = study.Unit.Text,
            options = calibration,
            sampling,
            warnings = calibrated.Warnings,
            diagnostics = CalibrationCsv.Diagnostics(calibrated).ToDictionary(),
            targets = TidyTable.Objects(CalibrationCsv.TargetColumns, calibrated.Fit.Targets),
            coefficients = TidyTable.Objects(CalibrationCsv.CoefficientColumns, CalibrationCsv.Coefficients(calibrated)),
            calibrated.Fit.Multipliers,
            calibrated.Fit.Combinations,
            estimates = TidyTable.Objects(EstimatesCsv.Columns(sampling), calibrated.Estimates),
        }, JsonText.Options);

    private static List<PublishedFigure> Select(Study study, string[] patterns)
    {
        var candidates = study.Published.Where(f => f.Kind == "published" && f.Measure == Measure.Value
            && f.Scope is not ("sector" or "area") && study.Years.Contains(f.Year)).ToList();
        if (candidates.Count == 0)
            throw new CommandException(ExitCodes.BadInput,
                $"{study.Origin}, key published: found no published figure of {study.Years[0]} to {study.Years[^1]}; expected at least one "
                + "to calibrate to. Name a file: scope,code,year,component,value,kind.");
        if (patterns.Length == 0) return candidates;
        var known = candidates.Select(f => $"{f.Scope}.{EstimatesCsv.Word(f.Component)}").Distinct().ToArray();
        foreach (var pattern in patterns)
            if (!candidates.Any(f => Matches(f, pattern)))
                throw new CommandException(ExitCodes.BadInput,
                    $"--targets {pattern}: found no such published figure; expected {string.Join(", ", known)}, each perhaps with a dot "
                    + "and a code." + NearestWord.Meant(NearestWord.Of(pattern, known)));
        return [.. candidates.Where(f => patterns.Any(p => Matches(f, p)))];
    }

    // Value added of the industrial internet is none.
    private static void RefuseNegative(Study study, IEnumerable<PublishedFigure> targets)
    {
        if (targets.FirstOrDefault(t => t.Value < 0) is not { } t) return;
        var target = $"{t.Scope}{(t.Code.Length > 0 ? " " + t.Code : "")} {EstimatesCsv.Word(t.Component)} {t.Year}";
        throw new CommandException(ExitCodes.BadInput, $"{study.Origin}, key published: found the target {target} of "
            + $"{t.Value.ToString(CultureInfo.InvariantCulture)}; expected an amount of at least 0. "
            + "Mend the figure, or leave it out with --targets.");
    }

    private static bool Matches(PublishedFigure figure, string pattern)
    {
        var name = $"{figure.Scope}.{EstimatesCsv.Word(figure.Component)}";
        return pattern == name || pattern == $"{name}.{figure.Code}";
    }
}
