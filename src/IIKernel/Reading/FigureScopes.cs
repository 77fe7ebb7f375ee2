using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>The scopes that figures of a study have, with their codes, to check what names a figure by.</summary>
/// <param name="codes">Scopes that have a list of codes; null for one whose own file is faulty, which is not checked.</param>
/// <param name="areas">The areas of all region sets, set after set; null where a set is faulty: they are not checked.</param>
internal sealed class FigureScopes(IReadOnlyDictionary<string, CodeList?> codes, IReadOnlyList<string>? areas)
{
    /// <summary>The names of all scopes.</summary>
    public string[] Names => ["nation", .. codes.Keys, "area"];

    /// <summary>The scopes of a study that has been read.</summary>
    public static FigureScopes Of(Study study)
    {
        var codes = new Dictionary<string, CodeList?>(StringComparer.Ordinal)
        {
            ["category"] = CodeList.Of("the study's categories", study.Categories.Categories.Select(c => c.Code)),
            ["group"] = CodeList.Of("the study's groups", study.Groups.Select(g => g.Code)),
            ["sector"] = CodeList.Of("the study's sectors", study.Table.Sectors.Select(s => s.Code)),
        };
        foreach (var set in study.RegionSets)
            codes.Add(set.Name, CodeList.Of($"the study's {set.Name}", set.Regions.Select(r => r.Code)));
        return new(codes, [.. study.RegionSets.SelectMany(s => s.Areas)]);
    }

    /// <summary>The codes of a scope; null where it has no list of them, or a faulty one.</summary>
    public CodeList? Codes(string scope) => codes.GetValueOrDefault(scope);

    /// <summary>How many entities a scope has; null where that is not known.</summary>
    public int? Count(string scope) => scope == "nation" ? 1 : scope == "area" ? areas?.Count : Codes(scope)?.Count;

    /// <summary>
    /// What is wrong with a scope, or with a code in a scope without a list of codes; null where nothing is. Other codes are found in
    /// <see cref="Codes"/>.
    /// </summary>
    /// <returns>scope or code; what is expected there, and the remedy.</returns>
    public (string Key, string Expected, string Remedy)? Fault(string scope, string code)
    {
        if (scope == "nation")
            return code.Length == 0 ? null : ("code", "no code, since the scope is the nation", "Remove the code, or mend the scope.");
        if (scope == "area") return AreaFault(code);
        return codes.ContainsKey(scope) ? null : ("scope", string.Join(", ", Names),
            Suggestion.Remedy(scope, Names, "Write one of them; sets of regions are named in the study."));
    }

    private (string Key, string Expected, string Remedy)? AreaFault(string code)
    {
        if (areas is null) return null;
        if (areas.Count(a => a == code) is var times && times == 1) return null;
        return times > 1
            ? ("code", "an area of one set of regions alone", "Two sets have an area of this name: rename one in its file.")
            : ("code", areas.Count == 0 ? "an area, which no region of the study has"
                : "an area of the study: " + string.Join(", ", areas.Distinct()),
                Suggestion.Remedy(code, [.. areas], "Write the area as the column area of the regions does."));
    }
}
