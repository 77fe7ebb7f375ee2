using System.Globalization;
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

    // CUDA_ERROR_NO_DEVICE; CL_DEVICE_NOT_FOUND and CL_PLATFORM_NOT_FOUND_KHR: a driver without a device is no fault.
    private const int NoCudaDevice = 100;
    private const int NoOpenClDevice = -1;
    private const int NoOpenClPlatform = -1001;

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        CompileInTime();
        return true;
    });

    private delegate int SetVariable(string name, string value, int overwrite);

    private delegate int Initialize(uint flags);

    private delegate int GetPlatforms(uint entries, nint platforms, out uint found);

    /// <summary>Registers the names, once in a process, before ILGPU loads a library.</summary>
    public static bool Register() => Registered.Value;

    /// <summary>Whether a driver for GPUs is installed; costs next to nothing and starts no device.</summary>
    public static bool IsCudaDriverPresent => NativeLibrary.TryLoad(Cuda, out _) || NativeLibrary.TryLoad("nvcuda", out _);

    /// <summary>What is wrong with a driver that can be loaded; null where it answers, or there is none.</summary>
    /// <param name="backend">One of <see cref="DeviceCatalog"/>.</param>
    public static string? FaultOf(string backend) => backend switch
    {
        DeviceCatalog.Cuda => FaultOf<Initialize>([Cuda, "nvcuda"], "cuInit", start => start(0), NoCudaDevice),
        DeviceCatalog.OpenCl => FaultOf<GetPlatforms>(
            [OpenCl, "OpenCL"], "clGetPlatformIDs", get => get(0, 0, out _), NoOpenClDevice, NoOpenClPlatform),
        _ => null,
    };

    private static string? FaultOf<T>(string[] libraries, string function, Func<T, int> call, params int[] none)
        where T : Delegate
    {
        foreach (var library in libraries)
        {
            if (!NativeLibrary.TryLoad(library, out var handle)) continue;
            if (!NativeLibrary.TryGetExport(handle, function, out var address)) return $"{library} has no function {function}";
            var code = call(Marshal.GetDelegateForFunctionPointer<T>(address));
            return code == 0 || none.Contains(code) ? null
                : string.Create(CultureInfo.InvariantCulture, $"{function} of {library} ends with error {code}");
        }

        return null;
    }

    // PoCL, OpenCL on processors, copies what follows a barrier for every branch about it: a kernel with twenty of them takes more than
    // minutes to compile. Its other way takes half a minute; it is asked for by a variable of the C library's environment, which that of
    // .NET is a copy of. What a user has set stays.
    private static void CompileInTime()
    {
        if (OperatingSystem.IsWindows() || !NativeLibrary.TryLoad("libc.so.6", out var library)) return;
        if (NativeLibrary.TryGetExport(library, "setenv", out var address))
            Marshal.GetDelegateForFunctionPointer<SetVariable>(address)("POCL_WORK_GROUP_METHOD", "cbs", 0);
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var versioned = name switch { "cuda" => Cuda, "OpenCL" => OpenCl, _ => null };
        return versioned is not null && NativeLibrary.TryLoad(versioned, out var handle) ? handle : IntPtr.Zero;
    }
}
