using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Bench.Vintages;

/// <summary>Tables that are compared.</summary>
/// <param name="Tables">The year and the folder of each, in the folder of all.</param>
/// <param name="Groups">Their related sectors under one classification.</param>
/// <param name="Errors">The value of <c>uncertainty.flows</c> that all have.</param>
internal sealed record VintageSet(
    IReadOnlyList<(int Year, string Folder)> Tables, IReadOnlyList<RelatedGroup> Groups, string Errors);

/// <summary>A figure of one table.</summary>
/// <param name="Point">With every flow as published.</param>
/// <param name="Sd">Standard deviation of its draws.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Its upper end.</param>
internal sealed record VintageFigure(double Point, double Sd, double Lower, double Upper)
{
    /// <summary>Standard deviation relative to the point.</summary>
    public double Relative => Sd / Math.Abs(Point);
}

/// <summary>What a table gives.</summary>
/// <param name="Year">Its year.</param>
/// <param name="Sectors">Its sectors as published.</param>
/// <param name="Drawn">Sectors with the related ones added up to groups.</param>
/// <param name="Indirect">The nation's indirect value added, 亿元.</param>
/// <param name="Share">Its share of the table's value added.</param>
/// <param name="Multiplier">Indirect over direct value added.</param>
internal sealed record VintageRow(
    int Year, int Sectors, int Drawn, double Indirect, VintageFigure Share, VintageFigure Multiplier);

/// <summary>One figure's spread over the tables beside its spread in each.</summary>
/// <param name="Between">Standard deviation of the points (divisor: tables − 1) relative to their mean.</param>
/// <param name="Within">Root mean square of the relative standard deviations of the draws.</param>
internal sealed record VintageSpread(double Between, double Within)
{
    /// <summary>Between over within.</summary>
    public double Ratio => Between / Within;

    /// <summary>The spread of one figure of some tables, two at least.</summary>
    public static VintageSpread Of(IReadOnlyList<VintageFigure> figures)
    {
        var mean = figures.Average(f => f.Point);
        return new(Math.Sqrt(figures.Sum(f => (f.Point - mean) * (f.Point - mean)) / (figures.Count - 1)) / Math.Abs(mean),
            Math.Sqrt(figures.Average(f => f.Relative * f.Relative)));
    }
}

/// <summary>
/// Official tables of several years with the same coefficients and the same errors of flows: how far a figure lies apart from table to
/// table, beside how far the errors of one table's flows spread it.
/// </summary>
internal static class VintageComparison
{
    private const double Level = 0.95;

    private const int Draws = 10_000;

    private const ulong Seed = 20231201;

    /// <summary>
    /// China's tables with the sectors that make information technology (CSIC 39) and its services (section I), the eight groups that the
    /// classifications of all four years have. The coefficients are assumptions.
    /// </summary>
    public static VintageSet China { get; } = new(
        [(2012, "china_io_2012_139"), (2017, "china_io_2017_149"), (2018, "china_io_2018_153"), (2020, "china_io_2020_153")],
        [
            new("computers", 0.18, [["086"], ["088"], ["090"], ["090"]]),
            new("communication-equipment", 0.26, [["087"], ["089"], ["091"], ["091"]]),
            new("broadcasting-equipment", 0.11, [["088"], ["090"], ["092"], ["092"]]),
            new("audiovisual-equipment", 0.16, [["089"], ["091"], ["093"], ["093"]]),
            new("electronic-components", 0.23, [["090"], ["092"], ["094"], ["094"]]),
            new("other-electronics", 0.27, [["091"], ["093"], ["095"], ["095"]]),
            new("telecommunications-internet", 0.06, [["114"], ["121", "122", "123"], ["126", "127", "128"], ["126", "127", "128"]]),
            new("software-it-services", 0.23, [["115"], ["124", "125"], ["129", "130"], ["129", "130"]]),
        ],
        """{ "relativeSd": { "a": 0.3, "b": 0.2, "least": 0.02, "most": 1, "unit": "亿元" }, "fixed": "output" }""");

