using IIKernel.Calibration;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports;

/// <summary>
/// The files of a calibration: coefficients.csv, which a study can use with posterior.csv as its joint sample; targets.csv;
/// diagnostics.csv.
/// </summary>
public static class CalibrationCsv
{
    /// <summary>File name of the coefficients.</summary>
    public const string CoefficientsFile = "coefficients.csv";

    /// <summary>File name of the joint draws.</summary>
    public const string PosteriorFile = "posterior.csv";

    /// <summary>File name of the targets.</summary>
    public const string TargetsFile = "targets.csv";

    /// <summary>File name of the diagnostics.</summary>
    public const string DiagnosticsFile = "diagnostics.csv";

    /// <summary>
    /// The columns of the coefficients, in CSV and in JSON: the fit with the joint sample as its distribution, then what a study passes
    /// over.
    /// </summary>
    public static IReadOnlyList<TidyColumn<(CalibratedCoefficient Fit, CoefficientPosterior Posterior)>> CoefficientColumns { get; } =
    [
        new("sector", c => c.Fit.Code),
        new("point", c => c.Fit.Value),
        new("distribution", _ => "joint"),
        new("sample", _ => PosteriorFile),
        new("prior", c => c.Fit.Prior),
        new("prior_sd", c => c.Fit.PriorSd),
        new("at_bound", c => c.Fit.AtBound),
        new("posterior_mean", c => c.Posterior.Statistics.Mean),
        new("posterior_sd", c => c.Posterior.Statistics.StandardDeviation),
        new("posterior_lower", c => c.Posterior.Statistics.Lower),
        new("posterior_upper", c => c.Posterior.Statistics.Upper),
        new("determined", c => c.Posterior.Determined),
        new("effective_draws", c => c.Posterior.EffectiveDraws),
        new("reduction", c => c.Posterior.Reduction),
    ];

    /// <summary>The columns of the targets, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<FittedTarget>> TargetColumns { get; } =
    [
        new("scope", t => t.Figure.Scope),
        new("code", t => t.Figure.Code),
        new("year", t => t.Figure.Year),
        new("component", t => EstimatesCsv.Word(t.Figure.Component)),
        new("published", t => t.Figure.Value),
        new("rounding", t => t.Figure.Rounding),
        new("rounding_source", t => t.Figure.RoundingStated ? "stated" : "guessed"),
        new("sd", t => t.Sd),
        new("before", t => t.Before),
        new("after", t => t.After),
        new("distance_percent", t => t.DistancePercent),
        new("residual", t => t.Residual),
    ];

    /// <summary>The coefficients in the order of the study.</summary>
    public static IEnumerable<(CalibratedCoefficient Fit, CoefficientPosterior Posterior)> Coefficients(CalibratedStudy calibrated) =>
        calibrated.Fit.Coefficients.Zip(calibrated.Posterior);

    /// <summary>What tells how far a calibration can be trusted, by name; the names are those of CSV and JSON.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> Diagnostics(CalibratedStudy calibrated)
    {
        var fit = calibrated.Fit;
        return
        [
            new("chi_square", fit.Agreement.Value),
            new("chi_square_of_targets", fit.TargetsCost),
            new("chi_square_of_prior", fit.Agreement.Value - fit.TargetsCost),
            new("degrees_of_freedom", fit.Agreement.DegreesOfFreedom),
            new("p_value", fit.Agreement.Probability),
            new("targets_alone_chi_square", fit.TargetsAlone.Value),
            new("targets_alone_degrees_of_freedom", fit.TargetsAlone.DegreesOfFreedom),
            new("targets_alone_p_value", fit.TargetsAlone.Probability),
            new("unknowns_free", fit.Combinations.Count),
            new("combinations_identified", fit.Identified),
            new("coefficients_at_bound", fit.Coefficients.Count(c => c.AtBound)),
            new("draws", calibrated.Coefficients.Count),
            new("fewest_effective_draws", calibrated.FewestEffectiveDraws),
            new("largest_reduction", calibrated.LargestReduction),
        ];
    }

    /// <summary>Writes the coefficients.</summary>
    public static void WriteCoefficients(TextWriter writer, CalibratedStudy calibrated) =>
        TidyTable.Write(writer, CoefficientColumns, Coefficients(calibrated));

    /// <summary>Writes one row for each draw, one column for each sector.</summary>
    public static void WritePosterior(TextWriter writer, CalibratedStudy calibrated)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(calibrated.Fit.Coefficients.Select(c => c.Code));
        foreach (var draw in calibrated.Coefficients) csv.Row(draw.Select(CsvOutput.Input));
    }

    /// <summary>Writes the targets.</summary>
    public static void WriteTargets(TextWriter writer, CalibratedStudy calibrated) =>
        TidyTable.Write(writer, TargetColumns, calibrated.Fit.Targets);

    /// <summary>Writes quantity,value.</summary>
    public static void WriteDiagnostics(TextWriter writer, CalibratedStudy calibrated) => TidyTable.Write(
        writer, [new TidyColumn<KeyValuePair<string, double>>("quantity", d => d.Key), new("value", d => d.Value)],
        Diagnostics(calibrated));
}
