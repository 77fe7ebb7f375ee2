using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using IIKernel.Kernels;
using IIKernel.Uncertainty;

namespace IIKernel.Bench;

/// <summary>
/// Hours in one process: a large sample of the nation's figures, then whole runs of the command line, one after the other, with varied
/// studies, seeds, levels, sizes, threads and backends. What stays of memory, open files and threads must not grow, and the same run must
/// write the same figures wherever it was drawn.
/// </summary>
internal static class Soak
{
    private const int Parts = 10;
    private const int Fewest = 200;
    private const int FewestRounds = 5;

    // What may come and go: pools of memory and of threads, and libraries that are loaded when they are first needed.
    private const long MemoryLeeway = 16L << 20;
    private const int FileLeeway = 8;
    private const int ThreadLeeway = 4;

    private static readonly string Demo = Path.Combine("src", "IIKernel", "Data", "demo");
    private static readonly int Threads = Environment.ProcessorCount;

    /// <summary>Prints a table and one line of verdict; returns 1 where something grew or differed.</summary>
    /// <param name="minutes">How long the runs go on.</param>
    /// <param name="draws">Draws of the large sample.</param>
    /// <param name="backends">Where the runs draw, in turn at random.</param>
    public static int Print(double minutes, long draws, string[] backends)
    {
        if (!Directory.Exists(Demo)) throw new DirectoryNotFoundException($"{Demo}: start this in the repository's root.");
        var faults = new List<string>();
        Sample(draws, faults);
        var rounds = Repeat(TimeSpan.FromMinutes(minutes), backends, faults);
        Console.WriteLine(faults.Count == 0
            ? Text($"soak passed: {draws:N0} draws and {rounds:N0} runs; memory, open files and threads do not grow, figures repeat")
            : $"soak FAILED: {string.Join("; ", faults)}");
        return faults.Count == 0 ? 0 : 1;
    }

    // The memory of a pass over all draws is that of its first tenth.
    private static void Sample(long draws, List<string> faults)
    {
        var study = Demonstration.Study;
        var compiled = new CompiledStudy(study);
        int[] nation = [.. compiled.Keys.Where(k => k.Scope == "nation").Select(k => k.Output)];
        var sampling = study.Sampling with { Draws = draws };
        using var program = compiled.Load(BackendCatalog.Processor(Threads), sampling, UncertaintySources.All);
        Console.WriteLine(Text($"{nation.Length} figures of the nation, {draws:N0} draws, {Threads} threads"));
        Console.WriteLine("  seconds     pass  first MiB  resident MiB  open files  threads");
        var clock = Stopwatch.StartNew();
        var watch = new Watch(clock);
        var statistics = program.Describe(CoverageRanks.For(draws, sampling.Level), nation, Threads, watch);
        foreach (var growth in watch.Growth) faults.Add(growth);
        var first = statistics[0];
        Console.WriteLine(Text($"{clock.Elapsed.TotalSeconds:0} s; the first figure: {first.Mean:R}, {first.Lower:R} to {first.Upper:R}"));
    }

