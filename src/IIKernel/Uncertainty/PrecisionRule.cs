using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Search;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>
/// How precisely draws tell a figure: half the width of the 95 % interval of the Monte Carlo error of its mean and of each end of its
/// coverage interval, as a share of the absolute value of its mean.
/// </summary>
/// <param name="Key">Which figure.</param>
/// <param name="Mean">That of the mean.</param>
/// <param name="Lower">That of the lower end.</param>
/// <param name="Upper">That of the upper end.</param>
public sealed record FigurePrecision(EstimateKey Key, double Mean, double Lower, double Upper)
{
    /// <summary>Half the width of a two-sided 95 % interval of a normal distribution, in standard errors.</summary>
    public const double CoverageFactor = 1.959963984540054;

    /// <summary>The largest of the three; NaN where one is unknown.</summary>
    public double Worst => Math.Max(Mean, Math.Max(Lower, Upper));

    /// <summary>The precision of a described figure.</summary>
    public static FigurePrecision Of(EstimateKey key, OutputStatistics statistics)
    {
        var scale = CoverageFactor / Math.Abs(statistics.Mean);
        return new(key, scale * statistics.MeanError, scale * statistics.LowerError, scale * statistics.UpperError);
    }
}

/// <summary>
/// The number of draws for a wanted precision, by a rule of two stages (C. Stein, "A two-sample test for a linear hypothesis whose power
/// is independent of the variance", Ann. Math. Statist. 16 (1945) 243–258): a pilot tells the standard errors, which fall with the root of
/// the number of draws, and so the number; then that many are drawn, the pilot's among them. A rule that looks again after every few
/// draws, as JCGM 101:2008, 7.9 does, tends to end in a run of draws that happens to look precise, at another number from seed to seed.
/// </summary>
/// <param name="Tolerance">The wanted precision of every figure: at least its <see cref="FigurePrecision.Worst"/>.</param>
/// <param name="PilotDraws">Number of draws of the pilot.</param>
/// <param name="Draws">Number of draws that it takes, at least those of the pilot; the largest number where none does.</param>
/// <param name="Pilot">The precision of each figure after the pilot.</param>
public sealed record PrecisionRule(double Tolerance, long PilotDraws, long Draws, IReadOnlyList<FigurePrecision> Pilot)
{
    /// <summary>Draws of a pilot: a number that every sequence has.</summary>
    public const long UsualPilot = 1 << 14;

    // The spacing of order statistics that tells the error of an interval's end rests, after such a pilot, on some eighty draws, and is
    // itself known to a tenth: so many more draws than it says.
    private const double Margin = 1.2;

    /// <summary>Draws a pilot and says how many draws a precision takes.</summary>
    /// <param name="study">The study.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="sampling">Seed, level and sequence.</param>
    /// <param name="sources">The sources of uncertainty that are drawn.</param>
    /// <param name="figures">The figures, at least one.</param>
    /// <param name="tolerance">The wanted precision, above 0.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="cancellation">Ends the pilot with an <see cref="OperationCanceledException"/>.</param>
    public static PrecisionRule Of(
        CompiledStudy study, Kernels.IBackend backend, SamplingOptions sampling, UncertaintySources sources,
        IReadOnlyList<EstimateKey> figures, double tolerance, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(figures);
        var pilot = sampling with { Draws = UsualPilot };
        using var program = study.Load(backend, pilot, sources);
        var statistics = program.Describe(
            CoverageRanks.For(pilot.Draws, pilot.Level), [.. figures.Select(k => k.Output)], threads, null, cancellation);
        FigurePrecision[] found = [.. figures.Zip(statistics, FigurePrecision.Of)];
        return new(tolerance, pilot.Draws, Needed(sampling, found.Select(p => p.Worst), tolerance), found);
    }

    /// <summary>The number of draws that takes the precision of a pilot to a wanted one.</summary>
    /// <param name="sampling">The sequence.</param>
    /// <param name="found">The precision of each figure after <see cref="UsualPilot"/> draws.</param>
    /// <param name="tolerance">The wanted precision.</param>
    public static long Needed(SamplingOptions sampling, IEnumerable<double> found, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(found);
        const long most = SampleStatistics.MaximumDraws;
        var ratio = found.Max(p => double.IsFinite(p) ? p / tolerance : double.PositiveInfinity);
        if (ratio <= 1) return UsualPilot;
        var needed = UsualPilot * Margin * ratio * ratio;
        if (!(needed < most)) return most;

        // Whole blocks, and a number that the sequence has.
        var draws = ((long)needed / SumBlock.Draws + 1) * SumBlock.Draws;
        var fitting = sampling with { Draws = draws };
        return fitting.Nearest[^1];
    }
}
