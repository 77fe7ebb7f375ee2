using IIKernel.Reports.Tables;
using IIKernel.Sensitivity;

namespace IIKernel.Reports;

/// <summary>influence.csv: one flow of the table a row, that of the largest contribution first.</summary>
public static class InfluenceCsv
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "influence.csv";

    /// <summary>The columns, in CSV and in JSON.</summary>
    public static IReadOnlyList<TidyColumn<CellInfluence>> Columns(FlowInfluence influence)
    {
        ArgumentNullException.ThrowIfNull(influence);
        var sectors = influence.Study.Table.Sectors;
        return
        [
            new("row", c => sectors[c.Row].Code), new("row_name", c => sectors[c.Row].Name),
            new("column", c => sectors[c.Column].Code), new("column_name", c => sectors[c.Column].Name),
            new("flow", c => c.Flow), new("coefficient", c => c.Coefficient),
            new("derivative", c => c.Derivative), new("elasticity", c => c.Elasticity), new("total_field", c => c.TotalField),
            new("relative_sd", c => c.RelativeSd), new("change_lower", c => c.Lower), new("change_upper", c => c.Upper),
            new("variance", c => c.Variance), new("share", c => c.Share), new("cumulative", c => c.Cumulative),
        ];
    }

    /// <summary>Writes the header and a row for each of the n² flows.</summary>
    public static void Write(TextWriter writer, FlowInfluence influence) =>
        TidyTable.Write(writer, Columns(influence), influence.Cells);
}
