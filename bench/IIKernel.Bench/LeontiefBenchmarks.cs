namespace IIKernel.Bench;

/// <summary>Formulas (1) and (4)–(6) by category.</summary>
public class LeontiefBenchmarks : StageBenchmarks
{
    private protected override void Run<TLane>(StageMemory<TLane> memory)
    {
        for (var draw = 0UL; draw < Draws; draw += (ulong)TLane.Count)
            StageDraws<TLane>.FromCoefficients(memory.View, draw, memory.Work);
    }
}
