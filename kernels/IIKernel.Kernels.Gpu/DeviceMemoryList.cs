using ILGPU;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>Memory of a device that is given back together.</summary>
internal sealed class DeviceMemoryList(Accelerator accelerator, Action<string>? probe) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>Memory whose content is undefined.</summary>
    public ArrayView<T> Allocate<T>(long length)
        where T : unmanaged
    {
        probe?.Invoke(nameof(Allocate));
        // Not all drivers have empty buffers.
        var buffer = accelerator.Allocate1D<T>(Math.Max(1, length));
        _owned.Add(buffer);
        return buffer.View.AsContiguous();
    }

    /// <summary>Memory of zeros.</summary>
    public ArrayView<T> Zeros<T>(long length)
        where T : unmanaged
    {
        var view = Allocate<T>(length);
        view.MemSetToZero();
        return view;
    }

    /// <summary>A copy of <paramref name="values"/>.</summary>
    public ArrayView<T> Upload<T>(T[] values)
        where T : unmanaged
    {
        var view = Allocate<T>(values.Length);
        if (values.Length > 0) view.CopyFromCPU(values);
        return view;
    }

    /// <summary>Host memory that a device can read and write without help, where it has such.</summary>
    public PageLockedArray1D<double> PageLocked(long length)
    {
        probe?.Invoke(nameof(PageLocked));
        var array = accelerator.AllocatePageLocked1D<double>(length);
        _owned.Add(array);
        return array;
    }

    /// <summary>A queue of its own.</summary>
    public AcceleratorStream Queue()
    {
        var queue = accelerator.CreateStream();
        _owned.Add(queue);
        return queue;
    }

    /// <summary>Gives everything back, the last first; nothing is to be had from the complaints of a device that is lost.</summary>
    public void Dispose()
    {
        for (var i = _owned.Count - 1; i >= 0; i--) DeviceFault.Release(_owned[i]);
        _owned.Clear();
    }
}
