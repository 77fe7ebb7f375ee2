using System.Reflection;
using ILGPU.Backends.OpenCL;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Keeps OpenCL compilers from fusing products and sums, which the language lets them do unless a program says
/// otherwise (OpenCL C, 6.14.2.1). ILGPU has no option for it; the pragma joins those that it writes for extensions.
/// </summary>
internal static class StrictOpenCl
{
    /// <summary>The line that forbids contraction.</summary>
    public const string Pragma = "#pragma OPENCL FP_CONTRACT OFF";

    /// <summary>Puts the pragma at the head of every program of <paramref name="backend"/>.</summary>
    /// <exception cref="NotSupportedException">ILGPU is not the version that this was written for.</exception>
    public static void Enable(CLBackend backend)
    {
        var field = typeof(CLBackend).GetField("extensions", BindingFlags.Instance | BindingFlags.NonPublic);
        if (field?.GetValue(backend) is not string extensions)
            throw new NotSupportedException("This version of ILGPU has no place for a pragma.");
        field.SetValue(backend, $"{extensions}{Pragma}{Environment.NewLine}");
    }
}
