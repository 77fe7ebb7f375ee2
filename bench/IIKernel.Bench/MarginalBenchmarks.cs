namespace IIKernel.Bench;

/// <summary>All S_k: uniform variates and inverse distribution functions.</summary>
public class MarginalBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
            StageDraws<TLane>.DrawCoefficients(memory.View, draw, memory.Work);
    }
}
