using System.Diagnostics;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>A study with what every draw of it shares: its point estimate, its figures and the compiler of its plans.</summary>
public sealed class CompiledStudy
{
    private readonly PlanCompiler _compiler;
    private FigureIndex? _index;

    /// <summary>Estimates the point of <paramref name="study"/> and solves for what all of its plans have in common.</summary>
    /// <param name="study">The study.</param>
    /// <param name="cancellation">Ends the work, that of later plans too, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">The study has no point estimate.</exception>
    public CompiledStudy(Study study, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var clock = Stopwatch.StartNew();
        Study = study;
        Point = PointModel.Estimate(study, cancellation);
        Keys = EstimateCatalog.Of(study, Point);
        _compiler = new(study, Point, cancellation);
        PreparationTime = clock.Elapsed;
    }

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>Its figures with every input at its point value.</summary>
    public PointEstimate Point { get; }

    /// <summary>Its figures in the order of the outputs; see <see cref="EstimateCatalog"/>.</summary>
    public IReadOnlyList<EstimateKey> Keys { get; }

    /// <summary>Wall time that it took to make.</summary>
    public TimeSpan PreparationTime { get; }

    /// <summary>Its figures by their names; built when it is first asked for.</summary>
    public FigureIndex Index => _index ??= new(Keys);

    /// <summary>A plan that draws the study.</summary>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="sources">
    /// The sources of uncertainty to draw, of those that the study names; every other input stays at its point value.
    /// </param>
    public SamplePlan Plan(ulong seed, UncertaintySources sources = UncertaintySources.All) => _compiler.Compile(seed, sources).Plan;

    /// <summary>A plan that draws the study from a sequence.</summary>
    /// <param name="sampling">Seed, sequence, the number of draws that its points are for, and what tables are factorised in.</param>
    /// <param name="sources">
    /// The sources of uncertainty to draw, of those that the study names; every other input stays at its point value.
    /// </param>
    /// <exception cref="StudyException">The study has more uncertain inputs than the sequence has dimensions.</exception>
    public SamplePlan Plan(SamplingOptions sampling, UncertaintySources sources = UncertaintySources.All)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        var plan = Plan(sampling.Seed, sources);
        if (sampling.Precision == TablePrecision.Mixed && plan.Flows.Count > 0)
            plan = plan with { Flows = plan.Flows with { Precision = FlowPrecision.Mixed } };
        if (sampling.Sequence == SamplingSequence.Philox) return plan;
        var dimensions = SequencePlan.DimensionsOf(plan.Marginals);
        if (sampling.Sequence == SamplingSequence.Sobol && dimensions > DirectionNumbers.Dimensions)
        {
            throw new StudyException([new(Study.Origin, "", Wording.Count(dimensions, "uncertain input"),
                $"at most {DirectionNumbers.Dimensions}, the dimensions of Sobol' points", "Draw from latin-hypercube.")]);
        }

        return plan with
        {
            Sequence = new()
            {
                Kind = sampling.Sequence == SamplingSequence.Sobol ? SequenceKind.Sobol : SequenceKind.LatinHypercube,
                Replicates = sampling.Replicates,
                Points = sampling.Draws / sampling.Replicates,
            },
        };
    }

    /// <summary>The inputs that such a plan draws, in order: those that are not certain, without the flows of the table.</summary>
    /// <param name="sources">The sources of uncertainty that it draws.</param>
    public IReadOnlyList<UncertainInput> Inputs(UncertaintySources sources = UncertaintySources.All) =>
        _compiler.Compile(0, sources).Inputs;

    /// <summary>A plan on a backend, whose draw at the point has been checked.</summary>
    /// <param name="backend">Where to draw.</param>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="sources">The sources of uncertainty to draw.</param>
    /// <inheritdoc cref="StudyProgram(CompiledStudy, IBackend, SamplePlan)" path="/exception"/>
    public StudyProgram Load(IBackend backend, ulong seed, UncertaintySources sources = UncertaintySources.All) =>
        Load(backend, new SamplingOptions(1, seed, 0.5), sources);

    /// <summary>A plan that draws from a sequence, on a backend, whose draw at the point has been checked.</summary>
    /// <param name="backend">Where to draw.</param>
    /// <param name="sampling">Seed, sequence, and the number of draws that its points are for.</param>
    /// <param name="sources">The sources of uncertainty to draw.</param>
    /// <inheritdoc cref="StudyProgram(CompiledStudy, IBackend, SamplePlan)" path="/exception"/>
    public StudyProgram Load(IBackend backend, SamplingOptions sampling, UncertaintySources sources = UncertaintySources.All)
    {
        var clock = Stopwatch.StartNew();
        var plan = Plan(sampling, sources);
        return new(this, backend, plan) { PreparationTime = clock.Elapsed };
    }

    /// <summary>The sources of uncertainty that draw any input of the study, each with the plan that draws it alone.</summary>
    /// <inheritdoc cref="Plan(SamplingOptions, UncertaintySources)" path="/param"/>
    public IReadOnlyDictionary<UncertaintySources, SamplePlan> SinglePlans(
        SamplingOptions sampling, UncertaintySources sources = UncertaintySources.All) =>
        UncertaintySource.Single.Where(s => sources.HasFlag(s)).Select(s => (Source: s, Plan: Plan(sampling, s)))
            .Where(p => p.Plan.Flows.Count > 0 || p.Plan.Marginals.Kinds.Any(k => k != MarginalKind.Constant))
            .ToDictionary(p => p.Source, p => p.Plan);
}
