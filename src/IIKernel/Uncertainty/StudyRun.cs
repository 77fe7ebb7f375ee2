using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>A study that was drawn, and its figures by name: the short way to what <see cref="UncertaintyRun"/> finds.</summary>
public sealed class StudyRun
{
    private readonly FigureIndex _index;
    private readonly Dictionary<EstimateKey, OutputStatistics> _statistics;

    private StudyRun(UncertaintySummary summary)
    {
        Summary = summary;
        _index = new([.. summary.Estimates.Select(e => e.Key)]);
        _statistics = summary.Estimates.ToDictionary(e => e.Key, e => e.Statistics);
    }

    /// <summary>Everything that was found.</summary>
    public UncertaintySummary Summary { get; }

    /// <summary>The study.</summary>
    public Study Study => Summary.Study;

    /// <summary>What the draws say of a figure: mean, standard deviation, ends of the intervals, and their standard errors.</summary>
    /// <param name="figure">Its name as --figures writes it: "nation.total.2022", "provinces:440000.share.2021".</param>
    /// <exception cref="FigurePatternException">It names none, or several.</exception>
    public OutputStatistics this[string figure] => _index.Select(figure) is [var key] ? _statistics[key]
        : throw new FigurePatternException($"{figure} names several figures; expected one, with its code and its year.");

    /// <summary>The figures that a pattern names, in the study's order.</summary>
    /// <param name="pattern">See <see cref="FigureIndex.Select"/>.</param>
    /// <exception cref="FigurePatternException">It names none.</exception>
    public IReadOnlyList<UncertainEstimate> Select(string pattern) =>
        [.. _index.Select(pattern).Select(key => new UncertainEstimate(key, _statistics[key]))];

    /// <summary>Draws a study with all its sources of uncertainty.</summary>
    /// <param name="study">The study.</param>
    /// <param name="draws">Number of draws; null for the study's own.</param>
    /// <param name="backend">Where to draw; null for the processor with all its cores.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The study's sequence has no sample of so many draws.</exception>
    public static StudyRun Of(Study study, long? draws = null, IBackend? backend = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var sampling = study.Sampling with { Draws = draws ?? study.Sampling.Draws };
        if (sampling.Draws < 1 || !sampling.Fits)
            throw new ArgumentException($"{sampling.Draws} draws; expected {sampling.Demand}.", nameof(draws));
        var threads = Environment.ProcessorCount;
        return new(UncertaintyRun.Execute(
            study, sampling, backend ?? BackendCatalog.Processor(threads), threads, cancellation: cancellation));
    }
}
