using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace IIKernel.Kernels.Gpu;

/// <summary>What went wrong on a device.</summary>
internal static class DeviceFault
{
    /// <summary>Whether less memory may help.</summary>
    public static bool IsOutOfMemory(Exception exception) => exception switch
    {
        OutOfMemoryException => true,
        CudaException cuda => cuda.Error == nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY),
        CLException opencl => opencl.Error is CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES
            or CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_INVALID_BUFFER_SIZE,
        _ => false,
    };

    /// <summary>Whether the device, its driver or its compiler is at fault: the processor can go on.</summary>
    public static bool IsOfDevice(Exception exception) =>
        exception is AcceleratorException or InternalCompilerException or NotSupportedException or InvalidOperationException
            or OutOfMemoryException or ArgumentException or OverflowException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException
        && exception is not ObjectDisposedException;

    /// <summary>Gives something back, whatever a device that is lost says to that.</summary>
    public static void Release(IDisposable? owned)
    {
        try
        {
            owned?.Dispose();
        }
        catch (Exception exception) when (IsOfDevice(exception))
        {
        }
    }

    /// <summary>That a device gave something else than it should have.</summary>
    public static DisagreementException Disagreement(FormattableString what) => new(what.ToString(CultureInfo.InvariantCulture));

    /// <summary>The innermost message, which says most, in one line.</summary>
    public static string Describe(Exception exception)
    {
        while (exception.InnerException is not null) exception = exception.InnerException;
        var message = exception is CLException opencl ? $"{opencl.Error}" : exception.Message;
        return $"{exception.GetType().Name}: {message.ReplaceLineEndings(" ")}";
    }
}

/// <summary>A device gave something else than the reference.</summary>
/// <param name="message">What, in words.</param>
internal sealed class DisagreementException(string message) : Exception(message);
