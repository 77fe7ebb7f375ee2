namespace IIKernel.Kernels.Tests.Conformance;

public sealed class ReferenceConformance : BackendConformance
{
    protected override IBackend Create() => new ReferenceBackend();
}

public sealed class SimdOnOneThreadConformance : BackendConformance
{
    protected override IBackend Create() => new SimdBackend(threads: 1);
}

public sealed class SimdOnTwoThreadsConformance : BackendConformance
{
    protected override IBackend Create() => new SimdBackend(threads: 2);
}

/// <summary>The registers of <c>Vector&lt;T&gt;</c>, also where there are wider ones.</summary>
public sealed class SimdOnVectorsConformance : BackendConformance
{
    protected override IBackend Create() => new SimdBackend(threads: 2, widest: false);
}
