using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Bench;

/// <summary>One stage of a draw, alone on one thread, with its inputs and outputs in cache: scalar reference and SIMD.</summary>
public abstract class StageBenchmarks
{
    /// <summary>Draws per invocation, a multiple of every lane.</summary>
    protected const int Draws = 4096;

    private readonly StageMemory<ScalarLane> _scalar = new();
    private readonly StageMemory<QuadLane<Vector<double>, VectorOperations>> _vector = new();
    private readonly StageMemory<QuadLane<Vector512<double>, Vector512Operations>> _widest = new();

    /// <summary>The scalar reference.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Draws)]
    public void Reference() => Run(_scalar);

    /// <summary>The registers that the SIMD backend takes.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public void Simd()
    {
        if (Vector512Operations.IsSupported) Run(_widest);
        else Run(_vector);
    }

    /// <summary>Likewise; returns the number of draws.</summary>
    internal long RunSimd()
    {
        Simd();
        return Draws;
    }

    /// <summary>The work of a draw.</summary>
    internal Work CountWork()
    {
        var memory = new StageMemory<CountingLane>();
        CountingLane.Counted = default;
        Run(memory);
        GC.KeepAlive(memory);
        return CountingLane.Counted / Draws;
    }

    /// <summary>Runs the stage once for each draw.</summary>
    private protected abstract void Run<TLane>(StageMemory<TLane> memory)
        where TLane : unmanaged, ILane<TLane>;
}

/// <summary>The demonstration's plan with scratch memory that holds the intermediate quantities of one block.</summary>
internal sealed class StageMemory<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    public StageMemory()
    {
        View = new(Demonstration.Plan, StageDraws<TLane>.Layout(Demonstration.Plan), new(static a => new(a), static a => new(a)));
        Block = new(View.Layout, new LaneMemory(View.Layout.Length * StageBlock<TLane>.Draws),
            new(new LaneMemory(RingSink<TLane>.Length * TLane.Count)));
        StageDraws<TLane>.Evaluate(View, 0, View.YearCount, OutputDetail.All, Block);
    }

    public PlanView<HostArray<double>, HostArray<int>> View { get; }

    public StageBlock<TLane> Block { get; }

    /// <summary>The first lane of the block.</summary>
    public Workspace<TLane, HostStore<TLane>> Work => Block.Work(0);
}

/// <summary>The program of a draw.</summary>
internal abstract class StageDraws<TLane> : SampleProgram<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, RingSink<TLane>,
    StageBlock<TLane>, DrawnInputs<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, PhiloxSequence>,
    FixedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>>
    where TLane : unmanaged, ILane<TLane>;

/// <summary>A block of 256 draws, as the backend takes them.</summary>
internal readonly struct StageBlock<TLane>(WorkspaceLayout layout, LaneMemory memory, RingSink<TLane> sink)
    : IDrawBlock<TLane, HostStore<TLane>, RingSink<TLane>>
    where TLane : unmanaged, ILane<TLane>
{
    public const int Draws = 256;

    public static int Size => Draws / TLane.Count;

    public int Lanes => Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Draw(int lane) => (ulong)(lane * TLane.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Workspace<TLane, HostStore<TLane>> Work(int lane) => new(layout, new(memory, lane, Size));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingSink<TLane> Sink(int lane) => sink;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Wanted(int first, int count) => ~0;

    public void Finish(int first, int count)
    {
    }
}

/// <summary>Takes outputs and forgets them soon: a stage's own cost, without that of memory.</summary>
internal readonly unsafe struct RingSink<TLane>(LaneMemory ring) : IOutputSink<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    public const int Length = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int output, TLane value) => ((TLane*)ring.Start)[output % Length] = value;
}
