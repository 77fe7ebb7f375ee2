using System.Text.Json.Nodes;

namespace IIKernel.Studies;

/// <summary>JSON merge patch: RFC 7396 (P. Hoffman and J. Snell, 2014).</summary>
internal static class MergePatch
{
    /// <summary>
    /// <paramref name="target"/> with the keys of <paramref name="patch"/>: objects are merged key by key, null takes a key away, and
    /// anything else, lists among it, takes the place of what was there. Neither is changed.
    /// </summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject keys) return patch?.DeepClone();
        var result = target is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach (var (name, value) in keys)
        {
            if (value is null) result.Remove(name);
            else result[name] = Apply(result[name], value);
        }

        return result;
    }
}
