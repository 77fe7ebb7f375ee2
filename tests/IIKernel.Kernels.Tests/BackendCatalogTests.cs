using System.Numerics;
using IIKernel.Kernels.Gpu;
using IIKernel.Kernels.Lanes;
using Xunit;

namespace IIKernel.Kernels.Tests;

public sealed class BackendCatalogTests
{
    [Fact]
    public void The_catalogue_knows_the_processors_backends_and_what_is_registered()
    {
        var catalog = new BackendCatalog();
        Assert.Equal(["reference", "simd"], catalog.Names);
        var simd = Assert.Single(catalog.Of("simd"));
        Assert.Null(simd.Refusal);
        var info = simd.Create(2).Info;
        Assert.Equal(("simd", 2), (info.Name, info.Threads));
        Assert.Equal(Vector512Operations.IsSupported ? 8 : Vector<double>.Count, info.LaneWidth);
        Assert.Equal("simd", BackendCatalog.Processor(1).Info.Name);
        Assert.Empty(catalog.Of("abacus"));

        DeviceCatalog.Register(catalog);
        Assert.Equal(["reference", "simd", "cuda", "opencl", "ilgpu-cpu"], catalog.Names);
        var emulated = Assert.Single(catalog.Of("ilgpu-cpu"));
        Assert.True(emulated.IsDriven);
        Assert.Equal("ilgpu-cpu", emulated.Create(1).Info.Name);
    }
}
