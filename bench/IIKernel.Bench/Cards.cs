using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>
/// How many draws a second a graphics card could do if its units for doubles, for whole numbers, for single precision, for loads and stores
/// or its memory did nothing else, of a table that is certain and of drawn ones, with the factor in double precision and in single:
/// the work of a draw counted from the kernels' own text, against the rates that the makers publish. What a first run on a card is held
/// against; a share of some tenths is to be expected.
/// </summary>
internal static class Cards
{
    // What the assembler makes of a division and of a square root of doubles: a first guess and its corrections.
    private const double DivisionInstructions = 9, RootInstructions = 11;

    // A round of the generator: two wide products, four exclusive ors, two sums of its keys.
    private const double RoundInstructions = 8;

    // A panel is read and written once, and so is what is left of the matrix in each.
    private const double PanelColumns = 16;

    // Draws whose corrections are counted.
    private const int Counted = 5;

    // Published: FP64 without tensor cores in operations, a fused multiply–add two; whole numbers: a unit of 32 bits for each two of FP32;
    // bandwidth of the memory; loads and stores: units of a multiprocessor (32; Ada 16), their number (108, 132, 132, 128) and the clock.
    // NVIDIA A100 (40 GB, SXM), H100 (SXM), H200 data sheets and whitepapers; Ada Lovelace whitepaper for the RTX 4090.
    private static readonly (string Name, double Doubles, double Integers, double Bytes, double Loads)[] Known =
    [
        ("A100", 9.7e12 / 2, 19.5e12 / 4, 1.555e12, 32 * 108 * 1.41e9), ("H100", 34e12 / 2, 67e12 / 4, 3.35e12, 32 * 132 * 1.98e9),
        ("H200", 34e12 / 2, 67e12 / 4, 4.8e12, 32 * 132 * 1.98e9), ("RTX 4090", 1.29e12 / 2, 82.6e12 / 4, 1.008e12, 16 * 128 * 2.52e9),
    ];

    // Of a value that is gathered: a deviation, two sums, four comparisons; it is stored and loaded, eight values go with six loads of what
    // is known of their output and four stores of sums and counts, and a block with 33 loads and two stores of these.
    private const double GatheredDoubles = 7, GatheredLoads = 2 + 10 / 8.0 + 35 / 64.0;

    // Two sums of a block are written, and read when segments are added up.
    private const double GatheredBytes = 2.0 * 2 * sizeof(double) / 64;

    // Sums of blocks, and a double for each value that is written and read again where gathering is a kernel of its own.
    private const double SeparateBytes = GatheredBytes + 2 * sizeof(double);

    /// <summary>Prints what cards could do.</summary>
    /// <param name="plain">Whether as lines of card, what is drawn, draws a second and what bounds them, for a script.</param>
    public static void Print(bool plain)
    {
        if (plain)
        {
            PrintPlain();
            return;
        }

        Console.WriteLine("| table that is certain | figures | double instructions a draw | loads and stores "
            + "| bytes, gathered in one kernel | in a kernel of its own "
            + string.Concat(Known.Select(card => $"| {card.Name}, draws/s at most, by ")) + "|");
        Console.WriteLine("|---|---:|---:|---:|---:|---:" + string.Concat(Known.Select(_ => "|---:")) + "|");
        foreach (var (name, draw) in Certain())
        {
            var cards = string.Concat(Known.Select(card => Limit(card, draw))
                .Select(b => string.Create(CultureInfo.InvariantCulture, $"| {b.Rate / 1e6:N0} million, {b.By} ")));
            var (one, two) = (Bytes(draw, GatheredBytes), Bytes(draw, SeparateBytes));
            Line($"| {name} | {draw.Outputs:N0} | {Doubles(draw):N0} | {Loads(draw):N0} | {one:N0} | {two:N0} {cards}|");
        }

        Console.WriteLine();
        var flow = Tables.ErrorWork();
        var doubles = flow.Sums + flow.Selections + flow.Divisions * DivisionInstructions + flow.SquareRoots * RootInstructions;
        var integers = Philox4x32.StandardRounds * RoundInstructions;
        Line($"An error of a flow: {doubles:F0} instructions of doubles, {integers:F0} of whole numbers.");
        Console.WriteLine();
        Console.WriteLine("| n | factor | corrections | millions of double instructions a draw | of these errors | MB a draw "
            + string.Concat(Known.Select(card => $"| {card.Name}, draws/s at most, by ")) + "|");
        Console.WriteLine("|---:|---|---:|---:|---:|---:" + string.Concat(Known.Select(_ => "|---:")) + "|");
        foreach (var plan in Tables.Plans())
        {
            double n = plan.Flows.Count, m = plan.Flows.Related.Length, corrections = Corrections(plan);

            // Errors; scaling and sums; n³/3 products of the elimination; one back substitution.
            var errors = n * n * (doubles + 1);
            Print(n, "double", 0, errors, errors + n * n * 2.5 + n * n * n / 3, 0,
                sizeof(double) * (2 * n * n * 3 + 2 * n * n * n / 3 / PanelColumns));

            // Scaling and sums, the norm and the rounding to single; a residual of each column for each correction, which is rounded,
            // widened and added. In single precision the elimination and two substitutions for each. The table is read for the norm,
            // the rounding and the residuals, its factor for the substitutions.
            Print(n, "mixed", corrections, errors, errors + n * n * 3.5 + corrections * n * m * (n + 3),
                n * n * n / 3 + corrections * n * n * m,
                sizeof(double) * n * n * (5 + 2 + corrections)
                    + sizeof(float) * (n * n * (2 + corrections) + 2 * n * n * n / 3 / PanelColumns));

            void Print(double size, string factor, double steps, double ofErrors, double all, double singles, double bytes)
            {
                var cards = Known.Select(card => new (double Rate, string By)[]
                {
                    (card.Doubles / all, "doubles"), (card.Integers / (size * size * integers), "whole numbers"),
                    (2 * card.Integers / singles, "single precision"), (card.Bytes / bytes, "memory"),
                }.MinBy(b => b.Rate)).Select(b => string.Create(CultureInfo.InvariantCulture, $"| {b.Rate:N0}, {b.By} "));
                var row = string.Concat(cards);
                Line($"| {size} | {factor} | {steps:0.0} | {all / 1e6:F2} | {ofErrors / all:P0} | {bytes / 1e6:F2} {row}|");
            }
        }
    }

