using IIKernel.Kernels.Gpu;
using Xunit;

namespace IIKernel.Kernels.Tests.Conformance;

/// <summary>ILGPU's emulation, in hostile batches: many of them, most partial.</summary>
public sealed class IlgpuCpuConformance(Device<IlgpuCpuConformance.Choice> device)
    : BackendConformance, IClassFixture<Device<IlgpuCpuConformance.Choice>>
{
    protected override IBackend Create() => device.Backend;

    protected override int SearchedDraws => 1100;

    public sealed class Choice : IDeviceChoice
    {
        public static string Backend => DeviceCatalog.IlgpuCpu;

        public static int MostDraws => 192;
    }
}

/// <summary>The first OpenCL device; in continuous integration the processor through PoCL.</summary>
public sealed class OpenClConformance(Device<OpenClConformance.Choice> device)
    : BackendConformance, IClassFixture<Device<OpenClConformance.Choice>>
{
    protected override IBackend Create() => device.Backend;

    public sealed class Choice : IDeviceChoice
    {
        public static string Backend => DeviceCatalog.OpenCl;

        public static int MostDraws => int.MaxValue;
    }
}

/// <summary>The first NVIDIA GPU.</summary>
public sealed class CudaConformance(Device<CudaConformance.Choice> device)
    : BackendConformance, IClassFixture<Device<CudaConformance.Choice>>
{
    protected override IBackend Create() => device.Backend;

    public sealed class Choice : IDeviceChoice
    {
        public static string Backend => DeviceCatalog.Cuda;

        public static int MostDraws => int.MaxValue;
    }
}

/// <summary>Which device a class of tests uses, and how large its batches may be.</summary>
public interface IDeviceChoice
{
    static abstract string Backend { get; }

    static abstract int MostDraws { get; }
}

/// <summary>The first usable device of a backend, opened once for a class of tests.</summary>
public sealed class Device<TChoice> : IDisposable
    where TChoice : IDeviceChoice
{
    private readonly IReadOnlyList<GpuDevice> _found = DeviceCatalog.Of(TChoice.Backend);
    private readonly Lazy<IlgpuBackend?> _backend;

    public Device() => _backend = new(() => _found.FirstOrDefault(d => d.Refusal is null) is { } usable
        ? new IlgpuBackend(usable, 2).Hostile(new() { MostDraws = TChoice.MostDraws }) : null);

    /// <summary>The backend; the test is skipped, with the reason, where there is none.</summary>
    public IlgpuBackend Backend
    {
        get
        {
            Assert.SkipWhen(_backend.Value is null, _found.Count == 0
                ? $"this machine has no {TChoice.Backend} device"
                : $"this machine has no usable {TChoice.Backend} device: {_found[0].Name}: {_found[0].Refusal}");
            return _backend.Value!;
        }
    }

    public void Dispose()
    {
        if (_backend.IsValueCreated) _backend.Value?.Dispose();
    }
}
