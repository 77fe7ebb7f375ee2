using System.Diagnostics;
using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Journal;
using IIKernel.Kernels.Search;
using IIKernel.Reports.Files;
using IIKernel.Uncertainty;

namespace IIKernel.Bench;

/// <summary>What keeping the state of a run costs: the same draws with and without it, in turn.</summary>
internal static class Checkpoints
{
    private const int Rounds = 3;

    public static void Print(long draws, double seconds)
    {
        var path = Path.GetTempFileName();
        try
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{draws:N0} draws, all figures, saved every {seconds} s"));
            Console.WriteLine("plain s   kept s   kept/plain   saves   saving s   state MB");
            for (var round = 0; round < Rounds; round++)
            {
                var (saves, size, saving) = (0, 0L, new Stopwatch());
                var plain = Seconds(new SimdBackend(Environment.ProcessorCount), draws);
                var journal = new WorkJournal
                {
                    Store = new(),
                    Draws = draws,
                    Interval = TimeSpan.FromSeconds(seconds),
                    Threads = Environment.ProcessorCount,
                    Save = store =>
                    {
                        saving.Start();
                        WorkFile.Write(path, Header, store);
                        saving.Stop();
                        saves++;
                        size = Math.Max(size, new FileInfo(path).Length);
                    },
                };
                var kept = Seconds(new JournaledBackend(new SimdBackend(Environment.ProcessorCount), journal), draws);
                var spent = saving.Elapsed.TotalSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{plain,7:F1}   {kept,6:F1}   {kept / plain,10:F3}   {saves,5}   {spent,8:F2}   {size / 1e6,8:F1}"));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static WorkHeader Header { get; } =
        new() { Verb = "bench", Arguments = [], Asked = new Dictionary<string, string>(), Study = "", Inputs = [] };

    private static double Seconds(IBackend backend, long draws)
    {
        using var program = backend.Load(Demonstration.Plan);
        var point = program.EvaluatePoint();
        return Timing.Nanoseconds(
            () => SampleStatistics.Collect(
                program, CoverageRanks.For(draws, 0.95), Demonstration.AllOutputs, point, Environment.ProcessorCount), 1) / 1e9;
    }
}
