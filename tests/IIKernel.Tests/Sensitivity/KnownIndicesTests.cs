using System.Text.Json;
using IIKernel.Gauge;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Sensitivity;
using Xunit;

namespace IIKernel.Tests.Sensitivity;

/// <summary>Indices of test functions with closed forms, over many seeds; <c>gauge</c> replays one.</summary>
public sealed class KnownIndicesTests
{
    private const string File = "sensitivity.json";
    private const string Frame = "three-sectors";

    private static readonly IBackend Backend = new SimdBackend(2);

    private static readonly JsonElement[] Functions = [.. GaugeData.Document(File).GetProperty("functions").EnumerateArray()];

    [Fact]
    public void The_error_of_sixteen_thousand_points_is_three_thousandths_at_most()
    {
        const int seeds = 12;
        var frame = GaugeData.Study(Frame);
        foreach (var answer in Functions)
        {
            var (first, total) = (GaugeData.Numbers(answer.GetProperty("first")), GaugeData.Numbers(answer.GetProperty("total")));
            var (ofFirst, ofTotal) = (new double[first.Length], new double[first.Length]);
            for (var seed = 0UL; seed < seeds; seed++)
            {
                var found = SensitivityGauge.Estimates(
                    Backend, frame, answer, 1 << 14, new() { Kind = SequenceKind.Sobol }, seed, new(1, 0.95));
                for (var i = 0; i < first.Length; i++)
                {
                    ofFirst[i] += Math.Pow(found.First[i].Raw - first[i], 2) / seeds;
                    ofTotal[i] += Math.Pow(found.Total[i].Raw - total[i], 2) / seeds;
                }
            }

            Assert.All(ofFirst.Concat(ofTotal), square => Assert.True(Math.Sqrt(square) <= 0.003, $"{answer.GetProperty("name")}"));
        }
    }

    [Theory]
    [InlineData(SequenceKind.Sobol)]
    [InlineData(SequenceKind.Philox)]
    public void Intervals_cover_the_exact_value_in_ninety_to_ninety_nine_of_a_hundred_seeds(int kind)
    {
        const int replicates = SensitivityOptions.Replicates;
        var frame = GaugeData.Study(Frame);
        var answer = Functions[0];
        var (first, total) = (GaugeData.Numbers(answer.GetProperty("first")), GaugeData.Numbers(answer.GetProperty("total")));
        var (ofFirst, ofTotal) = (new int[3], new int[3]);
        var interval = new ReplicateInterval(replicates, 0.95);
        for (var seed = 0UL; seed < 100; seed++)
        {
            var found = SensitivityGauge.Estimates(
                Backend, frame, answer, 1 << 14, new() { Kind = kind, Replicates = replicates }, seed, interval);
            for (var i = 0; i < 3; i++)
            {
                if (Covers(found.First[i], first[i])) ofFirst[i]++;
                if (Covers(found.Total[i], total[i])) ofTotal[i]++;
            }
        }

        Assert.All(ofFirst.Concat(ofTotal), covered => Assert.InRange(covered, 90, 99));

        // The interval before its ends are held at 0.
        static bool Covers(IndexEstimate estimate, double exact) => Math.Abs(exact - estimate.Raw) <= estimate.Upper - estimate.Raw;
    }
}
