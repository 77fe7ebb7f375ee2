using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>The program of a draw on one lane of any kind, in memory of its own. Who reads its workspace keeps it alive.</summary>
internal sealed unsafe class LaneProgram<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly PlanView<HostArray<double>, HostArray<int>> _view;
    private readonly LaneMemory _memory;

    /// <summary>A plan without anything drawn.</summary>
    public LaneProgram(SamplePlan plan)
    {
        _view = new(plan, Draws.Layout(plan), new(static a => new(a), static a => new(a)));
        _memory = new(_view.Layout.Length * sizeof(TLane) / sizeof(double));
        Work = new(_view.Layout, new(_memory, 0, 1));
    }

    /// <summary>The intermediate quantities.</summary>
    public Workspace<TLane, HostStore<TLane>> Work { get; }

    /// <summary>Direct and indirect value added of the base year by category for the coefficients of the workspace.</summary>
    public void BaseYear()
    {
        Draws.FromCoefficients(_view, 0, Work);
        GC.KeepAlive(this);
    }

    /// <summary>Every output of one lane of draws.</summary>
    /// <param name="draw">Index of the first.</param>
    /// <param name="outputs">Takes them, in the order of <see cref="OutputMap"/>.</param>
    public void Evaluate(long draw, TLane[] outputs)
    {
        Draws.Evaluate(_view, 0, _view.YearCount, OutputDetail.All, new((ulong)draw, Work, new(outputs)));
        GC.KeepAlive(this);
    }

    private abstract class Draws : SampleProgram<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, Sink, Block,
        FixedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>>;

    private readonly struct Sink(TLane[] outputs) : IOutputSink<TLane>
    {
        public void Store(int output, TLane value) => outputs[output] = value;
    }

    private readonly struct Block(ulong draw, Workspace<TLane, HostStore<TLane>> work, Sink sink)
        : IDrawBlock<TLane, HostStore<TLane>, Sink>
    {
        public int Lanes => 1;

        public ulong Draw(int lane) => draw;

        public Workspace<TLane, HostStore<TLane>> Work(int lane) => work;

        public Sink Sink(int lane) => sink;

        public int Wanted(int first, int count) => ~0;

        public void Finish(int first, int count)
        {
        }
    }
}
