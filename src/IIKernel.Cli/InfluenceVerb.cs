using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Inputs;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Sensitivity;
using IIKernel.Uncertainty;
using Spectre.Console;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Cli;

/// <summary>Options of <c>influence</c>.</summary>
[Verb("influence", HelpText =
    "What each flow of the table means to a figure, and which flows, measured better, would narrow it most.")]
public sealed class InfluenceOptions : WritingOptions
{
    private const double DefaultSd = 0.1;

    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("The flows behind the nation's indirect total of the base year", UsageStyle.Short,
            new InfluenceOptions { Study = "studies/mine", Out = "out/influence" }),
        new("Behind a category's total, where small flows are less certain", UsageStyle.Short,
            new InfluenceOptions { Study = "studies/mine", Figure = "category:C.total.2022", FlowSdLaw = ["0.5", "0.2"] }),
    ];

    /// <summary>The figure.</summary>
    [Option("figure", MetaValue = "FIGURE",
        HelpText = "The figure: SCOPE[:CODE].PART.YEAR with PART indirect, total or share (default: nation.indirect of the base year).")]
    public string? Figure { get; set; }

    /// <summary>Relative standard deviation of every flow.</summary>
    [Option("flow-sd", MetaValue = "X", HelpText = "Relative standard deviation of every flow, above 0 and up to 1 (default: 0.1).")]
    public double? FlowSd { get; set; }

    /// <summary>Its law.</summary>
    [Option("flow-sd-law", MetaValue = "A,B", Separator = ',',
        HelpText = "The same as a law A·x^(−B) of the flow x in the study's unit, at most 1; A above 0, B from 0 to 10.")]
    public IEnumerable<string> FlowSdLaw { get; set; } = [];

    /// <summary>Rows of the printed table.</summary>
    [Option("rows", MetaValue = "N", Default = "15", HelpText = "Most flows that are printed, or all; those of --json too.")]
    public string Rows { get; set; } = "15";

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for influence.csv, which has every flow; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>How uncertain flows are.</summary>
    /// <exception cref="CommandException">An option is out of range, or both are there.</exception>
    public FlowError Error()
    {
        string[] law = [.. FlowSdLaw];
        if (law.Length == 0)
        {
            return FlowSd is null or (> 0 and <= 1) ? new(FlowSd ?? DefaultSd)
                : throw CommandException.Of("--flow-sd", FlowSd, "expected a number above 0 and up to 1, such as 0.1 for 10 percent.");
        }

        if (FlowSd is not null)
            throw new CommandException(ExitCodes.BadInput, "--flow-sd, --flow-sd-law: found both; expected one of them.");
        double[] numbers = [.. law.Select(text => NumberList.TryNumber(text, out var x) ? x : double.NaN)];
        return numbers is [> 0, >= 0 and <= 10] ? new(numbers[0], numbers[1])
            : throw CommandException.Of("--flow-sd-law", string.Join(',', law),
                "expected two numbers A,B with A above 0 and B from 0 to 10, such as 0.5,0.2.");
    }

    /// <summary>The figure.</summary>
    /// <exception cref="CommandException">It is none, or none that flows have a part in.</exception>
    public EstimateKey Key(CompiledStudy compiled)
    {
        if (Figure is null)
        {
            return compiled.Keys.First(k => k is
            { Kind: EntityKind.Nation, Component: Component.Indirect, Measure: Measure.Value });
        }

        var keys = NumberList.Told("--figure", Figure, () => compiled.Index.Select(Figure));
        if (keys.Count > 1)
            throw CommandException.Of("--figure", Figure, $"found {keys.Count} figures; expected one, such as "
                + $"{FigureIndex.Reference(keys[^1])}.");
        return FlowInfluence.Covers(keys[0]) ? keys[0]
            : throw CommandException.Of("--figure", Figure, "expected indirect, total or share: no flow has a part in direct value "
                + "added, and growth is a ratio of two years' totals.");
    }
}

/// <summary>The verb <c>influence</c>.</summary>
public static class InfluenceVerb
{
    /// <summary>Ranks the flows and prints the first.</summary>
    /// <exception cref="CommandException">An option cannot be carried out.</exception>
    public static int Execute(InfluenceOptions options)
    {
        var error = options.Error();
        var rows = RunOptions.RowsOf(options.Rows);
        var study = options.Read();
        using var output = VerbOutput.Open(options, study, InfluenceCsv.FileName);
        var compiled = new CompiledStudy(study, Interruption.Token);
        var key = options.Key(compiled);
        var influence = FlowInfluence.Of(compiled, key, error, Interruption.Token);
        var figure = new
        {
            name = FigureIndex.Reference(key).ToString(),
            value = influence.Field.Value,
            unit = key.Unit,
            flowSd = error,
            sd = Math.Sqrt(influence.Variance),
        };
        var files = output?.Write(Receipt.Of(options.Invocation, study, new { figure }),
            OutputFile.Text(InfluenceCsv.FileName, writer => InfluenceCsv.Write(writer, influence))) ?? [];
        if (options.Json)
        {
            var cells = TidyTable.Objects(InfluenceCsv.Columns(influence), influence.Cells.Take(rows ?? int.MaxValue));
            var document = new { study = study.Name, note = study.Note, warnings = study.Warnings, figure, cells };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = InfluenceReport.Of(influence, rows, Say($"--json, or the file of --out DIR"));
            report.Warnings(study.Warnings);
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        return ExitCodes.Done;
    }
}
