using System.Text;
using System.Text.Json.Nodes;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>An option of a factor, and what it changes of study.json.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Patch">A JSON merge patch; null for nothing.</param>
public sealed record ChoiceOption(string Name, JsonObject? Patch);

/// <summary>Something that there is to choose in a study.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">The options, at least two.</param>
public sealed record ChoiceFactor(string Name, IReadOnlyList<ChoiceOption> Options);

/// <summary>A file of choices, read.</summary>
/// <param name="File">The file, as it was named, with its SHA-256.</param>
/// <param name="IsOfStudy">Whether it lies among the study's files and not where the path leads.</param>
/// <param name="Factors">The factors.</param>
/// <param name="Combinations">
/// The combinations to compute, each with the index of an option of every factor; where they are all that there are, the last factor's
/// option changes fastest.
/// </param>
/// <param name="IsFactorial">Whether they are all that there are.</param>
public sealed record StudyChoices(FileFingerprint File, bool IsOfStudy, IReadOnlyList<ChoiceFactor> Factors,
    IReadOnlyList<IReadOnlyList<int>> Combinations, bool IsFactorial)
{
    /// <summary>A combination in words: "returns = free, window = 2009-2016".</summary>
    public string Words(IReadOnlyList<int> combination) =>
        string.Join(", ", Factors.Select((f, i) => $"{f.Name} = {f.Options[combination[i]].Name}"));
}

/// <summary>Reads a file of choices: <see cref="ChoicesDefinition"/>.</summary>
public static class ChoicesReader
{
    /// <summary>The most combinations of a file: each is a study.</summary>
    public const int MostCombinations = 256;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, or that of a file of the study.</param>
    /// <param name="study">The study's files.</param>
    /// <exception cref="StudyException">The file is faulty; carries every fault found.</exception>
    public static StudyChoices Read(string path, IStudyFiles study)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(study);
        var file = new LoneFile(path, study);
        var context = new StudyReadContext(file, "a file of choices in JSON, there or beside study.json");
        var name = path.Replace('\\', '/');
        var choices = context.Text(path) is { } text ? new Reader(name, context.Faults).Read(Encoding.UTF8.GetBytes(text)) : null;
        return choices is not var (factors, combinations, isFactorial) || context.Faults.Count > 0
            ? throw new StudyException(context.Faults.ToFaults())
            : new(context.Inputs[0], file.IsOfStudy, factors, combinations, isFactorial);
    }

    private sealed class Reader(string file, FaultList faults)
    {
        private readonly DefinitionShape _shape = new(file, "the choices", faults);

        public (IReadOnlyList<ChoiceFactor> Factors, IReadOnlyList<IReadOnlyList<int>> Combinations, bool IsFactorial)? Read(byte[] utf8)
        {
            if (_shape.Read<ChoicesDefinition>(utf8) is not { } definition) return null;
            CheckFactors(definition.Factors);
            if (faults.Count > 0) return null;
            ChoiceFactor[] factors = [.. definition.Factors.Select(f => new ChoiceFactor(f.Name,
                [.. f.Options.Select(o => new ChoiceOption(o.Name, o.Set is { } keys ? JsonObject.Create(keys) : null))]))];
            if (definition.Combinations is { } listed) return Listed(factors, listed) is { } some ? (factors, some, false) : null;
            return Every(factors) is { } all ? (factors, all, true) : null;
        }

        private void CheckFactors(IReadOnlyList<ChoiceFactorDefinition> factors)
        {
            if (factors.Count == 0) Fault("factors", "no factor", "at least one", "Add what there is to choose.");
            CheckNames([.. factors.Select(f => f.Name)], i => $"factors[{i}].name", "factor");
            for (var i = 0; i < factors.Count; i++)
            {
                var (f, options) = (i, factors[i].Options);
                if (options.Count < 2)
                {
                    Fault($"factors[{f}].options", Wording.Count(options.Count, "option"), "at least two, of which one is to be chosen",
                        "Add the others, or remove the factor.");
                }

                CheckNames([.. options.Select(o => o.Name)], o => $"factors[{f}].options[{o}].name", "option");
            }
        }

        private void CheckNames(string[] names, Func<int, string> key, string what)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++)
                if (!seen.Add(names[i]))
                    Fault(key(i), $"\"{names[i]}\" for the second time", $"every {what} once", $"Give this {what} another name.");
        }

        private int[][]? Every(ChoiceFactor[] factors)
        {
            var count = factors.Aggregate(1L, (n, f) => Math.Min(n * f.Options.Count, int.MaxValue));
            if (count > MostCombinations)
            {
                Fault("factors", Wording.Count(count, "combination"), $"at most {MostCombinations}",
                    "Leave options out, or list those that matter under combinations.");
                return null;
            }

            var every = new int[count][];
            for (var c = 0; c < count; c++)
            {
                every[c] = new int[factors.Length];
                for (var (f, rest) = (factors.Length - 1, c); f >= 0; f--)
                    (rest, every[c][f]) = Math.DivRem(rest, factors[f].Options.Count);
            }

            return every;
        }

        private int[][]? Listed(ChoiceFactor[] factors, IReadOnlyList<IReadOnlyList<string>> listed)
        {
            var before = faults.Count;
            if (listed.Count is < 2 or > MostCombinations)
                Fault("combinations", Wording.Count(listed.Count, "combination"), $"2 to {MostCombinations}", "Add or remove some.");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var found = new int[listed.Count][];
            for (var c = 0; c < listed.Count; c++)
            {
                var key = $"combinations[{c}]";
                if (listed[c].Count != factors.Length)
                {
                    Fault(key, Wording.Count(listed[c].Count, "option"),
                        $"one of each factor: {string.Join(", ", factors.Select(f => f.Name))}",
                        "Write the names of the options in the order of the factors.");
                    continue;
                }

                found[c] = [.. factors.Select((f, i) => OptionOf(f, listed[c][i], $"{key}[{i}]"))];
                if (!seen.Add(string.Join(',', found[c])) && found[c].All(o => o >= 0))
                    Fault(key, "a combination for the second time", "every combination once", "Remove one of the two.");
            }

            return faults.Count == before ? found : null;
        }

        private int OptionOf(ChoiceFactor factor, string name, string key)
        {
            string[] names = [.. factor.Options.Select(o => o.Name)];
            var index = Array.IndexOf(names, name);
            if (index < 0)
                Fault(key, $"\"{name}\"", $"an option of {factor.Name}: {string.Join(", ", names)}",
                    Suggestion.Remedy(name, names, "Write one of them."));
            return index;
        }

        private void Fault(string key, string found, string expected, string remedy) =>
            faults.Add(new(file, _shape.Place(key), found, expected, remedy));
    }
}
