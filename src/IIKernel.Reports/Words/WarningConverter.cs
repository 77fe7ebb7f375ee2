using System.Text.Json;
using System.Text.Json.Serialization;

namespace IIKernel.Reports.Words;

/// <summary>A warning in a JSON text: its code, its words in English, and its arguments, which programs read.</summary>
internal sealed class WarningConverter : JsonConverter<Warning>
{
    /// <inheritdoc/>
    public override Warning Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Warnings are written and never read back.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Warning value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("code", value.Code);
        writer.WriteString("message", Vocabulary.English.Text(value));
        writer.WritePropertyName("arguments");
        JsonSerializer.Serialize(writer, value.Arguments, options);
        writer.WriteEndObject();
    }
}
