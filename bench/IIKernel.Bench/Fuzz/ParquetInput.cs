using Parquet;
using Parquet.Schema;

namespace IIKernel.Bench.Fuzz;

/// <summary>Inputs that are nearly a Parquet file of draws.</summary>
public static class ParquetInput
{
    // A file ends with the length of its footer, four bytes, and its mark.
    private const int Tail = 8;

    /// <summary>Files that are right: with a column of numbers, and one of numbers that may be missing, packed in several ways.</summary>
    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        Seed(new DataField<double>("a"), 20, CompressionMethod.Snappy), Seed(new DataField<double?>("b"), 3, CompressionMethod.Snappy),
        Seed(new DataField<double>("c"), 9, CompressionMethod.None), Seed(new DataField<double?>("d"), 9, CompressionMethod.Gzip),
        Seed(new DataField<double>("e"), 9, CompressionMethod.Zstd),
    ];

    /// <summary>Makes an input.</summary>
    public static byte[] Make(Random random)
    {
        var seed = Seeds[random.Next(Seeds.Count)];
        var footer = BitConverter.ToInt32(seed, seed.Length - Tail);
        switch (random.Next(3))
        {
            case 0:
                return ByteMutation.Of(random, seed);
            case 1:
                // Within the footer alone, whose length is mended.
                var changed = ByteMutation.Of(random, seed[(seed.Length - Tail - footer)..^Tail]);
                return [.. seed[..(seed.Length - Tail - footer)], .. changed, .. BitConverter.GetBytes(changed.Length), .. "PAR1"u8];
            default:
                // The groups alone.
                var body = ByteMutation.Of(random, seed[..(seed.Length - Tail - footer)], 4);
                return [.. body, .. seed[(seed.Length - Tail - footer)..]];
        }
    }

    private static byte[] Seed(DataField field, int rows, CompressionMethod packing) =>
        SeedAsync(field, rows, packing).GetAwaiter().GetResult();

    private static async Task<byte[]> SeedAsync(DataField field, int rows, CompressionMethod packing)
    {
        using var stream = new MemoryStream();
        var options = new ParquetOptions { CompressionMethod = packing };
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream, options))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["study"] = "s", ["draws"] = "20", ["seed"] = "1", ["level"] = "0.9" };
            for (var g = 0; g < 2; g++)
            {
                using var group = writer.CreateRowGroup();
                double[] values = [.. Enumerable.Range(0, rows).Select(i => i * 0.5)];
                if (field.IsNullable) await group.WriteAsync<double>(field, values.Select(v => v > 0.5 ? (double?)null : v).ToArray());
                else await group.WriteAsync<double>(field, values);
            }
        }

        return stream.ToArray();
    }
}
