using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;
using Lane = IIKernel.Kernels.Lanes.QuadLane<System.Numerics.Vector<double>, IIKernel.Kernels.Lanes.VectorOperations>;

namespace IIKernel.Kernels.Tests;

/// <summary>Samples of any shape, accumulated by what accumulates draws on the processor, on one thread.</summary>
internal sealed class ColumnProgram : IProgram
{
    /// <summary>Samples by inverse distribution functions.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="draws">How many draws of each.</param>
    /// <param name="seed">Of the uniforms.</param>
    /// <param name="quantile">The value of a sample at a uniform in (0, 1]; 0 takes the place of what is not finite.</param>
    public ColumnProgram(int count, int draws, int seed, Func<int, double, double> quantile)
    {
        var random = new System.Random(seed);
        Columns = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, draws)
            .Select(_ => quantile(i, 1 - random.NextDouble())).Select(x => double.IsFinite(x) ? x : 0).ToArray())];
        var aliases = OutputAliases.Of(Plan);
        Outputs = [.. Enumerable.Range(0, aliases.Length).Where(o => aliases[o].Column == o).Take(count)];
        Assert.Equal(count, Outputs.Length);
    }

    /// <summary>The samples, in draw order.</summary>
    public double[][] Columns { get; }

    /// <summary>A plan of enough outputs.</summary>
    public SamplePlan Plan { get; } = ConformancePlan.Create();

    /// <summary>Outputs that stand for the samples: none of them is a fixed multiple of another.</summary>
    public int[] Outputs { get; }

    public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination, CancellationToken cancellation = default)
    {
        for (var i = 0; i < outputs.Length; i++) Column(outputs[i]).AsSpan((int)first, count).CopyTo(destination.AsSpan(i * count));
    }

    public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        // What goes on from an earlier pass looks at no more than that one did.
        if (pass.Earlier is { } earlier)
        {
            Assert.All(pass.Windows.Zip(earlier.Pass.Windows), p => Assert.All(
                p.First, w => Assert.Contains(p.Second, e => e.Low <= w.Low && w.High <= e.High)));
        }

        var accumulator = new ColumnAccumulator<Lane>(pass, 0, 1);
        var sums = new List<SegmentSums[]>();
        for (var segment = pass.Rest.First; segment < pass.Rest.End; segment++)
        {
            var end = pass.Segments.Start(segment + 1);
            for (var s = 0; s < pass.Columns.Length; s++)
                for (var from = pass.Segments.Start(segment); from < end; from += 256) Take(s, from, (int)Math.Min(256, end - from));
            sums.Add(accumulator.EndSegment());
        }

        return ColumnAccumulator<Lane>.Merge([accumulator], [.. sums], 1);

        void Take(int s, long from, int count)
        {
            // Whole lanes are read.
            var values = new double[count + SumBlock.Draws];
            Column(pass.Columns[s]).AsSpan((int)from, count).CopyTo(values);
            accumulator.Take(s, values.AsSpan(0, count));
        }
    }

    public double[] EvaluatePoint() => new double[Plan.Outputs.Count];

    public void Dispose()
    {
    }

    private double[] Column(int output) => Columns[Array.IndexOf(Outputs, output)];
}
