using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Bench;

/// <summary>What one draw of a plan does, counted from the program's own text: operations, and what it reads and writes.</summary>
/// <param name="Work">Operations on doubles.</param>
/// <param name="PlanReads">Numbers of the plan that are read, the same ones by all draws.</param>
/// <param name="ScratchReads">Intermediate quantities that are read.</param>
/// <param name="ScratchWrites">Intermediate quantities that are written.</param>
/// <param name="Scratch">Intermediate quantities, each counted once.</param>
/// <param name="Outputs">Outputs that are wanted.</param>
internal readonly record struct CountedDraw(
    Work Work, long PlanReads, long ScratchReads, long ScratchWrites, int Scratch, int Outputs)
{
    private const ulong Draw = 7;

    /// <summary>Counts a draw.</summary>
    /// <param name="plan">The plan; its table is certain.</param>
    /// <param name="outputs">Indices of the wanted outputs.</param>
    public static CountedDraw Of(SamplePlan plan, int[] outputs)
    {
        var selection = new OutputSelection(plan, outputs);
        var count = new Count(selection);
        var layout = Program.Layout(plan);
        var view = new PlanView<CountedArray<double>, CountedArray<int>>(plan, layout, new(a => new(a, count), a => new(a, count)));
        CountingLane.Counted = default;
        var store = new CountedStore(new CountingLane[layout.Length], count);
        Program.Evaluate(view, selection.FirstYear, selection.Years, selection.Detail, new Block(new(layout, store), count));
        return new(CountingLane.Counted, count.PlanReads, count.ScratchReads, count.ScratchWrites, count.Touched.Count, outputs.Length);
    }

    private sealed class Count(OutputSelection selection)
    {
        public OutputSelection Selection { get; } = selection;

        public HashSet<int> Touched { get; } = [];

        public long PlanReads { get; set; }

        public long ScratchReads { get; set; }

        public long ScratchWrites { get; set; }
    }

    private readonly struct CountedArray<T>(T[] values, Count count) : IReadOnlyArray<T>
        where T : unmanaged
    {
        public T this[int index]
        {
            get
            {
                count.PlanReads++;
                return values[index];
            }
        }
    }

    private readonly struct CountedStore(CountingLane[] values, Count count) : ILaneStore<CountingLane>
    {
        public CountingLane this[int index]
        {
            get
            {
                count.ScratchReads++;
                return values[index];
            }

            set
            {
                count.ScratchWrites++;
                count.Touched.Add(index);
                values[index] = value;
            }
        }
    }

    private readonly struct Nowhere : IOutputSink<CountingLane>
    {
        public void Store(int output, CountingLane value)
        {
        }
    }

    private readonly struct Block(Workspace<CountingLane, CountedStore> work, Count count)
        : IDrawBlock<CountingLane, CountedStore, Nowhere>
    {
        public int Lanes => 1;

        ulong IDrawBlock<CountingLane, CountedStore, Nowhere>.Draw(int lane) => CountedDraw.Draw;

        public Workspace<CountingLane, CountedStore> Work(int lane) => work;

        public Nowhere Sink(int lane) => default;

        public int Wanted(int first, int outputs) => count.Selection.Wanted(first, outputs);

        public void Finish(int first, int outputs)
        {
        }
    }

    private abstract class Program : SampleProgram<
        CountingLane, CountedArray<double>, CountedArray<int>, CountedStore, Nowhere, Block,
        DrawnInputs<CountingLane, CountedArray<double>, CountedArray<int>, CountedStore, PhiloxSequence>,
        FixedInduction<CountingLane, CountedArray<double>, CountedArray<int>, CountedStore>>;
}
