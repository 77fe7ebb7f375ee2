using System.IO.Compression;
using System.Text;
using IIKernel.Bench.Fuzz;
using IIKernel.Cli;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Workbooks;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>Each limit of what is read, with its message.</summary>
public sealed class InputLimitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-limits-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Files of one byte too much that take no room on the disk.
    [Fact]
    public void A_file_is_no_larger_than_a_gigabyte()
    {
        Assert.Equal("found a file of 1,000,000,001 bytes; expected at most 1,000,000,000 bytes. Leave out what is not needed, or check "
            + "whether it is the right file.",
            Assert.Throws<InputFileException>(() => InputFile.Read(Sparse("a.csv", InputLimits.FileBytes + 1))).Message);
        Assert.Equal(5, InputFile.Read(Sparse("b.csv", 5), 5)!.Length);
        Assert.Throws<InputFileException>(() => InputFile.Read(Sparse("c.csv", 6), 5));
        using var editor = new StudyEditor();
        File.Delete(editor.PathOf("growth.csv"));
        File.Move(Sparse("d.csv", InputLimits.FileBytes + 1), editor.PathOf("growth.csv"));
        editor.Refuses("growth.csv", "", "1,000,000,001 bytes", "at most 1,000,000,000");
    }

    [Fact]
    public void A_line_has_4_million_characters_at_most()
    {
        var text = "a\n" + new string('1', InputLimits.LineLength);
        var buffer = new char[1000];
        using (var whole = new LineLimitReader(new StringReader(text + "\n" + text[2..])))
            while (whole.Read(buffer, 0, buffer.Length) > 0) Assert.NotEqual('\0', buffer[0]);
        foreach (var fault in new[]
        {
            FaultOf(faults => CsvTable.Parse("f.csv", text + "1", ["a"], faults)), FaultOf(faults => Draws(text + "1", faults)),
        })
            StudyEditor.Holds(fault!, "f.csv", "line 2", "more than 4,194,304 characters", "at most 4,194,304");
    }

    // 100 bytes a cell of text, 32 a draw.
    [Fact]
    public void Cells_are_held_against_memory()
    {
        Assert.Null(StudyLimits.TextCells("f.csv", "", 10_737_418, 1L << 30));
        StudyEditor.Holds(StudyLimits.TextCells("f.csv", "line 7", 10_737_419, 1L << 30)!, "f.csv", "line 7", "10,737,419 cells",
            "at most 10,737,418 on this machine (100 bytes each, 1 GiB of memory)");
        Assert.Null(StudyLimits.KeptValues("f.csv", "", 1 << 25, 1L << 30));
        StudyEditor.Holds(StudyLimits.KeptValues("f.csv", "", (1 << 25) + 1, 1L << 30)!, "f.csv", "", "33,554,433 values",
            "at most 33,554,432 on this machine (32 bytes each");
    }

    [Theory]
    [InlineData("check", "study.json", ": found ", " cells; expected at most ")]
    [InlineData("describe", "f.csv", ": found ", " values; expected at most ")]
    public void Readers_ask_whether_memory_suffices(string verb, string file, params string[] said)
    {
        using var editor = new StudyEditor();
        // 50 MB are enough for 500,000 cells of text or 1,600,000 draws.
        var header = verb == "check" ? "year,output,capital,labour" : string.Join(',', Enumerable.Range(0, 50).Select(i => $"c{i}"));
        var row = string.Join(',', header.Split(',').Select(_ => "1"));
        var rows = string.Join('\n', Enumerable.Repeat(row, verb == "check" ? 150_000 : 40_000).Prepend(header));
        editor.Write(verb == "check" ? "growth.csv" : "f.csv", rows);
        var (exitCode, _, error) = CommandLineRunner.Process(
            [verb, verb == "check" ? editor.Folder : editor.PathOf(file)], ("DOTNET_GCHeapHardLimit", "3000000"));
        Assert.True(exitCode == ExitCodes.BadInput, error);
        Assert.All(said, text => Assert.Contains(text, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Json_is_64_deep_at_most()
    {
        static string Deep(int depth) => "{\"note\":\n" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
        Assert.Contains("a string", FaultOf(faults => Definition(Deep(64), faults))!.Expected, StringComparison.Ordinal);
        StudyEditor.Holds(FaultOf(faults => Definition(Deep(65), faults))!, "study.json", "line 2",
            "objects and lists more than 64 deep", "at most 64 within each other");
        StudyEditor.Holds(FaultOf(faults => Definition(Deep(100_000), faults))!, "study.json", "line 2",
            "objects and lists more than 64 deep", "at most 64 within each other");
    }

    [Fact]
    public void Json_has_a_million_values_and_16_megabytes_at_most()
    {
        static string Many(int values) => "[\n" + string.Join(',', Enumerable.Repeat("0", values - 1)) + "]";
        Assert.Contains("an object", FaultOf(faults => Definition(Many(1_000_000), faults))!.Expected, StringComparison.Ordinal);
        StudyEditor.Holds(FaultOf(faults => Definition(Many(1_000_001), faults))!, "study.json", "line 2",
            "more than 1,000,000 values", "at most 1,000,000 values");
        StudyEditor.Holds(FaultOf(faults => Definition(new string(' ', (1 << 24) + 1), faults))!, "study.json", "",
            "16,777,217 bytes", "at most 16,777,216 bytes");
    }

    // 20 MB of zeros pack to 20 kB, a thousandth.
    [Fact]
    public void A_workbook_unpacks_to_no_more_than_200_times_its_size()
    {
        StudyEditor.Holds(FaultOf(Zip(("xl/workbook.xml", new byte[20_000_000]))), "b.xlsx", "", "bytes that unpack to 20,000,000 bytes",
            "200 for each byte of the file where they are more than 16,777,216 bytes");
        // What is no more than 16 MiB may be packed as well as it can be.
        Assert.Contains("a damaged workbook", FaultOf(Zip(("xl/workbook.xml", new byte[16_000_000]))).Found, StringComparison.Ordinal);
        // Entries that share their bytes count each: the list alone tells.
        var zip = Zip([.. Enumerable.Range(0, 21).Select(i => ($"xl/{i}.xml", new byte[1_000_000]))]);
        Assert.Contains("unpack to 21,000,000 bytes", FaultOf(zip).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_has_10_000_entries_at_most()
    {
        var zip = Zip([.. Enumerable.Range(0, 10_001).Select(i => ($"xl/{i}", Array.Empty<byte>()))]);
        StudyEditor.Holds(FaultOf(zip), "b.xlsx", "", "an archive of 10,001 entries", "at most 10,000 entries");
    }

    // An entry that holds more than the archive's list says gives no more when it is unpacked.
    [Fact]
    public void An_entry_that_lies_about_its_size_is_cut()
    {
        var honest = Zip(("xl/a", new byte[20_000_000]));
        var lying = honest.ToArray();
        // Uncompressed size: 24 bytes into the entry of the central directory, whose mark is PK 1 2.
        var at = lying.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24;
        BitConverter.TryWriteBytes(lying.AsSpan(at), 1000);
        Assert.Null(Archive.TooLarge("b.xlsx", lying));
        using var archive = new ZipArchive(new MemoryStream(lying));
        using var entry = archive.Entries[0].Open();
        using var unpacked = new MemoryStream();
        try
        {
            entry.CopyTo(unpacked);
        }
        catch (InvalidDataException)
        {
            // Another way not to give more.
        }

        Assert.True(unpacked.Length <= 1000);
    }

    // A cell at the far end makes a sheet of 17,179,869,184 cells, 2^20 rows by 2^14 columns.
    [Theory]
    [InlineData("XFD1048576", "17,179,869,184 cells, 1,048,576 rows by 16,384 columns")]
    [InlineData("A2147483647", "2,147,483,647 cells, 2,147,483,647 rows by 1 column")]
    [InlineData("XFE3", "49,155 cells, 3 rows by 16,385 columns")]
    [InlineData("A1048576", null)]
    public void A_sheet_has_ten_million_cells_at_most(string cell, string? found)
    {
        var bytes = new TestWorkbook().Sheet("S").Set("A1", "a").Set("A2", "b").Bytes();
        bytes = Edited(bytes, "xl/worksheets/sheet1.xml", xml => xml.Replace("</sheetData>", $"<row r=\"{cell.TrimStart([.. "XFDEA"])}\">"
            + $"<c r=\"{cell}\"><v>1</v></c></row></sheetData>", StringComparison.Ordinal));
        if (found is null) Assert.Equal(1 << 20, IIKernel.Workbooks.WorkbookReader.Read("b.xlsx", bytes).Sheets[0].Used!.Rows);
        else StudyEditor.Holds(FaultOf(bytes), "b.xlsx", "sheet S", found, "at most 10,000,000 cells");
    }

    // Sizes of sectors, and numbers of sectors of the file's three tables, for which the library would take gigabytes.
    [Theory]
    [InlineData(30, 31)]
    [InlineData(32, 31)]
    [InlineData(46, 127)]
    [InlineData(66, 127)]
    [InlineData(74, 127)]
    public void A_compound_file_has_no_more_sectors_than_it_holds(int at, byte value)
    {
        var bytes = (byte[])WorkbookInput.Seeds[1].Clone();
        Assert.Single(IIKernel.Workbooks.WorkbookReader.Read("b.xls", bytes).Sheets);
        bytes[at] = value;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("a damaged workbook", FaultOf(bytes).Found, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_sheet_may_have_no_name()
    {
        var bytes = Edited(WorkbookInput.Seeds[0], "xl/workbook.xml", xml => xml.Replace("name=\"S\"", "", StringComparison.Ordinal));
        using var editor = new StudyEditor();
        editor.Write("b.xlsx", bytes).Replace("study.json", "\"growth.csv\"", "\"b.xlsx#T\"").Refuses("b.xlsx", "", "no sheet \"T\"", "");
    }

    [Fact]
    public void A_range_has_ten_million_cells_at_most()
    {
        using var editor = new StudyEditor();
        editor.Write("g.xlsx", new TestWorkbook().Table("S", editor.Text("growth.csv")).Bytes());
        editor.Replace("study.json", "\"growth.csv\"", "\"g.xlsx#S!A1:XFD1048576\"")
            .Refuses("g.xlsx, sheet S", "cells A1:XFD1048576", "17,179,869,184 cells", "at most 10,000,000 cells");
    }

    [Fact]
    public void Parquet_holds_no_more_than_200_times_its_size()
    {
        Assert.False(InputLimits.IsExpansion(1 << 24, 1));
        Assert.False(InputLimits.IsExpansion(20_000_000, 100_000));
        Assert.True(InputLimits.IsExpansion(20_000_001, 100_000));
    }

    // A footer that says of a list that it has 2^31 − 1 elements, one that ends within a number, one whose lists lie a thousand deep, and
    // one whose list holds structures of another type: the library would take memory for the first and wait for the others.
    [Theory]
    [InlineData("150219FCFFFFFFFF07")]
    [InlineData("15FFFF")]
    [InlineData("1502191C", 1000)]
    [InlineData("150218FCFFFFFFFF07")]
    public void A_footer_holds_no_more_than_its_bytes(string hexadecimal, int times = 1)
    {
        byte[] footer = [.. Enumerable.Repeat(Convert.FromHexString(hexadecimal), times).SelectMany(b => b)];
        byte[] file = [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Single(Assert.Throws<StudyException>(() => DrawsParquet.Read("f", new MemoryStream(file), default)).Faults);
        Assert.Contains("no Parquet file, or a damaged one", fault.Found, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    // The values of the first page, whose packed bytes begin with their length, say that they are 256 MB.
    [Fact]
    public void A_page_unpacks_to_what_its_header_says()
    {
        var file = (byte[])ParquetInput.Seeds[0].Clone();
        var at = file.AsSpan().IndexOf<byte>([0xA0, 0x01, 0, 0]);
        new byte[] { 0xFF, 0xFF, 0xFF, 0x7F }.CopyTo(file, at);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("a damaged Parquet file",
            Assert.Throws<StudyException>(() => DrawsParquet.Read("f", new MemoryStream(file), default)).Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    // What explains a column's fault is said once, and yet the others of the column are no numbers either.
    [Fact]
    public void An_exchange_of_columns_is_a_fault_of_every_row()
    {
        var files = new StudyTexts(new EmbeddedStudyFiles(typeof(Study).Assembly, "gauge/three-sectors"))
        {
            ["coefficients.csv"] = "sector,point,distribution,low,mode,high\nb,0.25,uniform,x,,0.375\nc,0.4,uniform,y,,0.5\n",
        };
        var faults = Assert.Throws<StudyException>(() => StudyReader.Read(files)).Faults;
        Assert.Contains(faults, f => f.File == "coefficients.csv" && f.Place.Contains("column low", StringComparison.Ordinal));
    }

    // Each of another kind: what is kept of them is some hundred kilobytes.
    [Fact]
    public void Faults_hold_little_however_many_there_are()
    {
        var faults = new FaultList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200_000; i++)
        {
            faults.Add(new($"file {i % 300}", $"line {i}", $"cell {i}", "another", "Mend it."));
            faults.Add("causes", $"cause {i}", "more cell", () => new("causes", $"line {i}", "x", "y", "z"));
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(held < 5_000_000, $"{held} bytes");
        Assert.Equal(400_000, faults.Count);
        var said = faults.ToFaults();
        Assert.Equal(InputLimits.Faults, said.Count(f => !f.Found.Contains("more", StringComparison.Ordinal)));
        Assert.Contains("more faults in this file and others", said[^1].Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_a_fault_are_cut()
    {
        var faults = new FaultList();
        faults.Add(new("f", "p", new string('x', 1_000_000), "e", "r"));
        Assert.Equal(InputLimits.FaultLength + 1, faults.ToFaults()[0].Found.Length);
    }

    // Each comparison of two such codes would take 10^10 steps.
    [Fact]
    public void Words_that_are_too_long_to_be_mistyped_are_not_compared()
    {
        var code = new string('a', 100_000);
        Assert.Null(Suggestion.Nearest(code, [code + "b"]));
        var known = new string('a', InputLimits.ComparedName);
        Assert.Equal(known, Suggestion.Nearest(known[1..], [code, known]));
        using var editor = new StudyEditor();
        var empty = new string(',', editor.Lines("coefficients.csv")[0].Count(c => c == ','));
        var fault = editor.AddRow("coefficients.csv", code + empty).Faults()[0];
        Assert.Contains("aaa…", fault.Found, StringComparison.Ordinal);
        var (exitCode, error) = CommandLineRunner.InProcess("che" + code);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.DoesNotContain("Did you mean", error, StringComparison.Ordinal);
    }

    private string Sparse(string name, long length)
    {
        var path = Path.Combine(_folder, name);
        using var stream = File.Create(path);
        stream.SetLength(length);
        return path;
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Edited(byte[] bytes, string part, Func<string, string> edit)
    {
        using var source = new ZipArchive(new MemoryStream(bytes));
        return Zip([.. source.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            return (entry.FullName, Encoding.UTF8.GetBytes(entry.FullName == part ? edit(text) : text));
        })]);
    }

    private static StudyFault FaultOf(byte[] workbook) =>
        Assert.Single(Assert.Throws<StudyException>(() => IIKernel.Workbooks.WorkbookReader.Read("b.xlsx", workbook)).Faults);

    private static StudyFault? FaultOf(Action<FaultList> read)
    {
        var faults = new FaultList();
        read(faults);
        return faults.ToFaults().FirstOrDefault();
    }

    private static void Definition(string text, FaultList faults) =>
        new DefinitionShape("study.json", "the study", faults).Read<StudyDefinition>(Encoding.UTF8.GetBytes(text));

    private static void Draws(string text, FaultList faults) =>
        DrawsFile.Read("f.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), faults, default);
}
