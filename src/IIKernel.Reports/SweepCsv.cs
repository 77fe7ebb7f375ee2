using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>sweep.csv: the figures of every run of a sweep, one figure of one run a row.</summary>
public static class SweepCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "sweep.csv";

    // A key of study.json that has the name of another column.
    private const string Prefix = "study.";

    /// <summary>The columns: which run, what its row replaces, then those of an estimate as estimates.csv has them.</summary>
    public static IReadOnlyList<TidyColumn<SweepOutcome>> Columns(StudySweep sweep, SweepResult result)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(result);
        TidyColumn<SweepOutcome>[] run =
        [
            new("run", o => o.Run + 1), new("row", o => RowOf(o).Name), new("seed", o => result.Runs[o.Run].Sampling.Seed),
        ];
        TidyColumn<SweepOutcome>[] figure =
        [
            .. EstimatesCsv.KeyColumns.Select(c => c.Of((SweepOutcome o) => o.Estimate.Key)),
            .. EstimatesCsv.StatisticsColumns.Select(c => c.Of((SweepOutcome o) => o.Estimate.Statistics)),
            new("level", o => result.Runs[o.Run].Sampling.Level), new("draws", o => result.Runs[o.Run].Sampling.Draws),
            new("flags", o => o.Estimate.Key.Flags),
        ];
        var taken = run.Concat(figure).Select(c => c.Name).ToHashSet();
        return
        [
            .. run,
            .. sweep.Paths.Select(path => new TidyColumn<SweepOutcome>(
                taken.Contains(path) ? Prefix + path : path, o => RowOf(o).Values.FirstOrDefault(v => v.Path == path)?.Text)),
            .. figure,
        ];

        SweepRow RowOf(SweepOutcome outcome) => sweep.Rows[result.Runs[outcome.Run].Row];
    }

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, StudySweep sweep, SweepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        TidyTable.Write(writer, Columns(sweep, result), result.Outcomes);
    }
}
