using IIKernel.Studies;

namespace IIKernel.Calibration;

/// <summary>A published figure by its name.</summary>
/// <param name="Scope">Its scope.</param>
/// <param name="Entity">Its code; empty for the nation.</param>
/// <param name="Component">Its part.</param>
/// <param name="Year">Its year.</param>
public sealed record TargetName(string Scope, string Entity, Component Component, int Year) : Phrase
{
    /// <summary>The name of a figure.</summary>
    public static TargetName Of(PublishedFigure figure) => new(figure.Scope, figure.Code, figure.Component, figure.Year);
}

/// <summary>No coefficients bring the model near a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Value">Its value.</param>
/// <param name="Nearest">The model's nearest.</param>
public sealed record TargetOutOfReachWarning(TargetName Target, double Value, double Nearest) : Warning;

/// <summary>Targets that no coefficients can meet together.</summary>
/// <param name="ChiSquare">χ² of the targets alone.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <param name="PValue">Its probability.</param>
/// <param name="Missed">The targets that the fit misses.</param>
public sealed record TargetsContradictWarning(double ChiSquare, int Degrees, double PValue, IReadOnlyList<TargetName> Missed) : Warning;

/// <summary>A total that is not the sum of its parts.</summary>
public sealed record TargetPartsContradictWarning(TargetName Target, double Value, double Direct, double Indirect, double Sum) : Warning
{
    /// <inheritdoc/>
    public override string Code => TemplateOf(typeof(TargetsContradictWarning));
}

/// <summary>Targets that ask for other coefficients than the prior believes.</summary>
public sealed record TargetsAgainstPriorWarning(double ChiSquare, int Degrees, double PValue) : Warning;

/// <summary>The chains have not met.</summary>
/// <param name="Reduction">The potential scale reduction; NaN where a chain has not moved.</param>
/// <param name="Most">The largest that can be trusted.</param>
public sealed record PosteriorNotMixedWarning(double Reduction, double Most) : Warning;

/// <summary>The draws hang together too much.</summary>
/// <param name="Effective">Independent draws that say as much; NaN where a chain has not moved.</param>
/// <param name="Least">The fewest that a mean and an interval should rest on.</param>
public sealed record FewEffectiveDrawsWarning(double Effective, double Least) : Warning;
