namespace IIKernel.Kernels.Gpu;

/// <summary>One device that ILGPU can run kernels on.</summary>
public sealed record GpuDevice
{
    /// <summary>
    /// Name of the backend: <see cref="DeviceCatalog.Cuda"/>, <see cref="DeviceCatalog.OpenCl"/> or <see cref="DeviceCatalog.IlgpuCpu"/>.
    /// </summary>
    public required string Backend { get; init; }

    /// <summary>Number among the backend's devices, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The maker's name of the device.</summary>
    public required string Name { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether the device computes in double precision.</summary>
    public required bool HasDoublePrecision { get; init; }

    /// <summary>The driver and what it offers.</summary>
    public required string Driver { get; init; }

    /// <summary>Whether it is a device of its own, not the processor under another name.</summary>
    public required bool IsAccelerator { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public required string? Refusal { get; init; }

    // Why its single precision cannot be used; null where it can.
    internal string? SingleRefusal { get; init; }

    // What ILGPU knows the device by.
    internal nint Handle { get; init; }

    /// <summary>The device as a place to draw on.</summary>
    public BackendDescriptor Describe() => new()
    {
        Name = Backend,
        Index = Index,
        Device = Name,
        Memory = Memory,
        HasDoublePrecision = HasDoublePrecision,
        Driver = Driver,
        Equality = DeviceCatalog.Equality,
        IsDriven = true,
        IsAccelerator = IsAccelerator,
        Refusal = Refusal,
        Create = threads => new IlgpuBackend(this, threads),
    };
}
