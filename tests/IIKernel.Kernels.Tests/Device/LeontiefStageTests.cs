using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Tests.Conformance;
using Xunit;
using Fixed = IIKernel.Kernels.Device.FixedInduction<
    IIKernel.Kernels.Lanes.ScalarLane, IIKernel.Kernels.Lanes.HostArray<double>, IIKernel.Kernels.Lanes.HostArray<int>,
    IIKernel.Kernels.Lanes.HostStore<IIKernel.Kernels.Lanes.ScalarLane>>;
using View = IIKernel.Kernels.Plan.PlanView<IIKernel.Kernels.Lanes.HostArray<double>, IIKernel.Kernels.Lanes.HostArray<int>>;
using Work = IIKernel.Kernels.Device.Workspace<
    IIKernel.Kernels.Lanes.ScalarLane, IIKernel.Kernels.Lanes.HostStore<IIKernel.Kernels.Lanes.ScalarLane>>;

namespace IIKernel.Kernels.Tests.Device;

public class LeontiefStageTests
{
    [Theory]
    [InlineData(ConformanceVariant.Coefficients)]
    [InlineData(ConformanceVariant.Panel)]
    [InlineData(ConformanceVariant.Allocations)]
    public void A_stage_has_the_memory_that_it_asks_for_to_itself(ConformanceVariant variant)
    {
        var plan = ConformancePlan.Create(variant: variant);
        var expected = new double[plan.Outputs.Count];
        using var reference = new ReferenceBackend().Load(plan);
        reference.Evaluate(3, 1, [.. Enumerable.Range(0, expected.Length)], expected);

        var layout = Draws.Layout(plan);
        Assert.Equal(Larger.Extra, layout.Direct - layout.Leontief - plan.RelatedCount);
        var memory = new LaneMemory(layout.Length);
        var actual = new double[expected.Length];
        Draws.Evaluate(
            new View(plan, layout, new(a => new(a), a => new(a))), 0, plan.YearCount, OutputDetail.All,
            new(3, new(layout, new(memory, 0, 1)), new(actual)));
        Assert.Equal(expected, actual);
    }

    private abstract class Draws : SampleProgram<ScalarLane, HostArray<double>, HostArray<int>, HostStore<ScalarLane>, Sink, Block,
        DrawnInputs<ScalarLane, HostArray<double>, HostArray<int>, HostStore<ScalarLane>, PhiloxSequence>, Larger>;

    // The stage of a fixed table, which asks for more, fills that, and finds it as it was while the outputs are written.
    private readonly struct Larger : ILeontiefStage<ScalarLane, HostArray<double>, HostArray<int>, HostStore<ScalarLane>>
    {
        public const int Extra = 5;

        public static bool IsApart => false;

        public static int Memory(SamplePlan plan) => Fixed.Memory(plan) + Extra;

        public static int Shared(SamplePlan plan) => 0;

        public static ScalarLane ValueAdded(in View plan, int related, Work work) => Fixed.ValueAdded(plan, related, work);

        public static ScalarLane OfAccounts(in View plan, int category, ScalarLane value, Work work) => value;

        public static ScalarLane Mark(in View plan, int mark, Work work) => Fixed.Mark(plan, mark, work);

        public static void Solve(in View plan, ulong firstDraw, Work work)
        {
            Assert.Equal(3UL, firstDraw);
            Fixed.Solve(plan, firstDraw, work);
            for (var i = 0; i < Extra; i++) work.SetLeontief(plan.RelatedCount + i, new(i + 0.5));
        }

        public static void OfSectors(
            in View plan, int sector, int related, int other, int otherRelated, Work work, out ScalarLane first, out ScalarLane second)
        {
            for (var i = 0; i < Extra; i++) Assert.Equal(i + 0.5, work.Leontief(plan.RelatedCount + i).Value);
            Fixed.OfSectors(plan, sector, related, other, otherRelated, work, out first, out second);
        }
    }

    private readonly struct Sink(double[] outputs) : IOutputSink<ScalarLane>
    {
        public void Store(int output, ScalarLane value) => outputs[output] = value.Value;
    }

    private readonly struct Block(ulong draw, Work work, Sink sink) : IDrawBlock<ScalarLane, HostStore<ScalarLane>, Sink>
    {
        public int Lanes => 1;

        public ulong Draw(int lane) => draw;

        public Work Work(int lane) => work;

        public Sink Sink(int lane) => sink;

        public int Wanted(int first, int count) => ~0;

        public void Finish(int first, int count)
        {
        }
    }
}
