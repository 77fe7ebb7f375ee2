using System.Globalization;
using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>
/// How many drawn tables a second a graphics card could do if its units for doubles, for whole numbers or its memory did nothing else:
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
        Console.WriteLine("| n | card | millions of double instructions a draw | of these errors | MB a draw | draws/s at most | by |");
        Console.WriteLine("|---:|---|---:|---:|---:|---:|---|");
        foreach (var n in new[] { 149.0, 402, 1302 })
        {
            // Errors; scaling and sums; n³/3 products of the elimination; one back substitution.
            var (errors, rest) = (n * n * (doubles + 1), n * n * 2.5 + n * n * n / 3);
            var bytes = sizeof(double) * (2 * n * n * 3 + 2 * n * n * n / 3 / PanelColumns);
            foreach (var card in Known)
            {
                (double Rate, string By)[] bounds =
                [
                    (card.Doubles / (errors + rest), "doubles"), (card.Integers / (n * n * integers), "whole numbers"),
                    (card.Bytes / bytes, "memory"),
                ];
                var least = bounds.MinBy(b => b.Rate);
                var (all, share) = ((errors + rest) / 1e6, errors / (errors + rest));
                Line($"| {n} | {card.Name} | {all:F2} | {share:P0} | {bytes / 1e6:F2} | {least.Rate:N0} | {least.By} |");
            }
        }
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
