using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace IIKernel.Studies;

/// <summary>
/// study.json as it is written: comments and trailing commas are allowed, unknown keys are refused, keys are
/// case-sensitive. The attributes are the single source of <c>study.schema.json</c> and of the reader's faults.
/// </summary>
[Description("A study of the value added of the industrial internet. Comments and trailing commas are allowed; "
    + "every path is relative to this file. In the place of a CSV file may stand a sheet of a workbook or a range of one: "
    + "book.xlsx#Sheet, book.xlsx#Sheet!A3:F40. check, linkages, aggregate and split need name, unit, baseYear and table alone; "
    + "all other verbs years, categories, groups, coefficients and growth too.")]
public sealed record StudyDefinition
{
    /// <summary>Where an editor finds the JSON Schema; ignored by the reader.</summary>
    [JsonPropertyName("$schema"), Description("Where an editor finds this schema; ignored when the study is read.")]
    public string? Schema { get; init; }

    /// <summary>Title of the study.</summary>
    [MinLength(1), Description("Title, printed on every output.")]
    public required string Name { get; init; }

    /// <summary>A remark on the data that every result must carry; none by default.</summary>
    [MinLength(1), Description("A remark on the data, printed with every result: that a table is synthetic, say.")]
    public string? Note { get; init; }

    /// <summary>Unit of every output; see <see cref="MonetaryUnit.Expected"/>.</summary>
    [Description("Unit of every output: " + MonetaryUnit.Expected + ".")]
    public required string Unit { get; init; }

    /// <summary>t0: the year of the input–output table.</summary>
    [Description("The year of the input-output table.")]
    public required int BaseYear { get; init; }

    /// <summary>
    /// First and last reported year; the first is <see cref="BaseYear"/>. Like the next four, verbs of the table alone can do without.
    /// </summary>
    [Length(2, 2), Description("First and last reported year; the first is baseYear.")]
    public IReadOnlyList<int>? Years { get; init; }

    /// <summary>The input–output table.</summary>
    [Description("The input-output table of the base year.")]
    public required TableDefinition Table { get; init; }

    /// <summary>The industry categories and their value added.</summary>
    [Description("The industry categories and their value added by year.")]
    public CategoriesDefinition? Categories { get; init; }

    /// <summary>The industry groups.</summary>
    [Description("The industry groups that categories are summed to.")]
    public GroupsDefinition? Groups { get; init; }

    /// <summary>The expert coefficients of the related sectors.</summary>
    [Length(1, 2), Description(
        "The expert coefficients of the related sectors: either a file, perhaps with a correlation, or a panel of experts.")]
    public CoefficientsDefinition? Coefficients { get; init; }

    /// <summary>Output, capital and labour, and how the production function is fitted.</summary>
    [Description("Output, capital and labour by year, and how the production function is fitted.")]
    public GrowthDefinition? Growth { get; init; }

    /// <summary>Named sets of regions; none by default.</summary>
    [Description("Named sets of regions.")]
    public IReadOnlyList<RegionsDefinition> Regions { get; init; } = [];

    /// <summary>What is uncertain beside the coefficients; nothing by default.</summary>
    [Description("What is uncertain beside the distributions of the coefficients; each source is switched on by naming it.")]
    public UncertaintyDefinition Uncertainty { get; init; } = new();

    /// <summary>Published figures to compare with; none by default.</summary>
    [Description("Published figures to compare with.")]
    public PublishedDefinition? Published { get; init; }

    /// <summary>Path of the claims; none by default.</summary>
    [MinLength(1), Description("JSON: sentences on the figures whose probabilities are wanted; claims.schema.json describes the file.")]
    public string? Claims { get; init; }

    /// <summary>How the study is sampled.</summary>
    [Description("How the study is sampled.")]
    public SamplingDefinition Sampling { get; init; } = new();
}

/// <summary>The key <c>table</c>.</summary>
public sealed record TableDefinition
{
    /// <summary>Path of sectors.csv.</summary>
    [MinLength(1), Description(
        "CSV: code,name,name_en,category,total_output,intermediate_input and, where printed, value_added, which the two are held against, "
        + "and, where columns of the flows miss intermediate_input by more than the rounding of the printed cells, column_tolerance. "
        + "compensation (of employees), employment (in any unit) and household_consumption give multipliers of income and employment.")]
    public required string Sectors { get; init; }

    /// <summary>Path of flows.csv.</summary>
    [MinLength(1), Description("CSV: the matrix with a code row and a code column (row supplies column), or the long form row,col,value.")]
    public required string Flows { get; init; }

    /// <summary>Unit of both files.</summary>
    [Description("Unit of both files.")]
    public required string Unit { get; init; }

