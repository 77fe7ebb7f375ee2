using IIKernel.Cli;
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

    // Two of the sixteen on the device: opening it takes as long as drawing.
    [Fact]
    public void Sixteen_shares_in_any_order_on_three_backends_are_the_bytes_of_one_run()
    {
        Assert.SkipUnless(DeviceCatalog.Of(DeviceCatalog.OpenCl).Any(d => d.Refusal is null), "this machine has no usable opencl device");
        string At(string name) => Path.Combine(_folder, name);
        string[] asked = ["run", "--draws", "3000", "--only", "coefficients", "--no-report", "--quiet"];
        void Done(params string[] arguments)
        {
            var (exitCode, error) = CommandLineRunner.InProcess(arguments);
            Assert.True(exitCode == ExitCodes.Done, error);
        }

        Done([.. asked, "--out", At("one")]);
        var random = new Random(16);
        var code = ExitCodes.NextRound;
        for (var round = 0; code == ExitCodes.NextRound; round++)
        {
            Assert.True(round < 2);
            var shares = Enumerable.Range(1, 16).ToArray();
            random.Shuffle(shares);
            foreach (var share in shares)
            {
                var backend = share is 5 or 12 ? "opencl" : share % 2 == 0 ? "simd" : "reference";
                Done([.. asked, "--out", At("many"), "--shard", $"{share}/16", "--work", At("work"), "--backend", backend]);
            }

            (code, var error) = CommandLineRunner.InProcess("merge", At("work"), "--quiet");
            Assert.True(code is ExitCodes.Done or ExitCodes.NextRound, error);
        }

        Assert.Equal(File.ReadAllBytes(At("one/estimates.csv")), File.ReadAllBytes(At("many/estimates.csv")));
    }
}
