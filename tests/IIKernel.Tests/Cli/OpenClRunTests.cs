using IIKernel.Kernels.Gpu;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Whole runs on OpenCL, where there is a device: in continuous integration the processor through PoCL.</summary>
public sealed class OpenClRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-opencl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", 5001)]
    [InlineData("study-coefficients.json", 5001)]
    [InlineData("study-flows.json", 501)]
    [InlineData("china-2017", 5001)]
    public void Every_figure_of_a_run_is_that_of_the_processor_byte_for_byte(string name, int draws)
    {
        var isThere = DeviceCatalog.Of(DeviceCatalog.OpenCl).Any(d => d.Refusal is null);
        Assert.SkipUnless(isThere, "this machine has no usable opencl device");
        string[] study = name switch
        {
            "" => [],
            "china-2017" => [TestData.OfficialStudy(name)],
            _ => [Path.Combine(
                Path.GetDirectoryName(typeof(OpenClRunTests).Assembly.Location)!, "../../../../../src/IIKernel/Data/demo", name)],
        };
        byte[] Run(string backend)
        {
            var output = Path.Combine(_folder, backend);
            var (exitCode, _, error) = CommandLineRunner.Process(
                ["run", .. study, "--quiet", "--draws", $"{draws}", "--no-report", "--backend", backend, "--out", output]);
            Assert.True(exitCode == 0, error);
            Assert.DoesNotContain("device-", File.ReadAllText(Path.Combine(output, "run.json")), StringComparison.Ordinal);
            return File.ReadAllBytes(Path.Combine(output, "estimates.csv"));
        }

        Assert.Equal(Run("simd"), Run("opencl"));
    }
}
