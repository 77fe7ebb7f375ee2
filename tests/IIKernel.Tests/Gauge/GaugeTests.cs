using System.Text.Json;
using IIKernel.Gauge;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;
using Xunit;

namespace IIKernel.Tests.Gauge;

public sealed class GaugeTests
{
    private static readonly IReadOnlyList<GaugeResult> Results = GaugeReplay.Run([new ReferenceBackend(), new SimdBackend(2)], 2);

    [Fact]
    public void Every_known_answer_is_met_and_there_are_more_than_300()
    {
        Assert.DoesNotContain(Results, r => r.Outcome == GaugeOutcome.Diff);
        Assert.True(Results.Select(r => (r.Set, r.Item)).Distinct().Count() > 300);
        Assert.All(Results, r => Assert.NotEmpty(r.Source));
    }

    [Fact]
    public void A_note_stands_only_where_the_printed_source_differs()
    {
        foreach (var set in GaugeData.Sets)
            foreach (var item in set.Notes.Keys)
                Assert.All(Results.Where(r => r.Set == set.Name && r.Item == item).DefaultIfEmpty(),
                    r => Assert.Equal(GaugeOutcome.Note, r?.Outcome));
    }

    [Fact]
    public void Every_set_has_values_and_those_that_draw_have_them_on_every_backend()
    {
        Assert.Equal(GaugeData.Sets.Select(s => s.Name), Results.Select(r => r.Set).Distinct());
        foreach (var set in Results.Where(r => r.Backend != GaugeReplay.Host).GroupBy(r => r.Set))
            Assert.Equal(["reference", "simd"], set.Select(r => r.Backend).Distinct());
        Assert.Equal(5, Results.Where(r => r.Backend == "simd").Select(r => r.Set).Distinct().Count());
    }

    [Fact]
    public void A_backend_whose_values_are_off_in_the_twelfth_digit_is_found()
    {
        var results = GaugeReplay.Run([new Skewed(new ReferenceBackend(), 1 + 3e-12)], 1).Where(r => r.Backend == Skewed.Name).ToArray();
        foreach (var set in new[] { "draws", "method" })
            Assert.All(results.Where(r => r.Set == set && r.Reference != 0), r => Assert.Equal(GaugeOutcome.Diff, r.Outcome));
    }

    [Fact]
    public void The_verb_prints_a_summary_and_writes_every_value()
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-gauge-").FullName;
        try
        {
            var (exitCode, text, error) = CommandLineRunner.Process(["gauge", "--backend", "simd", "--out", folder]);
            Assert.True(exitCode == 0, error);
            Assert.Contains("NOTE ahp, matrix 1, printed CR", text, StringComparison.Ordinal);
            Assert.Matches("[0-9]+ values: [0-9]+ PASS, [0-9]+ NOTE, 0 DIFF", text);
            var lines = File.ReadAllLines(Path.Combine(folder, "gauge.csv"));
            Assert.Equal("set,item,backend,value,reference,tolerance,outcome,source,note", lines[0]);
            Assert.Equal(Results.Count(r => r.Backend != "reference"), lines.Length - 1);
            Assert.All(lines, line => Assert.Equal(9, StudyEditor.Split(line).Length));

            Assert.DoesNotContain("..", text, StringComparison.Ordinal);
            (exitCode, text, _) = CommandLineRunner.Process(["gauge", "--backend", "reference", "--json"]);
            Assert.Equal(0, exitCode);
            using var json = JsonDocument.Parse(text);
            Assert.Equal(Results.Count(r => r.Backend != "simd"), json.RootElement.GetArrayLength());
            Assert.Equal(3, CommandLineRunner.InProcess("gauge", "--backend", "abacus").ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A backend whose every value is too large by a factor; it draws nothing else wrong.
    private sealed class Skewed(IBackend inner, double factor) : IBackend
    {
        public const string Name = "skewed";

        public BackendInfo Info { get; } = inner.Info with { Name = Name };

        public IProgram Load(SamplePlan plan) => new Program(inner.Load(plan), factor);

        private sealed class Program(IProgram inner, double factor) : IProgram
        {
            public SamplePlan Plan => inner.Plan;

            public void Evaluate(long first, int count, ReadOnlySpan<int> outputs, double[] destination,
                CancellationToken cancellation = default)
            {
                inner.Evaluate(first, count, outputs, destination, cancellation);
                for (var i = 0; i < destination.Length; i++) destination[i] *= factor;
            }

            public PassResult Accumulate(AccumulationPass pass, IProgress<double>? progress = null,
                CancellationToken cancellation = default) =>
                inner.Accumulate(pass, progress, cancellation);

            public double[] EvaluatePoint() => [.. inner.EvaluatePoint().Select(v => v * factor)];

            public void Dispose() => inner.Dispose();
        }
    }
}
