using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>How a figure is spread.</summary>
/// <param name="Key">Which figure.</param>
/// <param name="Density">Its draws in bins.</param>
public sealed record DensityEstimate(EstimateKey Key, SampleDensity Density);

/// <summary>What is asked of a study's draws beside a description of every figure. Nothing costs a pass unless it is asked for.</summary>
public sealed record SampleRequest
{
    /// <summary>The figures whose densities are wanted.</summary>
    public IReadOnlyList<EstimateKey> Densities { get; init; } = [];

    /// <summary>Bins of a density, at least 1 where any is wanted.</summary>
    public int DensityBins { get; init; }

    /// <summary>Differences and ratios.</summary>
    public IReadOnlyList<DerivedFigure> Derived { get; init; } = [];

    /// <summary>Figures that are ranked among each other, or counted together; see <see cref="JointEstimates.Totals"/>.</summary>
    public IReadOnlyList<IReadOnlyList<EstimateKey>> Groups { get; init; } = [];

    /// <summary>Whether the groups are ranked.</summary>
    public bool Ranks { get; init; }

    /// <summary>What is counted in the groups: how many lie above each of these, ascending.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [];

    /// <summary>Answers it.</summary>
    /// <param name="program">The study.</param>
    /// <param name="sampling">Draws and level.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the current pass over the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public SampleReply Answer(
        StudyProgram program, SamplingOptions sampling, int threads, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(sampling);
        var draws = sampling.Draws;
        var ranks = CoverageRanks.For(draws, sampling.Level);
        int[] spread = [.. Densities.Select(k => k.Output)];
        var work = new IndependentWork();
        var densities = work.Do(() => spread.Length == 0 ? []
            : SampleDensity.Collect(program.Program, draws, spread, DensityBins, progress, cancellation));
        var derived = work.Do(() => Derived.Count == 0 ? []
            : program.Describe(ranks, [.. Derived.Select(d => d.Output)], threads, progress, cancellation));
        var joint = work.Do(() => Groups.Count == 0 || (!Ranks && Thresholds.Count == 0) ? []
            : JointEstimates.Of(program.Program, draws, Groups, Ranks, Thresholds, threads, progress, cancellation));
        work.End();
        return new(
            [.. Densities.Zip(densities!, (key, density) => new DensityEstimate(key, density))],
            [.. Derived.Zip(derived!, (figure, d) => new DerivedEstimate(
                figure, d.Statistics, d.Greater, UncertaintyRun.Flags(figure.Flags, d.Statistics, ranks)))],
            joint!);
    }
}

/// <summary>The answers, in the order of what was asked.</summary>
/// <param name="Densities">One entry for each density.</param>
/// <param name="Derived">One entry for each difference or ratio.</param>
/// <param name="Joint">One entry for each group of figures.</param>
public sealed record SampleReply(
    IReadOnlyList<DensityEstimate> Densities, IReadOnlyList<DerivedEstimate> Derived, IReadOnlyList<JointEstimate> Joint);
