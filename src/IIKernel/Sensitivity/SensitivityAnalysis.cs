using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>What is asked of a sensitivity analysis.</summary>
/// <param name="Draws">N: draws of each of the samples A, B and A_B^(i); <see cref="Replicates"/> times a power of two.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Level">Coverage probability of the figures' intervals and of the indices' own.</param>
public sealed record SensitivityOptions(int Draws, ulong Seed, double Level)
{
    /// <summary>R, the number of independent replicates that N draws consist of.</summary>
    public const int Replicates = 16;

    /// <summary>The usual N.</summary>
    public const int UsualDraws = 1 << 14;

    /// <summary>The draws by which inputs of large groups, and parts of the groups, are screened.</summary>
    public const int ScreeningDraws = 64;

    /// <summary>The total-order index, by these draws and in any figure, from which on such an input gets rows of its own.</summary>
    public const double LeastShare = 0.005;

    /// <summary>Whether second-order indices are wanted.</summary>
    public bool SecondOrder { get; init; }

    /// <summary>A wanted width of the figures' intervals, as a share of their points; null for none.</summary>
    public double? Width { get; init; }
}

/// <summary>The swing of a figure by one input alone.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Swing">How far the input moves it.</param>
public sealed record FigureSwing(EstimateKey Figure, InputSwing Swing);

/// <summary>What a sensitivity analysis found.</summary>
/// <param name="Study">The study.</param>
/// <param name="Options">What was asked.</param>
/// <param name="Sequence">The sequence of the draws, one of <see cref="SequenceKind"/>.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Inputs">Every uncertain input.</param>
/// <param name="Screened">How many single figures' errors were looked at by few draws, and how many of them got rows of their own.</param>
/// <param name="Rows">Every number: figure by figure, groups before single inputs, the largest first.</param>
/// <param name="Swings">Swings, figure by figure, the widest first.</param>
public sealed record SensitivityResult(
    Study Study, SensitivityOptions Options, int Sequence, IReadOnlyList<EstimateKey> Figures, SensitivityInputs Inputs,
    (int Looked, int Kept) Screened, IReadOnlyList<SensitivityRow> Rows, IReadOnlyList<FigureSwing> Swings);

/// <summary>Says what brings the spread of figures.</summary>
public static class SensitivityAnalysis
{
    /// <summary>
    /// The sources of inputs that are looked at one by one. The flows of a table, tens of thousands with errors of their own, are looked at
    /// together alone.
    /// </summary>
    internal const UncertaintySources Sources = UncertaintySources.All & ~UncertaintySources.Flows;

    /// <summary>Analyses some figures of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="progress">Takes the finished share of the work, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The backend misses the point estimate.</exception>
    /// <exception cref="StudyException">The table of a draw has no solution, so that there are no figures to compare.</exception>
    public static SensitivityResult Execute(
        CompiledStudy study, IReadOnlyList<EstimateKey> figures, SensitivityOptions options, IBackend backend,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(backend);
        var plan = WithReplicates(study.Plan(options.Seed, UncertaintySources.All));
        using (var program = new StudyProgram(study, backend, plan)) cancellation.ThrowIfCancellationRequested();
        var inputs = SensitivityInputs.Of(plan, study.Inputs(Sources));
        int[] outputs = [.. figures.Select(f => f.Output)];
        var sampler = new FigureSampler(backend, plan, outputs, cancellation);
        var work = new SensitivityWork(study, figures, options, sampler, inputs, progress, cancellation);
        return work.Execute();
    }

    /// <summary>A plan on Sobol' points in replicates, for two samples; on Philox where it has too many inputs for them.</summary>
    internal static SamplePlan WithReplicates(SamplePlan plan) => plan with
    {
        Sequence = 2 * SequencePlan.DimensionsOf(plan.Marginals) > DirectionNumbers.Dimensions ? SequencePlan.Philox
            : new() { Kind = SequenceKind.Sobol, Replicates = SensitivityOptions.Replicates },
    };
}
