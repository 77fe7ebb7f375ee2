using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Search;

/// <summary>The parts of a sample that are counted one after the other, and how finely.</summary>
internal static class SampleParts
{
    /// <summary>Draws of the pilot.</summary>
    public const int PilotDraws = 1024;

    /// <summary>
    /// So many bins or more tell the length of an interval from both sides closely enough; fewer only as they are likely to be filled.
    /// </summary>
    public const int FineBins = 512;

    // A part of the sample is so many times as large as the one before: it costs that much less than what it narrows. A small sample's
    // needs to be narrowed more, and where what the windows hold is cached, no part is drawn twice. The last part is a good part of
    // the sample then, so that less is cached in the end, and of a large sample there is one more.
    private const int Growth = 16;
    private const int SmallGrowth = 4;
    private const long Large = 1 << 18;

    // From so many draws on more than can be kept would lie in the bins of wanted ranks, were they no finer.
    private const long Huge = 1 << 24;

    /// <summary>
    /// Bins per window while a part of the sample is counted. The whole of a large sample does with fewer where they are counted draw by
    /// draw, so that they stay in cache: its windows are narrow, and neighbouring ranks differ less in the length of their intervals. A
    /// huge one needs fine bins, since all that those of wanted ranks hold is kept, and its windows are so narrow that few values are
    /// binned.
    /// </summary>
    /// <param name="part">Draws of the part.</param>
    /// <param name="draws">Draws of the sample.</param>
    /// <param name="caches">See <see cref="Of"/>.</param>
    public static int Bins(long part, long draws, bool caches) =>
        part < draws ? 256 : caches || draws is < Large or >= Huge ? FineBins : 128;

    /// <summary>About which share of the values the windows of the whole sample will hold, where the parts before it are cached.</summary>
    /// <param name="draws">Draws of the sample.</param>
    /// <param name="levels">Number of levels: each has two tails, and all the middle in common.</param>
    public static double LastShare(long draws, int levels = 1) => 20 / Math.Sqrt(draws) * (2 * levels + 1) / 3;

    /// <summary>
    /// Sizes of the parts that are counted one after the other, the first draws each; the last is the whole sample.
    /// </summary>
    /// <param name="draws">Draws of the sample.</param>
    /// <param name="caches">
    /// Whether what their windows hold is cached: then they are whole segments of its <see cref="SampleSegments"/>, so that the next part
    /// can go on from there.
    /// </param>
    public static long[] Of(long draws, bool caches)
    {
        var segment = caches ? new SampleSegments(draws).DrawsEach : 1;
        var growth = caches || draws < Large ? SmallGrowth : Growth;
        var parts = new List<long> { draws };
        if (caches && draws >= Large) parts.Insert(0, draws * 2 / 3 / segment * segment);
        for (var part = draws / (!caches ? growth : draws < Large ? 2 : 3); part >= Math.Max(4 * PilotDraws, segment); part /= growth)
            parts.Insert(0, part / segment * segment);
        return [.. parts];
    }
}
