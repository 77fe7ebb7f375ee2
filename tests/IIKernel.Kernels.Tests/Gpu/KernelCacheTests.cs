using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Tests.Conformance;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace IIKernel.Kernels.Tests.Gpu;

/// <summary>Texts of kernels that are kept, and what becomes of those that are damaged.</summary>
public sealed partial class KernelCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-kernels-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Folder => Path.Combine(_folder, "below", "kernels");

    private string[] Files => [.. Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)];

    // A kernel of threads with an index, and one of groups with shared memory.
    [Theory]
    [InlineData(nameof(EntryPoints.AddSegments), true)]
    [InlineData(nameof(EntryPoints.AddSegments), false)]
    [InlineData(nameof(EntryPoints.SolveMixedTables), true)]
    [InlineData(nameof(EntryPoints.SolveMixedTables), false)]
    public void What_was_compiled_once_is_the_same_when_it_is_read(string kernel, bool isCuda)
    {
        var first = Compile(kernel, isCuda);
        var file = Assert.Single(Files);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        var written = File.ReadAllText(file);
        var second = Compile(kernel, isCuda);
        Assert.Equal(KernelCache.Text(first), KernelCache.Text(second));
        Assert.Equal(first.GetType(), second.GetType());
        Assert.Equal(first.Name, second.Name);
        Assert.Equal(first.NumParameters, second.NumParameters);
        Assert.Equal(first.IndexType, second.IndexType);
        Assert.Equal(KernelCache.SharedMemory(first), KernelCache.SharedMemory(second));
        Assert.Equal(kernel == nameof(EntryPoints.SolveMixedTables), KernelCache.SharedMemory(second).HasStaticMemory);

        // The file was read and not written: a text of its own, under its right checksum, is what comes.
        var content = written[(written.IndexOf('\n', StringComparison.Ordinal) + 1)..] + "// read\n";
        File.WriteAllText(file, Hash(content) + "\n" + content);
        Assert.EndsWith("// read\n", KernelCache.Text(Compile(kernel, isCuda)), StringComparison.Ordinal);

        // With a wrong one it is compiled, and written once more.
        File.WriteAllText(file, Hash(written) + "\n" + content);
        IsCompiled(first, Compile(kernel, isCuda));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(70)]
    public void A_file_that_ends_early_is_made_anew(int length)
    {
        var first = Compile(nameof(EntryPoints.AddSegments), true);
        File.WriteAllText(Files[0], File.ReadAllText(Files[0])[..length]);
        IsCompiled(first, Compile(nameof(EntryPoints.AddSegments), true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1 False")]
    [InlineData("99999999999 False")]
    [InlineData("0 maybe")]
    public void A_file_that_says_something_else_of_shared_memory_is_made_anew(string line)
    {
        var first = Compile(nameof(EntryPoints.AddSegments), true);
        var content = $"{line}\n{KernelCache.Text(first)}";
        File.WriteAllText(Files[0], $"{Hash(content)}\n{content}");
        IsCompiled(first, Compile(nameof(EntryPoints.AddSegments), true));
    }

    [Fact]
    public void Each_kernel_and_each_kind_of_device_has_a_text_of_its_own()
    {
        Compile(nameof(EntryPoints.AddSegments), true);
        Compile(nameof(EntryPoints.AddSegments), true, architecture: 90);
        Compile(nameof(EntryPoints.AddSegments), false);
        Compile(nameof(EntryPoints.AddSegments), false, vendor: CLDeviceVendor.Intel);
        Compile(nameof(EntryPoints.SolveTables), true);
        Assert.Equal(5, Files.Length);
    }

    [Fact]
    public void What_nobody_has_asked_for_is_removed_in_time()
    {
        Compile(nameof(EntryPoints.AddSegments), true);
        var first = Files[0];
        File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddDays(-59));
        Compile(nameof(EntryPoints.AddSegments), true);
        Assert.True(File.GetLastWriteTimeUtc(first) > DateTime.UtcNow.AddDays(-1));
        File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddDays(-61));
        Compile(nameof(EntryPoints.AddSegments), true, architecture: 90);
        Assert.NotEqual(first, Assert.Single(Files));
    }

    // A file in the place of a folder, no folder at all, and one where others may say what is computed.
    [Fact]
    public void Without_a_folder_kernels_are_compiled()
    {
        var first = Compile(nameof(EntryPoints.AddSegments), true);
        var none = Path.Combine(_folder, "file");
        File.WriteAllText(none, "");
        foreach (var cache in new[] { new KernelCache(null), new KernelCache(none) })
            Assert.Equal(Unnumbered(first), Unnumbered(Compile(nameof(EntryPoints.AddSegments), true, cache: cache)));
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(Files[0], "");
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.OtherWrite);
        Assert.Equal(Unnumbered(first), Unnumbered(Compile(nameof(EntryPoints.AddSegments), true)));
        Assert.Equal("", File.ReadAllText(Files[0]));
    }

    // The same text, and a file that holds it.
    private void IsCompiled(CompiledKernel expected, CompiledKernel found)
    {
        Assert.Equal(Unnumbered(expected), Unnumbered(found));
        var written = File.ReadAllText(Assert.Single(Files)).Split('\n', 3);
        Assert.Equal(KernelCache.Text(found), written[2]);
        Assert.Equal(Hash($"{written[1]}\n{written[2]}"), written[0]);
    }

    // Names end in numbers that the library counts up in a process.
    private static string Unnumbered(CompiledKernel kernel) => Numbers().Replace(KernelCache.Text(kernel), "");

    [GeneratedRegex(@"_\d+")]
    private static partial Regex Numbers();

    private CompiledKernel Compile(string kernel, bool isCuda, int architecture = 80, CLDeviceVendor vendor = CLDeviceVendor.Other,
        KernelCache? cache = null)
    {
        using var context = DeviceSession.CreateContext(_ => { });
        var target = new CudaArchitecture(architecture / 10, architecture % 10);
        using Backend backend = isCuda
            ? new PTXBackend(context, new CudaCapabilityContext(target), target, CudaInstructionSet.ISA_78, nvvmAPI: null!)
            : new CLBackend(context, new CLCapabilityContext(false, true, true, true, false), vendor, CLCVersion.CL30);
        var method = typeof(EntryPoints).GetMethod(kernel, BindingFlags.Static | BindingFlags.Public)!;
        return (cache ?? new(Folder)).Compile(backend, method);
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What a device is given of the texts that were kept.</summary>
public sealed class OpenClKernelCacheTests
{
    // Names in a text are other ones each time it is compiled: files that stay as they are were read.
    [Fact]
    public void Texts_that_were_kept_draw_the_same()
    {
        var found = DeviceCatalog.Of(DeviceCatalog.OpenCl).FirstOrDefault(d => d.Refusal is null);
        Assert.SkipWhen(found is null, "this machine has no usable opencl device");
        var folder = Directory.CreateTempSubdirectory("iikernel-kernels-").FullName;
        try
        {
            var plan = ConformancePlan.Create();
            int[] outputs = [.. ConformancePlan.WrittenOutputs(plan)];
            using var reference = new ReferenceBackend().Load(plan);
            var expected = Draw(reference);
            var texts = new List<string[]>();
            for (var i = 0; i < 2; i++)
            {
                using var session = DeviceSession.Open(found!, new(folder));
                using var program = new IlgpuProgram(plan, session, 1, Hostility.None);
                Assert.Equal(expected, Draw(program));
                Assert.Empty(program.Notes);
                texts.Add([.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)]);
            }

            Assert.NotEmpty(texts[0]);
            Assert.Equal(texts[0], texts[1]);

            double[] Draw(IProgram program)
            {
                var values = new double[outputs.Length * 100];
                program.Evaluate(7, 100, outputs, values);
                return values;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
