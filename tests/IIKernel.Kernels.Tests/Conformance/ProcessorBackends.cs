namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>A processor caches values where a device would rather draw them again.</summary>
public abstract class ProcessorConformance : BackendConformance
{
    protected override bool Caches => true;
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
