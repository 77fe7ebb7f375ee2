using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IIKernel.Importing;

/// <summary>
/// How an office lays its input–output tables out: a mapping file. Texts are compared without regard to case and to white space between
/// words; "{country}" in a text stands for what --country says.
/// </summary>
[Description("How an office lays its input-output tables out. Comments and trailing commas are allowed; unknown keys are refused.")]
public sealed record TableLayout
{
    /// <summary>Its name, for --layout.</summary>
    [MinLength(1), Description("Name, for --layout.")]
    public required string Name { get; init; }

    /// <summary>Whose tables, and which.</summary>
    [MinLength(1), Description("Whose tables, and which.")]
    public required string Title { get; init; }

    /// <summary>Which published workbook it follows, and how that is known.</summary>
    [MinLength(1), Description("Which published workbook it follows, and how that is known.")]
    public string? Source { get; init; }

    /// <summary>Name of the sheet; without it the one sheet that has this layout.</summary>
    [MinLength(1), Description("Name of the sheet; without it the one sheet that has this layout.")]
    public string? Sheet { get; init; }

    /// <summary>Letters of the column of the rows' codes; without it that of the first text of rowsUntil.</summary>
    [MinLength(1), Description("Letters of the column of the rows' codes; without it the column that holds one of rowsUntil.")]
    public string? CodeColumn { get; init; }

    /// <summary>Number of the row of the columns' codes; without it that of the first text of columnsUntil.</summary>
    [Range(1, 1048576), Description("Number of the row of the columns' codes; without it the row that holds one of columnsUntil.")]
    public int? CodeRow { get; init; }

    /// <summary>Where the sectors' names stand: "left" or "right" of their codes, or letters of a column.</summary>
    [MinLength(1), Description("Where names stand: left or right of the codes, or letters of a column; without it there are none.")]
    public string? NameColumn { get; init; }

    /// <summary>Letters of the column of English names.</summary>
    [MinLength(1), Description("Letters of the column of English names, beside others.")]
    public string? EnglishNameColumn { get; init; }

    /// <summary>The code or name of the row that ends the rows of the sectors; within a range, its last row ends them too.</summary>
    [Description("The code or name of the row behind those of the sectors; the first one found ends them.")]
    public required IReadOnlyList<string> RowsUntil { get; init; }

    /// <summary>The code of the column that ends the columns of the sectors; an empty code ends them too.</summary>
    [Description("The code of the column behind those of the sectors; an empty code ends them too.")]
    public IReadOnlyList<string> ColumnsUntil { get; init; } = [];

    /// <summary>What stands before the code of a row that is a sector; other rows are passed over.</summary>
    [Description("What stands before the code of each row of a sector; rows without it are passed over.")]
    public string RowPrefix { get; init; } = "";

    /// <summary>What stands before the code of a column that is a sector; other columns are passed over.</summary>
    [Description("What stands before the code of each column of a sector; columns without it are passed over.")]
    public string ColumnPrefix { get; init; } = "";

    /// <summary>Whether rows that are no sectors stand among them and are passed over: inputs outside the flows.</summary>
    [Description("Whether rows that have no column, such as used goods, stand among the sectors and are passed over.")]
    public bool OtherRows { get; init; }

    /// <summary>Codes or names of the row of total output.</summary>
    [Description("Codes or names that the row of total output may have.")]
    public required IReadOnlyList<string> TotalOutput { get; init; }

    /// <summary>Codes or names of the row of intermediate input; without any it is output less value added.</summary>
    [Description("Codes or names that the row of total intermediate input may have; without any it is output less value added.")]
    public IReadOnlyList<string> IntermediateInput { get; init; } = [];

    /// <summary>Codes or names of the row of value added.</summary>
    [Description("Codes or names that the row of value added may have.")]
    public IReadOnlyList<string> ValueAdded { get; init; } = [];

    /// <summary>Texts that stand for 0 in the table.</summary>
    [Description("Texts that stand for 0 in the table.")]
    public IReadOnlyList<string> Zeros { get; init; } = [];

    /// <summary>Whether an empty cell of the flows is 0.</summary>
    [Description("Whether an empty cell of the flows is 0.")]
    public bool EmptyIsZero { get; init; }

    /// <summary>The unit, where the sheet does not say it.</summary>
    [MinLength(1), Description("The unit, where the sheet does not say it.")]
    public string? Unit { get; init; }

    /// <summary>Whether intermediate input holds inputs that have no row in the flows.</summary>
    [Description("As table.inputsOutsideFlows of a study.")]
    public bool InputsOutsideFlows { get; init; }

    /// <summary>What the tables may have although they should not.</summary>
    [AllowedValues("negative-value-added", "discrepancy"), Description("As table.allow of a study.")]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>The layout with the name of a country in the place of "{country}".</summary>
    internal TableLayout For(string country) => this with
    {
        RowPrefix = Named(RowPrefix, country),
        ColumnPrefix = Named(ColumnPrefix, country),
        RowsUntil = [.. RowsUntil.Select(text => Named(text, country))],
        ColumnsUntil = [.. ColumnsUntil.Select(text => Named(text, country))],
        TotalOutput = [.. TotalOutput.Select(text => Named(text, country))],
        IntermediateInput = [.. IntermediateInput.Select(text => Named(text, country))],
        ValueAdded = [.. ValueAdded.Select(text => Named(text, country))],
    };

    /// <summary>Whether a country has to be named.</summary>
    internal bool NeedsCountry => For("").RowPrefix != RowPrefix || For("").ColumnPrefix != ColumnPrefix;

    private static string Named(string text, string country) => text.Replace("{country}", country, StringComparison.Ordinal);
}
