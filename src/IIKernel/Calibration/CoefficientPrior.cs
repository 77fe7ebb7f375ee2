using IIKernel.Experts;
using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;

namespace IIKernel.Calibration;

/// <summary>What a study believes of its coefficients before any target: their standard deviations, by distribution or panel.</summary>
internal static class CoefficientPrior
{
    // For a panel whose operator has no closed form: 0.14 % of a standard deviation, from a seed of their own, whatever the study's.
    private const int Draws = 1 << 18;
    private const int Chunk = 1 << 12;
    private const ulong Seed = 1;

    // A spread below that is rounding.
    private const double Least = 1e-9;

    /// <summary>Standard deviations of S_k; m values, <see cref="CalibrationOptions.WidePrior"/> where a coefficient is certain.</summary>
    public static double[] StandardDeviations(CompiledStudy study) =>
        [.. Spread(study).Select(sd => sd > Least && double.IsFinite(sd) ? sd : CalibrationOptions.WidePrior)];

    private static IEnumerable<double> Spread(CompiledStudy compiled)
    {
        var study = compiled.Study;
        var options = study.Uncertainty;
        return study.Panel is null || !(options.Panel || options.FactorConcentration is not null)
            ? study.Coefficients.Select(k => k.Distribution is null ? 0 : MarginalMoments.Of(k.Distribution).StandardDeviation)
            : PanelMoments.StandardDeviations(study.Panel, options.Panel, options.FactorConcentration) ?? Drawn(compiled);
    }

    private static double[] Drawn(CompiledStudy compiled)
    {
        using var loaded = compiled.Load(BackendCatalog.Processor(Environment.ProcessorCount), Seed, UncertaintySources.Coefficients);
        var (study, program) = (compiled.Study, loaded.Program);
        int[] outputs = [.. study.Coefficients.Select(k => program.Plan.Outputs.Sector(k.Sector, OutputMap.Direct))];

        // The direct value added of a sector is S_k V_k.
        double[] valueAdded = [.. study.Coefficients.Select(k => study.Table.ValueAdded(k.Sector))];
        var (sums, squares, values) = (new double[outputs.Length], new double[outputs.Length], new double[outputs.Length * Chunk]);
        for (var first = 0; first < Draws; first += Chunk)
        {
            program.Evaluate(first, Chunk, outputs, values);
            for (var i = 0; i < values.Length; i++)
            {
                var k = i / Chunk;
                var deviation = values[i] / valueAdded[k] - study.Coefficients[k].Point;
                sums[k] += deviation;
                squares[k] += deviation * deviation;
            }
        }

        return [.. sums.Zip(squares, (sum, square) => Math.Sqrt(Math.Max(0, square - sum * sum / Draws) / (Draws - 1)))];
    }
}
