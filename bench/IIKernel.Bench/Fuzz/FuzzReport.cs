using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IIKernel.Bench.Fuzz;

/// <summary>Runs the readers on inputs that are nearly right, as many as are asked for, and says what became of them.</summary>
public static class FuzzReport
{
    /// <summary>Runs <c>fuzz [--executions N] [--seed N] [--threads N]</c> and prints; 1 where an execution crashed.</summary>
    public static int Print(string[] arguments)
    {
        var (executions, seed, threads) = (1_000_000L, 1UL, Environment.ProcessorCount);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--executions": executions = long.Parse(value, CultureInfo.InvariantCulture); break;
                case "--seed": seed = ulong.Parse(value, CultureInfo.InvariantCulture); break;
                case "--threads": threads = int.Parse(value, CultureInfo.InvariantCulture); break;
                default: throw new ArgumentException($"{arguments[i]}: expected --executions, --seed or --threads.");
            }
        }

        var (targets, clock) = (FuzzTargets.All, Stopwatch.StartNew());
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var fuzzer = new Fuzzer(targets, seed);
        fuzzer.Run(executions, TimeSpan.MaxValue, threads);
        var (taken, work) = (clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
        var done = fuzzer.Tallies.Sum(t => t.Executions);
        Say($"{DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.FrameworkDescription}, {threads} threads, seed {seed}.");
        Say($"");
        Say($"{done:N0} executions in {taken:N0} s, {done / taken:N0} a second; {done / work:N0} a second of processor time.");
        Say($"{fuzzer.Crashes.Count} crashes.");
        Say($"");
        Say($"| reader | executions | read | refused | kinds of faults | mean µs | slowest ms (execution) | most MiB (execution) |");
        Say($"|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (target, t) in targets.Zip(fuzzer.Tallies))
        {
            var (refused, mean) = (t.Faults.Values.Sum(), t.Time.TotalMicroseconds / Math.Max(1, t.Executions));
            var (slowest, largest) = (t.Slowest.Time.TotalMilliseconds, t.Largest.Allocated / (double)(1 << 20));
            var counts = FormattableString.Invariant($"{t.Executions:N0} | {t.Read:N0} | {refused:N0} | {t.Faults.Count:N0} | {mean:N0}");
            Say($"| {target.Name} | {counts} | {slowest:N0} ({t.Slowest.Execution}) | {largest:N1} ({t.Largest.Execution}) |");
        }

        foreach (var crash in fuzzer.Crashes)
        {
            Say($"");
            Say($"crash: {crash.Target}, execution {crash.Execution}: {crash.Why}");
        }

        fuzzer.Save("fuzz-crashes");
        return fuzzer.Crashes.Count == 0 ? 0 : 1;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
