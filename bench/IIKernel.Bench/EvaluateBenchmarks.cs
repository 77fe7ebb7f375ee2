using BenchmarkDotNet.Attributes;
using IIKernel.Kernels;

namespace IIKernel.Bench;

/// <summary>The draws alone, without statistics: scalar reference against SIMD on one and two threads.</summary>
public class EvaluateBenchmarks
{
    private const int Draws = 4096;

    private readonly double[] _values = new double[Demonstration.AllOutputs.Length * Draws];
    private readonly IProgram _reference = new ReferenceBackend().Load(Demonstration.Plan);
    private readonly IProgram _one = new SimdBackend(1).Load(Demonstration.Plan);
    private readonly IProgram _two = new SimdBackend(2).Load(Demonstration.Plan);

    [Params(false, true)]
    public bool AllOutputs { get; set; }

    private int[] Outputs => AllOutputs ? Demonstration.AllOutputs : Demonstration.OneYear;

    [Benchmark(Baseline = true, OperationsPerInvoke = Draws)]
    public void Reference() => _reference.Evaluate(0, Draws, Outputs, _values);

    [Benchmark(OperationsPerInvoke = Draws)]
    public void SimdOneThread() => _one.Evaluate(0, Draws, Outputs, _values);

    [Benchmark(OperationsPerInvoke = Draws)]
    public void SimdTwoThreads() => _two.Evaluate(0, Draws, Outputs, _values);
}
