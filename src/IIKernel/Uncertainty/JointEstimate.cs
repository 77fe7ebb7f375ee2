using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Model;

namespace IIKernel.Uncertainty;

/// <summary>Figures of one scope, year and part, as they lie to each other draw by draw.</summary>
/// <param name="Keys">The figures, in the study's order.</param>
/// <param name="Ranks">How often each held each rank; null where that was not asked for.</param>
/// <param name="Exceedance">How often how many, and each, lay above thresholds; null where that was not asked for.</param>
public sealed record JointEstimate(
    IReadOnlyList<EstimateKey> Keys, RankDistribution? Ranks, ExceedanceDistribution? Exceedance)
{
    /// <summary>Their scope: category, or the name of a region set.</summary>
    public string Scope => Keys[0].Scope;

    /// <summary>Their year.</summary>
    public int Year => Keys[0].Year;
}

/// <summary>Finds how figures of one draw lie to each other, all of them in one pass.</summary>
public static class JointEstimates
{
    /// <summary>The totals of categories and of the regions of each set, year by year: what is ranked and counted.</summary>
    /// <param name="study">The study.</param>
    /// <param name="year">The only year; null for all.</param>
    public static IReadOnlyList<IReadOnlyList<EstimateKey>> Totals(CompiledStudy study, int? year)
    {
        ArgumentNullException.ThrowIfNull(study);
        return
        [
            .. study.Keys.Where(k => k.Kind is EntityKind.Category or EntityKind.Region)
                .Where(k => k is { Component: Component.Total, Measure: Measure.Value } && (year is null || k.Year == year))
                .GroupBy(k => (k.Kind, k.Scope, k.Year)).Select(g => g.ToArray()),
        ];
    }

    /// <summary>Ranks and counts figures in the draws 0 … draws − 1.</summary>
    /// <param name="source">What is drawn.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="groups">The figures that are ranked among each other and counted together; no figure in two of them.</param>
    /// <param name="ranks">Whether they are ranked.</param>
    /// <param name="thresholds">What they are counted above, ascending; empty for no counts.</param>
    /// <param name="threads">Threads for the ranking.</param>
    /// <param name="progress">Takes the finished share of the draws, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One entry for each group, in the given order.</returns>
    public static IReadOnlyList<JointEstimate> Of(
        IDrawSource source, long draws, IReadOnlyList<IReadOnlyList<EstimateKey>> groups, bool ranks, IReadOnlyList<double> thresholds,
        int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        int[] outputs = [.. groups.SelectMany(g => g).Select(k => k.Output)];
        var rows = new List<int[]>();
        foreach (var group in groups) rows.Add([.. Enumerable.Range(rows.Sum(r => r.Length), group.Count)]);
        var all = SampleScan.Gather(
            source, 0, draws, outputs, () => new Groups(rows, ranks, thresholds), new GroupQuestion(rows, ranks, thresholds), threads,
            progress, cancellation);
        return [.. groups.Select((keys, g) => new JointEstimate(keys, all.Ranks(g), all.Exceedance(g)))];
    }

    private sealed record GroupQuestion(IReadOnlyList<int[]> Rows, bool Ranks, IReadOnlyList<double> Thresholds);

    private sealed class Groups(IReadOnlyList<int[]> rows, bool ranks, IReadOnlyList<double> thresholds) : IDrawReceiver<Groups>
    {
        private readonly RankDistribution[] _ranks = ranks ? [.. rows.Select(r => new RankDistribution(r))] : [];

        private readonly ExceedanceDistribution[] _exceedances =
            thresholds.Count > 0 ? [.. rows.Select(r => new ExceedanceDistribution(r, thresholds))] : [];

        public RankDistribution? Ranks(int group) => _ranks.ElementAtOrDefault(group);

        public ExceedanceDistribution? Exceedance(int group) => _exceedances.ElementAtOrDefault(group);

        public void Take(DrawBlock draws)
        {
            foreach (var ranked in _ranks) ranked.Take(draws);
            foreach (var counted in _exceedances) counted.Take(draws);
        }

        public void Write(BinaryWriter writer)
        {
            foreach (var ranked in _ranks) ranked.Write(writer);
            foreach (var counted in _exceedances) counted.Write(writer);
        }

        public void Read(BinaryReader reader)
        {
            foreach (var ranked in _ranks) ranked.Read(reader);
            foreach (var counted in _exceedances) counted.Read(reader);
        }

        public void Add(Groups other)
        {
            for (var i = 0; i < _ranks.Length; i++) _ranks[i].Add(other._ranks[i]);
            for (var i = 0; i < _exceedances.Length; i++) _exceedances[i].Add(other._exceedances[i]);
        }
    }
}
