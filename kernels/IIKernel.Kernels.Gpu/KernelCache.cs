using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR.Types;
using ILGPU.Runtime;

namespace IIKernel.Kernels.Gpu;

/// <summary>
/// The text of kernels that were compiled before, in a folder of the user's: ILGPU takes seconds over each, and a driver keeps only what it
/// makes of the text, whose names are other ones in each process. A text belongs to the assemblies that it was made from and to all that
/// ILGPU knows of the device; one that is damaged is made anew, and a folder that cannot be used is done without.
/// </summary>
/// <param name="folder">The folder, which need not be there; null to keep nothing.</param>
internal sealed class KernelCache(string? folder)
{
    private const string Suffix = ".kernel";

    // What nobody has asked for in so many days is removed: each version of the program leaves its own.
    private const int DaysKept = 60;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string? _folder = folder;

    /// <summary>The user's: <c>iikernel/kernels</c> in the folder that the system has for such files.</summary>
    public static KernelCache OfUser { get; } = new(UserFolder());

    /// <summary>Compiles a kernel, or takes its text from the folder.</summary>
    /// <param name="backend">What compiles for the device: <see cref="PTXBackend"/> or <see cref="CLBackend"/>.</param>
    /// <param name="kernel">A method of <see cref="EntryPoints"/>.</param>
    public CompiledKernel Compile(Backend backend, MethodInfo kernel)
    {
        var entry = EntryPoints.IsOfGroups(kernel)
            ? EntryPointDescription.FromExplicitlyGroupedKernel(kernel) : EntryPointDescription.FromImplicitlyGroupedKernel(kernel);
        var identity = Identity(backend, kernel);
        if (Read(identity) is var (shared, known)) return Restored(backend, entry, shared, known);
        var compiled = backend.Compile(entry, KernelSpecialization.Empty);
        (shared, known) = (SharedMemory(compiled), StrictPtx.WithoutPromises(Text(compiled)));
        Write(identity, shared, known);
        return Restored(backend, entry, shared, known);
    }

    /// <summary>The shared memory of a kernel that was compiled.</summary>
    public static SharedMemorySpecification SharedMemory(CompiledKernel kernel) => ((EntryPoint)typeof(CompiledKernel)
        .GetProperty("EntryPoint", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(kernel)!).SharedMemory;

    /// <summary>The text of a kernel that was compiled.</summary>
    public static string Text(CompiledKernel kernel) => kernel switch
    {
        PTXCompiledKernel cuda => cuda.PTXAssembly,
        CLCompiledKernel opencl => opencl.Source,
        _ => throw new NotSupportedException($"{kernel.GetType()} has no text."),
    };

    // A compiled kernel is its text, its shared memory, and how it is called, which follows from the method. ILGPU keeps one constructor to
    // itself.
    private static CompiledKernel Restored(
        Backend backend, EntryPointDescription entry, SharedMemorySpecification shared, string text)
    {
        if (backend is CLBackend opencl)
        {
            return new CLCompiledKernel(backend.Context,
                new SeparateViewEntryPoint(entry, shared, KernelSpecialization.Empty, new TypeInformationManager(), 2),
                null, text, opencl.CLStdVersion);
        }

        return (CompiledKernel)typeof(PTXCompiledKernel)
            .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single()
            .Invoke([backend.Context, new EntryPoint(entry, shared, KernelSpecialization.Empty), null, text]);
    }

    // All that a text depends on: code, library, and what the library knows of the device.
    private static string Identity(Backend backend, MethodInfo kernel)
    {
        var parts = new List<string> { "iikernel kernel 1", kernel.DeclaringType!.FullName!, kernel.ToString()! };
        foreach (var type in new[] { typeof(KernelCache), typeof(IBackend), typeof(Context), typeof(AlgorithmContext) })
            parts.Add(type.Module.ModuleVersionId.ToString());
        parts.Add(backend switch
        {
            PTXBackend cuda => $"ptx {cuda.Architecture} {cuda.InstructionSet}",
            CLBackend { Capabilities: var can } opencl =>
                $"opencl {opencl.Vendor} {opencl.CLStdVersion} {can.Float16} {can.Float64} {can.Int64_Atomics} {can.SubGroups} "
                    + $"{can.GenericAddressSpace} {string.Join(' ', can.Extensions)}",
            _ => throw new NotSupportedException($"{backend.GetType()} has no text."),
        });
        return Hash(string.Join('\n', parts));
    }

    private (SharedMemorySpecification Shared, string Text)? Read(string identity)
    {
        if (_folder is null) return null;
        try
        {
            var path = PathOf(identity);
            if (!File.Exists(path) || IsOpenToOthers()) return null;
            var lines = File.ReadAllText(path, Utf8).Split('\n', 3);
            if (lines.Length < 3 || lines[0] != Hash(string.Join('\n', lines.Skip(1)))) return null;
            if (lines[1].Split(' ') is not [var size, var isDynamic]
                || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                || !bool.TryParse(isDynamic, out var hasDynamic)) return null;
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return (new(bytes, hasDynamic), lines[2]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Write(string identity, SharedMemorySpecification shared, string text)
    {
        if (_folder is null) return;
        try
        {
            CreateFolder();
            if (IsOpenToOthers()) return;
            foreach (var file in Directory.EnumerateFiles(_folder))
                if (File.GetLastWriteTimeUtc(file) < DateTime.UtcNow.AddDays(-DaysKept)) File.Delete(file);
            var content = string.Create(CultureInfo.InvariantCulture, $"{shared.StaticSize} {shared.HasDynamicMemory}\n{text}");
            var temporary = $"{PathOf(identity)}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
            File.WriteAllText(temporary, $"{Hash(content)}\n{content}", Utf8);
            File.Move(temporary, PathOf(identity), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that is full or read-only: the next run compiles once more.
        }
    }

    // The user's alone, also where new folders are those of a group.
    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_folder!);
        else Directory.CreateDirectory(_folder!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Where others may write, they could say what is computed here.
    private bool IsOpenToOthers() => !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(_folder!) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    private string PathOf(string identity) => Path.Combine(_folder!, identity + Suffix);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(text)));

    private static string? UserFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() && home.Length > 0 ? Path.Combine(home, "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } own ? own
            : home.Length > 0 ? Path.Combine(home, ".cache") : "";
        return Path.IsPathFullyQualified(caches) ? Path.Combine(caches, "iikernel", "kernels") : null;
    }
}
