using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>How much of a figure's variance an input or a group of them brings.</summary>
/// <param name="Input">The input or group.</param>
/// <param name="First">First-order index: what it brings alone.</param>
/// <param name="Total">Total-order index: what it takes part in.</param>
public sealed record DriverIndices(SensitivityInput Input, IndexEstimate First, IndexEstimate Total);

/// <summary>
/// What moves one figure, looked at with few draws, beside a run; <see cref="SensitivityAnalysis"/> takes more and tells more. Errors of a
/// table's flows are held at their points.
/// </summary>
/// <param name="Figure">The figure.</param>
/// <param name="Swings">How far each input quantity alone moves it, the widest first.</param>
/// <param name="Indices">Groups of inputs, then inputs one by one, the largest total-order index first; none of a constant.</param>
/// <param name="Draws">Draws of each of the samples that the indices are told from; 0 where they are exact.</param>
public sealed record FigureDrivers(
    EstimateKey Figure, IReadOnlyList<InputSwing> Swings, IReadOnlyList<DriverIndices> Indices, int Draws)
{
    /// <summary>Draws of each sample: an index is told to some hundredths.</summary>
    public const int UsualDraws = 1 << 12;

    /// <summary>Looks at a figure; null where nothing is uncertain but flows.</summary>
    /// <param name="study">The study.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="sources">The sources of uncertainty.</param>
    /// <param name="sampling">Seed and level.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static FigureDrivers? Of(CompiledStudy study, EstimateKey figure, UncertaintySources sources, SamplingOptions sampling,
        IBackend backend, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(sampling);
        sources &= SensitivityAnalysis.Sources;
        var quantities = study.Inputs(sources);
        if (quantities.Count == 0) return null;
        // Pseudorandom, as the run is: code for another sequence would take longer to compile than these draws.
        var plan = study.Plan(sampling.Seed, sources) with { Sequence = SequencePlan.Philox };
        var inputs = SensitivityInputs.Of(plan, quantities);
        var sampler = new FigureSampler(backend, plan, [figure.Output], cancellation);
        var sampled = new SampledIndices(sampler, UsualDraws, new(SensitivityOptions.Replicates, sampling.Level));
        var single = new InputScreen(inputs, sampler, sampled).Inputs;
        var response = new InputResponse(plan, [figure.Output]);
        var swings = single.SelectMany(i => i.Members).Distinct().Order()
            .Select(i => InputSwings.Of(response, plan.Marginals, i, inputs.Quantities[i], sampling.Level)[0])
            .OrderByDescending(s => s.Greatest - s.Least);
        var exact = ExactIndices.Apply(plan) ? new ExactIndices(plan).Of(figure.Output) : null;
        var isSpread = exact is null ? sampled.Variance(0) > 0 : exact.Variance > 0;
        return new(figure, [.. swings], isSpread ? [.. Sorted(inputs.Groups), .. Sorted(single)] : [], exact is null ? UsualDraws : 0);

        IEnumerable<DriverIndices> Sorted(IReadOnlyList<SensitivityInput> of) => of.Select(Index).OrderByDescending(i => i.Total.Value);

        DriverIndices Index(SensitivityInput input)
        {
            if (exact is not null)
            {
                int[] coefficients = [.. input.Members.Where(i => i < plan.RelatedCount)];
                return new(input, IndexEstimate.Exact(exact.First(coefficients)), IndexEstimate.Exact(exact.Total(coefficients)));
            }

            sampled.Add(input);
            return new(input, sampled.First(0, input), sampled.Total(0, input));
        }
    }
}
