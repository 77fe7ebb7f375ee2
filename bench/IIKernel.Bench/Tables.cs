using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using IIKernel.Kernels;
using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Bench;

/// <summary>
/// Whole draws of a table with errors in every flow: that of the demonstration, 149 sectors, and invented ones of 402 and 1,302. On one
/// thread, and what of a draw its two large parts take alone: the errors (a uniform variate, a normal quantile and an exponential for each
/// flow) and the factorisation. The shortest of many short stretches, so that other work on the machine counts little.
/// </summary>
internal static class Tables
{
    // Draws of a stretch: a lane of the widest registers.
    private const int Stretch = 32;

    // Draws that a thread takes at a time.
    private const int Together = 64;

    // How often rates are measured: the best counts.
    private const int Rounds = 40;

    public static void Print()
    {
        Console.WriteLine("   n   draws/s, 1 thread   2 threads   us a draw   errors us   share   factorisation us   share"
            + "    floor us   reached    floor us   reached   peak MB");
        foreach (var (plan, stretches) in Plans().Zip([400, 60, 8])) Print(plan, stretches);
    }

    /// <summary>The demonstration's table and the invented ones.</summary>
    public static SamplePlan[] Plans()
    {
        var study = StudyReader.Read(EmbeddedStudyFiles.FlowDemonstration);
        var plan = new CompiledStudy(study).Plan(study.Sampling.Seed);
        return [plan, Invented(plan, 402), Invented(plan, 1302)];
    }

    private static void Print(SamplePlan plan, int stretches)
    {
        var n = plan.Flows.Count;
        using var one = new SimdBackend(1).Load(plan);
        using var two = new SimdBackend(2).Load(plan);
        var values = new double[2 * Together];
        int[] output = [plan.Outputs.Index(0, plan.Outputs.Nation, OutputMap.Total)];
        var (alone, together) = (double.MaxValue, double.MaxValue);
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            alone = Math.Min(alone, Nanoseconds(() => one.Evaluate(stretch * Stretch, Stretch, output, values), Stretch));
            if (stretch % 4 == 0)
                together = Math.Min(together, Nanoseconds(() => two.Evaluate(0, 2 * Together, output, values), 2 * Together));
        }

        var (errors, factors) = Vector512Operations.IsSupported
            ? Parts<QuadLane<Vector512<double>, Vector512Operations>>(plan.Flows, stretches)
            : Parts<QuadLane<Vector<double>, VectorOperations>>(plan.Flows, stretches);
        var (ofErrors, ofFactors) = Vector512Operations.IsSupported
            ? Floors<QuadLane<Vector512<double>, Vector512Operations>, PairWord<Word512>>(n)
            : Floors<QuadLane<Vector<double>, VectorOperations>, PairWord<VectorWord>>(n);

