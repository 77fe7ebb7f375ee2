using IIKernel.Kernels.Plan;
using Xunit;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>A processor caches values where a device would rather draw them again.</summary>
public abstract class ProcessorConformance : BackendConformance
{
    protected override bool Caches => true;

    // Brought back to their sums by a processor alone.
    [Theory]
    [InlineData(ConformanceVariant.FlowsScaled, FlowPrecision.Double)]
    [InlineData(ConformanceVariant.FlowsOfLeastSquares, FlowPrecision.Double)]
    [InlineData(ConformanceVariant.FlowsScaled, FlowPrecision.Mixed)]
    public void A_balanced_table_has_the_bits_of_the_reference(ConformanceVariant variant, int precision) =>
        A_drawn_table_has_the_bits_of_the_reference(0, 130, variant, precision);
}

public sealed class ReferenceConformance : ProcessorConformance
{
    protected override IBackend Create() => new ReferenceBackend();
}

public sealed class SimdOnOneThreadConformance : ProcessorConformance
{
    protected override IBackend Create() => new SimdBackend(threads: 1);
}

public sealed class SimdOnTwoThreadsConformance : ProcessorConformance
{
    protected override IBackend Create() => new SimdBackend(threads: 2);
}

/// <summary>The registers of <c>Vector&lt;T&gt;</c>, also where there are wider ones.</summary>
public sealed class SimdOnVectorsConformance : ProcessorConformance
{
    protected override IBackend Create() => new SimdBackend(threads: 2, widest: false);
}
