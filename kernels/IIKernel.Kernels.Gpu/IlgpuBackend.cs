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
    private Hostility _hostility = Hostility.None;

    /// <inheritdoc/>
    public BackendInfo Info { get; } = new(
        device.Backend, string.Create(CultureInfo.InvariantCulture, $"{device.Name}, device {device.Index}, {device.Driver}"),
        1, threads, DeviceCatalog.Equality);

    /// <inheritdoc/>
    /// <exception cref="DeviceException">The device cannot be used: the message says why.</exception>
    public IProgram Load(SamplePlan plan)
    {
        if (device.Refusal is not null) throw new DeviceException($"The device {device.Name} cannot be used: {device.Refusal}.");
        if (plan.Flows.Balance.Method != BalanceMethod.None)
            throw new DeviceException($"The device {device.Name} cannot balance drawn tables; use the backend {SimdBackend.Name}.");
        if (plan.Flows.Precision == FlowPrecision.Mixed && device.SingleRefusal is { } reason)
        {
            throw new DeviceException($"The device {device.Name} cannot factorise drawn tables in single precision: {reason}; draw them in "
                + $"double precision, or use the backend {SimdBackend.Name}.");
        }

        try
        {
            _session ??= DeviceSession.Open(device, KernelCache.OfUser);
        }
        catch (Exception exception) when (DeviceFault.IsOfDevice(exception))
        {
            throw new DeviceException($"The device {device.Name} cannot be used: {DeviceFault.Describe(exception)}", exception);
        }

        return new IlgpuProgram(plan, _session, threads, _hostility);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProgramNote> Notes => _session?.Notes ?? [];

    /// <summary>Gives the device back; programs that it loaded must be disposed of before.</summary>
    public void Dispose() => DeviceFault.Release(_session);

    /// <summary>
    /// For tests: makes programs that are loaded from now on work under hostile conditions, on a device that never failed.
    /// </summary>
    internal IlgpuBackend Hostile(Hostility hostility)
    {
        _session?.Forget();
        _hostility = hostility;
        return this;
    }
}
