using System.Numerics;
using IIKernel.Kernels.Lanes;
using Xunit;

namespace IIKernel.Kernels.Tests;

public class BackendCatalogTests
{
    [Fact]
    public void The_catalogue_knows_the_processors_backends_and_no_others()
    {
        var catalog = new BackendCatalog();
        Assert.Equal(["reference", "simd"], catalog.Names);
        Assert.Equal("simd", catalog.Create(BackendCatalog.Auto, 2)!.Info.Name);
        Assert.Equal(2, catalog.Create("simd", 2)!.Info.Threads);
        Assert.Equal(Vector512Operations.IsSupported ? 8 : Vector<double>.Count, catalog.Create("simd", 2)!.Info.LaneWidth);
        Assert.Null(catalog.Create("abacus", 1));
    }
}
