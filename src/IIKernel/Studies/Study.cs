using IIKernel.Experts;
using IIKernel.Growth;
using IIKernel.Inputs;
using IIKernel.Regions;
using IIKernel.Tables;

namespace IIKernel.Studies;

/// <summary>
/// Everything that one computation reads: a validated study, with all money converted once to the
/// study's output unit. Every list keeps the order of its file; every array index refers to such a list.
/// </summary>
public sealed record Study
{
    /// <summary>Title, as printed on every output.</summary>
    public required string Name { get; init; }

    /// <summary>The study's own remark on its data, printed with every result; null where it makes none.</summary>
    public required string? Note { get; init; }

    /// <summary>Where the study was read from: the path of study.json, or "embedded:demo/study.json".</summary>
    public required string Origin { get; init; }

    /// <summary>Unit of every amount of money in this object and of every output.</summary>
    public required MonetaryUnit Unit { get; init; }

    /// <summary>t0: the year of the input–output table.</summary>
    public required int BaseYear { get; init; }

    /// <summary>The years reported, ascending; the first is <see cref="BaseYear"/>.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>The input–output table of the base year.</summary>
    public required InputOutputTable Table { get; init; }

    /// <summary>The industry categories (门类) with their value added by year.</summary>
    public required CategoryAccounts Categories { get; init; }

    /// <summary>The industry groups, J of them, in file order.</summary>
    public required IReadOnlyList<IndustryGroup> Groups { get; init; }

    /// <summary>The expert coefficients S_k of the related sectors, in file order.</summary>
    public required IReadOnlyList<ExpertCoefficient> Coefficients { get; init; }

    /// <summary>The panel that gave the coefficients; null where a file gives them.</summary>
    public required ExpertPanel? Panel { get; init; }

    /// <summary>The rank correlation of the coefficients; null where they are independent or come from a panel.</summary>
    public required RankCorrelation? Correlation { get; init; }

    /// <summary>What else is uncertain.</summary>
    public required UncertaintyOptions Uncertainty { get; init; }

    /// <summary>Output, capital and labour by year, with the options of the fit of formula (7).</summary>
    public required GrowthSeries Growth { get; init; }

    /// <summary>Named sets of regions; may be empty.</summary>
    public required IReadOnlyList<RegionSet> RegionSets { get; init; }

    /// <summary>Published figures to hold results against; may be empty.</summary>
    public required IReadOnlyList<PublishedFigure> Published { get; init; }

    /// <summary>The file of claims as it is written, for what reads them; null where the study names none.</summary>
    public StudyText? Claims { get; init; }

    /// <summary>Number of draws, seed, sequence and coverage level that the study asks for.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>
    /// The keys of study.json that the method needs and the study does not have. Where there are any, only the table can be used: one
    /// category without a code stands for all sectors, and every other list is empty.
    /// </summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Where the amounts of money were read from, for messages about them.</summary>
    public required StudySources Sources { get; init; }

    /// <summary>Every file that was read, in reading order, with its SHA-256.</summary>
    public required IReadOnlyList<FileFingerprint> Files { get; init; }

    /// <summary>What the reader noticed but accepted (an encoding, a sector without output).</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }
}

/// <summary>A file of amounts of money, and what the study says of them.</summary>
/// <param name="File">The file, relative to study.json.</param>
/// <param name="Key">The key of study.json that gives their unit: "categories.unit".</param>
/// <param name="Unit">The unit.</param>
public sealed record MoneyFile(string File, string Key, MonetaryUnit Unit);

/// <summary>The files of a study that hold amounts of money.</summary>
/// <param name="Table">sectors.csv, whose unit is that of the flows too.</param>
/// <param name="Categories">Value added by category; null where the study is a table alone.</param>
/// <param name="Growth">Output, capital and labour, whose units the study does not say.</param>
/// <param name="Regions">GDP of each region set.</param>
/// <param name="Nations">The nation's GDP of each region set that is a part of it by a file; else null.</param>
/// <param name="Published">Published figures; null where there are none.</param>
public sealed record StudySources(MoneyFile Table, MoneyFile? Categories, string Growth, IReadOnlyList<MoneyFile> Regions,
    IReadOnlyList<MoneyFile?> Nations, MoneyFile? Published);

/// <summary>A file that was read and not yet looked into.</summary>
/// <param name="Path">Path relative to the folder of study.json.</param>
/// <param name="Text">Its text.</param>
public sealed record StudyText(string Path, string Text);

/// <summary>A file and its fingerprint.</summary>
/// <param name="Path">Path relative to the folder of study.json (inputs) or of run.json (outputs), with forward slashes.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits.</param>
public sealed record FileFingerprint(string Path, string Sha256);

/// <summary>A figure that an official publication prints.</summary>
/// <param name="Scope">nation, category, group, sector, the name of a region set, or area.</param>
/// <param name="Code">Code within the scope; empty for the nation.</param>
/// <param name="Year">Year of the figure.</param>
/// <param name="Component">Direct, indirect or total value added.</param>
/// <param name="Value">The figure in the study's unit, or in percent.</param>
/// <param name="Kind">"published" or "forecast", as the file says.</param>
/// <param name="Rounding">Unit of the last printed digit, in the study's unit, positive: the true figure lies within half of it.</param>
/// <param name="RoundingStated">
/// Whether the file states the rounding; else it is a guess: the finest place that figures of the same scope, component and measure are
/// printed to.
/// </param>
public sealed record PublishedFigure(
    string Scope, string Code, int Year, Component Component, double Value, string Kind, double Rounding, bool RoundingStated = true)
{
    /// <summary>
    /// What is measured: an amount, or growth on the year before or the share of the entity's own value added, both of totals in percent.
    /// </summary>
    public Measure Measure { get; init; } = Measure.Value;
}
