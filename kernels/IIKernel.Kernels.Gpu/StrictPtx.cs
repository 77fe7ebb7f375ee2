using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU.Backends.PTX;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// Keeps NVIDIA's assembler from fusing products and sums: ILGPU prints <c>add</c>, <c>sub</c> and <c>mul</c> of floating
/// point without a rounding mode, and such instructions may be contracted; with <c>.rn</c> they may not (PTX ISA,
/// "Floating point instructions"). There is no option for it, so the table of instructions is changed.
/// And it lets the threads of a warp go different ways: ILGPU takes what a function gives for the same in all of them, instructions of
/// <see cref="DeviceIntrinsics"/> and atomic operations among them, and says of branches by it that none goes another way.
/// </summary>
internal static partial class StrictPtx
{
    /// <summary>How many instructions of ILGPU 1.5.3 need the rounding mode.</summary>
    public const int Expected = 6;

    private static readonly Lazy<int> Patched = new(Patch);

    /// <summary>Changes the table, once in a process.</summary>
    /// <exception cref="NotSupportedException">ILGPU is not the version that this was written for.</exception>
    public static void Enable()
    {
        if (Patched.Value != Expected)
            throw new NotSupportedException($"ILGPU has {Patched.Value} instructions without a rounding mode; expected {Expected}.");
    }

    /// <summary>The text with no promise that all threads of a warp take a branch, or none.</summary>
    public static string WithoutPromises(string text) => Promises().Replace(text, "$1");

    [GeneratedRegex(@"(@!?%p\d+\s+bra)\.uni\b")]
    private static partial Regex Promises();

    private static int Patch()
    {
        var table = typeof(PTXBackend).Assembly.GetType("ILGPU.Backends.PTX.PTXInstructions")
            ?.GetField("BinaryArithmeticOperations", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as IDictionary;
        var count = 0;
        foreach (var key in table is null ? [] : table.Keys.Cast<object>().ToArray())
        {
            if (table![key] is not ("add.f64" or "sub.f64" or "mul.f64" or "add.f32" or "sub.f32" or "mul.f32")) continue;
            table[key] = ((string)table[key]!).Replace(".f", ".rn.f", StringComparison.Ordinal);
            count++;
        }

        return count;
    }
}
