using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>
/// How long each stage of a draw would take if one thread did nothing but its most expensive kind of work, at the rate that this
/// machine reaches with that alone; and how long it takes. Rates and stages are measured in turn, and the best of each is taken.
/// </summary>
internal static class Floors
{
    private const int Rounds = 40;
    private const int StatisticsRounds = 6;
    private const int ProductsPerUniform = 2 * Philox4x32.StandardRounds;

    // A value that is set aside is written, read once more, and adds one to a count of four bytes.
    private const int BytesSetAside = 2 * sizeof(double) + 2 * sizeof(uint);

    // More than the second cache holds.
    private static readonly double[] Memory = new double[1 << 20];

    public static void Print()
    {
        if (Vector512Operations.IsSupported) Print<QuadLane<Vector512<double>, Vector512Operations>, PairWord<Word512>>();
        else Print<QuadLane<Vector<double>, VectorOperations>, PairWord<VectorWord>>();
    }

    private static void Print<TLane, TWord>()
        where TLane : unmanaged, IHostLane<TLane>
        where TWord : unmanaged, IWord<TWord>
    {
        (string Name, Func<long> Run)[] peaks =
        [
            ("sums and products", Peaks<TLane, TWord>.Sums), ("divisions", Peaks<TLane, TWord>.Divisions),
            ("square roots", Peaks<TLane, TWord>.SquareRoots), ("selections", Peaks<TLane, TWord>.Selections),
            ("32-bit products", Peaks<TLane, TWord>.Products), ("intervals", Peaks<TLane, TWord>.Intervals), ("bytes", Bytes),
        ];
        (string Name, StageBenchmarks Stage)[] stages =
        [
            ("uniforms", new UniformBenchmarks()), ("marginals with uniforms", new MarginalBenchmarks()),
            ("Leontief", new LeontiefBenchmarks()),
            ("years, regions", new YearOutputBenchmarks()), ("sectors", new SectorBenchmarks()),
        ];
        var rates = new double[peaks.Length];
        double[] times = [.. stages.Select(_ => double.PositiveInfinity)];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < peaks.Length; i++) rates[i] = Math.Max(rates[i], 1 / Timing.Nanoseconds(peaks[i].Run));
            for (var i = 0; i < stages.Length; i++) times[i] = Math.Min(times[i], Timing.Nanoseconds(stages[i].Stage.RunSimd));
        }

        var statistics = new StatisticsBenchmarks();
        statistics.SetUp();
        var (draws, only, first, last) = (double.PositiveInfinity, double.PositiveInfinity,
            double.PositiveInfinity, double.PositiveInfinity);
        for (var round = 0; round < StatisticsRounds; round++)
        {
            draws = Math.Min(draws, Timing.Nanoseconds(() => statistics.TwoColumns(), StatisticsBenchmarks.Draws));
            only = Math.Min(only, Timing.Nanoseconds(() => statistics.OnlyPass(), StatisticsBenchmarks.Draws));
            first = Math.Min(first, Timing.Nanoseconds(() => statistics.FirstPass(), StatisticsBenchmarks.Draws));
            last = Math.Min(last, Timing.Nanoseconds(() => statistics.LastPass(), StatisticsBenchmarks.Draws));
        }

        Console.WriteLine("| one thread, nothing but | a nanosecond |");
        Console.WriteLine("|---|---:|");
        for (var i = 0; i < peaks.Length; i++) Line($"| {peaks[i].Name} | {rates[i]:F2} |");
        Console.WriteLine();
        Console.WriteLine("| stage | work a draw | floor | by | measured | reached |");
        Console.WriteLine("|---|---|---:|---|---:|---:|");
        for (var i = 0; i < stages.Length; i++)
        {
            var work = stages[i].Stage.CountWork();
            Stage(stages[i].Name,
                [work.Sums, work.Divisions, work.SquareRoots, work.Selections, work.Uniforms * ProductsPerUniform, 0, 0], times[i]);
        }

        // A value's deviation is taken, added and squared, and it is looked for in as many intervals as go together.
        var (sums, intervals) = (3.0 * statistics.Columns, (double)CoarseInterval.Together * statistics.Columns);
        Stage("statistics, only pass", [sums, 0, 0, 0, 0, intervals, statistics.Cached() * BytesSetAside], only - draws);
        Stage("statistics, first pass", [sums, 0, 0, 0, 0, intervals, statistics.Binned() * BytesSetAside], first - draws);
        Stage("statistics, last pass", [0, 0, 0, 0, 0, intervals, statistics.Kept() * sizeof(double)], last - draws);

        void Stage(string name, double[] work, double time)
        {
            double[] floors = [.. work.Zip(rates, (w, rate) => w / rate)];
            var most = Array.IndexOf(floors, floors.Max());
            var parts = work.Zip(peaks, (w, peak) => (w, peak.Name)).Where(p => p.w > 0)
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.w:N0} {p.Name}"));
            var doing = string.Join(", ", parts);
            Line($"| {name} | {doing} | {floors[most]:F0} ns | {peaks[most].Name} | {time:F0} ns | {floors[most] / time:P0} |");
        }
    }

    private static long Bytes()
    {
        var half = Memory.Length / 2;
        Memory.AsSpan(0, half).CopyTo(Memory.AsSpan(half));
        return Memory.Length * sizeof(double);
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
