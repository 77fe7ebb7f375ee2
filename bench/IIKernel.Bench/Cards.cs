using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>
/// How many drawn tables a second a graphics card could do if its units for doubles, for whole numbers, for single precision or its memory
/// did nothing else, with the factor in double precision and in single:
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
    // bandwidth of the memory. NVIDIA A100 (40 GB, SXM), H100 (SXM), H200 data sheets; Ada Lovelace whitepaper for the RTX 4090.
    private static readonly (string Name, double Doubles, double Integers, double Bytes)[] Known =
    [
        ("A100", 9.7e12 / 2, 19.5e12 / 4, 1.555e12), ("H100", 34e12 / 2, 67e12 / 4, 3.35e12), ("H200", 34e12 / 2, 67e12 / 4, 4.8e12),
        ("RTX 4090", 1.29e12 / 2, 82.6e12 / 4, 1.008e12),
    ];

    public static void Print()
    {
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
