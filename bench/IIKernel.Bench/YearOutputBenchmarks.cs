using IIKernel.Kernels.Device;

namespace IIKernel.Bench;

/// <summary>Formulas (9)–(10): all years with regions, totals, shares and growth.</summary>
public class YearOutputBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
        {
            for (var t = 0; t < memory.View.YearCount; t++)
                YearOutputs.Write(memory.View, draw, t, OutputDetail.Rows, memory.Work, memory.Sink);
        }
    }
}
