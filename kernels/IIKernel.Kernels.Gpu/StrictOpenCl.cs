using System.Reflection;
using ILGPU.Backends.OpenCL;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Keeps OpenCL compilers from fusing products and sums, which the language lets them do unless a program says
/// otherwise (OpenCL C, 6.14.2.1), and makes the threads of a group that wait for each other see what each has written to shared memory
/// too: ILGPU asks for a fence of device memory alone. It has no option for either; the lines join those that it writes for extensions.
/// </summary>
internal static class StrictOpenCl
{
    /// <summary>The line that forbids contraction.</summary>
    public const string Pragma = "#pragma OPENCL FP_CONTRACT OFF";

    /// <summary>The lines that make a barrier one of both kinds of memory; some compilers have a macro of that name.</summary>
    public const string Barrier =
        "#undef work_group_barrier\n#define work_group_barrier(...) barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)";

    /// <summary>Puts the lines at the head of every program of <paramref name="backend"/>.</summary>
    /// <exception cref="NotSupportedException">ILGPU is not the version that this was written for.</exception>
    public static void Enable(CLBackend backend)
    {
        var field = typeof(CLBackend).GetField("extensions", BindingFlags.Instance | BindingFlags.NonPublic);
        if (field?.GetValue(backend) is not string extensions)
            throw new NotSupportedException("This version of ILGPU has no place for lines at the head of a program.");
        field.SetValue(backend, $"{extensions}{Pragma}{Environment.NewLine}{Barrier}{Environment.NewLine}");
    }
}
