using IIKernel.Kernels.Device;

namespace IIKernel.Bench;

/// <summary>Sector detail of the base year.</summary>
public class SectorBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
        {
            SampleProgram.Sectors(memory.View, memory.Work, memory.Sink);
        }
    }
}
