namespace IIKernel.Kernels.Plan;

/// <summary>What is known of the outputs of draws before any is drawn, for who describes them.</summary>
/// <param name="Aliases">What each output is a fixed multiple of, by its index.</param>
/// <param name="YearOutputs">
/// Outputs with neighbouring indices that are drawn as a whole, those of a year: they are never divided among passes.
/// </param>
/// <param name="UncertainInputs">Number of input quantities that are drawn: how dear a draw is.</param>
public sealed record OutputLayout(IReadOnlyList<OutputAlias> Aliases, int YearOutputs, int UncertainInputs)
{
    /// <summary>The layout of a plan's outputs.</summary>
    public static OutputLayout Of(SamplePlan plan) => new(
        plan.Aliases, plan.Outputs.Index(1, 0, 0),
        plan.Marginals.Kinds.Count(kind => kind != MarginalKind.Constant) + plan.Flows.Count * plan.Flows.Count);

    /// <summary>Number of outputs that must be drawn for all of them to be known.</summary>
    public int ColumnCount => Aliases.Where(a => a.Column >= 0).DistinctBy(a => a.Column).Count();
}
