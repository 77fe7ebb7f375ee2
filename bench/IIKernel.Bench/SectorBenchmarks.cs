using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;

namespace IIKernel.Bench;

/// <summary>Sector detail of the base year.</summary>
public class SectorBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0; draw < Draws; draw += StageBlock<TLane>.Draws)
        {
            SampleProgram.Sectors<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, RingSink<TLane>, StageBlock<TLane>>(
                memory.View, memory.Block);
        }
    }
}
