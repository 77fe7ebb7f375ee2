using IIKernel.Kernels.Journal;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using IIKernel.Kernels.Tests.Search;

namespace IIKernel.Kernels.Tests.Journal;

/// <summary>All that is asked of a sample, through a journal or without one.</summary>
internal static class JournaledRun
{
    public static readonly SamplePlan Plan = ConformancePlan.Create();

    private static readonly int[] Outputs = [.. ConformancePlan.WrittenOutputs(Plan).Take(60)];

    /// <summary>Every answer, as text that tells every bit.</summary>
    /// <param name="backend">Where it is drawn.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="caches">Whether there is memory for what the windows hold.</param>
    public static string Ask(IBackend backend, long draws, bool caches)
    {
        using var program = backend.Load(Plan);
        var point = program.EvaluatePoint();
        QuantileRanks[] levels = [SortedSamples.Ranks((int)draws)];
        var derived = new DerivedSource(program, [new(DerivedKind.Ratio, Outputs[0], Outputs[1]), new(DerivedKind.Difference, 3, 2)]);
        var work = new IndependentWork();
        var statistics = work.Do(() => SampleStatistics.Collect(program, levels, Outputs, point, 2, 1L << 23, caches ? 3L << 23 : 0));
        var ofDerived = work.Do(() => SampleStatistics.Collect(
            derived, levels, [derived.First, derived.First + 1], derived.Extend(point), 2, 1L << 23, caches ? 3L << 23 : 0));
        var thresholds = work.Do(() => ThresholdCounts.Collect(program, draws, [.. Outputs.Select(o => (o, point[o]))]));
        var densities = work.Do(() => SampleDensity.Collect(program, draws, Outputs, 20));
        var ranks = work.Do(() => RankDistribution.Collect(program, draws, Outputs, 2));
        var counts = work.Do(() => ExceedanceDistribution.Collect(program, draws, Outputs, [point[0], point[1]], 2));
        work.End();
        var text = new StringWriter();
        foreach (var s in statistics!.Concat(ofDerived!).SelectMany(s => s)) text.WriteLine(s.ToString());
        foreach (var t in thresholds!) text.WriteLine(t.ToString());
        foreach (var d in densities!)
            text.WriteLine(string.Join(' ', d.Edges.Select(e => e.ToString("R", null))) + " " + string.Join(' ', d.Counts));
        for (var e = 0; e < Outputs.Length; e++) text.WriteLine($"{ranks!.Held(e, 1)} {ranks.Undefined(e)} {counts!.Held(0, e)}");
        return text.ToString();
    }

    /// <summary>What a file would hold.</summary>
    public static WorkStore Copy(WorkStore store)
    {
        var copy = new WorkStore();
        foreach (var record in store.Records)
        {
            using var bytes = new MemoryStream();
            record.Payload.CopyTo(bytes);
            copy.Add(record with { Payload = new Bytes(bytes.ToArray()) });
        }

        return copy;
    }

    private sealed class Bytes(byte[] bytes) : IWorkPayload
    {
        public void CopyTo(Stream stream) => stream.Write(bytes);

        public Stream Open() => new MemoryStream(bytes, writable: false);
    }
}
