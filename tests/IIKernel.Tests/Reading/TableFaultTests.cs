using System.Globalization;
using Xunit;

namespace IIKernel.Tests.Reading;

public sealed class TableFaultTests
{
    [Theory]
    [InlineData("total_output", "-5", "\"-5\"", "at least 0")]
    [InlineData("intermediate_input", "-5", "\"-5\"", "at least 0")]
    [InlineData("total_output", "12", "", "at most total_output 12")]
    [InlineData("category", "Z", "\"Z\"", "a code of categories.csv")]
    [InlineData("code", "", "an empty cell", "a code")]
    [InlineData("code", "006", "code 006 for the second time", "every code once")]
    public void A_wrong_cell_of_a_sector_is_named(string column, string value, string found, string expected)
    {
        using var editor = new StudyEditor();
        // X < M is a fault of M's cell.
        var place = value == "12" ? "intermediate_input" : column;
        var faults = editor.SetCell("sectors.csv", "code=007", column, value).Faults();
        Assert.Single(faults, f => f.File == "sectors.csv");
        StudyEditor.Holds(faults[0], "sectors.csv", $"line 8, column {place}", found, expected);
    }

    [Fact]
    public void Value_added_of_zero_is_accepted()
    {
        using var editor = new StudyEditor();
        var study = editor.SetCell("sectors.csv", "code=007", "total_output", editor.Cell("sectors.csv", "code=007", "intermediate_input"))
            .Read();
        Assert.Equal(0, study.Table.ValueAdded(6));
    }

