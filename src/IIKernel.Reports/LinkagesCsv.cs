using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Tables;

namespace IIKernel.Reports;

/// <summary>Everything that <c>linkages</c> says of a table.</summary>
/// <param name="Solution">The table with its matrices.</param>
/// <param name="Linkages">Multipliers and linkages.</param>
/// <param name="Factors">Multipliers of income and employment.</param>
/// <param name="Extraction">What the economy would lose without each sector.</param>
public sealed record TableAnalysis(
    TableSolution Solution, LinkageAnalysis Linkages, FactorMultipliers Factors, HypotheticalExtraction Extraction)
{
    /// <summary>The analysis of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static TableAnalysis Of(InputOutputTable table, CancellationToken cancellation = default)
    {
        var solution = TableSolution.Of(table, cancellation);
        return new(solution, LinkageAnalysis.Of(solution), FactorMultipliers.Of(solution), HypotheticalExtraction.Of(solution));
    }
}

/// <summary>linkages.csv, a sector a row, and the matrices behind it.</summary>
public static class LinkagesCsv
{
    /// <summary>File name of multipliers and linkages.</summary>
    public const string FileName = "linkages.csv";

    // Each matrix with the name of its file.
    private static readonly (string File, Func<TableSolution, int, int, double> Element)[] Matrices =
    [
        ("technical-coefficients.csv", (s, i, j) => s.Coefficients[i, j]), ("leontief-inverse.csv", (s, i, j) => s.Leontief[i, j]),
        ("induced-output.csv", (s, i, j) => s.Leontief[i, j] - (i == j ? 1 : 0)),
    ];

    /// <summary>File names of A, (I − A)^−1 and H = (I − A)^−1 − I.</summary>
    public static IReadOnlyList<string> MatrixNames { get; } = [.. Matrices.Select(m => m.File)];

    /// <summary>The columns, in CSV and in JSON, empty where the table does not say enough; a row is the index of a sector.</summary>
    public static IReadOnlyList<TidyColumn<int>> Columns(TableAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var (sectors, l, f, e) = (analysis.Solution.Table.Sectors, analysis.Linkages, analysis.Factors, analysis.Extraction);
        return
        [
            new("code", i => sectors[i].Code), new("name", i => sectors[i].Name),
            new("output_multiplier", i => l.OutputMultipliers[i]), new("output_multiplier_type_two", i => f.ClosedOutput?[i]),
            new("value_added_multiplier", i => l.ValueAddedMultipliers[i]),
            .. Factor("income", f.Income), .. Factor("employment", f.Employment),
            new("backward_linkage", i => l.BackwardLinkages[i]), new("forward_linkage_ghosh", i => l.ForwardLinkages[i]),
            new("forward_linkage_leontief", i => l.LeontiefForwardLinkages[i]), new("key", i => l.IsKey(i)),
            new("extraction_total", i => e.Total[i]), new("extraction_backward", i => e.Backward[i]),
            new("extraction_forward", i => e.Forward[i]),
        ];

        static IEnumerable<TidyColumn<int>> Factor(string name, FactorMultiplier? multiplier) =>
        [
            new($"{name}_multiplier", i => multiplier?.Simple[i]), new($"{name}_multiplier_type_one", i => multiplier?.TypeOne[i]),
            new($"{name}_multiplier_type_two", i => multiplier?.TypeTwo[i]),
        ];
    }

    /// <summary>Writes one row for each sector.</summary>
    public static void Write(TextWriter writer, TableAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        TidyTable.Write(writer, Columns(analysis), Enumerable.Range(0, analysis.Solution.Table.Sectors.Count));
    }

    /// <summary>The matrices as files, each with a code row and a code column, in the order of <see cref="MatrixNames"/>.</summary>
    public static IReadOnlyList<OutputFile> MatrixFiles(TableSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return [.. Matrices.Select(matrix => OutputFile.Text(matrix.File, writer =>
            TableCsv.WriteMatrix(writer, solution.Table.Sectors, (i, j) => CsvOutput.Text(matrix.Element(solution, i, j)))))];
    }
}
