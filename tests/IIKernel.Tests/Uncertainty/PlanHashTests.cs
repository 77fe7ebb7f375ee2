using System.Security.Cryptography;
using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>A plan is the same bits on every machine, so that a file of results is.</summary>
public class PlanHashTests
{
    // A change that changes figures on purpose changes it, and says so.
    private const string Known = "9cc33184c4c50ca193c658dd42a5ff54ed0284947b892e02711ac9832fb6d3e3";

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
        Write(writer, plan);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    // What was given to a plan and its parts, by name; what follows from that is left out.
    private static void Write(BinaryWriter writer, object part)
    {
        var given = part.GetType().GetProperties().Where(p => p.SetMethod is { IsStatic: false });
        foreach (var property in given.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            writer.Write(property.Name);
            switch (property.GetValue(part)!)
            {
                case double[] values: foreach (var value in values) writer.Write(value); break;
                case int[] values: foreach (var value in values) writer.Write(value); break;
                case ulong[] values: foreach (var value in values) writer.Write(value); break;
                case double value: writer.Write(value); break;
                case int value: writer.Write(value); break;
                case ulong value: writer.Write(value); break;
                case var inner: Write(writer, inner); break;
            }
        }
    }
}
