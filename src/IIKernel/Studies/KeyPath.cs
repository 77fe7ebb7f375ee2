using System.Globalization;
using System.Text.Json.Nodes;

namespace IIKernel.Studies;

/// <summary>A value of a JSON file by the names around it, as faults write it: <c>regions[0].name</c>, items counted from 0.</summary>
internal sealed class KeyPath
{
    /// <summary>How one is written.</summary>
    public const string Form = "a key of study.json with those around it, such as sampling.level or regions[0].gdp";

    // A file of JSON is no deeper.
    private const int MostSteps = 63;

    // A key, or the index of an item where that is null.
    private readonly IReadOnlyList<(string? Key, int Item)> _steps;

    private KeyPath(IReadOnlyList<(string?, int)> steps) => _steps = steps;

    /// <summary>Reads one; null where the text is none.</summary>
    public static KeyPath? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = new List<(string?, int)>();
        foreach (var part in text.Split('.'))
        {
            var pieces = part.Split('[');
            if (pieces[0].Length == 0 || pieces[0].Contains(']')) return null;
            steps.Add((pieces[0], 0));
            foreach (var piece in pieces.Skip(1))
            {
                if (!piece.EndsWith(']')
                    || !int.TryParse(piece.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var item)) return null;
                steps.Add((null, item));
            }
        }

        return steps.Count > MostSteps ? null : new(steps);
    }

    /// <summary>Whether a key is that of a path, stands in it, or around it.</summary>
    public static bool Touches(string path, string key) => IsIn(path, key) || IsIn(key, path);

    /// <summary>Puts a value in the place of what is there; keys that are not there are added, with those around them.</summary>
    /// <param name="root">The outermost object, which is changed.</param>
    /// <param name="value">The value; null to take a key away.</param>
    /// <returns>What was found and expected where the path leads nowhere; else null.</returns>
    public (string Found, string Expected)? Set(JsonNode root, JsonNode? value)
    {
        var (at, path) = (root, "");
        for (var s = 0; s < _steps.Count; s++)
        {
            var (key, item) = _steps[s];
            var isLast = s == _steps.Count - 1;
            if (key is not null)
            {
                if (at is not JsonObject keys) return ($"no object {path}", "an object, which has keys");
                path = path.Length == 0 ? key : $"{path}.{key}";
                if (isLast)
                {
                    if (value is null) keys.Remove(key);
                    else keys[key] = value.DeepClone();
                    return null;
                }

                if (keys[key] is null) keys[key] = _steps[s + 1].Key is null ? new JsonArray() : new JsonObject();
                at = keys[key]!;
                continue;
            }

            if (at is not JsonArray list) return ($"no list {path}", "a list, which has items");
            if (item >= list.Count) return ($"no item {item} of {path}", $"an item of its {list.Count}, counted from 0");
            path = $"{path}[{item}]";
            if (isLast)
            {
                list[item] = value?.DeepClone();
                return null;
            }

            if (list[item] is not { } next) return ($"nothing at {path}", "an object or a list");
            at = next;
        }

        return null;
    }

    private static bool IsIn(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');
}
