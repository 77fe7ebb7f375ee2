using System.Text;
using IIKernel.Reading;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>Broken inputs and what is said about each, word for word: one cause, one message.</summary>
public sealed class MessageTests
{
    private static readonly byte[] Zip = [0x50, 0x4B, 3, 4, 20, 0, 0, 0];

    /// <summary>What is done to the files, and the whole text of the faults.</summary>
    public static TheoryData<string, Action<StudyEditor>, string> Broken { get; } = new()
    {
        // Files of another kind.
        { "xlsx", e => e.Write("groups.csv", [.. Zip, .. "xl/workbook.xml"u8]),
            "groups.csv: found an Excel workbook (.xlsx); expected a text file in UTF-8. "
            + "Open it in the spreadsheet and save the sheet as \"CSV UTF-8\"." },
        { "xls", e => e.Write("groups.csv", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]),
            "groups.csv: found an Excel workbook (.xls) or another old Office file; expected a text file in UTF-8. "
            + "Open it in the spreadsheet and save the sheet as \"CSV UTF-8\"." },
        { "ods", e => e.Write("groups.csv", [.. Zip, .. "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"u8]),
            "groups.csv: found an OpenDocument spreadsheet (.ods); expected a text file in UTF-8. "
            + "Open it in the spreadsheet and save the sheet as \"CSV UTF-8\"." },
        { "zip", e => e.Write("groups.csv", [.. Zip, .. "groups.csv"u8]),
            "groups.csv: found a ZIP archive; expected a text file in UTF-8. Unpack it and name the file inside." },
        { "pdf", e => e.Write("groups.csv", "%PDF-1.7\n"),
            "groups.csv: found a PDF document; expected a text file in UTF-8. Write its table to a CSV file in UTF-8." },
        { "html", e => e.Write("groups.csv", "\n<!DOCTYPE html><html>"),
            "groups.csv: found a web page; expected a text file in UTF-8. "
            + "Download the file itself, or write its table to a CSV file in UTF-8." },
        { "lfs", e => e.Write("groups.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
            "groups.csv: found the pointer of Git LFS to a file that is not here; expected a text file in UTF-8. "
            + "Fetch the file: git lfs pull." },

        { "empty study", e => e.Write("study.json", " \n"),
            "study.json: found an empty file; expected a JSON object. Write the study." },
        { "study in UTF-16", e => e.Write("study.json", [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]),
            "study.json: found the byte-order mark of UTF-16; expected UTF-8, or GB18030. Save the file as UTF-8." },

        // Tables of another layout.
        { "sep=,", e => e.Write("sectors.csv", "sep=,\n" + e.Text("sectors.csv")),
            "sectors.csv, line 1: found the line \"sep=,\", an instruction to a spreadsheet; "
            + "expected the header code,name,category,total_output,intermediate_input. Remove the line." },
        { "sep=;", e => e.Write("sectors.csv", "sep=;\n" + e.Text("sectors.csv").Replace(',', ';')),
            "sectors.csv, line 1: found the line \"sep=;\", an instruction to a spreadsheet; "
            + "expected the header code,name,category,total_output,intermediate_input. "
            + "Remove the line and save the table with commas between its cells." },
        { "title", e => e.Write("sectors.csv", "2017年投入产出表,,,,,\n单位：万元\n" + e.Text("sectors.csv")),
            "sectors.csv, line 1: found \"2017年投入产出表\" above the header, which stands on line 3; "
            + "expected the header on line 1. Remove what stands above the header." },
        { "title of flows", e => e.Write("flows.csv", "Flows\n" + e.Text("flows.csv")),
            "flows.csv, line 1: found \"Flows\" above the header, which stands on line 2; "
            + "expected the header on line 1. Remove what stands above the header." },
        { "semicolons", e => e.Write("growth.csv", e.Text("growth.csv").Replace(',', ';')),
            "growth.csv, line 1: found semicolons between the cells; expected commas: year,output,capital,labour. "
            + "Save the table as CSV UTF-8 with commas, and numbers with decimal points." },
        { "tabs", e => e.Write("flows.csv", e.Text("flows.csv").Replace(',', '\t')),
            "flows.csv, line 1: found tabs between the cells; expected commas: code or row,col,value. "
            + "Save the table as CSV UTF-8 with commas." },
        { "transposed", e => e.Write("growth.csv", Transposed(e.Text("growth.csv"))),
            "growth.csv: found a table with rows and columns exchanged: the names of its columns stand in the first column; "
            + "expected the header year,output,capital,labour. Transpose the table." },
        { "years as columns", e => e.Write("category-value-added.csv", "category,2017,2018,2019,2020,2021,2022\nA,1,2,3,4,5,6\n"),
            "category-value-added.csv, line 1: found a column for each of 6 years; "
            + "expected the columns category,year,value_added: one row for each year. "
            + "Write the table in long form: the year in a column of its own." },
        { "transposed flows", e => e.Write("flows.csv", Transposed(e.Text("flows.csv"))),
            "flows.csv: found rows and columns exchanged: every row sums to its sector's intermediate_input, the columns do not; "
            + "expected flows from the sector of the row to the sector of the column. Transpose the matrix." },
        { "flows in another unit", e => e.MapRows("sectors.csv", rows => rows.Select(row => Scaled(row, 4, 5))),
            "flows.csv: found column sums that are intermediate_input times 10,000 in every column; "
            + "expected flows in the unit of sectors.csv, that of table.unit. "
            + "Divide the flows by 10,000, or convert the other file." },
        { "renamed columns",
            e => e.Write("growth.csv", e.Text("growth.csv").Replace("capital,labour", "Capital,labor", StringComparison.Ordinal)),
            "growth.csv, line 1: found no column capital, labour; expected the columns year,output,capital,labour. "
            + "Rename Capital to capital, rename labor to labour." },
        { "missing column", e => e.Write("growth.csv", e.Text("growth.csv").Replace("capital", "K", StringComparison.Ordinal)),
            "growth.csv, line 1: found no column capital; expected the columns year,output,capital,labour. "
            + "Add what is missing, or mend its name; names of columns are case-sensitive." },
        { "long rows", e => e.MapRows("growth.csv", rows => rows.Select(row => row + ",")),
            "growth.csv, line 2: found 5 cells (and 16 more lines); expected 4 cells, as in the header. "
            + "Quote a cell that holds a comma; numbers take no thousands separators." },

        // Codes.
        { "zeros of flows", e => e.Write("flows.csv", WithoutZeros(e.Text("flows.csv"))),
            "flows.csv, line 1, column 2: found \"1\", 001 without its leading zeros (and 98 more cells); expected a code of sectors.csv. "
            + "Codes are text: format the column as text in the spreadsheet, write the codes again and save (a CSV file as CSV UTF-8).\n"
            + "flows.csv, line 2, column code: found \"1\", 001 without its leading zeros (and 98 more cells); "
            + "expected a code of sectors.csv. "
            + "Codes are text: format the column as text in the spreadsheet, write the codes again and save (a CSV file as CSV UTF-8)." },
        { "zeros of coefficients", e => e.Write("coefficients.csv", WithoutZeros(e.Text("coefficients.csv"))),
            "coefficients.csv, line 2, column sector: found \"88\", 088 without its leading zeros (and 5 more cells); "
            + "expected a code of sectors.csv. "
            + "Codes are text: format the column as text in the spreadsheet, write the codes again and save (a CSV file as CSV UTF-8)." },
        { "numbers", e => e.Write("province-gdp.csv", e.Text("province-gdp.csv").Replace("110000,", "1.1E+05,", StringComparison.Ordinal)),
            "province-gdp.csv, line 2, column region (region 1.1E+05, group 1, year 2017): "
            + "found \"1.1E+05\", a spreadsheet's form of 110000 (and 17 more cells); expected a code of provinces.csv. "
            + "Codes are text: format the column as text in the spreadsheet, write the codes again and save (a CSV file as CSV UTF-8)." },
        { "numbers of the list",
            e => e.Write("provinces.csv", e.Text("provinces.csv").Replace("\n110000,", "\n1.1E+05,", StringComparison.Ordinal)),
            "provinces.csv, line 2, column code: found \"1.1E+05\", a spreadsheet's form of 110000; expected a code as text. "
            + "Codes are text: format the column as text in the spreadsheet, write the codes again and save (a CSV file as CSV UTF-8). "
            + "The digits that the form leaves out are lost." },
        { "case", e => e.MapRows("category-value-added.csv", rows => rows.Select(row => char.ToLowerInvariant(row[0]) + row[1..])),
            "category-value-added.csv, line 2, column category (category a, year 2017): "
            + "found \"a\", which categories.csv writes A (and 113 more cells); expected a code of categories.csv. "
            + "Did you mean A? Capital and small letters differ." },
        { "white space",
            e => e.Write("province-gdp.csv", e.Text("province-gdp.csv").Replace("110000,", "110 000,", StringComparison.Ordinal)),
            "province-gdp.csv, line 2, column region (region 110 000, group 1, year 2017): "
            + "found \"110 000\", which provinces.csv writes 110000 (and 17 more cells); expected a code of provinces.csv. "
            + "Did you mean 110000? White space, zeros and full-width characters count in codes." },
        { "another number", e => e.MapRows("published.csv",
            rows => rows.Select(row => row.Replace("provinces,110000,", "provinces,110001,", StringComparison.Ordinal))),
            "published.csv, line 34, column code: found \"110001\"; expected a code of provinces.csv. "
            + "Use a code of provinces.csv, or add this one there." },
        { "another region",
            e => e.Write("province-gdp.csv", e.Text("province-gdp.csv").Replace("\n110000,", "\nBeijing,", StringComparison.Ordinal)),
            "province-gdp.csv, line 2, column region (region Beijing, group 1, year 2017): "
            + "found \"Beijing\", which stands in column name_en of provinces.csv (and 17 more cells); expected a code of provinces.csv. "
            + "Write the codes of provinces.csv here; where its columns code and name_en are exchanged, mend that." },
        { "another sector", e => e.SetCell("flows.csv", "code=012", "code", "X99"),
            "flows.csv, line 13, column code: found \"X99\"; expected a code of sectors.csv. "
            + "Use a code of sectors.csv, or add this one there. "
            + "Remove what is no sector, such as a total, a final use or value added." },
        { "merged cells", e => e.MapRows("province-gdp.csv", rows => rows.Select(row =>
            row.StartsWith("110000,2017,1,", StringComparison.Ordinal) ? row[6..] : row)),
            "province-gdp.csv, line 2, column region (group 1, year 2017): found an empty cell; expected a code of provinces.csv. "
            + "Write the code; of merged cells a spreadsheet saves the first alone, so that the others are empty." },
        { "a row of units", e => e.MapRows("sectors.csv", rows => rows.Prepend(",,,,万元,万元")),
            "sectors.csv, line 2, column code: found an empty cell; expected a code. "
            + "Write the code of this row; remove a row of units, remarks or totals." },
        { "a code twice", e => e.MapRows("provinces.csv", rows => rows.Append(rows.First())),
            "provinces.csv, line 33, column code: found code 110000 for the second time; "
            + "expected every code once; the first is on line 2. Remove one of the two rows." },
        { "reversed years", e => e.Replace("study.json", "\"years\": [2017, 2022]", "\"years\": [2022, 2017]"),
            "study.json, line 5, key years: found [2022, 2017], whose last year is before the first; "
            + "expected the first year before the last. Exchange the two." },
        { "a long code", e => e.SetCell("coefficients.csv", "sector=088", "sector", new string('9', 100_000)),
            $"coefficients.csv, line 2, column sector: found \"{new string('9', 60)}…\"; "
            + "expected a code of sectors.csv. Use a code of sectors.csv, or add this one there." },

        // Years.
        { "year with its word", e => e.MapRows("growth.csv", rows => rows.Select(row => row[..4] + "年" + row[4..])),
            "growth.csv, line 2, column year: found \"2007年\" (and 16 more cells); expected a year of four digits. Write 2007." },
        { "reversed window", e => e.Replace("study.json", "[2007, 2016]", "[2016, 2007]"),
            "study.json, line 11, key growth.fit: found [2016, 2007], whose last year is before the first; "
            + "expected the first year of the window and then the last. Exchange the two." },

        // The rest of a file.
        { "percentages", e => e.MapRows("coefficients.csv", rows => rows.Select(row => row[..4] + "20,,,,")),
            "coefficients.csv, line 2, column point (sector 088): found \"20\" (and 10 more cells); "
            + "expected a number in [0, 1]. Write the share, not a percentage." },
        { "perfect correlation", e => e.Write("ranks.csv", "row,col,value\n088,089,1\n088,090,-1\n")
            .Replace("study.json", "\"file\": \"coefficients.csv\"", "\"file\": \"coefficients.csv\", \"correlation\": \"ranks.csv\""),
            "ranks.csv, line 2, column value (088, 089): found \"1\"; expected a rank correlation in (−1, 1): "
            + "at 1 or −1 one coefficient would be a function of the other. "
            + "Write a correlation nearer to 0, such as 0.99, or give the sectors one joint sample.\n"
            + "ranks.csv, line 3, column value (088, 090): found \"-1\"; expected a rank correlation in (−1, 1): "
            + "at 1 or −1 one coefficient would be a function of the other. "
            + "Write a correlation nearer to 0, such as 0.99, or give the sectors one joint sample." },
        { "control characters", e => e.SetCell("growth.csv", "year=2008", "output", "\u001B[2J"),
            "growth.csv, line 3, column output (year 2008): found \"\\u001B[2J\"; expected a positive number. "
            + "Write a number with a decimal point and no thousands separators." },
    };

