using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// Holds a JSON file against the type that it is deserialised to, by the type's attributes: every fault of shape, each with its line.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="whole">What a fault calls the outermost object: "the study".</param>
/// <param name="faults">Takes the faults.</param>
internal sealed class DefinitionShape(string file, string whole, FaultList faults)
{
    private const int ShownLength = 60;
    private const int MessageLength = 200;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>The whole file, or null with a fault added: it is no JSON.</summary>
    public LocatedJson? Parse(byte[] utf8)
    {
        if (utf8.Length > InputLimits.JsonBytes)
        {
            faults.Add(new(file, "", $"a JSON file of {Wording.Count(utf8.Length, "byte")}",
                $"at most {Wording.Count(InputLimits.JsonBytes, "byte")}", "Check whether it is the right file."));
            return null;
        }

        try
        {
            return LocatedJson.Parse(utf8);
        }
        catch (LocatedJson.JsonLimitException exception)
        {
            faults.Add(exception.Of(file));
            return null;
        }
        catch (JsonException e)
        {
            // The reader's message ends with the position, which the place already says.
            var message = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            var column = e.BytePositionInLine is { } position ? $", byte {position + 1}" : "";
            faults.Add(new(file, $"line {(e.LineNumber ?? 0) + 1}{column}",
                $"text that is no JSON ({(message.Length > MessageLength ? message[..MessageLength] + "…" : message)})",
                "a JSON object; comments and trailing commas are allowed", "Mend the syntax there or just before."));
            return null;
        }
    }

    /// <summary>The whole file as an object of a type, or null with faults added.</summary>
    public T? Read<T>(byte[] utf8)
        where T : class
    {
        var before = faults.Count;
        if (Parse(utf8) is not { } root) return null;
        Check(root, typeof(T));
        return faults.Count > before ? null : JsonSerializer.Deserialize<T>(utf8, StudySchema.Options);
    }

    /// <summary>Checks the outermost value, which has this type.</summary>
    public void Check(LocatedJson root, Type type) => Check(root, StudySchema.Options.GetTypeInfo(type), null, "");

    /// <summary>Where a key stands, for a fault: "line 3, key table.unit".</summary>
    /// <param name="path">The key with those around it: "regions[0].name".</param>
    public string Place(string path) => _lines.TryGetValue(path, out var line) ? $"line {line}, key {path}" : $"key {path}";

    /// <summary>A unit of money, or null with a fault added: it is none, or of another currency than the target.</summary>
    /// <param name="text">The unit as it is written.</param>
    /// <param name="path">Its key.</param>
    /// <param name="target">The study's unit; null where that is not known.</param>
    public MonetaryUnit? Unit(string text, string path, MonetaryUnit? target)
    {
        if (!MonetaryUnit.TryParse(text, out var unit))
        {
            faults.Add(new(file, Place(path), $"\"{text}\"", MonetaryUnit.Expected, "Write a known unit."));
            return null;
        }

        if (target is null || unit.Currency == target.Currency) return unit;
        faults.Add(new(file, Place(path), $"\"{text}\" ({unit.Currency})",
            $"a unit of {target.Currency}, the currency of the study's unit \"{target.Text}\"",
            "Convert the file to that currency; exchange rates are not the study's business."));
        return null;
    }

    private void Check(LocatedJson node, JsonTypeInfo type, ICustomAttributeProvider? attributes, string path)
    {
        _lines[path] = node.Line;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when node.Kind == JsonTokenType.StartObject:
                CheckObject(node, type, path);
                break;
            case JsonTypeInfoKind.Object:
                Fault(node, path, "an object with the keys " + Keys(type), "Write { … }.");
                break;
            case JsonTypeInfoKind.Enumerable when node.Kind == JsonTokenType.StartArray:
                CheckCount(node, type, attributes, path);
                for (var i = 0; i < node.Items.Count; i++)
                    Check(node.Items[i], StudySchema.Options.GetTypeInfo(type.ElementType!),
                        type.ElementType == typeof(string) ? attributes : null, $"{path}[{i}]");
                break;
            case JsonTypeInfoKind.Enumerable:
                Fault(node, path, "a list", "Write [ … ].");
                break;
            case JsonTypeInfoKind.None when (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(JsonElement):
                if (node.Kind == JsonTokenType.StartObject) CheckRepeated(node, path);
                else Fault(node, path, "an object", "Write { … }.");
                break;
            default:
                CheckScalar(node, Nullable.GetUnderlyingType(type.Type) ?? type.Type, attributes, path);
                break;
        }
    }

    // Of two numbers the first is the lower.
    private void CheckCount(LocatedJson node, JsonTypeInfo type, ICustomAttributeProvider? attributes, string path)
    {
        var found = $"a list of {node.Items.Count}";
        if (StudySchema.Attribute<LengthAttribute>(attributes) is { } length && node.Items.Count != length.MinimumLength)
            faults.Add(type.ElementType == typeof(int)
                ? new(file, Place(node, path), found, $"a list of {length.MinimumLength}, [first, last]", "Write both years.")
                : new(file, Place(node, path), found, $"a list of {length.MinimumLength}, [low, high]", "Write both numbers."));
        if (StudySchema.Attribute<MinLengthAttribute>(attributes) is { } least && node.Items.Count < least.Length)
            faults.Add(new(file, Place(node, path), found, $"a list of at least {least.Length}",
                "Add what is missing, or remove the key."));
    }

