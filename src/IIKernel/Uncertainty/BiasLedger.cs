using IIKernel.Kernels;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>
/// By how much the mean of draws misses the point, and what brings that: the other inputs with the table at its point, and then the table.
/// Errors of flows have mean 1, so that what is linear in them has no part in the second: it is what the inverse and the ratios make of
/// them (and, of draws balanced by scaling, what that does to their means).
/// </summary>
/// <param name="Key">The figure.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="Inputs">Mean, with the table at its point, less the point.</param>
/// <param name="InputsError">Its standard error.</param>
/// <param name="Table">Mean less the mean of the same draws with the table at its point.</param>
/// <param name="TableError">Its standard error.</param>
/// <param name="Bias">Mean less the point: the sum of both.</param>
/// <param name="BiasError">Its standard error.</param>
public sealed record BiasEntry(
    EstimateKey Key, long Draws, double Inputs, double InputsError, double Table, double TableError, double Bias, double BiasError);

/// <summary>The bias of the nation and of the categories in studies that draw the table.</summary>
public static class BiasLedger
{
    /// <summary>Most draws of a ledger.</summary>
    public const long MostDraws = 10_000;

    // Draws that are evaluated at a time.
    private const int Together = 512;

    /// <summary>Whether a ledger has anything to tell apart: whether some sources draw the table.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sources">The sources of uncertainty to draw.</param>
    public static bool Applies(Study study, UncertaintySources sources) => FlowCompiler.IsDrawn(study, sources);

    /// <summary>How many draws a ledger of a run makes: as many as the sequence has, at most <see cref="MostDraws"/>.</summary>
    public static long DrawsOf(SamplingOptions sampling)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        return sampling.Fitting(Math.Min(sampling.Draws, MostDraws));
    }

    /// <summary>The ledger; empty where no table is drawn. A figure that some draw leaves without a number has none here.</summary>
    /// <param name="study">The study.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="sampling">Seed, sequence, number of draws.</param>
    /// <param name="sources">The sources of uncertainty to draw.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<BiasEntry> Of(
        CompiledStudy study, IBackend backend, SamplingOptions sampling, UncertaintySources sources, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (!Applies(study.Study, sources)) return [];
        var draws = DrawsOf(sampling);
        var taken = sampling with { Draws = draws };
        using var whole = study.Load(backend, taken, sources);
        using var certain = study.Load(backend, taken, sources & ~UncertaintySources.Flows);
        var keys = study.Keys.Where(k => k.Kind is EntityKind.Nation or EntityKind.Category && k.Measure == Measure.Value).ToArray();
        int[] outputs = [.. keys.Select(k => k.Output)];
        var (drawn, held) = (new double[outputs.Length * Together], new double[outputs.Length * Together]);
        var point = certain.Program.EvaluatePoint();
        var replicates = whole.Program.Plan.Sequence.Replicates;
        var (inputs, table, bias) = (Sums(), Sums(), Sums());
        for (var first = 0L; first < draws; first += Together)
        {
            var count = (int)Math.Min(Together, draws - first);
            whole.Program.Evaluate(first, count, outputs, drawn, cancellation);
            certain.Program.Evaluate(first, count, outputs, held, cancellation);
            for (var k = 0; k < keys.Length; k++)
            {
                var at = point[outputs[k]];
                for (var d = 0; d < count; d++)
                {
                    var (all, other, replicate) = (drawn[k * count + d], held[k * count + d], (int)((first + d) % replicates));
                    inputs[k].Add(replicate, other - at);
                    table[k].Add(replicate, all - other);
                    bias[k].Add(replicate, all - at);
                }
            }

            progress?.Report((first + count) / (double)draws);
        }

        return [.. keys.Select((key, k) => new BiasEntry(
            key, draws, inputs[k].Mean, inputs[k].Error, table[k].Mean, table[k].Error, bias[k].Mean, bias[k].Error))];

        DifferenceSums[] Sums() => [.. keys.Select(_ => new DifferenceSums(replicates))];
    }

    // Sums of differences, one for each randomised replicate of a sequence; of pseudorandom draws there is one.
    private sealed class DifferenceSums(int replicates)
    {
        private readonly double[] _sums = new double[replicates];
        private double _squares;
        private long _count;

        public double Mean => _sums.Sum() / _count;

        // Replicates are independent, and so are pseudorandom draws.
        public double Error
        {
            get
            {
                var mean = Mean;
                if (replicates == 1) return Math.Sqrt(Math.Max(0, _squares / _count - mean * mean) / Math.Max(1, _count - 1));
                var each = (double)_count / replicates;
                return Math.Sqrt(_sums.Sum(s => (s / each - mean) * (s / each - mean)) / (replicates - 1) / replicates);
            }
        }

        public void Add(int replicate, double difference)
        {
            _sums[replicate] += difference;
            _squares += difference * difference;
            _count++;
        }
    }
}
