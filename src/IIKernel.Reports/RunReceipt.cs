using System.Text.Json.Serialization;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>
/// What run.json says beside what every <see cref="Receipt"/> says: with that, what is needed to replay a run bit for bit.
/// </summary>
public sealed record RunReceipt
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "run.json";

    /// <summary>Number of draws.</summary>
    public required long Draws { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The sequence that uniforms come from.</summary>
    public required string Sequence { get; init; }

    /// <summary>How often the points of the sequence were randomised anew; 1 for independent draws.</summary>
    public required int Replicates { get; init; }

    /// <summary>How the number of draws was found; left out where it was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReceiptPrecision? Precision { get; init; }

    /// <summary>How drawn tables were solved; left out where it was in double precision throughout, or none was drawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReceiptTables? Tables { get; init; }

    /// <summary>Probability of every coverage interval.</summary>
    public required double Level { get; init; }

    /// <summary>Wall time of compiling the plan and evaluating its point, in seconds.</summary>
    public required double PreparationSeconds { get; init; }

    /// <summary>Wall time of drawing and of the statistics, in seconds.</summary>
    public required double SamplingSeconds { get; init; }

    /// <summary>See <see cref="UncertaintySummary.PointDistance"/>.</summary>
    public required double PointDistance { get; init; }

    /// <summary>The sources of uncertainty that were drawn.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>See <see cref="UncertaintySummary.FlaggedDraws"/>.</summary>
    public required IReadOnlyDictionary<string, long> FlaggedDraws { get; init; }

    /// <summary>The fit of formula (7) and the multipliers of formula (8).</summary>
    public required GrowthFit Growth { get; init; }

    /// <summary>The balances of the study.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, object?>> Balances { get; init; }

    private static IReadOnlyList<TidyColumn<FigurePrecision>> PrecisionColumns { get; } =
    [
        new("figure", p => FigureIndex.Reference(p.Key).ToString()), new("mean", p => p.Mean), new("lower", p => p.Lower),
        new("upper", p => p.Upper),
    ];

    /// <summary>What a run says beside what every receipt says.</summary>
    public static RunReceipt Of(UncertaintySummary summary) => new()
    {
        Draws = summary.Sampling.Draws,
        Seed = summary.Sampling.Seed,
        Sequence = SamplingOptions.Word(summary.Sampling.Sequence),
        Replicates = summary.Sampling.Replicates,
        Precision = summary.Precision is { } rule ? new(rule.Tolerance, rule.PilotDraws, FigurePrecision.CoverageFactor,
            TidyTable.Objects(PrecisionColumns, summary.Reached)) : null,
        Tables = summary.Refinement is { } tables
            ? new(SamplingOptions.Word(tables.Precision), tables.MostResidual, tables.MostCorrections, tables.InDouble) : null,
        Level = summary.Sampling.Level,
        PreparationSeconds = Math.Round(summary.PreparationTime.TotalSeconds, 3),
        SamplingSeconds = Math.Round(summary.SamplingTime.TotalSeconds, 3),
        PointDistance = summary.PointDistance,
        Sources = SourcesCsv.Words(summary.Sources),
        FlaggedDraws = summary.FlaggedDraws,
        Growth = GrowthFit.Of(summary.Study, summary.Point.Growth),
        Balances = TidyTable.Objects(BalanceColumns.All, summary.Balances),
    };

    /// <summary>Of what run a file beside a run's receipt is; null where there is no receipt that lists it.</summary>
    public static DrawsOrigin? OriginOf(string file)
    {
        var receipt = WrittenReceipt.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, FileName));
        return receipt is { Study: { } study, Draws: { } draws, Seed: { } seed, Level: { } level, Sequence: { } word }
            && SamplingOptions.Find(word) is { } sequence && receipt.Outputs.Any(o => o.Path == Path.GetFileName(file))
            ? new(study, new(draws, seed, level) { Sequence = sequence }) : null;
    }

    /// <summary>The whole receipt of a run, without its outputs.</summary>
    public static Receipt Of(UncertaintySummary summary, Invocation invocation)
    {
        var (draws, seed, level) = summary.Sampling;
        var sequence = SamplingOptions.Word(summary.Sampling.Sequence);
        var effective = invocation.With(("draws", draws), ("seed", seed), ("level", level), ("sequence", sequence));
        return Receipt.Of(effective, summary.Study, Of(summary)) with { Backend = summary.Backend, Warnings = summary.Warnings };
    }
}

/// <summary>How drawn tables were solved; see <see cref="TableRefinement"/>.</summary>
/// <param name="Precision">What they were factorised in, by its word.</param>
/// <param name="MostResidual">The bound on ‖e − (I − A) x‖ / (‖I − A‖ ‖x‖), in the maximum norm.</param>
/// <param name="MostCorrections">Corrections after which a draw was solved in double precision.</param>
/// <param name="InDouble">Number of draws that were.</param>
public sealed record ReceiptTables(string Precision, double MostResidual, int MostCorrections, long InDouble);

/// <summary>How a number of draws was found; see <see cref="PrecisionRule"/>.</summary>
/// <param name="Tolerance">The wanted precision.</param>
/// <param name="PilotDraws">Number of draws of the pilot.</param>
/// <param name="CoverageFactor">Half-widths are so many standard errors.</param>
/// <param name="Reached">The precision of each figure in the end: of its mean and of the ends of its interval.</param>
public sealed record ReceiptPrecision(
    double Tolerance, long PilotDraws, double CoverageFactor, IReadOnlyList<IReadOnlyDictionary<string, object?>> Reached);
