using IIKernel.Reading;
using IIKernel.Studies;

namespace IIKernel.Tests.Claims;

/// <summary>Files of claims for tests.</summary>
internal static class ClaimFiles
{
    /// <summary>A file of claims in 亿元, one a condition: c0, c1, …</summary>
    public static string Of(params IEnumerable<string> conditions) => Named([.. conditions.Select((c, i) => ($"c{i}", "", c))]);

    /// <summary>A file of claims in 亿元, a line a claim.</summary>
    public static string Named(params IEnumerable<(string Id, string Group, string Condition)> claims)
    {
        var items = claims.Select(c =>
        {
            var group = c.Group.Length > 0 ? $"\"group\": \"{c.Group}\", " : "";
            return $$"""{ "id": "{{c.Id}}", "text": "言", {{group}}"condition": {{c.Condition}} }""";
        });
        return $$"""{ "unit": "亿元", "claims": [{{string.Join(",\n", items)}}] }""";
    }

    /// <summary>The claims of such a text on a study.</summary>
    public static IReadOnlyList<Claim> Read(Study study, string text) =>
        ClaimReader.Of(study with { Claims = new("claims.json", text) })!.Claims;
}
