using IIKernel.Kernels.Search;
using IIKernel.Studies;

namespace IIKernel.Comparison;

/// <summary>How a published figure lies to the study's.</summary>
public enum Verdict
{
    /// <summary>The point value rounds to the published figure.</summary>
    Met,

    /// <summary>The published figure lies inside the interval, its rounding allowed for.</summary>
    Inside,

    /// <summary>The study's interval lies below the published figure.</summary>
    Below,

    /// <summary>The study's interval lies above the published figure.</summary>
    Above,

    /// <summary>The draws give no interval: there are too few, or the figure is undefined in some.</summary>
    Undecided,

    /// <summary>The study does not compute the figure: its year is not reported.</summary>
    NotComputed,
}

/// <summary>A published figure beside the study's. Amounts in the study's unit; NaN where the study computes none.</summary>
/// <param name="Published">The published figure.</param>
/// <param name="Name">Name of its category, group or region; empty for the nation.</param>
/// <param name="Allocation">
/// How a region's figure was shared out where the study can do it in two ways: "gdp" by GDP and industry group, "own" by
/// the weights of the set; else empty.
/// </param>
/// <param name="Point">The figure with every input at its point value.</param>
/// <param name="Statistics">What the draws say; all NaN where the study computes none.</param>
/// <param name="DistancePercent">
/// Point value against the published figure, percent of the latter, NaN where that is 0; of growth and shares, which are percentages, their
/// difference.
/// </param>
/// <param name="Percentile">
/// Percentage of the draws that lie below the published figure; those equal to it count half. NaN where some are undefined.
/// </param>
/// <param name="Verdict">How the two lie to each other.</param>
public sealed record ComparedFigure(
    PublishedFigure Published, string Name, string Allocation, double Point, OutputStatistics Statistics,
    double DistancePercent, double Percentile, Verdict Verdict);
