using IIKernel.Cli;
using IIKernel.Kernels.Gpu;
using Xunit;

namespace IIKernel.Tests.Cli;

public class BackendChoiceTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public void Small_work_stays_on_the_processor(long draws)
    {
        // The outputs of the demonstration study.
        using var choice = BackendChoice.Of("auto", null, 2, draws * 2200.0);
        Assert.Equal("simd", choice.Backend.Info.Name);
        Assert.Equal(DeviceCatalog.HasCudaDriver, choice.Warnings.Any(w => w.Code == "auto-small-work"));
    }

    [Fact]
    public void A_device_that_is_not_there_ends_with_code_3_and_what_there_is()
    {
        foreach (var backend in new[] { DeviceCatalog.Cuda, DeviceCatalog.OpenCl })
        {
            if (DeviceCatalog.Of(backend).Count > 0) continue;
            var (exitCode, error) = CommandLineRunner.InProcess("run", "--backend", backend);
            Assert.Equal(3, exitCode);
            Assert.Contains(backend, error, StringComparison.Ordinal);
            Assert.Contains("driver", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Large_work_without_a_device_stays_on_the_processor()
    {
        if (DeviceCatalog.Of(DeviceCatalog.Cuda).Count > 0 || DeviceCatalog.Of(DeviceCatalog.OpenCl).Any(d => d.IsAccelerator))
            Assert.Skip("this machine has a device");
        using var choice = BackendChoice.Of("auto", null, 2, 1e15);
        Assert.Equal("simd", choice.Backend.Info.Name);
        Assert.Empty(choice.Warnings);
    }
}
