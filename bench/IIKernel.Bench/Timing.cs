using System.Diagnostics;

namespace IIKernel.Bench;

/// <summary>One clock for what is measured in turn.</summary>
internal static class Timing
{
    /// <summary>Nanoseconds for each unit of what an action returns that it did.</summary>
    public static double Nanoseconds(Func<long> action)
    {
        var start = Stopwatch.GetTimestamp();
        var work = action();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / work;
    }

    /// <summary>Nanoseconds for each of so many draws of an action.</summary>
    public static double Nanoseconds<T>(Func<T> action, int draws) => Nanoseconds(() =>
    {
        _ = action();
        return draws;
    });
}
