using IIKernel.Claims;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Sensitivity;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports.Pages;

/// <summary>Figures at a level that charts show within the interval of a run.</summary>
/// <param name="Level">The level.</param>
/// <param name="Statistics">What the draws say, by output; only of figures that charts show.</param>
public sealed record InnerLevel(double Level, IReadOnlyDictionary<int, OutputStatistics> Statistics);

/// <summary>What a report asks of the draws beside a run's figures.</summary>
/// <param name="Inner">Further levels, the widest first.</param>
/// <param name="Ranks">Ranks of the regions' totals of <see cref="RunReport.KnownYear"/>, set by set; may be empty.</param>
/// <param name="Claims">The study's claims; null where it makes none.</param>
/// <param name="Drivers">What moves the nation's total of that year; null where nothing is uncertain but flows.</param>
/// <param name="Plan">The plan that was drawn, whose arrays the page moves the coefficients in.</param>
public sealed record ReportAnswers(
    IReadOnlyList<InnerLevel> Inner, IReadOnlyList<JointEstimate> Ranks, ClaimSummary? Claims, FigureDrivers? Drivers, SamplePlan Plan);

/// <summary>
/// What a report shows: all of it follows from the study, the sampling options and the versions, nothing from clock or machine.
/// </summary>
/// <param name="Summary">The run.</param>
/// <param name="Answers">What was asked of its draws beside.</param>
public sealed record ReportContent(UncertaintySummary Summary, ReportAnswers Answers)
{
    /// <summary>
    /// Most draws that inner levels, ranks and claims are told from: enough for a probability within 0.8 percent, and so few that a page
    /// takes little of a run's time, however many that draws.
    /// </summary>
    public const long MostCountedDraws = 1 << 14;

    private static readonly double[] InnerLevels = [0.8, 0.5];

    /// <summary>Further levels, the widest first.</summary>
    public IReadOnlyList<InnerLevel> Inner => Answers.Inner;

    /// <summary>Ranks of the regions' totals, set by set.</summary>
    public IReadOnlyList<JointEstimate> Ranks => Answers.Ranks;

    /// <summary>The study's claims; null where it makes none.</summary>
    public ClaimSummary? Claims => Answers.Claims;

    /// <summary>What moves the nation's total; null where nothing is uncertain but flows.</summary>
    public FigureDrivers? Drivers => Answers.Drivers;

    /// <summary>The plan that was drawn.</summary>
    public SamplePlan Plan => Answers.Plan;

    /// <summary>Asks the draws of a run what a report shows beside it.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="program">Its plan on the backend that drew.</param>
    /// <param name="summary">The run.</param>
    /// <param name="threads">Threads for statistics and ranks.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static ReportContent Of(
        CompiledStudy compiled, StudyProgram program, UncertaintySummary summary, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(summary, Ask(compiled, program, summary.Sampling, summary.Sources, threads, cancellation));
    }

    /// <summary>Asks the draws of a run what a report shows beside it, whether or not they are described yet.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="program">Its plan on the backend that draws.</param>
    /// <param name="sampling">Draws, seed, level.</param>
    /// <param name="sources">The sources of uncertainty that are drawn.</param>
    /// <param name="threads">Threads for statistics and ranks.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static ReportAnswers Ask(
        CompiledStudy compiled, StudyProgram program, SamplingOptions sampling, UncertaintySources sources, int threads,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(sampling);
        var study = compiled.Study;
        var year = RunReport.KnownYear(study);
        int[] outputs = [.. compiled.Keys.Where(k => HasInnerLevels(k, year)).Select(k => k.Output)];
        double[] levels = [.. InnerLevels.Where(l => l < sampling.Level)];
        var counted = sampling with { Draws = Math.Min(sampling.Draws, MostCountedDraws) };
        var work = new IndependentWork();
        var described = work.Do(() => levels.Length == 0 ? [] : program.Describe(
            [.. levels.Select(l => CoverageRanks.For(counted.Draws, l))], outputs, threads, cancellation: cancellation));
        var request = new SampleRequest
        {
            Groups = [.. JointEstimates.Totals(compiled, year).Where(g => g[0].Kind == EntityKind.Region)],
            Ranks = true,
        };
        var claims = ClaimReader.Of(study) is { Claims: { Count: > 0 } list }
            ? work.Do(() => ClaimEvaluation.Of(compiled, list, program.Program, counted.Draws, threads, cancellation: cancellation)) : null;
        var total = compiled.Keys.First(k => k is { Kind: EntityKind.Nation, Component: Component.Total, Measure: Measure.Value }
            && k.Year == year);
        var drivers = work.Do(() => FigureDrivers.Of(compiled, total, sources, sampling, program.Backend, cancellation));
        var ranks = work.Do(() => request.Answer(program, counted, threads, cancellation: cancellation).Joint);
        work.End();
        return new(
            [.. levels.Select((level, l) => new InnerLevel(level, outputs.Zip(described![l]).ToDictionary()))], ranks!, claims,
            drivers, program.Program.Plan);
    }

    /// <summary>Whether charts show a figure with inner levels: every other has the interval of the run alone.</summary>
    /// <param name="key">The figure.</param>
    /// <param name="year">See <see cref="RunReport.KnownYear"/>.</param>
    internal static bool HasInnerLevels(EstimateKey key, int year) => key.Kind == EntityKind.Nation
        || (key is { Component: Component.Total, Measure: Measure.Value }
            && (key.Kind == EntityKind.Group || (key.Kind != EntityKind.Sector && key.Year == year)));
}
