using System.Globalization;
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
        writer.Write("sector,point,distribution,sample\n");
        foreach (var c in calibrated.Fit.Coefficients)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{c.Code},{c.Value:R},joint,{PosteriorFile}\n"));
    }

    /// <summary>Writes one row for each draw, one column for each sector.</summary>
    public static void WritePosterior(TextWriter writer, CalibratedStudy calibrated)
    {
        writer.Write(string.Join(',', calibrated.Fit.Coefficients.Select(c => c.Code)) + "\n");
        foreach (var draw in calibrated.Coefficients)
            writer.Write(string.Join(',', draw.Select(s => s.ToString("R", CultureInfo.InvariantCulture))) + "\n");
    }
}
