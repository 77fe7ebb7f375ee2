using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>The uniform variates of all S_k: Philox4x32-10.</summary>
public class UniformBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
        {
            for (var k = 0; k < memory.View.RelatedCount; k++)
                memory.Block.Sink(0).Store(k, TLane.Uniform(new PhiloxBits(memory.View.Seed, (uint)k, CounterLayout.SampleStream), draw));
        }
    }
}
