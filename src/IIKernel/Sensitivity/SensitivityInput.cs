using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>Groups of inputs that are looked at as one.</summary>
public enum InputGroup
{
    /// <summary>The panel: its experts and the factors' weights together.</summary>
    Panel,

    /// <summary>The weights of the experts.</summary>
    Experts,

    /// <summary>The weights of the factors.</summary>
    Factors,

    /// <summary>The coefficients S_k by their distributions.</summary>
    Coefficients,

    /// <summary>α and β of the production function.</summary>
    Growth,

    /// <summary>Prediction errors of extrapolated series.</summary>
    Extrapolation,

    /// <summary>Revisions of single figures of the accounts.</summary>
    Revisions,

    /// <summary>Errors of the table's flows, which are looked at together; <see cref="SensitivityInput.Members"/> is empty.</summary>
    Flows,
}

/// <summary>One uncertain input, or a group of them that is looked at as one.</summary>
/// <param name="Name">Its name, as "expert:E01"; of a group the group's.</param>
/// <param name="Group">The group that it is or belongs to.</param>
/// <param name="IsGroup">Whether it stands for all inputs of its group.</param>
/// <param name="Members">
/// The input quantities of the plan that it is made of, in their order: several where one error takes several variates, as that of a fit or
/// of a filled series, and where coefficients depend on each other.
/// </param>
/// <param name="Spreads">Those of them whose spread is the input's; the others are what estimates' own variances are divided by.</param>
public sealed record SensitivityInput(
    string Name, InputGroup Group, bool IsGroup, IReadOnlyList<int> Members, IReadOnlyList<int> Spreads)
{
    /// <summary>An input or a group of several input quantities.</summary>
    internal static SensitivityInput Of(string name, InputGroup group, bool isGroup, IEnumerable<UncertainInput> quantities)
    {
        var all = quantities.OrderBy(i => i.Index).ToArray();
        return new(name, group, isGroup, [.. all.Select(i => i.Index)], [.. all.Where(i => i.IsSpread).Select(i => i.Index)]);
    }
}

/// <summary>The uncertain inputs of a plan.</summary>
/// <param name="Single">Every input by itself, in the plan's order.</param>
/// <param name="Groups">Groups of more than one input, and the errors of flows, in the order of <see cref="InputGroup"/>.</param>
/// <param name="Quantities">The names of all uncertain input quantities, by their index in the plan.</param>
public sealed record SensitivityInputs(
    IReadOnlyList<SensitivityInput> Single, IReadOnlyList<SensitivityInput> Groups, IReadOnlyDictionary<int, string> Quantities)
{
    // Coefficients of a copula.
    private const string Correlated = "correlated-coefficients";

    /// <summary>The uncertain inputs of a plan that draws all sources.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="quantities">Its uncertain input quantities: <see cref="CompiledStudy.Inputs"/>.</param>
    public static SensitivityInputs Of(SamplePlan plan, IReadOnlyList<UncertainInput> quantities)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(quantities);

        // Of a copula, and of the columns of one sample, no coefficient can be drawn anew without the others.
        var correlated = plan.Correlation.Inputs.Where(k => plan.Marginals.Kinds[k] != MarginalKind.Constant).ToHashSet();
        var single = quantities.GroupBy(q => correlated.Contains(q.Index) ? Correlated : $"{q.Kind}:{q.Quantity}").Select(g => (
            Input: SensitivityInput.Of(g.Key == Correlated ? Correlated : g.First().Quantity, GroupOf(g.First().Kind), false, g),
            Quantities: g.ToArray())).ToArray();
        var groups = Enum.GetValues<InputGroup>()
            .Select(g => (
                Group: g, Inputs: single.Where(i => i.Input.Group == g || (g == InputGroup.Panel && IsOfPanel(i.Input))).ToArray()))
            .Where(g => g.Inputs.Length > 1 && (g.Group != InputGroup.Panel || g.Inputs.DistinctBy(i => i.Input.Group).Count() > 1))
            .Select(g => SensitivityInput.Of(Word(g.Group), g.Group, true, g.Inputs.SelectMany(i => i.Quantities)));
        if (plan.Flows.Count > 0) groups = groups.Append(new(Word(InputGroup.Flows), InputGroup.Flows, true, [], []));
        return new([.. single.Select(i => i.Input)], [.. groups], quantities.ToDictionary(q => q.Index, q => q.Name));
    }

    /// <summary>A group's name.</summary>
    public static string Word(InputGroup group) => group.ToString().ToLowerInvariant();

    private static bool IsOfPanel(SensitivityInput input) => input.Group is InputGroup.Experts or InputGroup.Factors;

    private static InputGroup GroupOf(InputKind kind) => kind switch
    {
        InputKind.Expert => InputGroup.Experts,
        InputKind.Factor => InputGroup.Factors,
        InputKind.Growth => InputGroup.Growth,
        InputKind.Extrapolation => InputGroup.Extrapolation,
        InputKind.Revision => InputGroup.Revisions,
        _ => InputGroup.Coefficients,
    };
}
