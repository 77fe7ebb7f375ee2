using System.Globalization;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace IIKernel.Kernels.Gpu;

/// <summary>The devices of this machine. A context without a device silently becomes a processor in ILGPU; this list does not.</summary>
public static class DeviceCatalog
{
    /// <summary>NVIDIA's GPUs through their driver.</summary>
    public const string Cuda = "cuda";

    /// <summary>Devices with an OpenCL driver, version 2.0 or later with generic addresses.</summary>
    public const string OpenCl = "opencl";

    /// <summary>ILGPU's own emulation of a device on the processor: slow, a second opinion.</summary>
    public const string IlgpuCpu = "ilgpu-cpu";

    /// <summary>What CUDA and OpenCL promise.</summary>
    /// <remarks>
    /// IEEE 754 and both languages define +, −, ×, ÷, √ and the fused multiply–add of doubles to be rounded correctly,
    /// and every contraction is forbidden, so that nothing is left to differ.
    /// </remarks>
    public const string Equality = "bitwise equal to the reference";

    // Drivers that two threads ask for the first time at once may say that there is nothing.
    private static readonly Lock Asking = new();

    /// <summary>The names of the backends, the fastest first.</summary>
    public static IReadOnlyList<string> Backends { get; } = [Cuda, OpenCl, IlgpuCpu];

    /// <summary>Adds the backends of <see cref="Backends"/> to a catalogue; no driver is asked before the catalogue is.</summary>
    public static void Register(BackendCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        foreach (var name in Backends) catalog.Add(name, () => [.. Of(name).Select(device => device.Describe())]);
    }

    /// <summary>Whether a driver of NVIDIA's is installed; asking starts no device and costs next to nothing.</summary>
    public static bool HasCudaDriver => NativeLibraries.IsCudaDriverPresent;

    /// <summary>
    /// The devices of one backend, those that cannot be used among them; none where its driver fails, which <see cref="DriverFault"/>
    /// tells.
    /// </summary>
    /// <exception cref="ArgumentException">There is no backend of that name.</exception>
    public static IReadOnlyList<GpuDevice> Of(string backend)
    {
        if (!Backends.Contains(backend)) throw new ArgumentException($"There is no backend {backend}.", nameof(backend));
        try
        {
            return Ask(backend);
        }
        catch (Exception exception) when (DeviceFault.IsOfDevice(exception))
        {
            return [];
        }
    }

    /// <summary>
    /// Why a backend has no device though a driver of it is installed: one that lacks functions, does not fit the system, or fails when it
    /// is asked. Null where it answers, and where there is none.
    /// </summary>
    /// <param name="backend">One of <see cref="Backends"/>; of any other nothing is known.</param>
    public static string? DriverFault(string backend)
    {
        if (!Backends.Contains(backend)) return null;
        try
        {
            return Ask(backend).Count > 0 ? null : NativeLibraries.FaultOf(backend);
        }
        catch (Exception exception) when (DeviceFault.IsOfDevice(exception))
        {
            return DeviceFault.Describe(exception);
        }
    }

    private static IReadOnlyList<GpuDevice> Ask(string backend)
    {
        NativeLibraries.Register();
        lock (Asking)
        {
            return backend switch
            {
                Cuda => [.. CudaDevice.GetDevices(_ => true).Cast<CudaDevice>().Select(Describe)],
                OpenCl => [.. CLDevice.GetDevices(_ => true).Cast<CLDevice>().Select(Describe)],
                _ => [Emulated],
            };
        }
    }

    private static GpuDevice Emulated => new()
    {
        Backend = IlgpuCpu,
        Index = 0,
        Name = "ILGPU's emulation on the processor",
        Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        HasDoublePrecision = true,
        Driver = $"ILGPU {typeof(ILGPU.Context).Assembly.GetName().Version?.ToString(3)}",
        IsAccelerator = false,
        Refusal = null,
    };

    private static GpuDevice Describe(CudaDevice device, int index) => new()
    {
        Backend = Cuda,
        Index = index,
        Name = device.Name,
        Memory = device.MemorySize,
        HasDoublePrecision = true,
        Driver = string.Create(
            CultureInfo.InvariantCulture, $"CUDA {device.DriverVersion}, {device.Architecture}, PTX {device.InstructionSet}"),
        IsAccelerator = true,
        Refusal = device.Architecture is null || device.InstructionSet is null ? "ILGPU knows no instruction set for it" : null,
        Handle = device.DeviceId,
    };

    private static GpuDevice Describe(CLDevice device, int index) => new()
    {
        Backend = OpenCl,
        Index = index,
        Name = device.Name,
        Memory = device.MemorySize,
        HasDoublePrecision = device.Capabilities.Float64,
        Driver = $"{device.PlatformName}, {device.CLStdVersion}, driver "
            + CLAPI.CurrentAPI.GetDeviceInfo(device.DeviceId, CLDeviceInfoType.CL_DRIVER_VERSION),
        IsAccelerator = !device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU),
        Refusal = !device.Capabilities.Float64 ? "it has no double precision"
            : device.CLStdVersion < CLBackend.MinimumVersion
                ? $"its OpenCL C is {device.CLStdVersion}, older than {CLBackend.MinimumVersion}"
            : !device.Capabilities.GenericAddressSpace ? "its driver has no generic addresses (an optional part of OpenCL 3.0)"
            : null,
        SingleRefusal = SingleRefusalOf(
            CLAPI.CurrentAPI.GetDeviceInfo<ulong>(device.DeviceId, CLDeviceInfoType.CL_DEVICE_SINGLE_FP_CONFIG)),
        Handle = device.DeviceId,
    };

    /// <summary>Why single precision cannot be used; null where it can. CUDA has all of IEEE 754, OpenCL leaves parts to devices.</summary>
    /// <param name="configuration">The bits of CL_DEVICE_SINGLE_FP_CONFIG.</param>
    internal static string? SingleRefusalOf(ulong configuration)
    {
        const ulong denormals = 1 << 0, infinities = 1 << 1, toNearest = 1 << 2;
        return (configuration & denormals) == 0 ? "it has no subnormal numbers there"
            : (configuration & infinities) == 0 ? "it has no infinity there"
            : (configuration & toNearest) == 0 ? "it does not round to the nearest number there"
            : null;
    }
}