    private void CheckObject(LocatedJson node, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, line, value) in node.Properties)
        {
            var key = path.Length == 0 ? name : $"{path}.{name}";
            var property = type.Properties.FirstOrDefault(p => p.Name == name);
            if (property is null)
            {
                faults.Add(new(file, $"line {line}, key {key}", $"the unknown key {name}", "one of " + Keys(type),
                    Suggestion.Remedy(name, [.. type.Properties.Select(p => p.Name)], "Remove the key; keys are case-sensitive.")));
            }
            else if (!seen.Add(name))
            {
                Repeated(key, name, line);
            }
            else if (value.Kind == JsonTokenType.Null && property.IsSetNullable)
            {
                _lines[key] = line;
            }
            else
            {
                Check(value, StudySchema.Options.GetTypeInfo(property.PropertyType), property.AttributeProvider, key);
            }
        }

        foreach (var property in type.Properties)
            if (property.IsRequired && !seen.Contains(property.Name))
                faults.Add(new(file, $"line {node.Line}, {(path.Length == 0 ? whole : "key " + path)}", $"no key {property.Name}",
                    "the keys " + string.Join(", ", type.Properties.Where(p => p.IsRequired).Select(p => p.Name)),
                    $"Add {property.Name}."));
    }

    // An object of any keys, each of which may stand once.
    private void CheckRepeated(LocatedJson node, string path)
    {
        _lines[path] = node.Line;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, line, value) in node.Properties)
        {
            if (seen.Add(name)) CheckRepeated(value, $"{path}.{name}");
            else Repeated($"{path}.{name}", name, line);
        }

        for (var i = 0; i < node.Items.Count; i++) CheckRepeated(node.Items[i], $"{path}[{i}]");
    }

    private void CheckScalar(LocatedJson node, Type type, ICustomAttributeProvider? attributes, string path)
    {
        if (type == typeof(string))
        {
            if (node.Kind != JsonTokenType.String)
                Fault(node, path, "a string", "Write it between quotation marks.");
            else if (StudySchema.Attribute<AllowedValuesAttribute>(attributes) is { } allowed && !allowed.Values.Contains(node.String))
                Fault(node, path, string.Join(" or ", allowed.Values.Select(v => $"\"{v}\"")),
                    "Write one of them, in lower case.");
            else if (StudySchema.Attribute<MinLengthAttribute>(attributes) is not null && string.IsNullOrWhiteSpace(node.String))
                Fault(node, path, "a text that is not empty", "Write it.");
            return;
        }

        if (type == typeof(bool))
        {
            if (node.Kind is not (JsonTokenType.True or JsonTokenType.False))
                Fault(node, path, "true or false", "Write it without quotation marks.");
            return;
        }

        var range = StudySchema.Attribute<RangeAttribute>(attributes);
        var (text, culture) = (node.Text, CultureInfo.InvariantCulture);
        var (name, parsed) = type == typeof(int)
            ? ("a whole number", int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var i) ? i : (double?)null)
            : type == typeof(long)
            ? ("a whole number", long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var l) ? l : null)
            : type == typeof(ulong)
            ? ("a whole number from 0 to 18446744073709551615", ulong.TryParse(text, NumberStyles.None, culture, out var u) ? u : null)
            : ("a number", double.TryParse(text, NumberStyles.Float, culture, out var d) && double.IsFinite(d) ? d : null);
        if (node.Kind != JsonTokenType.Number || parsed is null)
            Fault(node, path, name, "Write it in digits, without quotation marks.");
        else if (range is not null && !InRange(parsed.Value, range))
            Fault(node, path, Describe(range, name), "Mend the number.");
    }

    private static bool InRange(double value, RangeAttribute range)
    {
        double minimum = Convert.ToDouble(range.Minimum, null), maximum = Convert.ToDouble(range.Maximum, null);
        return (range.MinimumIsExclusive ? value > minimum : value >= minimum)
            && (range.MaximumIsExclusive ? value < maximum : value <= maximum);
    }

    private static string Describe(RangeAttribute range, string name) => string.Create(CultureInfo.InvariantCulture,
        $"{name} {(range.MinimumIsExclusive ? "above" : "of at least")} {range.Minimum} "
        + $"and {(range.MaximumIsExclusive ? "below" : "at most")} {range.Maximum}");

    private static string Keys(JsonTypeInfo type) => string.Join(", ", type.Properties.Select(p => p.Name));

    private static string Place(LocatedJson node, string path) => path.Length == 0 ? $"line {node.Line}" : $"line {node.Line}, key {path}";

    private void Repeated(string key, string name, int line) => faults.Add(new(file, $"line {line}, key {key}",
        $"the key {name} for the second time", "every key once", "Remove one of the two."));

    private void Fault(LocatedJson node, string path, string expected, string remedy) => faults.Add(new(file, Place(node, path),
        node.Text.Length > ShownLength ? node.Text[..ShownLength] + "…" : node.Text, expected, remedy));
}
