using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Tests.Conformance;
using IIKernel.Kernels.Tests.Search;
using Xunit;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>All statistics of all outputs, from the pilot to the last pass, equal those of the processor to the bit.</summary>
public abstract class DeviceStatisticsTests
{
    protected abstract IBackend Create();

    protected abstract int Draws { get; }

    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Everything)]
    [InlineData(ConformanceVariant.Panel)]
    [InlineData(ConformanceVariant.Allocations)]
    public void Statistics_equal_the_processors_to_the_bit(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
        using var program = Create().Load(plan);
        using var simd = new SimdBackend(2).Load(plan);
        QuantileRanks[] levels = [SortedSamples.Ranks(Draws), SortedSamples.Ranks(Draws, 0.5), SortedSamples.Ranks(Draws, 0.99)];
        foreach (var some in new[] { levels[..1], levels })
        {
            var expected = SampleStatistics.Collect(simd, some, outputs, simd.EvaluatePoint(), 2);
            Assert.Equal(expected, SampleStatistics.Collect(program, some, outputs, program.EvaluatePoint(), 2));
        }

        Assert.Empty(program.Notes);
    }
}

/// <summary>The same of devices whose groups have as many threads as draws.</summary>
public abstract class GroupStatisticsTests : DeviceStatisticsTests
{
    // The most outputs that a group finishes at a time; their sums lie behind those of the first.
    [Fact]
    public void All_marks_of_a_drawn_table_at_once_equal_the_processors_to_the_bit()
    {
        var plan = ConformancePlan.Create(variant: ConformanceVariant.FlowsWithMarks);
        int[] outputs = [.. Enumerable.Range(0, TableMark.Count).Select(plan.Outputs.Mark)];
        Assert.Equal(OutputMap.MostTogether, outputs.Length);
        using var program = Create().Load(plan);
        using var simd = new SimdBackend(2).Load(plan);
        QuantileRanks[] levels = [SortedSamples.Ranks(Draws)];
        var expected = SampleStatistics.Collect(simd, levels, outputs, simd.EvaluatePoint(), 2);
        Assert.Equal(expected, SampleStatistics.Collect(program, levels, outputs, program.EvaluatePoint(), 2));
        Assert.Empty(program.Notes);
    }
}

public sealed class IlgpuCpuStatisticsTests(Device<IlgpuCpuConformance.Choice> device)
    : DeviceStatisticsTests, IClassFixture<Device<IlgpuCpuConformance.Choice>>
{
    protected override int Draws => 4200;

    protected override IBackend Create() => device.Backend;
}

public sealed class OpenClStatisticsTests(Device<OpenClConformance.Choice> device)
    : GroupStatisticsTests, IClassFixture<Device<OpenClConformance.Choice>>
{
    protected override int Draws => 30_011;

    protected override IBackend Create() => device.Backend;
}

public sealed class CudaStatisticsTests(Device<CudaConformance.Choice> device)
    : GroupStatisticsTests, IClassFixture<Device<CudaConformance.Choice>>
{
    protected override int Draws => 1_000_003;

    protected override IBackend Create() => device.Backend;
}
