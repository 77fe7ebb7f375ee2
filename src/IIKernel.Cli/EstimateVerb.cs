using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Growth;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>Options of <c>estimate</c>.</summary>
[Verb("estimate", HelpText = "Compute the point values alone, with the production function behind them.")]
public sealed class EstimateOptions : StudyOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("The point values of a study", UsageStyle.Short, new EstimateOptions { Study = "studies/mine" }),
        new("For a program", UsageStyle.Short, new EstimateOptions { Study = "studies/mine", Json = true }),
    ];
}

/// <summary>The verb <c>estimate</c>.</summary>
public static class EstimateVerb
{
    /// <summary>Computes and prints the point values.</summary>
    public static int Execute(EstimateOptions options)
    {
        var study = options.Read();
        var point = PointModel.Estimate(study, Interruption.Token);
        var keys = EstimateCatalog.Of(study, point);
        var warnings = StudyBalances.Warnings(study, point, StudyBalances.Of(study, point));
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                study = study.Name,
                note = study.Note,
                unit = study.Unit.Text,
                warnings,
                growth = GrowthFit.Of(study, point.Growth),
                estimates = TidyTable.Objects<EstimateKey>([.. EstimatesCsv.KeyColumns, new("flags", k => k.Flags)], keys),
            }, RunReceipt.Json));
            return ExitCodes.Done;
        }

        if (!options.Quiet) Print(AnsiConsole.Console, study, point, keys, warnings);
        return ExitCodes.Done;
    }

    private static void Print(IAnsiConsole console, Study study, PointEstimate point, IReadOnlyList<EstimateKey> keys, IReadOnlyList<Warning> warnings)
    {
        TextReport.PrintTitle(console, study.Name, study.Note);
        var f = point.Growth.Function;
        console.WriteLine($"production function {study.Growth.FitFirst}–{study.Growth.FitLast}, {EstimatesCsv.Word(study.Growth.Returns)} returns: "
            + $"α = {Wording.Fixed(f.Alpha, 5)} ({f.AlphaError:0.00000}), β = {Wording.Fixed(f.Beta, 5)} ({f.BetaError:0.00000}), ln A = {Wording.Fixed(f.LogA, 5)} ({f.LogAError:0.00000}), "
            + $"R² of {ProductionFunction.Response(study.Growth.Returns)} {Wording.Fixed(f.Fit.RSquared, 5)}, condition number {f.Fit.ConditionNumber:0}");

        var years = new ReportTable($"Nation, value added of the industrial internet, {study.Unit.Text}", ReportColumn.Text("year"), ReportColumn.Number("T", 4), ReportColumn.Number("direct", 1),
            ReportColumn.Number("indirect", 2), ReportColumn.Number("total"), ReportColumn.Number("growth %", 5), ReportColumn.Number("share %", 3));
        for (var t = 0; t < study.Years.Count; t++)
        {
            years.Add(
                $"{study.Years[t]}{(point.Growth.Extrapolated[t] ? " *" : "")}", $"{point.Growth.Multipliers[t]:0.00000}",
                NumberFormat.Point(point.Direct[t, 0]), NumberFormat.Point(point.Indirect[t, 0]), NumberFormat.Point(point.Total(t, 0)),
                t == 0 ? "" : Wording.Fixed(point.GrowthPercent(t, 0), 2), Wording.Fixed(point.SharePercent(t, 0), 2));
        }

        if (point.Growth.Extrapolated.Any(e => e)) years.Note(TextReport.ExtrapolatedNote);
        TextReport.Print(console, years);

        foreach (var scope in keys.Where(k => k.Kind is not (EntityKind.Nation or EntityKind.Sector)).Select(k => k.Scope).Distinct())
            PrintScope(console, study, scope, keys);
        TextReport.PrintWarnings(console, warnings);
    }

    private static void PrintScope(IAnsiConsole console, Study study, string scope, IReadOnlyList<EstimateKey> keys)
    {
        var year = study.Years[^1];
        var table = new ReportTable($"{scope}, {year}, {study.Unit.Text}", ReportColumn.Text("code"), ReportColumn.Text("name"), ReportColumn.Number("direct", 1),
            ReportColumn.Number("indirect", 2), ReportColumn.Number("total"), ReportColumn.Number("share %", 3));
        foreach (var entity in keys.Where(k => k.Scope == scope && k.Year == year).GroupBy(k => (k.Code, k.Name)))
        {
            double Value(Component component, Measure measure) => entity.Single(k => k.Component == component && k.Measure == measure).Point;
            string Cell(Component component) => NumberFormat.Point(Value(component, Measure.Value));
            table.Add(
                entity.Key.Code, entity.Key.Name, Cell(Component.Direct),
                Cell(Component.Indirect), Cell(Component.Total), Wording.Fixed(Value(Component.Total, Measure.Share), 2));
        }

        TextReport.Print(console, table);
    }
}
