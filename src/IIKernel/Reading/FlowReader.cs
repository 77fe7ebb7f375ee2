using IIKernel.Kernels.Lanes;

namespace IIKernel.Reading;

/// <summary>flows.csv as read, in the unit of the file.</summary>
/// <param name="File">The file.</param>
/// <param name="Values">x_ij: n × n, rows and columns in the order of the sectors.</param>
/// <param name="Resolution">Unit of the last decimal that the file prints.</param>
internal sealed record FlowMatrix(string File, double[,] Values, double Resolution);

/// <summary>Reads flows.csv, as a matrix or in long form.</summary>
internal static class FlowReader
{
    private const int Named = 8;
    private const int Unused = -2;

    // Publishers print more around the matrix.
    private const string NoSector = "Remove what is no sector, such as a total, a final use or value added.";

    /// <summary>The flows; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="sectors">The sectors; null where their own file is faulty.</param>
    public static FlowMatrix? Read(StudyReadContext context, string path, CodeList? sectors)
    {
        var table = context.CsvOf(path, ["code"], ["row", "col", "value"]);
        if (table is null) return null;
        if (table.Header[0] == "code") return ReadMatrix(context, table, sectors);
        if (table.Has("row") && table.Has("col") && table.Has("value")) return ReadLong(context, table, sectors);
        context.Faults.Add(new(table.File, table.HeaderPlace, $"the header {CsvRow.Quote(string.Join(",", table.Header))}",
            "code,<code>,<code>,… (matrix) or row,col,value (long form)", "Mend the header."));
        return null;
    }

    private static FlowMatrix? ReadMatrix(StudyReadContext context, CsvTable table, CodeList? sectors)
    {
        var before = context.Faults.Count;
        var n = sectors?.Count ?? 0;
        var columns = Columns(context, table, sectors);
        var rows = new CodeList(table.File);
        var (values, decimals, found) = (new double[n, n], int.MinValue, new bool[n]);
        foreach (var row in table.Rows)
        {
            var added = rows.Add(row, "code", context.Faults);
            var i = added && sectors is not null ? sectors.Find(row, "code", context.Faults, NoSector) : -1;
            if (i >= 0) found[i] = true;
            row.Name(("row", row.Text("code")));
            for (var c = 1; c < table.Header.Count; c++)
            {
                if (columns[c] == Unused || row.Number(c) is not { } value) continue;
                decimals = Math.Max(decimals, CsvNumber.Decimals(row.Text(c)));
                if (i >= 0 && columns[c] >= 0) values[i, columns[c]] = value;
            }
        }

        if (sectors is not null) ReportMissing(context, table, "row", sectors, found, table.Rows.Count);
        return sectors is not null && context.Faults.Count == before ? new(table.File, values, ScalarMath.PowerOfTen(-decimals)) : null;
    }

    // Index of the sector of each column of the file, −1 for what is none; a column without name and cells is not read.
    private static int[] Columns(StudyReadContext context, CsvTable table, CodeList? sectors)
    {
        var (columns, found) = (new int[table.Header.Count], new bool[sectors?.Count ?? 0]);
        columns[0] = Unused;
        for (var c = 1; c < columns.Length; c++)
        {
            var name = table.Header[c];
            if (name.Length == 0 && table.Rows.TrueForAll(row => row.Text(c).Length == 0)) columns[c] = Unused;
            else
            {
                columns[c] = sectors?.Find(name, table.File, "the header", () => table.HeaderCell(c), context.Faults, NoSector)
                    ?? -1;
            }

            if (columns[c] >= 0) found[columns[c]] = true;
        }

        if (sectors is not null) ReportMissing(context, table, "column", sectors, found, columns.Count(c => c != Unused));
        return columns;
    }

    // As many unknown codes as missing sectors are the same ones, misspelt: they have been named.
    private static void ReportMissing(StudyReadContext context, CsvTable table, string what, CodeList sectors, bool[] found, int count)
    {
        string[] missing = [.. sectors.Codes.Where((_, i) => !found[i])];
        var unknown = count - (sectors.Count - missing.Length);
        if (missing.Length == 0 || unknown == missing.Length) return;
        context.Faults.Add(new(table.File, "",
            $"{Wording.Count(count, what)} without a {what} for sector {Wording.Listed(missing, Named)}",
            $"a {what} for each of the {sectors.Count} sectors of {sectors.File}, {sectors.Count} × {sectors.Count} cells",
            $"Add the {what}; write 0 where nothing flows."));
    }

    private static FlowMatrix? ReadLong(StudyReadContext context, CsvTable table, CodeList? sectors)
    {
        var before = context.Faults.Count;
        var n = sectors?.Count ?? 0;
        var (values, lines, decimals) = (new double[n, n], new int[n, n], int.MinValue);
        foreach (var row in table.Rows)
        {
            row.Name(("row", row.Text("row")), ("col", row.Text("col")));
            var value = row.Number("value");
            if (value is not null) decimals = Math.Max(decimals, CsvNumber.Decimals(row.Text("value")));
            if (sectors is null) continue;
            var (i, j) = (sectors.Find(row, "row", context.Faults, NoSector), sectors.Find(row, "col", context.Faults, NoSector));
            if (i < 0 || j < 0) continue;
            if (lines[i, j] > 0)
                context.Faults.Add(new(table.File, row.Place("value"), "a second value for the same pair",
                    $"every pair once; the first is {table.On(lines[i, j])}", "Remove one of the two rows."));
            lines[i, j] = row.Line;
            values[i, j] = value ?? 0;
        }

        return sectors is not null && context.Faults.Count == before ? new(table.File, values, ScalarMath.PowerOfTen(-decimals)) : null;
    }
}
