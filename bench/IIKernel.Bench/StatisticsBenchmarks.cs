using BenchmarkDotNet.Attributes;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Bench;

/// <summary>
/// Passes over draws on one thread with what the statistics of all streams take, against a pass of the same draws that
/// counts next to nothing: the difference is the statistics' own cost.
/// </summary>
public class StatisticsBenchmarks
{
    internal const int Draws = 65_536;

    private readonly IProgram _program = new SimdBackend(1).Load(Demonstration.Plan);
    private AccumulationPass _draws = null!;
    private AccumulationPass _first = null!;
    private AccumulationPass _later = null!;

    /// <summary>Number of streams.</summary>
    internal int Streams => _first.Streams.Length;

    /// <summary>Windows as they are for the whole of a large sample at a coverage probability of 0.95.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        const int pilot = 4096;
        var aliases = OutputAliases.Of(Demonstration.Plan);
        int[] streams = [.. Demonstration.AllOutputs.Select(o => aliases[o].Stream).Where(s => s >= 0).Distinct().Order()];
        var point = _program.EvaluatePoint();
        var windows = new Window[streams.Length][];
        var narrow = new Window[streams.Length][];
        var column = new double[pilot];
        for (var s = 0; s < streams.Length; s++)
        {
            _program.Evaluate(0, pilot, [streams[s]], column);
            Array.Sort(column);
            double At(double p) => column[(int)(p * (pilot - 1))];
            windows[s] = [new(At(0.016), At(0.034)), new(At(0.49), At(0.51)), new(At(0.966), At(0.984))];
            narrow[s] = [new(At(0.024), At(0.026)), new(At(0.499), At(0.501)), new(At(0.974), At(0.976))];
        }

        double[] centres = [.. streams.Select(s => point[s])];
        _first = new() { Draws = Draws, Streams = streams, Centres = centres, Windows = windows, CountsGaps = true, Bins = 128 };
        _later = new() { Draws = Draws, Streams = streams, Windows = narrow, Intervals = Intervals(narrow), CountsGaps = false, Bins = 0 };
        var map = Demonstration.Plan.Outputs;
        var years = Demonstration.Plan.YearCount;
        int[] last = [map.Index(years - 1, map.Entities - 1, OutputMap.Growth), map.Sector(Demonstration.Plan.SectorCount - 1, 1)];
        Window[][] one = [[new(0, 0)], [new(0, 0)]];
        _draws = new() { Draws = Draws, Streams = last, Windows = one, Intervals = Intervals(one), CountsGaps = false, Bins = 0 };
    }

    /// <summary>Everything drawn and two streams looked at, the last of the years and of the sectors.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Draws)]
    public StreamResult[] TwoStreams() => _program.Accumulate(_draws);

    /// <summary>A first pass: sums, counts, bins of tails and middle.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public StreamResult[] FirstPass() => _program.Accumulate(_first);

    /// <summary>A last pass: values of narrow windows.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public StreamResult[] LastPass() => _program.Accumulate(_later);

    /// <summary>Values that a first pass sets aside and bins, a draw.</summary>
    internal double SetAside() => FirstPass().Sum(r => r.Bins.Sum()) / (double)Draws;

    /// <summary>Values that a last pass keeps, a draw.</summary>
    internal double Kept() => LastPass().Sum(r => r.Kept.Length) / (double)Draws;

    private static (double Low, double High)[][] Intervals(Window[][] windows) =>
        [.. windows.Select(w => w.Select(x => (x.Low, x.High)).ToArray())];
}
