using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Bench;

/// <summary>Formulas (1) and (4)–(6) by category.</summary>
public class LeontiefBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
        {
            StageDraws<TLane>.DirectByCategory(memory.View, memory.Work);
            FixedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>.Solve(memory.View, draw, memory.Work);
        }
    }
}
