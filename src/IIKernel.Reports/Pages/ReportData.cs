using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Reports.Charts;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports.Pages;

/// <summary>A figure of a run.</summary>
internal sealed record Figure(UncertainEstimate Estimate)
{
    /// <summary>Whether it rests on filled values.</summary>
    public bool IsExtrapolated => Estimate.Key.Flags.Contains(EstimateCatalog.Extrapolated);
}

/// <summary>What has figures, with all of them.</summary>
internal sealed class FigureEntity(EstimateKey key)
{
    private readonly Dictionary<(int Year, Component Component, Measure Measure), Figure> _figures = [];

    /// <summary>One of its keys: its kind, scope, code and name are those of all.</summary>
    public EstimateKey Key { get; } = key;

    /// <summary>A figure; null where the study has none of the year: growth of the first, sectors after the base year.</summary>
    public Figure? this[int year, Component component, Measure measure = Measure.Value] =>
        _figures.GetValueOrDefault((year, component, measure));

    /// <summary>Adds a figure.</summary>
    public void Add(Figure figure) =>
        _figures.Add((figure.Estimate.Key.Year, figure.Estimate.Key.Component, figure.Estimate.Key.Measure), figure);
}

/// <summary>The figures of a run by what they are of, with their intervals and the published figures.</summary>
internal sealed class ReportData
{
    private readonly Dictionary<(string Scope, string Code, int Year, Component Component, Measure Measure), PublishedFigure> _published;

    /// <summary>Sorts the figures of a run.</summary>
    public ReportData(ReportContent content)
    {
        Content = content;
        var summary = content.Summary;
        Levels = [summary.Sampling.Level, .. content.Inner.Select(l => l.Level)];

        // A figure may have been forecast and then published: what was published counts.
        _published = Study.Published.GroupBy(f => (f.Scope, f.Code, f.Year, f.Component, f.Measure))
            .ToDictionary(g => g.Key, g => g.FirstOrDefault(f => f.Kind == "published") ?? g.First());
        var entities = new List<FigureEntity>();
        foreach (var estimate in summary.Estimates)
        {
            var key = estimate.Key;
            if (entities.Count == 0 || entities[^1].Key is var last
                && (last.Kind, last.Scope, last.Code, last.Name) != (key.Kind, key.Scope, key.Code, key.Name))
                entities.Add(new(key));
            entities[^1].Add(new(estimate));
        }

        Entities = entities;
        KnownYear = RunReport.KnownYear(Study);
        Nation = entities[0];
    }

    /// <summary>What is shown.</summary>
    public ReportContent Content { get; }

    /// <summary>The study.</summary>
    public Study Study => Content.Summary.Study;

    /// <summary>Levels of the intervals, the widest first.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>Everything that has figures, in the order of the outputs.</summary>
    public IReadOnlyList<FigureEntity> Entities { get; }

    /// <summary>The nation.</summary>
    public FigureEntity Nation { get; }

    /// <summary>The last year.</summary>
    public int LastYear => Study.Years[^1];

    /// <summary>The year of figures of one year; see <see cref="RunReport.KnownYear"/>.</summary>
    public int KnownYear { get; }

    /// <summary>Those of a kind.</summary>
    public IEnumerable<FigureEntity> Of(EntityKind kind) => Entities.Where(e => e.Key.Kind == kind);

    /// <summary>What the draws say of a figure, the widest interval first: at all of <see cref="Levels"/>, or at the first alone.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="count">How many are wanted at most.</param>
    public IEnumerable<OutputStatistics> AtLevels(Figure figure, int count) =>
        Content.Inner.Take(count - 1).Select(level => level.Statistics[figure.Estimate.Key.Output]).Prepend(figure.Estimate.Statistics);

    /// <summary>The intervals of <see cref="AtLevels"/>.</summary>
    public IReadOnlyList<ChartInterval> Intervals(Figure figure, int count) =>
        [.. AtLevels(figure, count).Select(s => new ChartInterval(s.Lower, s.Upper))];

    /// <summary>At how many of <see cref="Levels"/> all of some figures have intervals.</summary>
    public int LevelCount(IEnumerable<Figure> figures) =>
        figures.All(f => ReportContent.HasInnerLevels(f.Estimate.Key, KnownYear)) ? Levels.Count : 1;

    /// <summary>The published figure; null where there is none.</summary>
    public PublishedFigure? Published(EstimateKey key) =>
        _published.GetValueOrDefault((key.Scope, key.Code, key.Year, key.Component, key.Measure));
}
