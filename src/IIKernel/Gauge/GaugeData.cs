using System.Globalization;
using System.Text;
using System.Text.Json;
using IIKernel.Kernels.Lanes;
using IIKernel.Reading;
using IIKernel.Studies;

namespace IIKernel.Gauge;

/// <summary>The known answers that ship inside this assembly: Data/gauge.</summary>
public static class GaugeData
{
    private const string Folder = "gauge";
    private const string SourceMark = "# SOURCE: ";

    private static readonly EmbeddedStudyFiles Files = new(typeof(GaugeData).Assembly, Folder);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The sets, in the order of gauge.json.</summary>
    public static IReadOnlyList<GaugeSet> Sets { get; } = JsonSerializer.Deserialize<GaugeSet[]>(Text("gauge.json"), Json)!;

    /// <summary>Where the values of a file come from: its SOURCE line, or its key "source".</summary>
    public static string Source(string file)
    {
        if (file.EndsWith(".json", StringComparison.Ordinal)) return Document(file).GetProperty("source").GetString()!;
        var line = Text(file).Split('\n', 2)[0];
        return line.StartsWith(SourceMark, StringComparison.Ordinal) ? line[SourceMark.Length..]
            : throw new InvalidDataException($"{file} does not begin with \"{SourceMark}\".");
    }

    /// <summary>A JSON file.</summary>
    internal static JsonElement Document(string file) => JsonDocument.Parse(Text(file)).RootElement;

    /// <summary>A CSV file behind its SOURCE line.</summary>
    internal static IReadOnlyList<CsvRow> Rows(string file)
    {
        var text = Text(file);
        var faults = new FaultList();
        return CsvTable.Parse(file, text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], [], faults)?.Rows
            ?? throw new StudyException(faults.ToFaults());
    }

    /// <summary>A study among the files, in a folder of its own.</summary>
    internal static Study Study(string folder) =>
        StudyReader.Read(new EmbeddedStudyFiles(typeof(GaugeData).Assembly, $"{Folder}/{folder}"));

    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    internal static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetDouble())];

    internal static double[,] Matrix(JsonElement rows)
    {
        var matrix = new double[rows.GetArrayLength(), rows[0].GetArrayLength()];
        for (var i = 0; i < matrix.GetLength(0); i++)
            for (var j = 0; j < matrix.GetLength(1); j++)
                matrix[i, j] = rows[i][j].GetDouble();
        return matrix;
    }

    /// <summary>Half a unit of the last digit that a number is printed with.</summary>
    internal static double HalfUnit(JsonElement printed) => 0.5 * ScalarMath.PowerOfTen(-CsvNumber.Decimals(printed.GetRawText()));

    private static string Text(string file) =>
        Encoding.UTF8.GetString(Files.Read(file) ?? throw new FileNotFoundException($"No known answers {file}.", file));
}
