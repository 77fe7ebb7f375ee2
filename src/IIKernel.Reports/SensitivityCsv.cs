using IIKernel.Reports.Tables;
using IIKernel.Sensitivity;

namespace IIKernel.Reports;

/// <summary>sensitivity.csv, one number of one input's part in one figure a row, and swings.csv, one input and one figure a row.</summary>
public static class SensitivityCsv
{
    /// <summary>File name of the indices within the output folder.</summary>
    public const string FileName = "sensitivity.csv";

    /// <summary>File name of the swings within the output folder.</summary>
    public const string SwingsFile = "swings.csv";

    /// <summary>The flag of a number that chance alone may have brought.</summary>
    public const string NotTold = "not-told-from-zero";

    /// <summary>The flag of an input that moved the figure in no draw.</summary>
    public const string NoPart = "no-part";

    /// <summary>The flag of a width that an input alone cannot bring about.</summary>
    public const string NotReachable = "not-reachable-alone";

    /// <summary>The columns of the indices.</summary>
    public static IReadOnlyList<TidyColumn<SensitivityRow>> Columns(SensitivityResult result) =>
    [
        .. EstimatesCsv.KeyColumns.Select(c => c.Of((SensitivityRow r) => r.Figure)),
        new("input", r => r.Input?.Name), new("with", r => r.With?.Name),
        new("group", r => r.Input is null ? null : SensitivityInputs.Word(r.Input.Group)),
        new("kind", r => r.Input is null ? "figure" : r.Input.IsGroup ? "group" : "input"),
        new("statistic", r => Word(r.Measure)), new("value", r => r.Estimate.Value), new("lower", r => r.Estimate.Lower),
        new("upper", r => r.Estimate.Upper), new("estimate", r => r.Estimate.Raw), new("method", r => Word(r.Method)),
        new("level", _ => result.Options.Level), new("draws", r => r.Method == IndexMethod.Exact ? null : result.Options.Draws),
        new("flags", r => Flag(r)),
    ];

    /// <summary>The columns of the swings.</summary>
    public static IReadOnlyList<TidyColumn<FigureSwing>> SwingColumns { get; } =
    [
        .. EstimatesCsv.KeyColumns.Select(c => c.Of((FigureSwing s) => s.Figure)),
        new("input", s => s.Swing.Input), new("input_low", s => s.Swing.Low), new("input_high", s => s.Swing.High),
        new("at_low", s => s.Swing.AtLow), new("at_high", s => s.Swing.AtHigh),
        new("least", s => s.Swing.Least), new("least_at", s => s.Swing.LeastAt),
        new("greatest", s => s.Swing.Greatest), new("greatest_at", s => s.Swing.GreatestAt), new("inside", s => s.Swing.IsInside),
    ];

    /// <summary>The name of a statistic.</summary>
    public static string Word(SensitivityMeasure measure) => measure switch
    {
        SensitivityMeasure.First => "first-order",
        SensitivityMeasure.Total => "total-order",
        SensitivityMeasure.Second => "second-order",
        SensitivityMeasure.Shapley => "shapley-effect",
        SensitivityMeasure.Explained => "linear-r-squared",
        SensitivityMeasure.PawnMedian => "pawn-median",
        SensitivityMeasure.PawnLargest => "pawn-largest",
        SensitivityMeasure.EffectMean => "effect-mean",
        SensitivityMeasure.EffectSize => "effect-mean-size",
        SensitivityMeasure.EffectSpread => "effect-sd",
        SensitivityMeasure.Mean => "mean",
        SensitivityMeasure.MeanControlled => "mean-with-control-variate",
        SensitivityMeasure.ControlGain => "control-variate-gain",
        SensitivityMeasure.Width => "width",
        SensitivityMeasure.WidthKnown => "width-if-known",
        SensitivityMeasure.WidthTwiceExperts => "width-if-twice-the-experts",
        _ => "spread-needed",
    };

    /// <summary>The name of a method.</summary>
    public static string Word(IndexMethod method) => method == IndexMethod.LinearNormal ? "linear-normal" : EstimatesCsv.Word(method);

    /// <summary>What is to be known of a number; null for nothing.</summary>
    public static string? Flag(SensitivityRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var isIndex = row.Measure is SensitivityMeasure.First or SensitivityMeasure.Total or SensitivityMeasure.Second
            or SensitivityMeasure.Shapley or SensitivityMeasure.PawnMedian or SensitivityMeasure.PawnLargest;
        return row.Measure == SensitivityMeasure.SpreadNeeded && double.IsNaN(row.Estimate.Value) ? NotReachable
            : !isIndex || row.Estimate.IsToldFromZero ? null
            : row.Estimate is { Raw: 0, Upper: 0 } ? NoPart : NotTold;
    }

    /// <summary>Writes the indices. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, SensitivityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        TidyTable.Write(writer, Columns(result), result.Rows);
    }

    /// <summary>Writes the swings. The encoding is the writer's.</summary>
    public static void WriteSwings(TextWriter writer, SensitivityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        TidyTable.Write(writer, SwingColumns, result.Swings);
    }
}
