namespace IIKernel.Kernels.Search;

/// <summary>What is to be known of a sample.</summary>
/// <param name="Levels">Number of draws and wanted order statistics of each level, at least one; all of as many draws.</param>
/// <param name="Outputs">Indices of the outputs that are described at each level, each at most once.</param>
public sealed record SampleQuestion(IReadOnlyList<QuantileRanks> Levels, int[] Outputs)
{
    /// <summary>Finite values, with the outputs whose draws are counted below and at them, in any number and order.</summary>
    public IReadOnlyList<(int Output, double Value)> Thresholds { get; init; } = [];

    /// <summary>Bins in which the draws of each output are counted; 0 where no densities are wanted.</summary>
    public int DensityBins { get; init; }

    /// <summary>Answers it: all levels from the same passes, all thresholds from one more, and all densities from another.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="point">Every output at the point inputs: values near the means.</param>
    /// <param name="threads">Number of threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    public SampleAnswer Answer(
        IDrawSource source, double[] point, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var statistics = SampleStatistics.Collect(source, Levels, Outputs, point, threads, progress, cancellation);
        var draws = Levels[0].Draws;
        return new(
            statistics, ThresholdCounts.Collect(source, draws, Thresholds, progress, cancellation),
            DensityBins == 0 ? [] : SampleDensity.Collect(source, draws, Outputs, DensityBins, progress, cancellation));
    }
}

/// <summary>What is known of a sample.</summary>
/// <param name="Statistics">For each level one entry for each output, in the asked order.</param>
/// <param name="Thresholds">One entry for each threshold, in the asked order.</param>
/// <param name="Densities">One entry for each output, in the asked order; empty where none were wanted.</param>
public sealed record SampleAnswer(OutputStatistics[][] Statistics, ThresholdCount[] Thresholds, SampleDensity[] Densities);
