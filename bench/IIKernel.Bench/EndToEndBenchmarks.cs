using BenchmarkDotNet.Attributes;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Bench;

/// <summary>
/// Draws with all statistics of every figure, per draw, against the plain loop that inverts the augmented
/// system in every draw and keeps no statistics at all.
/// </summary>
public class EndToEndBenchmarks
{
    private const int Draws = 1_000_000;
    internal const int PlainDraws = 20;

    private readonly IProgram _one = new SimdBackend(1).Load(Demonstration.Plan);
    private readonly IProgram _two = new SimdBackend(2).Load(Demonstration.Plan);
    private readonly QuantileRanks _ranks = CoverageRanks.For(Draws, 0.95);

    [Benchmark(Baseline = true, OperationsPerInvoke = PlainDraws)]
    public double PlainLoop()
    {
        var study = Demonstration.Study;
        var a = LeontiefModel.TechnicalCoefficients(study.Table);
        var parents = study.Coefficients.Select(k => k.Sector).ToArray();
        var sum = 0.0;
        for (var draw = 0; draw < PlainDraws; draw++)
            sum += LeontiefModel.LeontiefInverse(LeontiefModel.Augment(a, parents, [.. study.Coefficients.Select(k => k.Point)]))[0, 0];
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Draws)]
    public OutputStatistics[] AllOutputsOneThread() => Collect(_one, Demonstration.AllOutputs, 1);

    [Benchmark(OperationsPerInvoke = Draws)]
    public OutputStatistics[] AllOutputsTwoThreads() => Collect(_two, Demonstration.AllOutputs, 2);

    [Benchmark(OperationsPerInvoke = Draws)]
    public OutputStatistics[] OneYearTwoThreads() => Collect(_two, Demonstration.OneYear, 2);

    private OutputStatistics[] Collect(IProgram program, int[] outputs, int threads) =>
        SampleStatistics.Collect(program, _ranks, outputs, program.EvaluatePoint(), threads);
}
