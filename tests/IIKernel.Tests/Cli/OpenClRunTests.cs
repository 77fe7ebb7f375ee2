using IIKernel.Kernels.Gpu;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Whole runs on OpenCL, where there is a device: in continuous integration the processor through PoCL.</summary>
public sealed class OpenClRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-opencl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("study-coefficients.json")]
    [InlineData("china-2017")]
    public void Every_figure_of_a_run_is_that_of_the_processor_byte_for_byte(string name)
    {
        Assert.SkipWhen(DeviceCatalog.Of(DeviceCatalog.OpenCl).All(d => d.Refusal is not null), "this machine has no usable opencl device");
        string[] study = name switch
        {
            "" => [],
            "study-coefficients.json" => [Path.Combine(Path.GetDirectoryName(typeof(OpenClRunTests).Assembly.Location)!,
                "../../../../../src/IIKernel/Data/demo", name)],
            _ => [TestData.OfficialStudy(name)],
        };
        byte[] Run(string backend)
        {
            var output = Path.Combine(_folder, backend);
            var (exitCode, _, error) = CommandLineRunner.Process(
                ["run", .. study, "--quiet", "--draws", "5001", "--backend", backend, "--out", output]);
            Assert.True(exitCode == 0, error);
            Assert.DoesNotContain("device-", File.ReadAllText(Path.Combine(output, "run.json")), StringComparison.Ordinal);
            return File.ReadAllBytes(Path.Combine(output, "estimates.csv"));
        }

        Assert.Equal(Run("simd"), Run("opencl"));
    }
}
