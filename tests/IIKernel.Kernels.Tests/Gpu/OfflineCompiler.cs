using System.Collections.Concurrent;
using System.Reflection;
using IIKernel.Kernels.Gpu;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>Compiles kernels to text without a device or a driver.</summary>
internal static class OfflineCompiler
{
    public static readonly MethodInfo[] Kernels =
        [.. typeof(EntryPoints).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(void))];

    // A kernel takes seconds, and several tests read the same one.
    private static readonly ConcurrentDictionary<(MethodInfo, CudaArchitecture), Lazy<string>> Compiled = [];

    public static string Ptx(MethodInfo kernel, CudaArchitecture architecture) =>
        Compiled.GetOrAdd((kernel, architecture), key => new(() => Compile(key.Item1, key.Item2))).Value;

    private static string Compile(MethodInfo kernel, CudaArchitecture architecture)
    {
        // A kernel that fails leaves half of itself in its context: each gets one of its own.
        using var context = DeviceSession.CreateContext(_ => { });
        using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture),
            architecture, CudaInstructionSet.ISA_78, nvvmAPI: null!);
        return KernelCache.Text(new KernelCache(null).Compile(backend, kernel));
    }

    public static string OpenCl(MethodInfo kernel)
    {
        using var context = DeviceSession.CreateContext(_ => { });
        using var backend = new CLBackend(context, new CLCapabilityContext(false, true, true, true, false),
            CLDeviceVendor.Other, CLCVersion.CL30);
        StrictOpenCl.Enable(backend);
        return KernelCache.Text(new KernelCache(null).Compile(backend, kernel));
    }
}
