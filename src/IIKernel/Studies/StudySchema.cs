using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace IIKernel.Studies;

/// <summary>
/// The JSON Schemas of study.json and of files of claims, derived from <see cref="StudyDefinition"/> and <see cref="ClaimsDefinition"/>.
/// </summary>
public static class StudySchema
{
    /// <summary>How both are read.</summary>
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The schema of study.json as text: indented, LF, with a final line feed; the content of <c>study.schema.json</c>.</summary>
    public static string Export() => Export(typeof(StudyDefinition), "study.json");

    /// <summary>The schema of a file of claims, likewise; the content of <c>claims.schema.json</c>.</summary>
    public static string ExportClaims() => Export(typeof(ClaimsDefinition), "claims.json");

    private static string Export(Type type, string title)
    {
        var root = (JsonObject)Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Annotate,
        });
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", title);
        // The schema holds Chinese unit words, which the default encoder would escape.
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return root.ToJsonString(options) + "\n";
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node) return schema;
        var attributes = context.PropertyInfo?.AttributeProvider ?? context.TypeInfo.Type;
        if (Attribute<DescriptionAttribute>(attributes) is { } description) node.Insert(0, "description", description.Description);
        if (Attribute<MinLengthAttribute>(attributes) is { } minimum)
            node[context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable ? "minItems" : "minLength"] = minimum.Length;
        // A key that stands twice is a $ref the second time, to where its values are listed.
        if (!node.ContainsKey("$ref") && Attribute<AllowedValuesAttribute>(attributes) is { } allowed)
            (context.TypeInfo.Kind == JsonTypeInfoKind.Enumerable ? (JsonObject)node["items"]! : node)["enum"] = new JsonArray(
            [
                .. allowed.Values.Select(v => (JsonNode?)JsonValue.Create((string?)v)),
                .. node["type"] is JsonArray types && types.Any(t => (string?)t == "null") ? (JsonNode?[])[null] : [],
            ]);
        if (Attribute<LengthAttribute>(attributes) is { } length)
        {
            var counted = context.TypeInfo.Kind == JsonTypeInfoKind.Object ? "Properties" : "Items";
            node["min" + counted] = length.MinimumLength;
            node["max" + counted] = length.MaximumLength;
        }

        if (Attribute<RangeAttribute>(attributes) is { } range)
        {
            node[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(Convert.ToDouble(range.Minimum, null));
            node[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = JsonValue.Create(Convert.ToDouble(range.Maximum, null));
        }

        return node;
    }

    internal static T? Attribute<T>(ICustomAttributeProvider? provider)
        where T : Attribute => provider?.GetCustomAttributes(typeof(T), false).FirstOrDefault() as T;
}