    private static int Repeat(TimeSpan duration, string[] backends, List<string> faults)
    {
        var folder = Directory.CreateTempSubdirectory("iikernel-soak-").FullName;
        var random = new Random(1);
        var figures = new Dictionary<string, string>();
        var states = new List<State>();

        Console.WriteLine($"whole runs on {string.Join(", ", backends)}");
        Console.WriteLine("  seconds     runs  resident MiB  open files  threads");
        var clock = Stopwatch.StartNew();
        try
        {
            for (var printed = 0; clock.Elapsed < duration && faults.Count == 0;)
            {
                Round();
                states.Add(State.Now());
                if (clock.Elapsed < duration * printed / Parts) continue;
                Console.WriteLine(Text($"{clock.Elapsed.TotalSeconds,9:0}{states.Count,9}{states[^1]}"));
                printed++;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        // The first quarter meets every kind of run and compiles it.
        var quarter = states.Count / 4;
        if (quarter < FewestRounds) faults.Add(Text($"{states.Count} runs are too few to tell whether anything grows"));
        else faults.AddRange(State.Growth(states[quarter..(2 * quarter)], states[^quarter..]));
        return states.Count;

        void Round()
        {
            var (study, most) = random.GetItems<(string, int)>(
                [("study.json", 20_000), ("study-coefficients.json", 50_000), ("study-flows.json", 2000)], 1)[0];
            var backend = random.GetItems(backends, 1)[0];
            var draws = backend is SimdBackend.Name ? random.GetItems([Fewest, most / 10, most], 1)[0] : Fewest;
            string[] what =
            [
                Path.Combine(Demo, study), "--draws", $"{draws}", "--seed", $"{random.Next(2)}",
                "--level", random.GetItems(["0.9", "0.95"], 1)[0],
            ];
            var output = Path.Combine(folder, $"{random.Next(3)}");
            Run("run", [.. what, "--force", "--backend", backend, "--threads", $"{1 + random.Next(Threads)}",
                "--formats", "xlsx,parquet,md,tex", "--out", output]);
            Run("verify", [output]);
            if (faults.Count > 0) return;
            var key = string.Join(' ', what);
            var hash = string.Concat(((string[])["estimates.csv", "sources.csv"])
                .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(output, file))))));
            if (!figures.TryAdd(key, hash) && figures[key] != hash) faults.Add($"{key} on {backend}: other figures than before");
        }

        void Run(string verb, string[] arguments)
        {
            var code = Cli.Program.Main([verb, "--quiet", .. arguments]);
            if (code != 0) faults.Add($"{verb} {string.Join(' ', arguments)}: code {code}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // What a process holds once nothing is left to collect.
    private readonly record struct State(long Memory, int Files, int Threads)
    {
        public static State Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            var files = Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;
            return new(Environment.WorkingSet, files, process.Threads.Count);
        }

        // The least of the memory, since pools fill and empty; the most of what is counted.
        public static IEnumerable<string> Growth(List<State> before, List<State> after)
        {
            static long Least(List<State> states) => states.Min(s => s.Memory);
            var (memory, later) = (Least(before), Least(after));
            if (later > memory + MemoryLeeway) yield return Text($"resident memory grew from {MiB(memory):0} to {MiB(later):0} MiB");
            var (files, more) = (before.Max(s => s.Files), after.Max(s => s.Files));
            if (more > files + FileLeeway) yield return Text($"open files grew from {files} to {more}");
            var (threads, others) = (before.Max(s => s.Threads), after.Max(s => s.Threads));
            if (others > threads + ThreadLeeway) yield return Text($"threads grew from {threads} to {others}");
        }

        public override string ToString() => Text($"{MiB(Memory),14:0}{Files,12}{Threads,9}");

        public static double MiB(long bytes) => bytes / (double)(1 << 20);
    }

    // Looks at the process at every tenth of every pass.
    private sealed class Watch(Stopwatch clock) : IProgress<double>
    {
        private readonly Lock _gate = new();
        private readonly List<State> _pass = [];
        private int _passes;
        private double _last = double.PositiveInfinity;

        public List<string> Growth { get; } = [];

        public void Report(double value)
        {
            lock (_gate)
            {
                // Threads of a pass tell their shares in any order.
                if (value < _last - 0.5)
                {
                    _passes++;
                    _pass.Clear();
                    _last = 0;
                }

                if (value < _pass.Count / (double)Parts) return;
                _last = value;
                _pass.Add(State.Now());
                if (_pass.Count <= Parts) return;
                Growth.AddRange(State.Growth(_pass[1..4], _pass[^3..]));
                Console.WriteLine(Text($"{clock.Elapsed.TotalSeconds,9:0}{_passes,9}{State.MiB(_pass[0].Memory),11:0}{_pass[^1]}"));
            }
        }
    }
}
