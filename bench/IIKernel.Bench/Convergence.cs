using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;

namespace IIKernel.Bench;

/// <summary>
/// How fast the error of a mean falls with the number of draws: the standard deviation, over independent randomisations of each sequence,
/// of the mean of the nation's total in the base year of the demonstration, relative to the spread of a draw; and what a draw costs.
/// </summary>
internal static class Convergence
{
    private const int Randomisations = 32;
    private const int FewestBits = 6;
    private const int MostBits = 16;

    public static void Print()
    {
        (string Name, int Kind)[] sequences =
            [("philox", SequenceKind.Philox), ("latin hypercube", SequenceKind.LatinHypercube), ("sobol", SequenceKind.Sobol)];
        var plan = Demonstration.Plan;
        var output = plan.Outputs.Index(0, plan.Outputs.Nation, OutputMap.Total);
        var errors = new double[sequences.Length, MostBits + 1];
        var nanoseconds = new double[sequences.Length];
        Console.WriteLine($"error of the mean, in standard deviations of a draw, over {Randomisations} randomisations");
        Console.WriteLine($"   draws{string.Concat(sequences.Select(s => s.Name.PadLeft(18)))}");
        var values = new double[1 << MostBits];
        for (var bits = FewestBits; bits <= MostBits; bits += 2)
        {
            var draws = 1 << bits;
            for (var s = 0; s < sequences.Length; s++)
            {
                var means = new double[Randomisations];
                var deviation = 0.0;
                for (var r = 0; r < Randomisations; r++)
                {
                    // Pseudorandom draws have no replicates: another seed is another sample.
                    var own = plan with
                    {
                        Seed = plan.Seed + (sequences[s].Kind == SequenceKind.Philox ? (ulong)r : 0),
                        Sequence = new() { Kind = sequences[s].Kind, FirstReplicate = r, Points = draws },
                    };
                    using var program = new SimdBackend(1).Load(own);
                    nanoseconds[s] = Timing.Nanoseconds(
                        () =>
                        {
                            program.Evaluate(0, draws, [output], values);
                            return draws;
                        });
                    means[r] = values[..draws].Average();
                    deviation = Deviation(values[..draws]);
                }

                errors[s, bits] = Deviation(means) / deviation;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{draws,8:N0}")
                + Row(sequences.Select((_, s) => errors[s, bits]), "0.0e+0"));
        }

        var powers = sequences.Select((_, s) => Math.Log2(errors[s, MostBits] / errors[s, FewestBits]) / (MostBits - FewestBits));
        Console.WriteLine("   power" + Row(powers, "0.00"));
        Console.WriteLine(" ns/draw" + Row(nanoseconds, "0"));
    }

    private static string Row(IEnumerable<double> values, string format) =>
        string.Concat(values.Select(v => v.ToString(format, CultureInfo.InvariantCulture).PadLeft(18)));

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
