namespace IIKernel.Kernels.Statistics;

/// <summary>Draws a sample and describes every output by its moments and exact order statistics.</summary>
public static class SampleStatistics
{
#if DEBUG
    // A hostile size: many small batches, even in small tests.
    private const long BatchValues = 5_000;
#else
    // 256 MiB of draws at a time. Outputs come in batches, each with a pass over all draws: draws are
    // recomputable functions of their index, and sorting costs far more than computing them again.
    private const long BatchValues = 32L << 20;
#endif

    /// <summary>The largest sample whose order statistics can be held: one output of it fills an array.</summary>
    public const int MaximumDraws = 1 << 30;

    /// <summary>Describes the asked outputs over the draws 0 … ranks.Draws − 1.</summary>
    /// <param name="program">A loaded plan.</param>
    /// <param name="ranks">Number of draws and wanted order statistics.</param>
    /// <param name="outputs">Indices of <see cref="Plan.OutputMap"/>.</param>
    /// <param name="centres">A value near the mean of each asked output: its value at the point inputs.</param>
    /// <param name="threads">Number of threads for the statistics.</param>
    /// <param name="progress">Takes the finished share, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One entry for each asked output, in the asked order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than <see cref="MaximumDraws"/> draws.</exception>
    public static OutputStatistics[] Collect(
        IProgram program, QuantileRanks ranks, int[] outputs, double[] centres, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks.Draws, 1, nameof(ranks));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ranks.Draws, MaximumDraws, nameof(ranks));
        var draws = (int)ranks.Draws;
        var batch = (int)Math.Clamp(BatchValues / draws, 1, outputs.Length);
        var values = new double[(long)batch * draws];
        var result = new OutputStatistics[outputs.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        for (var first = 0; first < outputs.Length; first += batch)
        {
            var count = Math.Min(batch, outputs.Length - first);
            var from = first;
            program.Evaluate(0, draws, outputs.AsSpan(first, count), values, cancellation);
            Parallel.For(0, count, options, i =>
                result[from + i] = Describe(values.AsSpan(i * draws, draws), centres[from + i], ranks));
            progress?.Report((first + count) / (double)outputs.Length);
        }

        return result;
    }

    /// <summary>Describes one sample, which is sorted in place.</summary>
    /// <param name="sample">ranks.Draws values in draw order.</param>
    /// <param name="centre">A value near their mean.</param>
    /// <param name="ranks">The wanted order statistics.</param>
    public static OutputStatistics Describe(Span<double> sample, double centre, QuantileRanks ranks)
    {
        var undefined = 0L;
        foreach (var value in sample)
            if (!double.IsFinite(value)) undefined++;
        if (undefined > 0)
        {
            const double none = double.NaN;
            return new(none, none, none, none, none, none, none, none, none, none, undefined);
        }

        var (mean, standardDeviation) = BlockSums.Moments(sample, centre);
        sample.Sort();
        var (shortestLower, shortestUpper) = Shortest(sample, ranks.Span);
        return new(
            mean, standardDeviation, At(sample, ranks.Lower), At(sample, ranks.Median), At(sample, ranks.Upper),
            shortestLower, shortestUpper, Error(sample, ranks.LowerError, ranks.ErrorWidth),
            Error(sample, ranks.MedianError, ranks.ErrorWidth), Error(sample, ranks.UpperError, ranks.ErrorWidth), 0);
    }

    private static double At(ReadOnlySpan<double> sorted, long rank) =>
        rank < 1 || rank > sorted.Length ? double.NaN : sorted[(int)rank - 1];

    private static double Error(ReadOnlySpan<double> sorted, (long Low, long High) ranks, double width) =>
        (At(sorted, ranks.High) - At(sorted, ranks.Low)) / width;

    // JCGM 101:2008, 7.7.4: the smallest y(r + q) − y(r); the first of several equal ones.
    private static (double Lower, double Upper) Shortest(ReadOnlySpan<double> sorted, long span)
    {
        if (span < 1 || span >= sorted.Length) return (double.NaN, double.NaN);
        var best = 0;
        var length = double.PositiveInfinity;
        for (var r = 0; r + span < sorted.Length; r++)
        {
            var candidate = sorted[r + (int)span] - sorted[r];
            if (candidate >= length) continue;
            length = candidate;
            best = r;
        }

        return (sorted[best], sorted[best + (int)span]);
    }
}
