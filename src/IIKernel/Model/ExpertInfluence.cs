using IIKernel.Experts;
using IIKernel.Studies;

namespace IIKernel.Model;

/// <summary>What the results become when one expert is left out; the others keep equal weights.</summary>
/// <param name="Expert">Index of the expert in the panel.</param>
/// <param name="Coefficients">S_k without the expert; K values, NaN where the expert alone judges the sector.</param>
/// <param name="BaseYear">National total of the base year without the expert, in the study's unit; NaN where a coefficient is.</param>
/// <param name="LastYear">National total of the last year without the expert, likewise.</param>
public sealed record ExpertInfluence(int Expert, double[] Coefficients, double BaseYear, double LastYear)
{
    /// <summary>The influence of each expert of a study's panel, in the panel's order.</summary>
    /// <param name="study">A study whose coefficients come from a panel.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The study has no panel.</exception>
    public static IReadOnlyList<ExpertInfluence> Of(Study study, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var panel = study.Panel ?? throw new ArgumentException("The coefficients of the study come from no panel.", nameof(study));
        var evaluation = new PanelEvaluation(panel);
        return [.. Enumerable.Range(0, panel.Experts.Count).Select(expert => Of(study, expert, evaluation.Without(expert), cancellation))];
    }

    private static ExpertInfluence Of(Study study, int expert, double[] coefficients, CancellationToken cancellation)
    {
        if (Array.Exists(coefficients, double.IsNaN)) return new(expert, coefficients, double.NaN, double.NaN);
        var point = PointModel.Estimate(study with
        {
            Coefficients = [.. study.Coefficients.Select((c, k) => c with { Point = coefficients[k] })],
        }, cancellation);
        // Entity 0 is the nation.
        return new(expert, coefficients, point.Total(0, 0), point.Total(study.Years.Count - 1, 0));
    }
}
