using IIKernel.Kernels.Plan;

namespace IIKernel.Bench;

/// <summary>Formulas (9)–(10): all years with regions, totals, shares and growth.</summary>
public class YearOutputBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0; draw < Draws; draw += StageBlock<TLane>.Draws)
        {
            for (var t = 0; t < memory.View.YearCount; t++)
                StageDraws<TLane>.WriteYear(memory.View, t, memory.View.YearCount, OutputDetail.Rows, memory.Block);
        }
    }
}
