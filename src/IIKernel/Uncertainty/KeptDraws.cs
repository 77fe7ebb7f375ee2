using IIKernel.Kernels.Search;
using IIKernel.Reading;

namespace IIKernel.Uncertainty;

/// <summary>A column of kept draws at one level.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">The coverage probability.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="Statistics">What they say.</param>
/// <param name="Flags">What the user must know about it.</param>
public sealed record KeptColumn(string Name, double Level, long Draws, OutputStatistics Statistics, IReadOnlyList<string> Flags);

/// <summary>How the draws of a column lie to a threshold.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="Count">How many lie below and at it.</param>
public sealed record KeptThreshold(string Name, double Threshold, long Draws, ThresholdCount Count)
{
    /// <summary>How many lie above it.</summary>
    public long Above => Count.Above(Draws);
}

/// <summary>Describes draws that were kept, as <see cref="UncertaintyRun"/> describes those that it draws.</summary>
public static class KeptDraws
{
    /// <summary>The columns as a source of draws: output i is column i.</summary>
    public static StoredSource Source(DrawsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new(file.Names.Count, file.Values.Select((values, i) => (i, values)).ToDictionary(p => p.i, p => p.values));
    }

    /// <summary>
    /// The figures of a study that are among the columns, as a source of draws whose outputs are numbered as those of the study's program.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="file">The kept draws; columns that name no figure of the study are left out.</param>
    /// <returns>The source; null where no column names a figure.</returns>
    public static StoredSource? Source(CompiledStudy study, DrawsFile file)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(file);
        var outputs = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in study.Keys) outputs.TryAdd(FigureIndex.Reference(key).ToString(), key.Output);
        var kept = file.Names.Zip(file.Values).Where(c => outputs.ContainsKey(c.First)).ToDictionary(c => outputs[c.First], c => c.Second);
        return kept.Count == 0 ? null : new(study.Keys.Max(k => k.Output) + 1, kept);
    }

    /// <summary>
    /// Describes every column at some levels: column by column, level by level. Errors are those of the replicates where the file says that
    /// the draws belong to some.
    /// </summary>
    /// <param name="file">The kept draws.</param>
    /// <param name="levels">Coverage probabilities, at least one, each once.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<KeptColumn> Describe(
        DrawsFile file, IReadOnlyList<double> levels, int threads, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(levels);
        QuantileRanks[] ranks = [.. levels.Select(level => CoverageRanks.For(file.Draws, level))];
        int[] outputs = [.. Enumerable.Range(0, file.Names.Count)];
        double[] points = [.. outputs.Select(_ => double.NaN)];
        var statistics = Collect(file, ranks);
        if (file.Replicates > 1)
        {
            var ofReplicate = StudyProgram.RanksOfReplicate(ranks, file.Replicates);
            statistics = StudyProgram.WithErrors(
                statistics, [.. Enumerable.Range(0, file.Replicates).Select(r => Collect(file.Replicate(r), ofReplicate))]);
        }

        return [.. outputs.SelectMany(o => levels.Select((level, l) => new KeptColumn(
            file.Names[o], level, file.Draws, statistics[l][o], UncertaintyRun.Flags([], statistics[l][o], ranks[l]))))];

        OutputStatistics[][] Collect(DrawsFile draws, QuantileRanks[] ranks) =>
            SampleStatistics.Collect(Source(draws), ranks, outputs, points, threads, progress, cancellation);
    }

    /// <summary>Counts the draws of every column at some thresholds: column by column, thresholds in the given order.</summary>
    public static IReadOnlyList<KeptThreshold> Count(DrawsFile file, IReadOnlyList<double> thresholds)
    {
        var source = Source(file);
        var asked = file.Names.SelectMany((_, o) => thresholds.Select(t => (Output: o, Value: t))).ToArray();
        return asked.Length == 0 ? [] : [.. asked.Zip(ThresholdCounts.Collect(source, source.Draws, asked),
            (a, count) => new KeptThreshold(file.Names[a.Output], a.Value, source.Draws, count))];
    }
}
