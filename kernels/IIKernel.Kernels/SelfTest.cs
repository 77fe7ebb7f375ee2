using System.Diagnostics;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels;

/// <summary>Whether a backend computes what the reference computes, and how fast.</summary>
/// <param name="Finding">What differs; null where nothing does.</param>
/// <param name="DrawsPerSecond">Draws per second with the statistics of a first pass; 0 where something differs.</param>
public sealed record SelfTestResult(string? Finding, double DrawsPerSecond);

/// <summary>
/// Tries a backend on a plan before it is trusted: the point, some draws and a pass over more of them, each bit
/// compared with the reference; then passes for as long as the caller has patience, for the speed.
/// </summary>
public static class SelfTest
{
    private const int Draws = 256;
    private const int PassDraws = 1000;
    private const int Bins = 64;
    private const int MostOutputs = 4096;
    private const int LargestTimedPass = 1 << 28;

    /// <summary>Tests <paramref name="backend"/>.</summary>
    /// <param name="backend">Any backend.</param>
    /// <param name="plan">A plan with every kind of input that matters.</param>
    /// <param name="patience">How long the timing may take; it ends with the first pass that takes half as long.</param>
    /// <exception cref="DeviceException">The device cannot be opened.</exception>
    public static SelfTestResult Run(IBackend backend, SamplePlan plan, TimeSpan patience)
    {
        using var program = backend.Load(plan);
        if (Compare(program, plan) is { } finding) return new(finding, 0);
        var speed = Speed(program, [.. Written(plan)], patience);
        return Loss(program) is { } loss ? new(loss, 0) : new(null, speed);
    }

    /// <summary>
    /// What a program computes differently from the reference, in words, or that it lost its device; null where nothing differs.
    /// </summary>
    /// <param name="program">A program of any backend.</param>
    /// <param name="plan">Its plan.</param>
    public static string? Compare(IProgram program, SamplePlan plan)
    {
        using var reference = new ReferenceBackend().Load(plan);
        int[] outputs = [.. Written(plan)];

        // A plan of a million outputs is tested by some of them, so that the test stays short.
        var stride = (outputs.Length + MostOutputs - 1) / MostOutputs;
        var finding = Compare(program, reference, [.. outputs.Where((_, i) => i % stride == 0)]);
        return finding ?? Loss(program);
    }

    /// <summary>That a program lost its device or gave it up, in words; null where it did not.</summary>
    internal static string? Loss(IProgram program) =>
        program.Notes.FirstOrDefault(n => n.Code is ProgramNote.DeviceLost or ProgramNote.DeviceWrong) is { } lost
            ? $"{lost.Device} failed ({lost.Cause})" : null;

    /// <summary>Whether two values are the same bits, or both no number.</summary>
    internal static bool Same(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    /// <summary>The outputs that a draw writes: the first year has no growth.</summary>
    internal static IEnumerable<int> Written(SamplePlan plan)
    {
        var map = plan.Outputs;
        var unwritten = Enumerable.Range(0, map.Entities).Select(e => map.Index(0, e, OutputMap.Growth)).ToHashSet();
        return Enumerable.Range(0, map.Count).Where(o => !unwritten.Contains(o));
    }

    private static string? Compare(IProgram program, IProgram reference, int[] outputs)
    {
        var (expected, actual) = (reference.EvaluatePoint(), program.EvaluatePoint());
        if (outputs.FirstOrDefault(o => !Same(expected[o], actual[o]), -1) is >= 0 and var point)
            return FormattableString.Invariant($"output {point} at the point inputs is {actual[point]:R}, not {expected[point]:R}");

        var (values, others) = (new double[outputs.Length * Draws], new double[outputs.Length * Draws]);
        reference.Evaluate(0, Draws, outputs, values);
        program.Evaluate(0, Draws, outputs, others);
        for (var i = 0; i < values.Length; i++)
        {
            if (!Same(values[i], others[i]))
                return FormattableString.Invariant($"output {outputs[i / Draws]} of draw {i % Draws} is {others[i]:R}, not {values[i]:R}");
        }

        var pass = FirstPass(reference, outputs, PassDraws);
        var (wanted, found) = (reference.Accumulate(pass).Columns, program.Accumulate(pass).Columns);
        for (var s = 0; s < outputs.Length; s++)
        {
            var (w, f) = (wanted[s], found[s]);
            var what = !Same(w.Segments, f.Segments) ? "sums"
                : (w.Undefined, w.Infinite) != (f.Undefined, f.Infinite) ? "values that are no numbers"
                : !w.Gaps.AsSpan().SequenceEqual(f.Gaps) ? "counts" : !w.Bins.AsSpan().SequenceEqual(f.Bins) ? "counts of bins"
                : !w.Smallest.AsSpan().SequenceEqual(f.Smallest) || !w.Largest.AsSpan().SequenceEqual(f.Largest) ? "ends" : null;
            if (what is not null) return $"the {what} of output {outputs[s]} over {PassDraws} draws differ";
        }

        return null;
    }

    private static double Speed(IProgram program, int[] outputs, TimeSpan patience)
    {
        var pass = FirstPass(program, outputs, PassDraws);
        for (var draws = PassDraws; ; draws *= 4)
        {
            var clock = Stopwatch.StartNew();
            program.Accumulate(pass with { Draws = draws });
            if (clock.Elapsed * 2 > patience || draws > LargestTimedPass) return draws / clock.Elapsed.TotalSeconds;
        }
    }

    // Windows over the tails and the middle, as a search for quantiles would set them.
    private static AccumulationPass FirstPass(IProgram program, int[] outputs, int draws)
    {
        var column = new double[outputs.Length * Draws];
        program.Evaluate(0, Draws, outputs, column);
        var windows = new Window[outputs.Length][];
        var centres = new double[outputs.Length];
        for (var s = 0; s < outputs.Length; s++)
        {
            double[] sorted = [.. column.AsSpan(s * Draws, Draws).ToArray().Where(double.IsFinite).Order().DefaultIfEmpty(0)];
            double At(double p) => sorted[(int)(p * (sorted.Length - 1))];
            centres[s] = At(0.5);
            windows[s] = At(0.05) < At(0.45) && At(0.45) < At(0.55) && At(0.55) < At(0.95)
                ? [
                    new(double.MinValue, At(0.05), At(0), At(0.05)), new(At(0.45), At(0.55)),
                    new(At(0.95), double.PositiveInfinity, At(0.95), At(1)),
                ]
                : [new(double.MinValue, double.PositiveInfinity, At(0), At(1))];
        }

        return new() { Draws = draws, Columns = outputs, Centres = centres, Windows = windows, CountsGaps = true, Bins = Bins };
    }

    private static bool Same(SegmentSums[] a, SegmentSums[] b) =>
        a.Length == b.Length && a.Zip(b).All(p => Same(p.First.Sum, p.Second.Sum) && Same(p.First.SumOfSquares, p.Second.SumOfSquares));
}
