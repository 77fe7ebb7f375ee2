using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>How an entity's figures are made of the categories' value added in the base year, in which they are linear.</summary>
/// <param name="study">The study.</param>
/// <param name="plan">A plan of it.</param>
internal sealed class FigureWeights(Study study, SamplePlan plan)
{
    private readonly CategoryWeights _weights = new(study);

    /// <summary>
    /// The weights of the C categories' base-year value added in an entity's figure: (10) times the factor of (9).
    /// </summary>
    /// <param name="entity">One of <see cref="EntityList.Of"/>.</param>
    /// <param name="year">Index into <see cref="Study.Years"/>.</param>
    /// <param name="part">Direct or indirect.</param>
    public double[] Of(Entity entity, int year, Component part)
    {
        var scale = part == Component.Direct ? plan.DirectScale : plan.IndirectScale;
        return [.. _weights.Of(entity, year, part).Select((w, c) => w * scale[year * plan.CategoryCount + c])];
    }
}
