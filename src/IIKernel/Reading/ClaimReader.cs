using System.Text;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// Reads the claims of a study: the shape of the file first, then what each claim names. Nothing but claims needs them, so they are read
/// when they are asked for.
/// </summary>
public static class ClaimReader
{
    /// <summary>The claims that a study names; null where it names none.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="StudyException">The file is faulty; carries every fault found.</exception>
    public static ClaimList? Of(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return study.Claims is { } claims ? Read(claims.Path, claims.Text, study, new()) : null;
    }

    /// <summary>The claims of another file.</summary>
    /// <param name="path">The file, in the working folder.</param>
    /// <param name="study">The study that they are about.</param>
    /// <exception cref="StudyException">The file is faulty; carries every fault found.</exception>
    public static ClaimList ReadFile(string path, Study study)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(study);
        var context = new StudyReadContext(new LoneFile(path), "a file of claims");
        var file = path.Replace('\\', '/');
        return context.Text(file) is { } text ? Read(file, text, study, context.Faults)
            : throw new StudyException(context.Faults.ToFaults());
    }

    private static ClaimList Read(string file, string text, Study study, FaultList faults)
    {
        var shape = new DefinitionShape(file, "the file", faults);
        if (string.IsNullOrWhiteSpace(text)) faults.Add(new(file, "", "an empty file", "a JSON object", "Write the claims."));
        return faults.Count == 0 && shape.Read<ClaimsDefinition>(Encoding.UTF8.GetBytes(text)) is { } definition
            && Claims(file, definition, shape, study, faults) is { } claims && faults.Count == 0
            ? new(file, claims) : throw new StudyException(faults.ToFaults());
    }

    private static List<Claim>? Claims(string file, ClaimsDefinition definition, DefinitionShape shape, Study study, FaultList faults)
    {
        var unit = shape.Unit(definition.Unit, "unit", study.Unit);
        var conditions = new ClaimConditionReader(file, shape, study, unit?.FactorTo(study.Unit) ?? 1, faults);
        var (claims, seen) = (new List<Claim>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < definition.Claims.Count; i++)
        {
            var (claim, path) = (definition.Claims[i], $"claims[{i}]");
            if (!seen.Add(claim.Id))
                faults.Add(new(file, shape.Place(path + ".id"), $"\"{claim.Id}\" for the second time", "every id once",
                    "Give this claim another id."));
            if (conditions.Condition(claim.Condition, path + ".condition") is { } condition)
                claims.Add(new(claim.Id, claim.Text, claim.TextEn ?? "", claim.Group ?? "", condition));
        }

        return claims;
    }
}
