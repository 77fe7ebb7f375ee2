using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IIKernel.Reports.Words;

/// <summary>How every JSON text of the project is written.</summary>
public static class JsonText
{
    /// <summary>
    /// Options of every JSON text that the project writes: names in snake case, as those of CSV columns, and null where a number is not
    /// finite, which JSON has no word for.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new FiniteNumberConverter(), new WarningConverter() },
    };
}
