using IIKernel.Calibration;

namespace IIKernel.Reports;

/// <summary>The files of a calibration that a study can use: coefficients.csv, whose joint sample is posterior.csv.</summary>
public static class CalibrationCsv
{
    /// <summary>File name of the coefficients.</summary>
    public const string CoefficientsFile = "coefficients.csv";

    /// <summary>File name of the joint draws.</summary>
    public const string PosteriorFile = "posterior.csv";

    /// <summary>Writes sector,point,distribution,sample: the fit, with the joint sample as its distribution.</summary>
    public static void WriteCoefficients(TextWriter writer, CalibratedStudy calibrated)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(["sector", "point", "distribution", "sample"]);
        foreach (var c in calibrated.Fit.Coefficients) csv.Row([c.Code, CsvOutput.Text(c.Value), "joint", PosteriorFile]);
    }

    /// <summary>Writes one row for each draw, one column for each sector.</summary>
    public static void WritePosterior(TextWriter writer, CalibratedStudy calibrated)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(calibrated.Fit.Coefficients.Select(c => c.Code));
        foreach (var draw in calibrated.Coefficients) csv.Row(draw.Select(CsvOutput.Text));
    }
}