    // Where the check of a card finds what it is held against: draws of one pass.
    private static void PrintPlain()
    {
        foreach (var (name, draw) in Certain())
        {
            foreach (var card in Known)
            {
                var (rate, by) = Limit(card, draw);
                Line($"{card.Name}\t{name}\t{rate:E3}\t{by}");
            }
        }
    }

    private static (string Name, CountedDraw Draw)[] Certain() =>
    [
        ("all figures", CountedDraw.Of(Demonstration.Plan, Demonstration.AllOutputs)),
        ("one year, no sectors", CountedDraw.Of(Demonstration.Plan, Demonstration.OneYear)),
    ];

    private static double Doubles(CountedDraw draw) =>
        draw.Work.Sums + draw.Work.Selections + draw.Work.Divisions * DivisionInstructions + draw.Work.SquareRoots * RootInstructions
        + draw.Outputs * GatheredDoubles;

    private static double Loads(CountedDraw draw) =>
        draw.PlanReads + draw.ScratchReads + draw.ScratchWrites + draw.Outputs * GatheredLoads;

    // Intermediate quantities leave the second cache and come back.
    private static double Bytes(CountedDraw draw, double each) => 2.0 * sizeof(double) * draw.Scratch + each * draw.Outputs;

    private static (double Rate, string By) Limit(
        (string, double Doubles, double Integers, double Bytes, double Loads) card, CountedDraw draw) =>
        new (double Rate, string By)[]
        {
            (card.Doubles / Doubles(draw), "doubles"),
            (card.Integers / (draw.Work.Uniforms * Philox4x32.StandardRounds * RoundInstructions), "whole numbers"),
            (card.Loads / Loads(draw), "loads and stores"), (card.Bytes / Bytes(draw, GatheredBytes), "memory"),
        }.MinBy(b => b.Rate);

    // The mean number of corrections that draws of a plan take.
    private static unsafe double Corrections(SamplePlan plan)
    {
        var (flows, sample, sum) = (plan.Flows, new FlowSample(plan), 0);
        var (n, m) = (flows.Count, flows.Related.Length);
        var (matrix, memory) = (new LaneMemory(n * n), new LaneMemory(MixedSolver<ScalarLane>.Memory(n, m)));
        for (var draw = 0; draw < Counted; draw++)
        {
            var table = sample.Table(draw);
            for (var e = 0; e < n * n; e++) matrix.Values[e] = (e % (n + 1) == 0 ? 1 : 0) - table.Flows[e] / table.Output[e % n];
            sum += MixedSolver<ScalarLane>.Refine(matrix.Start, n, n, m, FlowPrecision.MostResidual(n), memory.Start);
        }

        GC.KeepAlive(matrix);
        GC.KeepAlive(memory);
        return (double)sum / Counted;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
