using System.Security.Cryptography;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>A plan is the same bits on every machine, so that a file of results is.</summary>
public class PlanHashTests
{
    // A change that changes figures on purpose changes it, and says so.
    private const string Known = "69f76e834a3f047b27856b8bb18cbfbea6153865c2b7c993ce9a76fd8a7d8483";

    [Fact]
    public void The_plan_of_the_demonstration_is_known_to_the_bit()
    {
        var hash = Hash(new CompiledStudy(TestData.FullDemonstration).Plan(20231201));
        Assert.True(hash == Known, $"The plan has the hash {hash}.");
    }

    [Fact]
    public void The_hash_sees_every_bit()
    {
        var plan = new CompiledStudy(TestData.FullDemonstration).Plan(20231201);
        var before = Hash(plan);
        foreach (var values in new[] { plan.Marginals.Table, plan.Growth.LogRatios, plan.Induction.Sector, plan.PercentScale })
        {
            var kept = values[^1];
            values[^1] = Math.BitIncrement(kept);
            Assert.NotEqual(before, Hash(plan));
            values[^1] = kept;
        }

        Assert.Equal(before, Hash(plan));
    }

    private static string Hash(SamplePlan plan)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        IdentityWriter.Write(writer, plan);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }
}