    /// <summary>Whether intermediate_input holds inputs that have no row in the flows (imports, taxes on products).</summary>
    [Description("Whether intermediate_input holds inputs that have no row in the flows, such as imports; "
        + "column sums may then fall short of it.")]
    public bool InputsOutsideFlows { get; init; }

    /// <summary>What the table may have although it should not.</summary>
    [AllowedValues("negative-value-added", "discrepancy"), Description(
        "What a published table has although it should not: negative-value-added, sectors whose intermediate input exceeds their output; "
        + "discrepancy, column sums that miss intermediate_input by a statistical discrepancy. Each is reported with every result.")]
    public IReadOnlyList<string> Allow { get; init; } = [];
}

/// <summary>The key <c>categories</c>.</summary>
public sealed record CategoriesDefinition
{
    /// <summary>Path of the list of categories.</summary>
    [MinLength(1), Description("CSV: code,name,group.")]
    public required string File { get; init; }

    /// <summary>Path of the value added by category and year.</summary>
    [MinLength(1), Description("CSV: category,year,value_added and, for revisions by vintage, vintage.")]
    public required string ValueAdded { get; init; }

    /// <summary>Unit of the value added.</summary>
    [Description("Unit of value_added.")]
    public required string Unit { get; init; }

    /// <summary>How missing last years are filled.</summary>
    [Description("How missing last years of a category are filled.")]
    public ExtrapolationDefinition Extrapolate { get; init; } = new();
}

/// <summary>The key <c>groups</c>.</summary>
public sealed record GroupsDefinition
{
    /// <summary>Path of the list of groups.</summary>
    [MinLength(1), Description("CSV: code,name,name_en.")]
    public required string File { get; init; }
}

/// <summary>The key <c>coefficients</c>: either a file or a panel.</summary>
public sealed record CoefficientsDefinition
{
    /// <summary>Path of the list of coefficients.</summary>
    [MinLength(1), Description(
        "CSV: sector,point,distribution,low,mode,high and, where a distribution takes them, mean,sd,alpha,beta,lambda,sample.")]
    public string? File { get; init; }

    /// <summary>Path of the rank correlations of the coefficients; none by default.</summary>
    [MinLength(1), Description(
        "CSV: row,col,value; Spearman's rank correlation of two sectors' coefficients. Pairs that are not listed are uncorrelated.")]
    public string? Correlation { get; init; }

    /// <summary>The panel whose ballots give the coefficients.</summary>
    [Description("The panel of experts whose ballots give the coefficients.")]
    public PanelDefinition? Panel { get; init; }
}

/// <summary>The key <c>growth</c>.</summary>
public sealed record GrowthDefinition
{
    /// <summary>Path of the series.</summary>
    [MinLength(1), Description("CSV: year,output,capital,labour.")]
    public required string File { get; init; }

    /// <summary>First and last year of the fit.</summary>
    [Length(2, 2), Description("First and last year of the fit.")]
    public required IReadOnlyList<int> Fit { get; init; }

    /// <summary>"constant" or "free" returns to scale.</summary>
    [AllowedValues("constant", "free"), Description("Returns to scale: constant (the elasticities sum to 1) or free.")]
    public string Returns { get; init; } = "constant";

    /// <summary>How missing last years are filled.</summary>
    [Description("How missing last years of a series are filled.")]
    public ExtrapolationDefinition Extrapolate { get; init; } = new();
}

/// <summary>The key <c>extrapolate</c> of growth, categories and regions.</summary>
public sealed record ExtrapolationDefinition
{
    /// <summary>How many last known years the least-squares line runs through, at least 2.</summary>
    [Range(2, 1000), Description("How many last known years the least-squares line runs through.")]
    public int Window { get; init; } = 5;
}

/// <summary>One item of the key <c>regions</c>.</summary>
public sealed record RegionsDefinition
{
    /// <summary>Name of the set: the scope of its outputs.</summary>
    [MinLength(1), Description("Name of the set: the scope of its outputs.")]
    public required string Name { get; init; }

    /// <summary>Path of the list of regions.</summary>
    [MinLength(1), Description("CSV: code,name,name_en,area.")]
    public required string File { get; init; }

    /// <summary>Path of the GDP by region, year and group.</summary>
    [MinLength(1), Description("CSV: region,year,group,gdp and, for revisions by vintage, vintage.")]
    public required string Gdp { get; init; }

    /// <summary>Unit of the GDP.</summary>
    [Description("Unit of gdp.")]
    public required string Unit { get; init; }

    /// <summary>How missing last years are filled.</summary>
    [Description("How missing last years of a region's group are filled.")]
    public ExtrapolationDefinition Extrapolate { get; init; } = new();

