using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Gpu;

/// <summary>How much of a sample one launch gathers.</summary>
/// <param name="Threads">Threads of a group.</param>
/// <param name="Scratch">Draws whose scratch memory is there, whole groups: those that are evaluated at the same time; all where tables are
/// solved before.</param>
/// <param name="Blocks">Blocks at most.</param>
internal readonly record struct GatheringSize(int Threads, int Scratch, int Blocks)
{
    // Draws of a launch: more take no less time each, and progress and cancellation come in between.
    private const int MostDraws = 1 << 20;

    /// <summary>What fits.</summary>
    /// <param name="session">The device.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Scratch memory of a draw.</param>
    /// <param name="columns">Outputs that are gathered.</param>
    /// <param name="threads">Threads of a group at most.</param>
    /// <param name="bytes">Memory of a queue, without that of tables.</param>
    /// <param name="mostDraws">Most draws, whole blocks.</param>
    /// <param name="blocks">Blocks that there are.</param>
    public static GatheringSize Of(
        DeviceSession session, SamplePlan plan, WorkspaceLayout layout, int columns, int threads, long bytes, int mostDraws,
        long blocks)
    {
        threads = Math.Min(threads, mostDraws);
        var group = GatheringGroup.Draws(threads);
        var most = Math.Min(Math.Min(mostDraws, MostDraws) / SumBlock.Draws, blocks);
        most = Math.Clamp(bytes / 2 / sizeof(double) / 2 / columns, 1, most);
        var fits = Math.Max(1, Math.Min(bytes / 2 / sizeof(double), int.MaxValue) / layout.Length / group) * group;
        if (plan.Flows.Count == 0) fits = Math.Min(fits, (long)session.GatheringGroups * group);
        else most = Math.Min(most, fits / SumBlock.Draws);
        return new(threads, (int)Math.Min(fits, Whole(most, group)), (int)most);
    }

    /// <summary>Draws of <see cref="Scratch"/> that a launch of so many blocks takes.</summary>
    public int ScratchOf(int blocks) => (int)Math.Min(Scratch, Whole(blocks, GatheringGroup.Draws(Threads)));

    private static long Whole(long blocks, int group) => (blocks * SumBlock.Draws + group - 1) / group * group;
}