        string Column(double value, string format, int width) => value.ToString(format, CultureInfo.InvariantCulture).PadLeft(width);
        Console.WriteLine(Column(n, "0", 4) + Column(1e9 / alone, "0", 20) + Column(1e9 / together, "0", 12)
            + Column(alone / 1e3, "0.0", 12) + Column(errors / 1e3, "0.0", 12) + Column(100 * errors / alone, "0", 6) + " %"
            + Column(factors / 1e3, "0.0", 18) + Column(100 * factors / alone, "0", 6) + " %"
            + Column(ofErrors / 1e3, "0.0", 12) + Column(100 * ofErrors / errors, "0", 8) + " %"
            + Column(ofFactors / 1e3, "0.0", 12) + Column(100 * ofFactors / factors, "0", 8) + " %"
            + Column(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "0", 10));
    }

    /// <summary>The work of the error of a flow, but for its uniform variate, which no number changes.</summary>
    public static Work ErrorWork()
    {
        CountingLane.Counted = default;
        _ = FlowFactor.Of(CountingLane.Broadcast(0.3), CountingLane.Broadcast(0.2));
        return CountingLane.Counted;
    }

    // What one thread needs if it does nothing but the dearest kind of operation of the errors, counted from their text, and nothing but
    // the n³/3 fused multiply–adds of the factorisation, at the rates that this machine reaches with that alone.
    private static (double Errors, double Factors) Floors<TLane, TWord>(int n)
        where TLane : unmanaged, IHostLane<TLane>
        where TWord : unmanaged, IWord<TWord>
    {
        double Shortest(Func<long> peak) => Enumerable.Range(0, Rounds).Min(_ => Timing.Nanoseconds(peak));
        var sums = Shortest(Peaks<TLane, TWord>.Sums);
        var work = ErrorWork();
        double[] errors =
        [
            work.Sums * sums, work.Divisions * Shortest(Peaks<TLane, TWord>.Divisions),
            work.SquareRoots * Shortest(Peaks<TLane, TWord>.SquareRoots), work.Selections * Shortest(Peaks<TLane, TWord>.Selections),
            2 * Philox4x32.StandardRounds * Shortest(Peaks<TLane, TWord>.Products),
        ];
        return ((double)n * n * errors.Max(), Math.Pow(n, 3) / 3 * sums);
    }

    private static unsafe (double Errors, double Factors) Parts<TLane>(FlowPlan plan, int stretches)
        where TLane : unmanaged, IHostLane<TLane>
    {
        var (n, stride) = (plan.Count, TLane.Stride(plan.Count));
        var matrix = new LaneMemory(n * stride + Elimination.Rows * stride + FlowPlan.Alignment);
        var reciprocals = new LaneMemory(n);
        var keys = new ulong[plan.Stride];
        for (var j = 0; j < n; j++) keys[j] = (uint)plan.ColumnKeys[j];
        matrix.Values.Clear();
        var (errors, factors) = (double.MaxValue, double.MaxValue);
        for (var t = 0; t < stretches; t++)
        {
            errors = Math.Min(errors, Nanoseconds(() => Draw<TLane>(plan, keys, (ulong)t, matrix.Start, stride)));
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    matrix.Start[i * stride + j] = (i == j ? 1 : 0) - plan.Flows[i * plan.Stride + j] / plan.Output[j];
            factors = Math.Min(factors, Nanoseconds(() => TLane.Factorise(matrix.Start, n, reciprocals.Start)));
        }

        GC.KeepAlive(matrix);
        GC.KeepAlive(reciprocals);
        return (errors, factors);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Draw<TLane>(FlowPlan plan, ulong[] keys, ulong draw, double* matrix, int stride)
        where TLane : unmanaged, IHostLane<TLane>
    {
        for (var i = 0; i < plan.Count; i++)
        {
            var bits = new FlowBits(1, draw, (uint)plan.RowKeys[i]);
            for (var j = 0; j < stride; j += TLane.Count)
            {
                ref var spread = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(plan.Spreads), i * plan.Stride + j);
                var factor = FlowFactor.Of(TLane.UniformOfKeys(bits, in keys[j]), Unsafe.As<double, TLane>(ref spread));
                *(TLane*)(matrix + i * stride + j) = factor;
            }
        }
    }

    // A table of n sectors whose last ones are the related ones of a study, in the place of its table.
    private static SamplePlan Invented(SamplePlan study, int n)
    {
        var (m, stride, random) = (study.RelatedCount, FlowPlan.StrideOf(n), new Random(n));
        var (flows, spreads, inputs) = (new double[n * stride], new double[n * stride], new double[n]);
        double[] output = [.. Enumerable.Range(0, n).Select(_ => 100 + 900 * random.NextDouble())];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                flows[i * stride + j] = 1.2 * random.NextDouble() * output[j] / n;
                spreads[i * stride + j] = 0.2;
                inputs[j] += flows[i * stride + j];
            }
        }

        var (rows, columns) = CounterLayout.FlowKeys([.. Enumerable.Range(0, n).Select(i => $"{i}")]);
        return study with
        {
            SectorCount = n,
            SectorRelated = [.. Enumerable.Range(0, n).Select(i => i < n - m ? -1 : i - n + m)],
            Induction = study.Induction with { Sector = new double[n * m] },
            Flows = new()
            {
                Sectors = [.. Enumerable.Range(0, n)],
                Related = [.. Enumerable.Range(0, m)],
                Flows = flows,
                Spreads = spreads,
                RowKeys = [.. rows.Select(k => unchecked((int)k))],
                ColumnKeys = [.. columns.Select(k => unchecked((int)k))],
                Fixed = FixedAccount.Output,
                Output = output,
                ValueAdded = [.. output.Select((x, j) => x - inputs[j])],
                OtherInputs = new double[n],
                MostInputs = output,
                SectorCategory = [.. Enumerable.Range(0, n).Select(i => i % study.CategoryCount)],
                CategoryValueAdded = [.. Enumerable.Range(0, study.CategoryCount).Select(c =>
                    output.Select((x, j) => j % study.CategoryCount == c ? x - inputs[j] : 0).Sum())],
            },
        };
    }

    private static double Nanoseconds(Action action, int draws = 1) => Timing.Nanoseconds(() =>
    {
        action();
        return draws;
    });
}
