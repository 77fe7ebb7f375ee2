using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Uncertainty;

namespace IIKernel.Calibration;

/// <summary>Moments of the marginal distributions, for the width of a prior.</summary>
internal static class MarginalMoments
{
    private const int Cells = 1 << 14;

    /// <summary>
    /// The standard deviation, by the midpoint rule over the quantile function, good to about four digits;
    /// <see cref="CalibrationOptions.WidePrior"/> of a certain coefficient, of which nothing else is known.
    /// </summary>
    public static double PriorSd(Marginal? marginal)
    {
        if (marginal is null) return CalibrationOptions.WidePrior;
        var compiler = new MarginalCompiler();
        compiler.Add("prior", marginal, 0);
        var table = compiler.Build();
        var (parameters, tails) = (new HostArray<double>(table.Parameters), new HostArray<double>(table.Table));
        var values = Enumerable.Range(0, Cells)
            .Select(i => Draw.Quantile(table.Kinds[0], parameters, 0, tails, new ScalarLane((i + 0.5) / Cells)).Value).ToArray();
        var mean = values.Average();
        var variance = values.Average(v => (v - mean) * (v - mean));
        return variance > 0 ? Math.Sqrt(variance) : CalibrationOptions.WidePrior;
    }
}
