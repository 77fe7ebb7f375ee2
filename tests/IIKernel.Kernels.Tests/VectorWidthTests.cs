using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Tests.Conformance;
using IIKernel.Kernels.Tests.Lanes;
using IIKernel.Kernels.Tests.Random;
using Xunit;

namespace IIKernel.Kernels.Tests;

/// <summary>
/// The register width is fixed when a process starts, so each width gets a process of its own that runs the
/// conformance suite and the tests of the lanes.
/// </summary>
public class VectorWidthTests
{
    private const string ExpectedWidth = "IIKERNEL_EXPECTED_VECTOR_WIDTH";

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task The_suite_holds_at_every_register_width(int width)
    {
        if (width == 4 && !Vector256.IsHardwareAccelerated) Assert.Skip("this machine has no 256-bit registers");
        if (width == 8 && !Vector512.IsHardwareAccelerated) Assert.Skip("this machine has no 512-bit registers");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(VectorWidthTests).Assembly.Location);
        foreach (var type in new[]
        {
            typeof(WidthProbe), typeof(PhiloxTests), typeof(LaneTests), typeof(SimdOnVectorsConformance),
        })
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        start.Environment["DOTNET_MaxVectorTBitWidth"] = (width * 64).ToString(CultureInfo.InvariantCulture);
        start.Environment[ExpectedWidth] = width.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }

    public class WidthProbe
    {
        [Fact]
        public void The_process_has_the_width_that_it_was_started_for()
        {
            var expected = Environment.GetEnvironmentVariable(ExpectedWidth);
            if (expected is null) Assert.Skip("started by the test of all widths only");
            Assert.Equal(int.Parse(expected, CultureInfo.InvariantCulture), Vector<double>.Count);
        }
    }
}