    [Theory, MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void A_broken_file_is_named_with_its_cure(string name, Action<StudyEditor> damage, string expected)
    {
        Assert.NotEmpty(name);
        using var editor = new StudyEditor();
        damage(editor);
        Assert.Equal(expected, string.Join('\n', editor.Faults().Select(f => f.ToString())));
    }

    /// <summary>A cell, what is strange about it and the cure.</summary>
    public static TheoryData<string, string, string> Cells { get; } = new()
    {
        { "１２", "\"１２\", in full-width characters", "Write 12." },
        { "12．5", "\"12．5\", in full-width characters", "Write 12.5." },
        { "1，234", "\"1，234\", with thousands separators", "Write 1234. Where the comma stands for the decimal point, write 1.234." },
        { "\"1,234\"", "\"1,234\", with thousands separators", "Write 1234. Where the comma stands for the decimal point, write 1.234." },
        { "\"1,234,567.5\"", "\"1,234,567.5\", with thousands separators", "Write 1234567.5." },
        { "\"12,34,567\"", "\"12,34,567\", with thousands separators", "Write 1234567." },
        { "1\u00A0234", "\"1\u00A0234\", with thousands separators", "Write 1234." },
        { "1'234", "\"1'234\", with thousands separators", "Write 1234." },
        { "\"1.234,5\"", "\"1.234,5\", with thousands separators and a decimal comma", "Write 1234.5." },
        { "1.234.567", "\"1.234.567\", with thousands separators", "Write 1234567." },
        { "\"1,5\"", "\"1,5\", with a decimal comma", "Write 1.5." },
        { "1，5", "\"1，5\", with a decimal comma", "Write 1.5." },
        { "-", "\"-\", which stands for nothing or for a figure that is not known",
            "Write 0 where the amount is zero; a figure that is not known has to be found." },
        { "—", "\"—\", which stands for nothing or for a figure that is not known",
            "Write 0 where the amount is zero; a figure that is not known has to be found." },
        { "n.a.", "\"n.a.\", which stands for nothing or for a figure that is not known",
            "Write 0 where the amount is zero; a figure that is not known has to be found." },
        { "…", "\"…\", which stands for nothing or for a figure that is not known",
            "Write 0 where the amount is zero; a figure that is not known has to be found." },
        { "#DIV/0!", "\"#DIV/0!\", an error of a spreadsheet's formula", "Mend the formula in the spreadsheet and save the file again." },
        { "#REF!", "\"#REF!\", an error of a spreadsheet's formula", "Mend the formula in the spreadsheet and save the file again." },
        { "#N/A", "\"#N/A\", an error of a spreadsheet's formula", "Mend the formula in the spreadsheet and save the file again." },
        { "######", "\"######\", what a spreadsheet shows where a column is too narrow",
            "Widen the column in the spreadsheet, or let it save values instead of what it shows." },
        { "12.5%", "\"12.5%\", a percentage", "Write 0.125." },
        { "12％", "\"12％\", in full-width characters, a percentage", "Write 0.12." },
        { "￥\u00A01", "\"￥\u00A01\", with the sign of a currency", "Write 1." },
        { "\"$1,234.50\"", "\"$1,234.50\", with the sign of a currency, with thousands separators", "Write 1234.50." },
        { "12万元", "\"12万元\", with a unit", "Write the number alone, in the unit that study.json names for the file: 12 where that is 万元." },
        { "'12", "\"'12\", with an apostrophe before it", "Write 12." },
        { "\u221212", "\"\u221212\", with a minus sign that is no hyphen", "Write -12." },
        { "3-Jan", "\"3-Jan\", a date, which a spreadsheet makes of numbers such as 3.1 and 1-3",
            "Format the column as numbers in the spreadsheet, write the number again as its source has it, and save the file again." },
        { "\"(1,234.5)\"", "\"(1,234.5)\", with parentheses for a negative number, with thousands separators", "Write -1234.5." },
        { "(12)", "\"(12)\", with parentheses for a negative number", "Write -12." },
        { "12*", "\"12*\", with the mark of a note", "Write 12." },
        { "12\u200B", "\"12\u200B\", with an invisible character (U+200B)", "Write 12." },
        { "0x10", "\"0x10\"", "Write a number with a decimal point and no thousands separators." },
        { "twelve", "\"twelve\"", "Write a number with a decimal point and no thousands separators." },
    };

    [Theory, MemberData(nameof(Cells), DisableDiscoveryEnumeration = true)]
    public void A_cell_that_is_no_number_is_named_with_its_cure(string cell, string found, string remedy)
    {
        using var editor = new StudyEditor();
        var faults = editor.SetCell("growth.csv", "year=2008", "output", cell).SetCell("growth.csv", "year=2009", "capital", cell).Faults();
        // A slip that a file makes everywhere is said once; a text that means nothing, at each place.
        var slip = found.Contains("\", ", StringComparison.Ordinal);
        Assert.Equal(slip ? 1 : 2, faults.Count);
        Assert.Equal(("line 3, column output (year 2008)", found + (slip ? " (and 1 more cell)" : ""), remedy),
            (faults[0].Place, faults[0].Found, faults[0].Remedy));
    }

    [Theory]
    [InlineData("3-Jan")]
    [InlineData("Jan-03")]
    [InlineData("1-mar-2024")]
    [InlineData("2024/1/3")]
    [InlineData("1月3日")]
    public void A_code_that_became_a_date_is_named_where_it_stands(string date)
    {
        using var editor = new StudyEditor();
        var fault = Assert.Single(editor.SetCell("sectors.csv", "code=007", "code", date).Faults());
        Assert.Equal(("sectors.csv", "line 8, column code",
            $"\"{date}\", a date, which a spreadsheet makes of codes such as 3-1 and 01-03"), (fault.File, fault.Place, fault.Found));
        Assert.Contains("format the column as text", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("007")]
    [InlineData("3-1")]
    [InlineData("01-03")]
    [InlineData("A-Jan")]
    [InlineData("3-Jane")]
    [InlineData("2024-13-1-1")]
    public void Other_codes_are_no_dates(string code) => Assert.False(CellText.IsSpreadsheetDate(code));

    [Theory]
    [InlineData("sectors.csv", "total_output", "intermediate_input", "columns total_output and intermediate_input")]
    [InlineData("sectors.csv", "category", "name", "columns category and name")]
    [InlineData("growth.csv", "year", "output", "columns year and output")]
    [InlineData("category-value-added.csv", "category", "year", "columns year and category")]
    [InlineData("category-value-added.csv", "value_added", "year", "columns year and value_added")]
    [InlineData("province-gdp.csv", "region", "group", "columns region and group")]
    [InlineData("published.csv", "component", "value", "columns component and value")]
    [InlineData("published.csv", "component", "scope", "columns component and scope")]
    [InlineData("coefficients.csv", "sector", "distribution", "columns sector and distribution")]
    public void Exchanged_columns_are_one_fault(string file, string first, string second, string place)
    {
        using var editor = new StudyEditor();
        var header = editor.Lines(file)[0].Split(',');
        var (a, b) = (Array.IndexOf(header, first), Array.IndexOf(header, second));
        editor.MapRows(file, rows => rows.Select(row =>
        {
            var cells = StudyEditor.Split(row);
            (cells[a], cells[b]) = (cells[b], cells[a]);
            return string.Join(',', cells);
        }));
        var fault = Assert.Single(editor.Faults());
        Assert.Equal((file, place), (fault.File, fault.Place));
        Assert.Contains("exchange", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_the_place_of_codes_are_said_once_a_column()
    {
        using var editor = new StudyEditor();
        editor.MapRows("provinces.csv", rows => rows.Select(row =>
        {
            var cells = StudyEditor.Split(row);
            (cells[0], cells[1]) = (cells[1], cells[0]);
            return string.Join(',', cells);
        }));
        var faults = editor.Faults();
        Assert.Contains(faults, f => f.File == "province-gdp.csv"
            && f.Found.StartsWith("\"110000\", which stands in column name of provinces.csv (and ", StringComparison.Ordinal));
        Assert.All(faults, f => Assert.Contains("column name of provinces.csv", f.Found, StringComparison.Ordinal));
        Assert.InRange(faults.Count, 1, 2);
    }

    [Fact]
    public void A_column_with_nearly_the_name_of_one_that_is_read_is_warned_of()
    {
        using var editor = new StudyEditor();
        editor.Replace("sectors.csv", "name_en", "name-en").Replace("provinces.csv", "area", "aera")
            .Replace("groups.csv", "name_en", "colour");
        string[] warnings = [.. editor.Read().Warnings.Where(w => w.Code == "column-not-read").Select(w => w.Message)];
        Assert.Equal(
            ["sectors.csv has a column name-en, which is not read; a column name_en would be. Rename it if that is meant.",
                "provinces.csv has a column aera, which is not read; a column area would be. Rename it if that is meant."], warnings);
    }

    [Fact]
    public void Latin_letters_with_accents_are_not_taken_for_Chinese()
    {
        var (faults, warnings) = (new FaultList(), new List<Warning>());
        Assert.Null(TextDecoder.Decode("a.csv",
            Encoding.Latin1.GetBytes("code,name\n1,\u00C9quipement\n2,\u00E9nergie \u00E0 part"), faults, warnings));
        Assert.Equal("a.csv, line 2: found 0xC9 among letters without accents, as Latin-1 or Windows-1252 writes a letter with one; "
            + "expected UTF-8, or GB18030. Save the file as UTF-8; spreadsheets call it \"CSV UTF-8\".",
            Assert.Single(faults.ToFaults()).ToString());
        byte[] chinese = [.. "1,"u8, 0xC5, 0xA9, 0xB2, 0xFA, 0xC6, 0xB7];
        Assert.Equal("1,农产品", TextDecoder.Decode("b.csv", chinese, new(), warnings));
        Assert.Contains("was read as GB18030", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_concordance_is_called_by_its_name()
    {
        var faults = Assert.Throws<StudyException>(() => StudyReadingOf("no-such.csv")).Faults;
        Assert.Equal("no-such.csv: found no such file; expected a concordance: CSV with the columns sector,group. Check the path.",
            Assert.Single(faults).ToString());
        var (exitCode, error) = CommandLineRunner.InProcess("aggregate", "--concordance", "/no/such.csv",
            "--out", Path.Combine(Path.GetTempPath(), "iikernel-none"));
        Assert.Equal(2, exitCode);
        Assert.StartsWith("/no/such.csv: found no such file; expected a concordance", error, StringComparison.Ordinal);

        static object StudyReadingOf(string path) => IIKernel.Reading.ConcordanceReader.Read(path, TestData.Demonstration);
    }

    [Fact]
    public void The_faults_of_a_file_are_listed_as_far_as_a_hundred()
    {
        using var editor = new StudyEditor();
        var text = new StringBuilder("region,year,group,gdp\n");
        for (var i = 0; i < 200_000; i++) text.Append("r").Append(i).Append(",2017,1,x").Append(i).Append('\n');
        var faults = editor.Write("province-gdp.csv", text.ToString()).Faults();
        Assert.Equal(101, faults.Count);
        // Two faults a row, and one for the regions that have none.
        Assert.Equal("province-gdp.csv: found 399,901 more faults in this file; expected none; "
            + "its first 100 are listed. Mend these and read the study again.", faults[^1].ToString());
    }

    private static string Transposed(string text)
    {
        var cells = text.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        return string.Join('\n', Enumerable.Range(0, cells[0].Length).Select(c => string.Join(',', cells.Select(row => row[c])))) + "\n";
    }

    private static string WithoutZeros(string text) =>
        string.Join('\n', text.Split('\n').Select(line => string.Join(',',
            line.Split(',').Select(cell => cell.Length == 3 && cell[0] == '0' ? cell.TrimStart('0') : cell))));

    private static string Scaled(string row, params int[] columns)
    {
        var cells = StudyEditor.Split(row);
        foreach (var c in columns)
            cells[c] = (decimal.Parse(cells[c], System.Globalization.CultureInfo.InvariantCulture) / 10_000)
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(',', cells);
    }
}
