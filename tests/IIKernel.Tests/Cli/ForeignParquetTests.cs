using ParquetSharp;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>Draws in Parquet as other programs write them, here Apache Arrow's library: described, or refused by file and column.</summary>
public sealed class ForeignParquetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-foreign-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Compression.Uncompressed, true, 1)]
    [InlineData(Compression.Snappy, true, 3)]
    [InlineData(Compression.Gzip, false, 2)]
    [InlineData(Compression.Zstd, true, 2)]
    [InlineData(Compression.Brotli, false, 1)]
    public void Other_compressions_dictionaries_and_row_groups_are_described_alike(Compression compression, bool hasDictionary, int groups)
    {
        double[] values = [.. Enumerable.Range(0, 600).Select(i => Math.Sqrt(i % 50 + 1))];
        var path = Path.Combine(_folder, "draws.parquet");
        using (var builder = new WriterPropertiesBuilder().Compression(compression))
        using (var properties = (hasDictionary ? builder.EnableDictionary() : builder.DisableDictionary()).Build())
        using (var file = new ParquetFileWriter(path, [new Column<double>("a")], properties))
        {
            foreach (var chunk in values.Chunk(values.Length / groups)) Write(file, chunk);
            file.Close();
        }

        File.WriteAllText(Path.Combine(_folder, "draws.csv"), "a\n" + string.Join('\n', values.Select(v => v.ToString("R", null))) + "\n");
        foreach (var name in new[] { "draws.parquet", "draws.csv" })
        {
            var (code, error) = CommandLineRunner.InProcess(
                "describe", Path.Combine(_folder, name), "--quiet", "--out", Path.Combine(_folder, name + "-out"));
            Assert.True(code == 0, error);
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "draws.csv-out/described.csv")),
            File.ReadAllBytes(Path.Combine(_folder, "draws.parquet-out/described.csv")));
    }

    // As pandas and R write every column: it may hold nothing in a row, and does so in none.
    [Fact]
    public void A_column_that_may_be_empty_is_described_where_it_is_not()
    {
        var path = Path.Combine(_folder, "maybe.parquet");
        using (var file = new ParquetFileWriter(path, [new Column<double?>("a")]))
        {
            Write(file, [.. Enumerable.Range(1, 600).Select(i => (double?)i)]);
            file.Close();
        }

        var (code, error) = CommandLineRunner.InProcess("describe", path, "--quiet", "--out", Path.Combine(_folder, "described"));
        Assert.True(code == 0, error);
        Assert.Contains("300.5", File.ReadAllText(Path.Combine(_folder, "described", "described.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_other_types_are_refused_by_name()
    {
        Refused([1, 2, 3], new Column<int>("count"), "column count: found another type than a number of 64 bits");
        Refused([1.5m, 2m, 3m], new Column<decimal>("price", LogicalType.Decimal(20, 3)), "column price: found another type");
    }

    private void Refused<T>(T[] values, Column column, string message)
    {
        var path = Path.Combine(_folder, "other.parquet");
        using (var file = new ParquetFileWriter(path, [column]))
        {
            Write(file, values);
            file.Close();
        }

        var (code, error) = CommandLineRunner.InProcess("describe", path, "--quiet");
        Assert.Equal(2, code);
        Assert.Contains("other.parquet", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static void Write<T>(ParquetFileWriter file, T[] values)
    {
        using var group = file.AppendRowGroup();
        using var writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
