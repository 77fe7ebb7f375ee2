using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using IIKernel.Studies;

namespace IIKernel.Bench.Fuzz;

/// <summary>An execution that ended neither in success nor in a fault that a user can read, or took too much.</summary>
/// <param name="Target">The reader.</param>
/// <param name="Execution">Number of the execution, which with the seed gives its input again.</param>
/// <param name="Why">What happened.</param>
/// <param name="Input">The input.</param>
public sealed record FuzzCrash(string Target, long Execution, string Why, byte[] Input);

/// <summary>What became of a target's executions.</summary>
public sealed class FuzzTally
{
    /// <summary>Number of executions.</summary>
    public long Executions { get; set; }

    /// <summary>How many ended in success.</summary>
    public long Read { get; set; }

    /// <summary>Time of all executions on their threads.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>The slowest execution: its time, its number and the size of its input.</summary>
    public (TimeSpan Time, long Execution, int Bytes) Slowest { get; set; }

    /// <summary>Bytes that the execution allocated that allocated the most, its number and the size of its input.</summary>
    public (long Allocated, long Execution, int Bytes) Largest { get; set; }

    /// <summary>The faults by what they expected, numbers aside, each with its count.</summary>
    public Dictionary<string, long> Faults { get; } = new(StringComparer.Ordinal);

    internal void Add(FuzzTally other)
    {
        Executions += other.Executions;
        Read += other.Read;
        Time += other.Time;
        if (other.Slowest.Time > Slowest.Time) Slowest = other.Slowest;
        if (other.Largest.Allocated > Largest.Allocated) Largest = other.Largest;
        foreach (var (kind, count) in other.Faults) Faults[kind] = Faults.GetValueOrDefault(kind) + count;
    }
}

/// <summary>
/// Runs readers on inputs that are nearly right. Execution number i of a seed is the same whatever the threads: its target and its input
/// are made of (seed, i) alone.
/// </summary>
/// <param name="targets">The readers.</param>
/// <param name="seed">The seed.</param>
public sealed partial class Fuzzer(IReadOnlyList<FuzzTarget> targets, ulong seed)
{
    /// <summary>An execution that takes longer, three times in turn, is a crash: other programs may have held up the first.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(3);

    /// <summary>An execution that has not ended by then hangs.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>An execution that allocates more bytes is a crash.</summary>
    public const long MostAllocated = 256L << 20;

    private const int Block = 64;
    private const int MostCrashes = 50;

    private readonly ConcurrentDictionary<string, FuzzCrash> _crashes = new(StringComparer.Ordinal);
    private readonly FuzzTally[] _tallies = [.. targets.Select(_ => new FuzzTally())];
    private long _next;

    /// <summary>The tallies, in the order of the targets.</summary>
    public IReadOnlyList<FuzzTally> Tallies => _tallies;

    /// <summary>The crashes, one of each kind.</summary>
    public IReadOnlyList<FuzzCrash> Crashes => [.. _crashes.Values.OrderBy(c => c.Execution)];

    /// <summary>The input of an execution.</summary>
    public (FuzzTarget Target, byte[] Input) InputOf(long execution)
    {
        var (target, random) = Draw(execution);
        return (targets[target], targets[target].Make(random));
    }

    /// <summary>Runs executions from the first on until there were so many, or until the time is over.</summary>
    public void Run(long executions, TimeSpan time, int threads)
    {
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(_ => new Worker(this, executions, time, clock)).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
    }

