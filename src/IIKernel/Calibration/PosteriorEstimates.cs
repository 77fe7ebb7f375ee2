using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Uncertainty;

namespace IIKernel.Calibration;

/// <summary>Every figure of a study, but those of sectors, over joint draws of its coefficients.</summary>
internal static class PosteriorEstimates
{
    /// <summary>The figures in the order of <see cref="EstimateCatalog"/>; the points are those of the fit.</summary>
    /// <param name="problem">The problem; its free multipliers count in their years.</param>
    /// <param name="mode">The fit.</param>
    /// <param name="sample">The draws.</param>
    /// <param name="level">Probability of the intervals.</param>
    /// <param name="progress">Takes the finished share, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<UncertainEstimate> Of(CalibrationProblem problem, double[] mode, double[][] sample, double level,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var study = problem.Study;
        var ranks = CoverageRanks.For(sample.Length, level);
        // The fit comes last, behind the draws.
        double[][] points = [.. sample, mode];
        var categories = points
            .Select(p => problem.Categories(p) is var (d, i) ? ((double[])d.Clone(), (double[])i.Clone()) : default).ToArray();
        var keys = problem.Compiled.Keys.ToLookup(k => (k.Scope, k.Code, k.Year));
        var found = new Dictionary<int, UncertainEstimate>();
        var entities = EntityList.Of(study);
        foreach (var (entity, e) in entities.Select((entity, e) => (entity, e)))
        {
            cancellation.ThrowIfCancellationRequested();
            var before = new double[points.Length];
            for (var t = 0; t < study.Years.Count; t++)
            {
                var (a, b) = (problem.FigureWeights(entity, t, Component.Direct), problem.FigureWeights(entity, t, Component.Indirect));
                double[] direct = [.. categories.Select(x => Dot(a, x.Item1))];
                double[] indirect = [.. categories.Select((x, s) => problem.Multiplier(points[s], t) * Dot(b, x.Item2))];
                double[] total = [.. direct.Zip(indirect, (d, i) => d + i)];
                foreach (var key in keys[(entity.Scope, entity.Code, study.Years[t])])
                {
                    double[] values = (key.Measure, key.Component) switch
                    {
                        (Measure.Value, Component.Direct) => direct,
                        (Measure.Value, Component.Indirect) => indirect,
                        (Measure.Value, _) => total,
                        (Measure.Share, _) => [.. total.Select(z => 100 * z / problem.Compiled.Point.OwnValueAdded[t, e])],
                        _ => [.. total.Zip(before, (z, p) => 100 * (z / p - 1))],
                    };
                    var statistics = SampleStatistics.Describe(values.AsSpan(..^1), values[^1], ranks);
                    found.TryAdd(key.Output, new(key with { Point = values[^1] }, statistics));
                }

                before = total;
            }

            progress?.Report((e + 1.0) / entities.Count);
        }

        return [.. problem.Compiled.Keys.Where(k => found.ContainsKey(k.Output)).Select(k => found[k.Output])];
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
