using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Random;

namespace IIKernel.Bench;

/// <summary>Operations on doubles, each counted once for each draw.</summary>
/// <param name="Sums">Additions, subtractions, multiplications and fused multiply–adds.</param>
/// <param name="Divisions">Divisions.</param>
/// <param name="SquareRoots">Square roots.</param>
/// <param name="Selections">A comparison and a choice.</param>
/// <param name="Uniforms">Uniform variates.</param>
internal readonly record struct Work(double Sums, double Divisions, double SquareRoots, double Selections, double Uniforms)
{
    public static Work operator +(Work a, Work b) => new(
        a.Sums + b.Sums, a.Divisions + b.Divisions, a.SquareRoots + b.SquareRoots, a.Selections + b.Selections, a.Uniforms + b.Uniforms);

    public static Work operator /(Work a, double b) =>
        new(a.Sums / b, a.Divisions / b, a.SquareRoots / b, a.Selections / b, a.Uniforms / b);
}

/// <summary>A <see cref="ScalarLane"/> that counts what it does: the work of a stage, from the stage's own text.</summary>
internal readonly record struct CountingLane(ScalarLane Value) : ILane<CountingLane>
{
    /// <summary>Everything since it was set to nothing.</summary>
    public static Work Counted { get; set; }

    public static int Count => ScalarLane.Count;

    public static CountingLane Broadcast(double value) => new(ScalarLane.Broadcast(value));

    public static CountingLane operator +(CountingLane left, CountingLane right) => Sum(left.Value + right.Value);

    public static CountingLane operator -(CountingLane left, CountingLane right) => Sum(left.Value - right.Value);

    public static CountingLane operator *(CountingLane left, CountingLane right) => Sum(left.Value * right.Value);

    public static CountingLane operator /(CountingLane left, CountingLane right)
    {
        Counted += new Work(0, 1, 0, 0, 0);
        return new(left.Value / right.Value);
    }

    public static CountingLane MultiplyAdd(CountingLane a, CountingLane b, CountingLane c) =>
        Sum(ScalarLane.MultiplyAdd(a.Value, b.Value, c.Value));

    public static CountingLane Sqrt(CountingLane value)
    {
        Counted += new Work(0, 0, 1, 0, 0);
        return new(ScalarLane.Sqrt(value.Value));
    }

    public static CountingLane SelectLess(CountingLane left, CountingLane right, CountingLane ifLess, CountingLane otherwise)
    {
        Counted += new Work(0, 0, 0, 1, 0);
        return new(ScalarLane.SelectLess(left.Value, right.Value, ifLess.Value, otherwise.Value));
    }

    public static CountingLane Uniform<TSource>(TSource source, ulong firstDraw)
        where TSource : struct, IBitSource
    {
        Counted += new Work(0, 0, 0, 0, 1);
        return new(ScalarLane.Uniform(source, firstDraw));
    }

    public static CountingLane Floor(CountingLane value) => new(ScalarLane.Floor(value.Value));

    public static ulong BetweenBits(CountingLane low, CountingLane value, CountingLane high) =>
        ScalarLane.BetweenBits(low.Value, value.Value, high.Value);

    public static CountingLane Exponent(CountingLane value) => new(ScalarLane.Exponent(value.Value));

    public static CountingLane Significand(CountingLane value) => new(ScalarLane.Significand(value.Value));

    public static CountingLane PowerOfTwo(CountingLane n) => new(ScalarLane.PowerOfTwo(n.Value));

    public static CountingLane Gather<TArray>(TArray table, int offset, CountingLane index)
        where TArray : struct, IReadOnlyArray<double> => new(ScalarLane.Gather(table, offset, index.Value));

    private static CountingLane Sum(ScalarLane value)
    {
        Counted += new Work(1, 0, 0, 0, 0);
        return new(value);
    }
}