    [Fact]
    public void A_sector_without_row_or_column_of_flows_is_named()
    {
        using var editor = new StudyEditor();
        editor.RemoveRow("flows.csv", "code=012").Refuses("flows.csv", "", "148 rows without a row for sector 012", "149 × 149");
        using var other = new StudyEditor();
        var fault = other.Replace("flows.csv", ",012,", ",12,").Refuses("flows.csv", "line 1, column 13",
            "\"12\", 012 without its leading zeros", "a code of sectors.csv");
        Assert.Contains("Codes are text", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_or_repeated_row_of_flows_is_named()
    {
        using var editor = new StudyEditor();
        // The row of 012 is the one that says 013: it is not missing besides.
        editor.SetCell("flows.csv", "code=012", "code", "013").Refuses("flows.csv", "line 14, column code",
            "code 013 for the second time", "every code once");
        using var other = new StudyEditor();
        other.SetCell("flows.csv", "code=012", "code", "X99").Refuses("flows.csv", "line 13, column code",
            "\"X99\"", "a code of sectors.csv");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("NaN")]
    [InlineData("")]
    public void A_flow_that_is_no_number_is_named_by_row_and_column(string cell)
    {
        using var editor = new StudyEditor();
        editor.SetCell("flows.csv", "code=004", "012", cell).Refuses("flows.csv", "line 5, column 012 (row 004)",
            cell.Length == 0 ? "an empty cell" : cell, "a number");
    }

    [Fact]
    public void A_header_of_neither_form_is_refused()
    {
        using var editor = new StudyEditor();
        editor.Write("flows.csv", "from,to,value\n001,002,3\n").Refuses("flows.csv", "line 1", "from,to,value", "row,col,value");
    }

    [Fact]
    public void A_column_sum_that_misses_its_total_is_refused_beyond_the_tolerance()
    {
        using var editor = new StudyEditor();
        // Whole numbers: 149 cells and M are each off by at most 1/2, and 1e-6 of M comes on top.
        var m = double.Parse(editor.Cell("sectors.csv", "code=005", "intermediate_input"), CultureInfo.InvariantCulture);
        var flow = double.Parse(editor.Cell("flows.csv", "code=001", "005"), CultureInfo.InvariantCulture);
        var tolerance = 1e-6 * m + 150 / 2.0;
        Set(Math.Floor(tolerance));
        Assert.Equal(flow + Math.Floor(tolerance), editor.Read().Table.Flows[0, 4] * 1e4, 1e-6);
        Set(Math.Floor(tolerance) + 1);
        editor.Refuses("flows.csv", "column 005", $"{Math.Floor(tolerance) + 1} above intermediate_input", "(sectors.csv, line 6)");
        editor.Replace("study.json", "\"flows.csv\",", "\"flows.csv\", \"inputsOutsideFlows\": true,")
            .Refuses("flows.csv", "column 005", "above", "at most");
        Set(-Math.Floor(tolerance) - 1);
        Assert.True(editor.Read().Table.InputsOutsideFlows);
        var fault = editor.Replace("study.json", "\"inputsOutsideFlows\": true", "\"inputsOutsideFlows\": false")
            .Refuses("flows.csv", "column 005", "below intermediate_input", "within");
        Assert.Contains("table.inputsOutsideFlows", fault.Remedy, StringComparison.Ordinal);

        void Set(double gap) => editor.SetCell("flows.csv", "code=001", "005", CsvText(flow + gap));
    }

    [Fact]
    public void Flows_are_mapped_by_code_whatever_their_order_or_form()
    {
        using var editor = new StudyEditor();
        var expected = TestData.Demonstration;
        var cells = editor.Lines("flows.csv").Select(line => line.Split(',')).ToArray();
        var order = Enumerable.Range(1, 149).OrderBy(i => i * 67 % 149).ToArray();
        int[] all = [0, .. order];
        int[] reversed = [0, .. order.Reverse()];
        editor.Write("flows.csv", string.Join('\n', all.Select(i => string.Join(',', reversed.Select(j => cells[i][j])))));
        StudyEditor.AssertSame(expected, editor.Read());
        var pairs = from i in order from j in order where cells[i][j] != "0" select $"{cells[0][j]},{cells[i][j]},{cells[i][0]}";
        editor.Write("flows.csv", "col,value,row\n" + string.Join('\n', pairs));
        StudyEditor.AssertSame(expected, editor.Read());
    }

    [Fact]
    public void A_pair_given_twice_in_long_form_is_refused()
    {
        using var editor = new StudyEditor();
        var faults = editor.Write("flows.csv", "row,col,value\n001,002,3\n001,003,x\n001,002,3\n001,7x,1\n").Faults();
        Assert.Equal(3, faults.Count);
        StudyEditor.Holds(faults[0], "flows.csv", "line 3, column value (row 001, col 003)", "\"x\"", "a number");
        StudyEditor.Holds(faults[1], "flows.csv", "line 4, column value (row 001, col 002)", "a second value", "the first is on line 2");
        StudyEditor.Holds(faults[2], "flows.csv", "line 5, column col", "\"7x\"", "a code of sectors.csv");
    }

    [Fact]
    public void Negative_flows_are_accepted_with_a_warning()
    {
        using var editor = new StudyEditor();
        var (flow, other) = (double.Parse(editor.Cell("flows.csv", "code=001", "005"), CultureInfo.InvariantCulture),
            double.Parse(editor.Cell("flows.csv", "code=002", "005"), CultureInfo.InvariantCulture));
        var study = editor.SetCell("flows.csv", "code=001", "005", "-250")
            .SetCell("flows.csv", "code=002", "005", CsvText(other + flow + 250)).Read();
        var warning = Assert.Single(study.Warnings);
        Assert.Equal("negative-flows", warning.Code);
        Assert.Contains("1 negative flow (row 001 column 005: -250)", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sector_without_output_needs_zeros_and_is_noted()
    {
        using var editor = new StudyEditor();
        Empty(editor, "007");
        var study = editor.Read();
        var warning = Assert.Single(study.Warnings);
        Assert.Equal("sector-without-output", warning.Code);
        Assert.Contains("sector 007", warning.Message, StringComparison.Ordinal);
        Assert.Equal(0, study.Table.TotalOutput[6]);
        editor.SetCell("flows.csv", "code=007", "012", "1").SetCell("flows.csv", "code=003", "007", "1");
        var faults = editor.Faults();
        Assert.Equal(["row 007, column 012", "row 003, column 007"],
            faults.Where(f => f.Found == "1").Select(f => f.Place).OrderDescending());
        StudyEditor.Holds(faults[0], "flows.csv", "column 0", "1", "0, since sector 007 has total_output 0");
        Assert.Contains("at most total_output 0", editor.SetCell("sectors.csv", "code=007", "intermediate_input", "2").Faults()[0].Expected,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_without_table_is_noted()
    {
        using var editor = new StudyEditor();
        var moved = editor.Lines("sectors.csv").Select(line => StudyEditor.Split(line)).Where(cells => cells[3] == "B")
            .Select(cells => cells[0]).ToArray();
        foreach (var code in moved) editor.SetCell("sectors.csv", $"code={code}", "category", "A");
        var warning = Assert.Single(editor.Read().Warnings);
        Assert.Equal("category-without-table", warning.Code);
        Assert.Contains("category B", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unproductive_table_is_refused_with_its_sectors()
    {
        using var editor = new StudyEditor();
        Empty(editor, "007");
        // Sector 007 lives on itself alone: a_77 = 1.
        editor.SetCell("flows.csv", "code=007", "007", "500").SetCell("sectors.csv", "code=007", "total_output", "500")
            .SetCell("sectors.csv", "code=007", "intermediate_input", "500")
            .Refuses("flows.csv", "sector 007", "spectral radius of the technical coefficients of 1", "below 1 (Hawkins–Simon condition)");
    }

    // Takes a sector out of the economy, keeping the column sums of the others.
    private static void Empty(StudyEditor editor, string code)
    {
        var lines = editor.Lines("flows.csv").Select(line => line.Split(',')).ToArray();
        var k = Array.IndexOf(lines[0], code);
        var sums = new double[lines.Length];
        for (var i = 1; i < lines.Length; i++)
        {
            lines[i][k] = "0";
            lines[k][i] = "0";
        }

        for (var j = 1; j < lines.Length; j++)
            sums[j] = Enumerable.Range(1, lines.Length - 1).Sum(i => double.Parse(lines[i][j], CultureInfo.InvariantCulture));
        editor.Write("flows.csv", string.Join('\n', lines.Select(cells => string.Join(',', cells))));
        editor.MapRows("sectors.csv", rows => rows.Select((row, i) =>
        {
            var cells = StudyEditor.Split(row);
            if (i + 1 == k) cells[4] = "0";
            cells[5] = CsvText(sums[i + 1]);
            return string.Join(',', cells);
        }));
    }

    private static string CsvText(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Whatever inputsOutsideFlows says, nothing sums to M; with it the indirect part would be a ten-thousandth of the right one.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 100)]
    public void Coefficients_in_the_place_of_flows_are_refused(bool inputsOutsideFlows, double whole)
    {
        using var editor = new StudyEditor();
        var output = TestData.Demonstration.Table.Sectors
            .Select(s => TestData.Number(editor.Cell("sectors.csv", $"code={s.Code}", "total_output"))).ToArray();
        editor.MapRows("flows.csv", rows => rows.Select(row => string.Join(',', row.Split(',')
            .Select((cell, j) => j == 0 ? cell : Coefficient(cell, output[j - 1])))));
        if (inputsOutsideFlows) editor.Replace("study.json", "\"flows.csv\"", "\"flows.csv\", \"inputsOutsideFlows\": true");
        var fault = editor.Refuses("flows.csv", "",
            whole == 1 ? "these are coefficients a_ij" : "coefficients a_ij in percent", "flows x_ij");
        Assert.DoesNotContain("inputsOutsideFlows", fault.Remedy, StringComparison.Ordinal);

        string Coefficient(string cell, double total) =>
            (total == 0 ? 0 : whole * TestData.Number(cell) / total).ToString("G9", CultureInfo.InvariantCulture);
    }
}