    /// <summary>What shares are taken of: "set" or "nation"; without it the set must cover the nation.</summary>
    [AllowedValues("set", "nation"), Description("What shares of GDP are taken of: set, the sum over its regions, "
        + "or nation, of which they are a part. Without it the regions must hold the nation's GDP within 5 %.")]
    public string? Denominators { get; init; }

    /// <summary>Where the GDP of the nation comes from; needed with denominators "nation".</summary>
    [Description("Where the nation's GDP comes from; needed with denominators nation.")]
    public NationDefinition? Nation { get; init; }

    /// <summary>Weights other than GDP by industry group; none by default.</summary>
    [Description("Weights by which the direct or the indirect part is shared out among the regions in the place of GDP by industry group.")]
    public AllocationDefinition? Allocation { get; init; }
}

/// <summary>The key <c>regions[].nation</c>: either a set or a file.</summary>
public sealed record NationDefinition
{
    /// <summary>Name of another set of regions whose sum is the nation.</summary>
    [MinLength(1), Description("Name of another set of the study whose regions are the nation.")]
    public string? Set { get; init; }

    /// <summary>Path of the GDP of the nation by group and year.</summary>
    [MinLength(1), Description("CSV: group,year,gdp. The nation's GDP; its figures are certain.")]
    public string? File { get; init; }

    /// <summary>Unit of the file.</summary>
    [Description("Unit of gdp in the file; needed with it.")]
    public string? Unit { get; init; }
}

/// <summary>The key <c>regions[].allocation</c>: at least one of the two.</summary>
public sealed record AllocationDefinition
{
    /// <summary>Weights for the direct part; GDP by industry group without them.</summary>
    [Description("Weights for the direct part; GDP by industry group without them.")]
    public PartAllocationDefinition? Direct { get; init; }

    /// <summary>Weights for the indirect part; GDP by industry group without them.</summary>
    [Description("Weights for the indirect part; GDP by industry group without them.")]
    public PartAllocationDefinition? Indirect { get; init; }
}

/// <summary>The keys <c>regions[].allocation.direct</c> and <c>regions[].allocation.indirect</c>.</summary>
public sealed record PartAllocationDefinition
{
    /// <summary>Path of the grouping of the categories.</summary>
    [MinLength(1), Description("CSV: category,group. The grouping of every category for this part; any codes.")]
    public required string Categories { get; init; }

    /// <summary>Path of the weights.</summary>
    [MinLength(1), Description("CSV: region,year,group,weight. Only proportions within a group and year matter.")]
    public required string Weights { get; init; }

    /// <summary>Path of the weights of the nation, for a set with denominators "nation".</summary>
    [MinLength(1), Description("CSV: group,year,weight. The nation's weights, for regions whose denominators are the nation's; "
        + "without it those of the set that nation names.")]
    public string? Nation { get; init; }
}

/// <summary>The key <c>published</c>.</summary>
public sealed record PublishedDefinition
{
    /// <summary>Path of the published figures.</summary>
    [MinLength(1), Description("CSV: scope,code,year,component,value,kind and, where wanted, "
        + "measure (value, growth or share, the latter two of totals in percent) and rounding: the unit of the last printed digit. "
        + "Without it, it is guessed from the figures of the same scope, component and measure.")]
    public required string File { get; init; }

    /// <summary>Unit of the figures.</summary>
    [Description("Unit of value.")]
    public required string Unit { get; init; }
}

/// <summary>The key <c>sampling</c>.</summary>
public sealed record SamplingDefinition
{
    /// <summary>Number of draws, at least 1.</summary>
    [Range(1d, Kernels.Search.SampleStatistics.MaximumDraws), Description("Number of draws.")]
    public long Draws { get; init; } = 100_000;

    /// <summary>Seed of the counter-based generator.</summary>
    [Description("Seed of the counter-based generator, a whole number below 2^64.")]
    public ulong Seed { get; init; } = 20231201;

    /// <summary>What the draws come from; see <see cref="SamplingSequence"/>.</summary>
    [AllowedValues("philox", "sobol", "latin-hypercube"), Description("What the draws come from: independent numbers (philox), scrambled "
        + "Sobol' points (draws is a power of two of at least 16) or Latin hypercubes (draws is a multiple of 16).")]
    public string Sequence { get; init; } = "philox";

    /// <summary>Probability of every coverage interval, in (0, 1).</summary>
    [Range(0d, 1d, MinimumIsExclusive = true, MaximumIsExclusive = true), Description("Probability of every coverage interval.")]
    public double Level { get; init; } = 0.95;
}