    /// <summary>Writes the inputs of the crashes into a folder, each with its seed in its name.</summary>
    public void Save(string folder)
    {
        foreach (var crash in Crashes)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture,
                $"{crash.Target}-{seed}-{crash.Execution}.bin")), crash.Input);
        }
    }

    /// <summary>What becomes of an input: the kind of its fault, empty for success, and what is wrong with how it ended.</summary>
    public static (string Fault, string? Crash) Judge(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Read(input);
            return ("", null);
        }
        catch (StudyException exception)
        {
            return exception.Faults is not [var first, ..] ? ("", "no fault")
                : exception.Faults.FirstOrDefault(f => !IsWorded(f)) is { } bad ? ("", $"a fault without words: {bad}")
                : (Digits().Replace(first.Expected, "#"), null);
        }
        catch (Exception exception)
        {
            var place = new StackTrace(exception).GetFrames().Take(2).Select(f => f.GetMethod())
                .Select(m => $"{m?.DeclaringType?.Name}.{m?.Name}");
            return ("", $"{exception.GetType().Name} in {string.Join(" < ", place)}: {exception.Message}");
        }
    }

    private static bool IsWorded(StudyFault fault) =>
        fault is { File.Length: > 0, Found.Length: > 0, Expected.Length: > 0, Remedy.Length: > 0 } && !fault.ToString().Any(char.IsControl);

    private (int Target, Random Random) Draw(long execution)
    {
        // SplitMix64's finaliser (Steele, Lea and Flood 2014).
        var z = seed + ((ulong)execution + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        var random = new Random((int)z);
        var place = random.Next(targets.Sum(t => t.Share));
        var target = 0;
        while (place >= targets[target].Share) place -= targets[target++].Share;
        return (target, random);
    }

    // What numbers a message holds is no kind of its own, and no more than its beginning.
    [GeneratedRegex(@"[0-9][0-9.,eE+-]*|(?<=^.{60}).+$", RegexOptions.Singleline)]
    private static partial Regex Digits();

    private sealed class Worker
    {
        private readonly Fuzzer _fuzzer;
        private readonly long _executions;
        private readonly TimeSpan _time;
        private readonly Stopwatch _clock;
        private readonly Thread _thread;
        private readonly FuzzTally[] _tallies;
        private (long Execution, TimeSpan Begun) _current = (-1, TimeSpan.Zero);

        public Worker(Fuzzer fuzzer, long executions, TimeSpan time, Stopwatch clock)
        {
            (_fuzzer, _executions, _time, _clock) = (fuzzer, executions, time, clock);
            _tallies = [.. fuzzer._tallies.Select(_ => new FuzzTally())];
            // In the background: one that hangs does not keep the program.
            _thread = new(Work) { IsBackground = true };
        }

        public void Start() => _thread.Start();

        // A thread that hangs is left behind.
        public void Join()
        {
            while (!_thread.Join(TimeSpan.FromSeconds(1)))
            {
                var (execution, begun) = _current;
                if (execution < 0 || _clock.Elapsed - begun < Hang) continue;
                var (target, input) = _fuzzer.InputOf(execution);
                _fuzzer.Note(new(target.Name, execution, $"{target.Name} hangs", input));
                return;
            }

            for (var t = 0; t < _tallies.Length; t++) _fuzzer._tallies[t].Add(_tallies[t]);
        }

        private void Work()
        {
            while (_clock.Elapsed < _time && _fuzzer._crashes.Count < MostCrashes)
            {
                var first = Interlocked.Add(ref _fuzzer._next, Block) - Block;
                if (first >= _executions) return;
                for (var i = first; i < Math.Min(first + Block, _executions); i++) Execute(i);
            }
        }

        private void Execute(long execution)
        {
            var (index, random) = _fuzzer.Draw(execution);
            var (target, tally) = (targets(index), _tallies[index]);
            _current = (execution, _clock.Elapsed);
            var input = target.Make(random);
            var (begun, before) = (_clock.Elapsed, GC.GetAllocatedBytesForCurrentThread());
            var (fault, crash) = Judge(target, input);
            var (taken, allocated) = (_clock.Elapsed - begun, GC.GetAllocatedBytesForCurrentThread() - before);
            if (crash is null && taken > MostTime && IsSlow(target, input)) crash = $"{target.Name} takes {taken.TotalSeconds:0} s";
            if (crash is null && allocated > MostAllocated) crash = $"{target.Name} allocates {allocated >> 20} MiB";
            if (crash is not null) _fuzzer.Note(new(target.Name, execution, crash, input));
            tally.Executions++;
            tally.Time += taken;
            if (taken > tally.Slowest.Time) tally.Slowest = (taken, execution, input.Length);
            if (allocated > tally.Largest.Allocated) tally.Largest = (allocated, execution, input.Length);
            if (fault.Length > 0) tally.Faults[fault] = tally.Faults.GetValueOrDefault(fault) + 1;
            else if (crash is null) tally.Read++;

            FuzzTarget targets(int i) => _fuzzer.TargetAt(i);
        }

        private static bool IsSlow(FuzzTarget target, byte[] input) => Enumerable.Range(0, 2).All(_ =>
        {
            var clock = Stopwatch.StartNew();
            Judge(target, input);
            return clock.Elapsed > MostTime;
        });
    }

    private FuzzTarget TargetAt(int index) => targets[index];

    private void Note(FuzzCrash crash) => _crashes.TryAdd(Digits().Replace(crash.Why, "#"), crash);
}
