using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using IIKernel.Reports.Files;
using IIKernel.Reports.Words;

namespace IIKernel.Reports;

/// <summary>
/// The JSON Schema of receipts, derived from <see cref="Receipt"/> and, for run.json, <see cref="RunReceipt"/>. Every key that they have is
/// always written, but for those that a type leaves out where they are null; other verbs may add keys of their own.
/// </summary>
public static class ReceiptSchema
{
    private static readonly JsonSerializerOptions Options = new(JsonText.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>
    /// The schema as text: indented, LF, with a final line feed; the content of <c>receipt.schema.json</c>. Descriptions are those of the
    /// documentation beside the assemblies.
    /// </summary>
    public static string Export()
    {
        var descriptions = new Descriptions();
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Receipts of IIKernel: run.json, linkages.json and those of its other verbs",
        };
        foreach (var (key, value) in Of(typeof(Receipt), descriptions, "#")) root[key] = value?.DeepClone();
        root["properties"]![nameof(Receipt.Program).ToLowerInvariant()]!["const"] = Receipt.ProgramName;
        root["if"] = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["verb"] = new JsonObject { ["const"] = Path.GetFileNameWithoutExtension(RunReceipt.FileName) },
            },
        };
        root["then"] = Of(typeof(RunReceipt), descriptions, "#/then");
        return root.ToJsonString(new(JsonText.Options) { NewLine = "\n" }) + "\n";
    }

    private static JsonObject Of(Type type, Descriptions descriptions, string place) =>
        (JsonObject)Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Completed(context, schema, descriptions, place),
        });

    private static JsonNode Completed(JsonSchemaExporterContext context, JsonNode schema, Descriptions descriptions, string place)
    {
        // Converters of our own say nothing of what they write.
        var node = context.TypeInfo.Type == typeof(double) ? new JsonObject { ["type"] = new JsonArray("number", "null") }
            : context.TypeInfo.Type == typeof(Warning) ? Warnings()
            : schema as JsonObject;
        if (node is null) return schema;
        // References count from the root of the type's own schema.
        if ((string?)node["$ref"] is { } reference) node["$ref"] = place + reference[1..];
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && node["properties"] is JsonObject properties)
        {
            var optional = context.TypeInfo.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), true) == true)
                .Select(p => p.Name);
            node["required"] = new JsonArray([.. properties.Select(p => p.Key).Except(optional).Select(name => (JsonNode)name)]);
        }

        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property) return node;
        // What has no setter is taken to be null at times, though its type says that it never is.
        if (property.SetMethod is null && node["type"] is JsonArray types && types.Count == 2
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull)
            node["type"] = types.Single(t => (string?)t != "null")!.DeepClone();
        if (descriptions.Of(property) is { } description) node.Insert(0, "description", description);
        return node;
    }

    private static JsonObject Warnings() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "string" },
            ["message"] = new JsonObject { ["type"] = "string" },
            ["arguments"] = new JsonObject { ["type"] = "object" },
        },
        ["required"] = new JsonArray("code", "message", "arguments"),
    };

    // What the compiler wrote of the properties' comments.
    private sealed class Descriptions
    {
        private readonly Dictionary<string, XElement> _members = new[] { typeof(Receipt), typeof(Studies.Study), typeof(Kernels.IBackend) }
            .Select(t => Path.Combine(AppContext.BaseDirectory, t.Assembly.GetName().Name + ".xml"))
            .SelectMany(path => XDocument.Load(path).Descendants("member"))
            .Select(member => (Name: member.Attribute("name")!.Value, Member: member))
            .Where(m => m.Name.StartsWith("P:", StringComparison.Ordinal)).ToDictionary(m => m.Name, m => m.Member);

        public string? Of(PropertyInfo property)
        {
            var name = $"P:{property.DeclaringType!.FullName}.{property.Name}";
            if (_members.GetValueOrDefault(name)?.Element("summary") is not { } summary) return null;
            // "See X." of another member is that member's text.
            var nodes = summary.Nodes().Where(n => n is XElement || n.ToString().Trim().Length > 0).ToArray();
            if (nodes is [XText { Value: var see }, XElement other, XText] && see.Trim() == "See"
                && _members.GetValueOrDefault((string?)other.Attribute("cref") ?? "")?.Element("summary") is { } seen)
                summary = seen;
            var text = string.Concat(summary.Nodes().Select(Text));
            return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        private static string Text(XNode node) => node switch
        {
            XText text => text.Value,
            // A member is named as its key is.
            XElement element when (string?)element.Attribute("cref") is { } cref =>
                JsonNamingPolicy.SnakeCaseLower.ConvertName(cref[(cref.LastIndexOf('.') + 1)..]),
            XElement element => element.Value,
            _ => "",
        };
    }
}
