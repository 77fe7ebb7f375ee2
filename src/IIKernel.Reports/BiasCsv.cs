using IIKernel.Reports.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports;

/// <summary>bias.csv: by how much means miss their points, and what of it the table brings, one figure a row.</summary>
public static class BiasCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "bias.csv";

    /// <summary>The columns.</summary>
    public static IReadOnlyList<TidyColumn<BiasEntry>> Columns { get; } =
    [
        new("scope", e => e.Key.Scope), new("code", e => e.Key.Code), new("name", e => e.Key.Name), new("year", e => e.Key.Year),
        new("component", e => EstimatesCsv.Word(e.Key.Component)), new("unit", e => e.Key.Unit), new("point", e => e.Key.Point),
        new("bias", e => e.Bias), new("se_bias", e => e.BiasError), new("inputs", e => e.Inputs), new("se_inputs", e => e.InputsError),
        new("table", e => e.Table), new("se_table", e => e.TableError), new("draws", e => e.Draws),
    ];

    /// <summary>Writes the header and the rows. The encoding is the writer's.</summary>
    public static void Write(TextWriter writer, UncertaintySummary summary) => TidyTable.Write(writer, Columns, summary.Bias);
}
