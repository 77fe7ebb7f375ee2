using System.Globalization;
using System.Text.Json;
using CommandLine;
using CommandLine.Text;
using IIKernel.Balances;
using IIKernel.Kernels;
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

/// <summary>Options of <c>sensitivity</c>.</summary>
[Verb("sensitivity", HelpText = "Say which uncertain inputs bring a figure's interval, and what knowing them better would leave of it.")]
public sealed class SensitivityVerbOptions : LongVerbOptions
{
    private const long LeastDraws = 1 << 10;
    private const long MostDraws = 1 << 22;

    // Of the point: nobody wants an interval as wide.
    private const double MostWidth = 1000;

    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("What brings the nation's intervals", UsageStyle.Short,
            new SensitivityVerbOptions { Study = "studies/mine", Out = "out/sensitivity" }),
        new("A category and a province, pairs of inputs too", UsageStyle.Short, new SensitivityVerbOptions
        {
            Study = "studies/mine", Figures = ["category:C.total.2022", "provinces:440000.total.2022"], SecondOrder = true,
        }),
        new("What would narrow the nation's interval to a tenth of the figure", UsageStyle.Short,
            new SensitivityVerbOptions { Study = "studies/mine", Figures = ["nation.total.2022"], Width = "10%" }),
        new("Choices of the method against chance", UsageStyle.Short,
            new SensitivityVerbOptions { Study = "studies/mine", Choices = "choices.json", Out = "out/choices" }),
    ];

    /// <inheritdoc/>
    [Option("draws", MetaValue = "N", HelpText = "Draws of each sample, a power of two from 1024 to 4194304 (default: 16384).")]
    public override long? Draws { get; set; }

    /// <summary>The figures.</summary>
    [Option("figures", MetaValue = "LIST", Separator = ',',
        HelpText = "Figures, separated by commas: SCOPE[:CODE].PART[.YEAR] with PART direct, indirect, total, growth or share "
            + "(default: the nation's direct, indirect and total in the first and the last year).")]
    public IEnumerable<string> Figures { get; set; } = [];

    /// <summary>Whether pairs are wanted.</summary>
    [Option("second-order", HelpText = "Also what pairs of the largest inputs bring together.")]
    public bool SecondOrder { get; set; }

    /// <summary>A wanted width.</summary>
    [Option("width", MetaValue = "X%", HelpText =
        "Also the part of each input's spread at which the interval is X percent of the figure wide, or that no such part is.")]
    public string? Width { get; set; }

    /// <summary>A file of choices.</summary>
    [Option("choices", MetaValue = "FILE", HelpText =
        "Instead: the study with every combination of the options in this file (JSON, there or beside study.json), as many draws of each "
            + "as the study's or --draws, and the variance of the national totals by choices and chance.")]
    public string? Choices { get; set; }

    /// <summary>Most rows of a table.</summary>
    [Option("rows", MetaValue = "N", Default = "5", HelpText = "Most single inputs, or combinations, of a printed table, or all.")]
    public string Rows { get; set; } = "5";

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for sensitivity.csv and swings.csv, or for choices.csv and "
        + "choice-variance.csv; without it nothing is written.")]
    public override string? Out { get; set; }

    /// <summary>What is asked.</summary>
    /// <exception cref="CommandException">An option is out of range.</exception>
    public SensitivityOptions Asked(ulong seed, double level)
    {
        if (Draws is { } n && (n is < LeastDraws or > MostDraws || !long.IsPow2(n)))
            throw CommandException.Of("--draws", n, $"expected a power of two from {LeastDraws} to {MostDraws}: points of a sequence fill "
                + "a range evenly in such numbers.");
        return new((int)(Draws ?? SensitivityOptions.UsualDraws), seed, level) { SecondOrder = SecondOrder, Width = WantedWidth() };
    }

    /// <summary>The figures.</summary>
    /// <exception cref="CommandException">A pattern names none.</exception>
    public IReadOnlyList<EstimateKey> Keys(CompiledStudy compiled)
    {
        var years = compiled.Study.Years;
        var asked = Figures.ToArray();
        if (asked.Length == 0)
        {
            return [.. compiled.Keys.Where(k => k.Kind == EntityKind.Nation && k.Measure == Measure.Value)
                .Where(k => k.Year == years[0] || k.Year == years[^1])];
        }

        return [.. asked.SelectMany(pattern => NumberList.Told("--figures", pattern, () => compiled.Index.Select(pattern))).Distinct()];
    }

    private double? WantedWidth()
    {
        if (Width is null) return null;
        return double.TryParse(Width.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is > 0 and <= MostWidth ? percent / 100
            : throw CommandException.Of("--width", Width, "expected a percentage of the figure above 0, such as 10%.");
    }
}

/// <summary>The verb <c>sensitivity</c>.</summary>
public static class SensitivityVerb
{
    /// <summary>Analyses, prints and writes.</summary>
    /// <exception cref="CommandException">An option cannot be carried out.</exception>
    public static int Execute(SensitivityVerbOptions options)
    {
        if (options.Choices is { } file) return ChoicesVerb.Execute(options, file);
        _ = SimdBackend.Compile();
        var study = options.Read();
        var sampling = options.Sampling(study.Sampling);
        var asked = options.Asked(sampling.Seed, sampling.Level);
        var rows = RunOptions.RowsOf(options.Rows);
        using var output = VerbOutput.Open(options, study, SensitivityCsv.FileName, SensitivityCsv.SwingsFile);
        var compiled = new CompiledStudy(study, Interruption.Token);
        var figures = options.Keys(compiled);
        using var choice = options.ChooseBackend(study, sampling with { Draws = asked.Draws });
        var state = options.OpenWork(study, asked.Draws);
        if (!state.Draw(options.Quiet, new(Say($"analysing"), Say($"draws of A"), asked.Draws), (progress, cancellation) =>
            SensitivityAnalysis.Execute(compiled, figures, asked, state.Over(choice.Backend), progress, cancellation), out var result))
        {
            return ExitCodes.Done;
        }

        IReadOnlyList<Warning> warnings =
        [
            .. StudyBalances.Warnings(study, compiled.Point, StudyBalances.Of(study, compiled.Point)),
            .. choice.Warnings,
        ];
        var invocation = options.Invocation.With(("draws", asked.Draws), ("seed", asked.Seed), ("level", asked.Level));
        var receipt = Receipt.Of(invocation, study) with { Backend = choice.Backend.Info, Warnings = warnings };
        var files = output?.Write(receipt,
            OutputFile.Text(SensitivityCsv.FileName, writer => SensitivityCsv.Write(writer, result)),
            OutputFile.Text(SensitivityCsv.SwingsFile, writer => SensitivityCsv.WriteSwings(writer, result))) ?? [];
        if (options.Json)
        {
            var document = new
            {
                study = study.Name,
                note = study.Note,
                unit = study.Unit.Text,
                warnings,
                options = asked,
                screened = new { looked = result.Screened.Looked, kept = result.Screened.Kept },
                indices = TidyTable.Objects(SensitivityCsv.Columns(result), result.Rows),
                swings = TidyTable.Objects(SensitivityCsv.SwingColumns, result.Swings),
            };
            Console.WriteLine(JsonSerializer.Serialize(document, JsonText.Options));
        }
        else if (!options.Quiet)
        {
            var report = SensitivityReport.Of(result, rows, Say($"--json, or the files of --out DIR"));
            report.Warnings(warnings);
            report.Written(files);
            TextReport.Print(AnsiConsole.Console, report);
        }

        state.End();
        return ExitCodes.Done;
    }
}
