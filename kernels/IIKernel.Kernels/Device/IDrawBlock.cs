using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels.Device;

/// <summary>Where the outputs of one lane of draws go.</summary>
internal interface IOutputSink<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Takes the value of one output; the index is that of <see cref="OutputMap"/>.</summary>
    void Store(int output, TLane value);
}

/// <summary>
/// Adjacent draws that are evaluated together, a few lanes of them. Stages with many outputs run output by output, each over
/// all lanes, so that what belongs to an output (its row of the plan, its statistics) is fetched once for all of them.
/// </summary>
/// <typeparam name="TLane">A lane of draws.</typeparam>
/// <typeparam name="TStore">Scratch memory of one lane.</typeparam>
/// <typeparam name="TSink">Takes the outputs of one lane.</typeparam>
internal interface IDrawBlock<TLane, TStore, TSink>
    where TLane : unmanaged, ILane<TLane>
    where TStore : struct, ILaneStore<TLane>
    where TSink : struct, IOutputSink<TLane>
{
    /// <summary>Number of lanes, at least 1.</summary>
    int Lanes { get; }

    /// <summary>Index of the first draw of a lane.</summary>
    ulong Draw(int lane);

    /// <summary>The intermediate quantities of a lane.</summary>
    Workspace<TLane, TStore> Work(int lane);

    /// <summary>Where the outputs of a lane go.</summary>
    TSink Sink(int lane);

    /// <summary>
    /// Which of the outputs first … first + count − 1 are wanted, a bit for each, the first one's lowest: the others need not be stored.
    /// </summary>
    int Wanted(int first, int count);

    /// <summary>
    /// Says that all lanes have stored what is wanted of the outputs first … first + count − 1, of which there are at most
    /// <see cref="OutputMap.MostTogether"/>.
    /// </summary>
    void Finish(int first, int count);
}