    /// <summary>Prints the comparison of China's tables; 0, or 2 with what is wrong on the error output.</summary>
    /// <param name="folder">The folder that holds a folder for each table.</param>
    public static int Print(string folder)
    {
        try
        {
            Console.WriteLine(Markdown(Compare(folder, China, Draws)));
            return 0;
        }
        catch (StudyException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    /// <summary>Draws every table of a set.</summary>
    /// <exception cref="StudyException">A table is missing or faulty.</exception>
    public static IReadOnlyList<VintageRow> Compare(string folder, VintageSet set, long draws) =>
        [.. set.Tables.Select((table, which) => Row(Path.Combine(folder, table.Folder), table.Year, set, which, draws))];

    /// <summary>The rows and what their spreads are.</summary>
    public static string Markdown(IReadOnlyList<VintageRow> rows)
    {
        string N(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        string Percent(double value) => N(100 * value, "0.00") + " %";
        string Figure(VintageFigure f, Func<double, string> text) =>
            $"{text(f.Point)} | {Percent(f.Relative)} | {text(f.Lower)} … {text(f.Upper)}";
        string Spread(string name, IEnumerable<VintageFigure> figures)
        {
            var spread = VintageSpread.Of([.. figures]);
            return $"| {name} | {Percent(spread.Between)} | {Percent(spread.Within)} | {N(spread.Ratio, "0.0")} |";
        }

        return string.Join('\n',
        [
            "| table | sectors | drawn | indirect, 亿元 | of value added | its rsd | 95 % | indirect / direct | its rsd | 95 % |",
            "|---|---:|---:|---:|---:|---:|---|---:|---:|---|",
            .. rows.Select(r => $"| {r.Year} | {r.Sectors} | {r.Drawn} | {N(r.Indirect, "#,0")} | {Figure(r.Share, Percent)}"
                + $" | {Figure(r.Multiplier, value => N(value, "0.000"))} |"),
            "",
            "| figure | between tables | within a table | ratio |",
            "|---|---:|---:|---:|",
            Spread("indirect, of value added", rows.Select(r => r.Share)),
            Spread("indirect / direct", rows.Select(r => r.Multiplier)),
            "",
            "Between: the standard deviation of the points relative to their mean. Within: the root mean square of the rsd of the draws.",
            "A ratio above 1 says that the year whose table is taken moves the figure more than errors of one table's flows do.",
        ]);
    }

    private static VintageRow Row(string folder, int year, VintageSet set, int which, long draws)
    {
        var table = OfficialTable.Read(folder, year);
        var compiled = new CompiledStudy(OfficialTable.Study(table, year, set.Groups, which, set.Errors));
        var study = compiled.Study;
        var threads = Environment.ProcessorCount;
        var sampling = new SamplingOptions(draws, Seed, Level);
        using var program = compiled.Load(BackendCatalog.Processor(threads), sampling);
        var indirect = compiled.Index.Select($"nation.indirect.{year}")[0];
        var ratio = DerivedFigure.Parse(DerivedKind.Ratio, $"nation.indirect.{year}/nation.direct.{year}", compiled.Index);
        var statistics = program.Describe(CoverageRanks.For(draws, Level), [indirect.Output], threads)[0];
        var multiplier = new SampleRequest { Derived = ratio }.Answer(program, sampling, threads).Derived[0];
        var whole = table.ValueAddedByCategory(1)[0];
        return new(year, table.Sectors.Count, study.Table.Sectors.Count, indirect.Point,
            Figure(indirect.Point / whole, statistics, 1 / whole), Figure(multiplier.Figure.Point, multiplier.Statistics, 1));
    }

    private static VintageFigure Figure(double point, OutputStatistics statistics, double factor) =>
        new(point, factor * statistics.StandardDeviation, factor * statistics.Lower, factor * statistics.Upper);
}
