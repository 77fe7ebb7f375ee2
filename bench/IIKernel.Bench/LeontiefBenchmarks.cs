using IIKernel.Kernels.Device;

namespace IIKernel.Bench;

/// <summary>Formulas (1) and (4)–(6) by category.</summary>
public class LeontiefBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
        {
            LowRankLeontief.Multipliers(memory.View, memory.Work);
            DirectValueAdded.ByCategory(memory.View, memory.Work);
            LowRankLeontief.ByCategory(memory.View, memory.Work);
        }
    }
}
