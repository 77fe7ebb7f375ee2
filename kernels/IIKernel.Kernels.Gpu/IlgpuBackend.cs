using System.Globalization;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// A device through ILGPU: one draw a thread, on the scalar lane, by the same device functions as on the processor. The
/// device is opened and its kernels are compiled when the first plan is loaded, once for all plans.
/// </summary>
/// <param name="device">One of <see cref="DeviceCatalog"/>.</param>
/// <param name="threads">Threads of the processor that take over where the device fails, at least 1.</param>
public sealed class IlgpuBackend(GpuDevice device, int threads) : IBackend, IDisposable
{
    private DeviceSession? _session;
    private int? _mostDraws;
    private Action<string>? _probe;

    /// <inheritdoc/>
    public BackendInfo Info { get; } = new(
        device.Backend, string.Create(CultureInfo.InvariantCulture, $"{device.Name}, device {device.Index}, {device.Driver}"), 1, threads, DeviceCatalog.Equality);

    /// <inheritdoc/>
    /// <exception cref="DeviceException">The device cannot be used: the message says why.</exception>
    public IProgram Load(SamplePlan plan)
    {
        if (device.Refusal is not null) throw new DeviceException($"The device {device.Name} cannot be used: {device.Refusal}.");
        try
        {
            _session ??= DeviceSession.Open(device);
        }
        catch (Exception exception) when (DeviceFault.IsOfDevice(exception))
        {
            throw new DeviceException($"The device {device.Name} cannot be used: {DeviceFault.Describe(exception)}", exception);
        }

        return new IlgpuProgram(plan, _session, threads, _mostDraws, _probe);
    }

    /// <summary>Gives the device back; programs that it loaded must be disposed of before.</summary>
    public void Dispose() => _session?.Dispose();

    /// <summary>For tests: batches of so many draws, and an action that is called, with what is about to be done, before every use of the device.</summary>
    internal IlgpuBackend Hostile(int? mostDraws, Action<string>? probe)
    {
        _mostDraws = mostDraws;
        _probe = probe;
        return this;
    }
}

/// <summary>A device that cannot be used.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : Exception(message, inner);
