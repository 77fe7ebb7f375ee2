using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Lanes;

/// <summary>A lane of the processor: beyond formulas it adds up and sorts out values, in memory of the host.</summary>
public interface IHostLane<TSelf> : ILane<TSelf>
    where TSelf : unmanaged, IHostLane<TSelf>
{
    /// <summary>
    /// Adds the deviations of the values from <paramref name="centre"/>, and their squares, to the running sums of a
    /// block in the shape of <see cref="BlockSums"/>. With the last draws of the block the running sums go to the
    /// totals and start anew.
    /// </summary>
    /// <param name="value">The values of adjacent draws.</param>
    /// <param name="centre">A value near the sample's mean.</param>
    /// <param name="position">Position of the first draw in its block.</param>
    /// <param name="running">The running sums, then those of the squares: 2 · <see cref="BlockSums.Remainders"/> numbers.</param>
    /// <param name="totals">The sum over blocks, then that of the squares.</param>
    static abstract void AddDeviations(TSelf value, double centre, int position, ref double running, ref double totals);

    /// <summary>Copies the values that lie in neither of two gaps, in the order of the draws.</summary>
    /// <param name="value">The values of adjacent draws; NaN is in no gap.</param>
    /// <param name="edges">Low and high end of the first gap, then of the second; a gap is half-open.</param>
    /// <param name="destination">Room for the values and as many again.</param>
    /// <param name="inFirst">How many lie in the first gap is added to this.</param>
    /// <returns>How many were copied.</returns>
    static abstract int KeepOutside(TSelf value, ref double edges, ref double destination, ref long inFirst);

    /// <summary>Copies the values that lie in any of some intervals, in the order of the draws.</summary>
    /// <param name="value">The values of adjacent draws.</param>
    /// <param name="edges">Low and high end of each interval, which is half-open.</param>
    /// <param name="intervals">Number of intervals, at least 1.</param>
    /// <param name="destination">Room for the values and as many again.</param>
    /// <returns>How many were copied.</returns>
    static abstract int KeepInside(TSelf value, ref double edges, int intervals, ref double destination);
}
