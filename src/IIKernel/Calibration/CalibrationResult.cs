using IIKernel.Studies;
using MathNet.Numerics;

namespace IIKernel.Calibration;

/// <summary>A coefficient after calibration.</summary>
/// <param name="Code">Code of its sector.</param>
/// <param name="Name">Name of its sector.</param>
/// <param name="Prior">S_k before: the study's point value.</param>
/// <param name="PriorSd">Standard deviation of what was believed of it, before its bounds.</param>
/// <param name="Value">S_k found.</param>
/// <param name="PosteriorSd">
/// Standard deviation given the targets, of a normal distribution within the bounds: by linearisation about the solution, and for a value
/// that a bound holds by how steeply the density falls from there.
/// </param>
/// <param name="Determined">
/// Share of the prior's variance within the bounds that the targets take away: 1 where they determine S_k, 0 where only the prior does.
/// </param>
/// <param name="AtBound">Whether the value lies at 0 or 1.</param>
public sealed record CalibratedCoefficient(
    string Code, string Name, double Prior, double PriorSd, double Value, double PosteriorSd, double Determined, bool AtBound);

/// <summary>A target and how it is met.</summary>
/// <param name="Figure">The published figure.</param>
/// <param name="Sd">Standard deviation that its weight rests on, in the study's unit.</param>
/// <param name="Before">The figure with the study's own point values.</param>
/// <param name="After">The figure with the values found.</param>
public sealed record FittedTarget(PublishedFigure Figure, double Sd, double Before, double After)
{
    /// <summary>Distance of the fit from the published figure in standard deviations.</summary>
    public double Residual => (After - Figure.Value) / Sd;

    /// <summary>Distance of the fit from the published figure, percent of the latter; NaN where that is 0.</summary>
    public double DistancePercent => Figure.Value == 0 ? double.NaN : 100 * (After / Figure.Value - 1);
}

/// <summary>A sum of squared residuals, each in standard deviations.</summary>
/// <param name="Value">χ².</param>
/// <param name="DegreesOfFreedom">What it would be on average; 0 or less where it says nothing.</param>
public sealed record ChiSquare(double Value, int DegreesOfFreedom)
{
    /// <summary>
    /// The probability of a larger one, were the model linear and every standard deviation right; NaN where it says nothing. Where a bound
    /// holds coefficients it is approximate.
    /// </summary>
    public double Probability => DegreesOfFreedom > 0
#pragma warning disable RS0030 // Reaches what is printed, and no plan.
        ? SpecialFunctions.GammaUpperRegularized(DegreesOfFreedom / 2.0, Value / 2)
#pragma warning restore RS0030
        : double.NaN;
}

/// <summary>A multiplier T_t that was free.</summary>
/// <param name="Year">The year.</param>
/// <param name="GrowthAccounting">T_t of the study's growth accounting.</param>
/// <param name="Value">T_t found.</param>
public sealed record FittedMultiplier(int Year, double GrowthAccounting, double Value);

/// <summary>
/// A combination of coefficients, each in units of its prior standard deviation, that the targets see as one.
/// </summary>
/// <param name="SingularValue">
/// Singular value of the targets' Jacobian, in prior over target standard deviations: above 1 the targets say more about the
/// combination than the prior, far below 1 the prior alone decides.
/// </param>
/// <param name="Weights">The combination: a unit vector over the coefficients, then the free multipliers.</param>
public sealed record IdentifiedCombination(double SingularValue, IReadOnlyList<double> Weights);

/// <summary>What a calibration found.</summary>
public sealed record CalibrationResult
{
    /// <summary>The coefficients in the order of the study.</summary>
    public required IReadOnlyList<CalibratedCoefficient> Coefficients { get; init; }

    /// <summary>The targets in the order given.</summary>
    public required IReadOnlyList<FittedTarget> Targets { get; init; }

    /// <summary>The free multipliers by year.</summary>
    public required IReadOnlyList<FittedMultiplier> Multipliers { get; init; }

    /// <summary>All combinations, best determined first; as many as there are unknowns that no bound holds.</summary>
    public required IReadOnlyList<IdentifiedCombination> Combinations { get; init; }

    /// <summary>
    /// Whether targets and prior agree: Σ of their squared residuals at the fit. The prior is as good as one observation of each
    /// coefficient, so there are as many degrees of freedom as targets, less free multipliers.
    /// </summary>
    public required ChiSquare Agreement { get; init; }

    /// <summary>The targets' share of <see cref="Agreement"/>.</summary>
    public required double TargetsCost { get; init; }

    /// <summary>Whether the targets agree with each other, whatever the prior: the least Σ of their squared residuals.</summary>
    public required ChiSquare TargetsAlone { get; init; }

    /// <summary>Accepted steps of the method.</summary>
    public required int Steps { get; init; }

    /// <summary>How many combinations the targets say more about than the prior.</summary>
    public int Identified => Combinations.Count(c => c.SingularValue > 1);
}
