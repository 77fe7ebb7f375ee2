using IIKernel.Kernels.Lanes;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>sectors.csv as read: amounts in the unit of the file.</summary>
/// <param name="Sectors">The n sectors in file order.</param>
/// <param name="Codes">Their codes.</param>
/// <param name="Rows">Their rows, for the places of later faults.</param>
/// <param name="TotalOutput">X; n values.</param>
/// <param name="IntermediateInput">M; n values.</param>
/// <param name="ValueAdded">V as printed; n values, or empty where the file has no such column.</param>
/// <param name="Compensation">Compensation of employees; n values, or empty where the file has no such column.</param>
/// <param name="Employment">Employment, in whatever unit; n values, or empty likewise.</param>
/// <param name="HouseholdConsumption">What households buy of each sector; n values, or empty likewise.</param>
/// <param name="Resolution">Unit of the last decimal that the column of M prints.</param>
/// <param name="ColumnTolerance">How far the file says that a column sum of the flows may lie from M by rounding; n values.</param>
internal sealed record SectorRows(
    List<Sector> Sectors, CodeList Codes, List<CsvRow> Rows, double[] TotalOutput, double[] IntermediateInput,
    double[] ValueAdded, double[] Compensation, double[] Employment, double[] HouseholdConsumption, double Resolution,
    double[] ColumnTolerance);

/// <summary>Reads sectors.csv.</summary>
public static class SectorReader
{
    /// <summary>The column that sectors.csv may have where the flows were rounded before they were added up or divided.</summary>
    public const string Tolerance = "column_tolerance";

    /// <summary>The column that sectors.csv may have, to hold output less intermediate input against.</summary>
    public const string ValueAdded = "value_added";

    /// <summary>The column that sectors.csv may have for multipliers of income.</summary>
    public const string Compensation = "compensation";

    /// <summary>The column that sectors.csv may have for multipliers of employment; any unit.</summary>
    public const string Employment = "employment";

    /// <summary>The column that sectors.csv may have to close the model for households.</summary>
    public const string HouseholdConsumption = "household_consumption";

    private const int Named = 5;

    /// <summary>The sectors; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="hasCategories">Whether the study has categories; without them the sectors need none.</param>
    /// <param name="categories">The categories; null where their own file is faulty.</param>
    /// <param name="allowNegative">Whether value added may be negative.</param>
    internal static (SectorRows? Rows, CodeList? Codes) Read(StudyReadContext context, string path,
        bool hasCategories, CodeList? categories, bool allowNegative)
    {
        string[] category = hasCategories ? ["category"] : [];
        var table = context.Csv(path, ["code", "name", .. category, "total_output", "intermediate_input"]);
        if (table is null) return (null, null);
        if (StudyLimits.Sectors(table.File, table.Rows.Count, StudyLimits.Memory) is { } tooMany)
        {
            context.Faults.Add(tooMany);
            return (null, null);
        }

        var before = context.Faults.Count;
        var (sectors, codes) = (new List<Sector>(), new CodeList(table.File));
        var (outputs, inputs, decimals) = (new double[table.Rows.Count], new double[table.Rows.Count], int.MinValue);
        var tolerances = new double[table.Rows.Count];
        var (negative, above) = (new List<SectorAmount>(), 0);
        double[] Optional(string column) => table.Has(column) ? new double[table.Rows.Count] : [];
        var printed = Optional(ValueAdded);
        var (compensation, employment, consumption) = (Optional(Compensation), Optional(Employment), Optional(HouseholdConsumption));
        foreach (var row in table.Rows) codes.Add(row, "code", context.Faults);
        // Faulty amounts leave the codes usable for the other files; faulty codes do not.
        var usable = context.Faults.Count == before;
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var row = table.Rows[i];
            if (row.Text("code").Length == 0) continue;
            row.Name(("sector", row.Text("code")));
            sectors.Add(new(row.Text("code"), row.Text("name"), row.Text("name_en"),
                categories?.Find(row, "category", context.Faults) ?? 0));
            if (row.NonNegative("total_output") is not { } output || row.NonNegative("intermediate_input") is not { } input) continue;
            (outputs[i], inputs[i]) = (output, input);
            if (row.Text(Tolerance).Length > 0) tolerances[i] = row.NonNegative(Tolerance) ?? 0;
            if (printed.Length > 0) printed[i] = row.Number(ValueAdded) ?? 0;
            if (employment.Length > 0) employment[i] = row.NonNegative(Employment) ?? 0;
            // Second-hand goods that households sell may outweigh what they buy.
            if (consumption.Length > 0) consumption[i] = row.Number(HouseholdConsumption) ?? 0;
            if (compensation.Length > 0)
            {
                // What is paid may pass the output of a sector that is subsidised: value added is negative then, or nearly.
                compensation[i] = row.NonNegative(Compensation) ?? 0;
                if (compensation[i] > output && !allowNegative)
                    row.Fault(Compensation, $"at most total_output {CsvNumber.Print(output)}",
                        "Mend one of the two, both in the unit of the table; where the table is published so, "
                            + "add \"negative-value-added\" to table.allow.", "above output");
            }

            decimals = Math.Max(decimals, CsvNumber.Decimals(row.Text("intermediate_input")));
            if (input <= output) continue;
            above++;
            if (allowNegative) negative.Add(new(row.Text("code"), output - input));
            else row.Fault("intermediate_input", $"at most total_output {CsvNumber.Print(output)}",
                "Mend one of the two; where the table is published so, with a negative value added, "
                    + "add \"negative-value-added\" to table.allow.", "above output");
        }

        if (above > 1 && above == table.Rows.Count)
        {
            context.Faults.AddInstead(new(table.File, "columns total_output and intermediate_input",
                "intermediate_input above total_output in every row",
                "total output, which holds intermediate input and value added",
                "The two columns are exchanged: exchange them, or their names in the header."));
        }

        if (negative.Count > 0)
            context.Warnings.Add(new NegativeValueAddedWarning(table.File, [.. negative.Take(Named)], Math.Max(0, negative.Count - Named)));

        return (context.Faults.Count == before && (categories is not null || !hasCategories)
            ? new(sectors, codes, table.Rows, outputs, inputs, printed, compensation, employment, consumption,
                ScalarMath.PowerOfTen(-decimals), tolerances) : null,
            usable ? codes : null);
    }
}
