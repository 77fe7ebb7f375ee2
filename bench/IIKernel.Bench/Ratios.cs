using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Uncertainty;

namespace IIKernel.Bench;

/// <summary>
/// What is compared, measured in turn and in short stretches: where a machine is shared, its speed changes from one benchmark
/// to the next, but less from one stretch to the next.
/// </summary>
internal static class Ratios
{
    private const int Rounds = 6;
    private const int Draws = 1_000_000;
    private const int ReferenceDraws = 40_000;

    public static void Print()
    {
        var plain = new EndToEndBenchmarks();
        using var one = new SimdBackend(1).Load(Demonstration.Plan);
        using var two = new SimdBackend(2).Load(Demonstration.Plan);
        using var reference = new ReferenceBackend().Load(Demonstration.Plan);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ns a draw, all figures with all statistics, {Draws:N0} draws (reference {ReferenceDraws:N0})"));
        Console.WriteLine("plain loop   reference   one thread   two threads   plain/two   reference/one   one/two");
        for (var round = 0; round <= Rounds; round++)
        {
            var a = Timing.Nanoseconds(() => plain.PlainLoop(), EndToEndBenchmarks.PlainDraws);
            var b = Collect(reference, ReferenceDraws, 1);
            var c = Collect(one, Draws, 1);
            var d = Collect(two, Draws, 2);

            // The first round is for the compiler.
            if (round == 0) continue;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{a,10:N0}   {b,9:N0}   {c,10:N0}   {d,11:N0}   {a / d,9:N0}   {b / c,13:F1}   {c / d,7:F2}"));
        }
    }

    private static double Collect(IProgram program, int draws, int threads) => Timing.Nanoseconds(
        () => SampleStatistics.Collect(program, CoverageRanks.For(draws, 0.95), Demonstration.AllOutputs, program.EvaluatePoint(), threads),
        draws);
}
