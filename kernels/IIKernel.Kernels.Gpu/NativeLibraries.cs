using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Finds the drivers' libraries. ILGPU asks for <c>cuda</c> and <c>OpenCL</c>; a machine with drivers alone has the
/// versioned names only, which .NET does not try, and then there would be no device and no error.
/// </summary>
internal static class NativeLibraries
{
    private const string Cuda = "libcuda.so.1";
    private const string OpenCl = "libOpenCL.so.1";

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        return true;
    });

    /// <summary>Registers the names, once in a process, before ILGPU loads a library.</summary>
    public static bool Register() => Registered.Value;

    /// <summary>Whether a driver for GPUs is installed; costs next to nothing and starts no device.</summary>
    public static bool IsCudaDriverPresent => NativeLibrary.TryLoad(Cuda, out _) || NativeLibrary.TryLoad("nvcuda", out _);

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var versioned = name switch { "cuda" => Cuda, "OpenCL" => OpenCl, _ => null };
        return versioned is not null && NativeLibrary.TryLoad(versioned, out var handle) ? handle : IntPtr.Zero;
    }
}
