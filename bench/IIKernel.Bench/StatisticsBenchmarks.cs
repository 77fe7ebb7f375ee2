using BenchmarkDotNet.Attributes;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Bench;

/// <summary>
/// Passes over draws on one thread with what the statistics of all columns take, against a pass of the same draws that
/// counts next to nothing: the difference is the statistics' own cost.
/// </summary>
public class StatisticsBenchmarks
{
    internal const int Draws = 1 << 18;

    private readonly IProgram _program = new SimdBackend(1).Load(Demonstration.Plan);
    private AccumulationPass _draws = null!;
    private AccumulationPass _only = null!;
    private AccumulationPass _first = null!;
    private AccumulationPass _later = null!;

    /// <summary>Number of columns.</summary>
    internal int Columns => _first.Columns.Length;

    /// <summary>Windows as they are for the whole of a sample at a coverage probability of 0.95.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        const int pilot = 4096;
        var aliases = Demonstration.Plan.Aliases;
        int[] columns = [.. Demonstration.AllOutputs.Select(o => aliases[o].Column).Where(s => s >= 0).Distinct().Order()];
        var point = _program.EvaluatePoint();
        var narrow = new Window[columns.Length][];
        var wide = new Window[columns.Length][];
        var bins = new Window[columns.Length][];
        var column = new double[pilot];
        for (var s = 0; s < columns.Length; s++)
        {
            _program.Evaluate(0, pilot, [columns[s]], column);
            Array.Sort(column);
            Window About(double from, double to) => new(column[(int)(from * (pilot - 1))], column[(int)(to * (pilot - 1))]);
            narrow[s] = [About(0.0225, 0.0275), About(0.497, 0.503), About(0.9725, 0.9775)];
            wide[s] = [About(0.016, 0.034), About(0.49, 0.51), About(0.966, 0.984)];
            bins[s] = [About(0.024, 0.026), About(0.499, 0.501), About(0.974, 0.976)];
        }

        _only = new()
        {
            Draws = Draws,
            Columns = columns,
            Centres = [.. columns.Select(s => point[s])],
            Windows = narrow,
            CountsGaps = true,
            Bins = 512,
            Caches = true,
        };
        _first = _only with { Windows = wide, Bins = 128, Caches = false };
        _later = new() { Draws = Draws, Columns = columns, Windows = bins, Intervals = Intervals(bins), CountsGaps = false, Bins = 0 };
        var map = Demonstration.Plan.Outputs;
        var years = Demonstration.Plan.YearCount;
        int[] last = [map.Index(years - 1, map.Entities - 1, OutputMap.Growth), map.Sector(Demonstration.Plan.SectorCount - 1, 1)];
        Window[][] one = [[new(0, 0)], [new(0, 0)]];
        _draws = new() { Draws = Draws, Columns = last, Windows = one, Intervals = Intervals(one), CountsGaps = false, Bins = 0 };
    }

    /// <summary>Everything drawn and two columns looked at, the last of the years and of the sectors.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Draws)]
    public PassResult TwoColumns() => _program.Accumulate(_draws);

    /// <summary>The pass of a sample that is drawn once: sums, counts, and the values of tails and middle, binned in the end.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public PassResult OnlyPass() => _program.Accumulate(_only);

    /// <summary>The first pass of a larger one: sums, counts, bins of tails and middle.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public PassResult FirstPass() => _program.Accumulate(_first);

    /// <summary>Its last pass: values of narrow windows.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public PassResult LastPass() => _program.Accumulate(_later);

    /// <summary>Values that the only pass caches, a draw.</summary>
    internal double Cached() => SetAside(OnlyPass());

    /// <summary>Values that a first pass sets aside and bins, a draw.</summary>
    internal double Binned() => SetAside(FirstPass());

    /// <summary>Values that a last pass keeps, a draw.</summary>
    internal double Kept() => LastPass().Columns.Sum(r => r.Kept.Length) / (double)Draws;

    private static double SetAside(PassResult result) => result.Columns.Sum(r => r.Bins.Sum()) / (double)Draws;

    private static (double Low, double High)[][] Intervals(Window[][] windows) =>
        [.. windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray())];
}
