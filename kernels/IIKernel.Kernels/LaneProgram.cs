using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>The program of a draw on one lane of any kind, in memory of its own. Who reads its workspace keeps it alive.</summary>
/// <typeparam name="TLane">A lane of draws.</typeparam>
/// <typeparam name="TInputs">Where the input quantities come from.</typeparam>
internal sealed unsafe class LaneProgram<TLane, TInputs>
    where TLane : unmanaged, ILane<TLane>
    where TInputs : struct, IInputStage<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>
{
    private readonly PlanView<HostArray<double>, HostArray<int>> _view;
    private readonly LaneMemory _memory;

    /// <summary>A plan without anything drawn.</summary>
    public LaneProgram(SamplePlan plan)
    {
        _view = new(plan, Draws.Layout(plan), new(static a => new(a), static a => new(a)));
        _memory = new((_view.Layout.Length + plan.Marginals.Kinds.Length) * sizeof(TLane) / sizeof(double));
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

    /// <summary>The coefficients S_k of one lane of draws, in the workspace.</summary>
    /// <param name="draw">Index of the first.</param>
    public void Coefficients(long draw)
    {
        Draws.Coefficients(_view, (ulong)draw, Work);
        GC.KeepAlive(this);
    }

    /// <summary>An input quantity of one lane of draws.</summary>
    /// <param name="draw">Index of the first.</param>
    /// <param name="input">Index of the input.</param>
    public TLane Input(long draw, int input)
    {
        var value = TInputs.Value(_view, (ulong)draw, input, Work);
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>The uniform variates behind an input quantity of one lane of draws.</summary>
    /// <inheritdoc cref="Input" path="/param"/>
    public TLane Uniform(long draw, int input)
    {
        var value = TInputs.Uniform(_view, (ulong)draw, input);
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>Some outputs of one lane of draws.</summary>
    /// <param name="draw">Index of the first.</param>
    /// <param name="selection">Which.</param>
    /// <param name="outputs">Takes them in the selection's order, and behind them what is not wanted.</param>
    public void Evaluate(long draw, OutputSelection selection, TLane[] outputs)
    {
        Draws.Evaluate(
            _view, selection.FirstYear, selection.Years, selection.Detail, new((ulong)draw, Work, new(outputs, selection.Rows)));
        GC.KeepAlive(this);
    }

    private abstract class Draws : SampleProgram<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>, Sink, Block, TInputs,
        FixedInduction<TLane, HostArray<double>, HostArray<int>, HostStore<TLane>>>;

    private readonly struct Sink(TLane[] outputs, int[] rows) : IOutputSink<TLane>
    {
        public void Store(int output, TLane value) => outputs[rows[output]] = value;
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
