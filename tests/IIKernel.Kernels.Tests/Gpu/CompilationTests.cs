using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Lanes;
using ILGPU.Runtime.Cuda;
using Xunit;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>
/// Every kernel compiled for devices that are not there. Whatever ILGPU accepts and a driver would refuse, or would
/// compute in another way, shows in the text.
/// </summary>
public partial class CompilationTests
{
    // What is compiled for a card is taken by later ones; of the largest kernels the text for these is read too.
    private static readonly string[] Largest =
        [nameof(EntryPoints.Accumulate), nameof(EntryPoints.SolveTables), nameof(EntryPoints.SolveMixedTables)];

    public static TheoryData<string, int> KernelsAndArchitectures
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var kernel in OfflineCompiler.Kernels) data.Add(kernel.Name, 80);
            foreach (var kernel in Largest) data.Add(kernel, 90);
            return data;
        }
    }

    // Other sequences change where bits come from, which the text for CUDA shows.
    private static bool IsOfSequence(string name) =>
        name.EndsWith("Sobol", StringComparison.Ordinal) || name.EndsWith("LatinHypercube", StringComparison.Ordinal);

    public static TheoryData<string, int> KernelsAndCards =>
        [.. OfflineCompiler.Kernels.SelectMany(k => new[] { (k.Name, 80), (k.Name, 90) })];

    public static TheoryData<string> KernelNames => [.. OfflineCompiler.Kernels.Select(k => k.Name).Where(k => !IsOfSequence(k))];

    [Theory]
    [MemberData(nameof(KernelsAndArchitectures))]
    public void Ptx_is_strict_closed_and_free_of_local_memory(string kernel, int architecture)
    {
        var text = OfflineCompiler.Ptx(Find(kernel), new CudaArchitecture(architecture / 10, architecture % 10));
        Assert.Contains(".visible .entry", text, StringComparison.Ordinal);

        // What is external is defined by nobody, and nothing is called: a call of the arithmetic's own stand-ins would be one of an empty
        // function.
        Assert.DoesNotContain(".extern", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bcall\b", text);
        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);

        // Nothing promises that threads stay together where they need not.
        Assert.Matches(@"@!?%p\d+\s+bra\b", text);
        Assert.DoesNotMatch(@"@!?%p\d+\s+bra\.uni", text);

        // Every rounding is named, nothing is approximate or flushed to zero, and nothing but the factors that are meant to be is in single
        // precision; CORDIC would be all of these.
        Assert.DoesNotMatch(@"\b(add|sub|mul)\.f(64|32)", text);
        Assert.DoesNotContain(".ftz", text, StringComparison.Ordinal);
        if (kernel is nameof(EntryPoints.SolveMixedTables)) HoldSingles(text);
        else Assert.DoesNotMatch(@"\.f32\b", text);
        Assert.DoesNotContain(".approx", text, StringComparison.Ordinal);
        Assert.DoesNotContain("copysign", text, StringComparison.Ordinal);
        if (kernel is nameof(EntryPoints.Evaluate) or nameof(EntryPoints.Accumulate))
        {
            Assert.True(FusedMultiplyAdds().Count(text) > 100);
            Assert.Contains("cvt.rmi.f64.f64", text, StringComparison.Ordinal);
            Assert.Matches(@"setp\.lt\.f64\s+(%p\d+), %fd\d+, %fd\d+;\s+selp\.f64\s+%fd\d+, %fd\d+, %fd\d+, \1;", text);
        }
    }

    // Products are fused with their sums, quotients are those of double precision; what is rounded to single is rounded to the nearest.
    private static void HoldSingles(string text)
    {
        Assert.True(Regex.Count(text, @"fma\.rn\.f32") >= 16);
        Assert.DoesNotMatch(@"\b(div|rcp|sqrt)[.a-z]*\.f32", text);
        Assert.All(Regex.Matches(text, @"cvt[.a-z]*\.f32\.f64"), m => Assert.Equal("cvt.rn.f32.f64", m.Value));
        Assert.True(Regex.Count(text, @"cvt\.rn\.f32\.f64") >= 3);
    }

    [Theory]
    [MemberData(nameof(KernelNames))]
    public void OpenCl_is_strict_closed_and_shares_no_memory_between_groups(string kernel)
    {
        var text = OfflineCompiler.OpenCl(Find(kernel));
        Assert.Contains(StrictOpenCl.Pragma, text, StringComparison.Ordinal);
        Assert.Contains(StrictOpenCl.Barrier, text, StringComparison.Ordinal);
        Assert.True(text.IndexOf(StrictOpenCl.Barrier, StringComparison.Ordinal) < text.IndexOf("kernel void", StringComparison.Ordinal));

        // A barrier is one of shared memory too; a local pointer at program scope is shared by groups that run at the same time.
        Assert.DoesNotMatch(@"(?m)^(__)?local\b", text);
        Assert.DoesNotMatch(@"=\s*(Single)?(FusedMultiplyAdd|MultiplyAdd|Sum|Difference|Product|Quotient|RoundDown|Selected)_\d+", text);
        Assert.DoesNotMatch(@"\(float\)\s*[-\w.]+\s*/", text);
        Assert.DoesNotMatch(@"\b(exp|log|pow|sin|cos|mad|native_\w+|half_\w+)\s*\(", text);
        Assert.DoesNotContain("atomic_double", text, StringComparison.Ordinal);
        if (kernel is nameof(EntryPoints.Evaluate)) Assert.True(Regex.Count(text, @"\bfma\s*\(") > 100);
    }

    [Theory]
    [MemberData(nameof(KernelsAndCards))]
    public async Task Nvidias_assembler_takes_the_ptx_and_spills_no_register(string kernel, int architecture)
    {
        var assembler = Environment.GetEnvironmentVariable("IIKERNEL_PTXAS");
        Assert.SkipWhen(string.IsNullOrEmpty(assembler), "IIKERNEL_PTXAS names no assembler");
        var folder = Directory.CreateTempSubdirectory("iikernel-ptx-");
        try
        {
            var path = Path.Combine(folder.FullName, "kernel.ptx");
            await File.WriteAllTextAsync(path,
                OfflineCompiler.Ptx(Find(kernel), new CudaArchitecture(Largest.Contains(kernel) ? architecture / 10 : 8, 0)));
            var start = new ProcessStartInfo(assembler!) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in new[] { $"-arch=sm_{architecture}", "-v", "-o", Path.Combine(folder.FullName, "kernel.cubin"), path })
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var report = await process.StandardError.ReadToEndAsync() + await output;
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, report);
            Assert.Contains("0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads", report, StringComparison.Ordinal);
            TestContext.Current.SendDiagnosticMessage($"{kernel} sm_{architecture}: {report}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // ILGPU takes (x − a) − b for x − (a + b), which rounds differently, and x + 0 for x, which turns −0 + 0 about.
    [Fact]
    public void Constants_of_neighbouring_operations_are_not_put_together()
    {
        var kernel = typeof(CompilationTests).GetMethod(nameof(Neighbours), BindingFlags.Static | BindingFlags.NonPublic)!;
        var ptx = OfflineCompiler.Ptx(kernel, new CudaArchitecture(9, 0));
        ptx = ptx[ptx.IndexOf(".entry", StringComparison.Ordinal)..];
        Assert.Equal(2, Regex.Count(ptx, @"sub\.rn\.f64"));
        Assert.Equal(2, Regex.Count(ptx, @"mul\.rn\.f64"));
        Assert.Equal(1, Regex.Count(ptx, @"add\.rn\.f64"));
    }

    private static void Neighbours(ILGPU.Index1D i, ILGPU.ArrayView<double> values)
    {
        var x = new ScalarLane(values[i]) - new ScalarLane(0.1) - new ScalarLane(0.2);
        values[i] = (x * new ScalarLane(0.3) * new ScalarLane(0.7) + new ScalarLane(0.0)).Value;
    }

    // No bool crosses a launch: devices disagree about its size.
    [Fact]
    public void Kernels_take_no_truth_values()
    {
        static IEnumerable<Type> Fields(Type type) => type.IsPrimitive || type.Namespace == "ILGPU" ? [type]
            : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(f => Fields(f.FieldType));
        foreach (var kernel in OfflineCompiler.Kernels)
            Assert.DoesNotContain(typeof(bool), kernel.GetParameters().SelectMany(p => Fields(p.ParameterType)));
    }

    [Fact]
    public void The_library_is_the_version_whose_tables_are_changed()
    {
        Assert.Equal(new Version(1, 5, 3), new Version(typeof(ILGPU.Context).Assembly.GetName().Version!.ToString(3)));
        StrictPtx.Enable();
    }

    private static MethodInfo Find(string kernel) => OfflineCompiler.Kernels.Single(k => k.Name == kernel);

    [GeneratedRegex(@"fma\.rn\.f64")]
    private static partial Regex FusedMultiplyAdds();
}
