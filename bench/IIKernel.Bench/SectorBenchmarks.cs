namespace IIKernel.Bench;

/// <summary>Sector detail of the base year.</summary>
public class SectorBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0; draw < Draws; draw += StageBlock<TLane>.Draws)
            StageDraws<TLane>.Sectors(memory.View, memory.Block);
    }
}
