using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Drivers' libraries that are there and are none: what is said, and that the processor draws.</summary>
public sealed class DriverFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-driver-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cuda", true, "its driver cannot be used: libcuda.so.1 has no function cuInit. Install one that fits")]
    [InlineData("opencl", true, "its driver cannot be used: libOpenCL.so.1 has no function clGetPlatformIDs. Install one that fits")]
    [InlineData("cuda", false, "no such device, or no driver for it that can be loaded; the verb devices lists what there is. Install")]
    [InlineData("opencl", false, "no such device, or no driver for it that can be loaded; the verb devices lists what there is. Install")]
    public void A_backend_that_was_named_ends_with_a_message(string backend, bool loads, string message)
    {
        Put(loads);
        var (code, _, error) = Run("run", "--draws", "100", "--quiet", "--backend", backend);
        Assert.Equal(ExitCodes.NoDevice, code);
        Assert.StartsWith($"--backend {backend}: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_list_of_devices_says_what_is_wrong_with_a_driver()
    {
        Put(loads: true);
        var (code, output, error) = Run("devices");
        Assert.Equal((ExitCodes.Done, ""), (code, error));
        Assert.Contains("cuda: its driver cannot be used: libcuda.so.1 has no function cuInit.", output, StringComparison.Ordinal);
        Assert.Contains("bitwise equal to the reference", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    // So large that devices are asked for; it is drawn once progress is told.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_no_backend_was_named_the_processor_draws(bool loads)
    {
        Put(loads);
        string[] run = ["run", "--draws", "4000000000", "--backend", "auto"];
        var (code, output, error) = CommandLineRunner.Interrupted(run, "TERM", ("LD_LIBRARY_PATH", _folder));
        Assert.Equal((ExitCodes.Interrupted, ""), (code, output));
        Assert.StartsWith("drawing: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    // Libraries without any function, or files that are none.
    private void Put(bool loads)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Drivers have these names on Linux.");
        foreach (var name in new[] { "libcuda.so.1", "libOpenCL.so.1" })
        {
            var path = Path.Combine(_folder, name);
            if (loads) SharedLibrary.Compile(path, "");
            else File.WriteAllText(path, "This is no library.\n");
        }
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        CommandLineRunner.Process(arguments, ("LD_LIBRARY_PATH", _folder));
}
