namespace IIKernel.Kernels.Plan;

/// <summary>
/// One study compiled to arrays: everything that a draw needs and nothing else, no names, units or files.
/// Money is in one unit throughout, which the kernel need not know.
/// </summary>
/// <remarks>
/// Sizes: n sectors, m related sectors, C categories, J groups, R regional rows, T years. Symbols are those
/// of the method: X total output, V value added, H = C − I of the Leontief inverse, K the related sectors.
/// </remarks>
public sealed record SamplePlan
{
    private FoundAliases? _aliases;

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the uniform variates come from.</summary>
    public SequencePlan Sequence { get; init; } = SequencePlan.Philox;

    /// <summary>n.</summary>
    public required int SectorCount { get; init; }

    /// <summary>m.</summary>
    public required int RelatedCount { get; init; }

    /// <summary>C.</summary>
    public required int CategoryCount { get; init; }

    /// <summary>J.</summary>
    public required int GroupCount { get; init; }

    /// <summary>R.</summary>
    public required int RowCount { get; init; }

    /// <summary>T.</summary>
    public required int YearCount { get; init; }

    /// <summary>The input quantities. Without a panel the first m are the coefficients S_k.</summary>
    public required MarginalTable Marginals { get; init; }

    /// <summary>Which coefficients are correlated.</summary>
    public required CorrelationPlan Correlation { get; init; }

    /// <summary>The panel whose weights are drawn.</summary>
    public required PanelPlan Panel { get; init; }

    /// <summary>The growth multipliers.</summary>
    public required GrowthPlan Growth { get; init; }

    /// <summary>The accounts and their errors.</summary>
    public required AccountPlan Accounts { get; init; }

    /// <summary>What the table makes of the coefficients.</summary>
    public required InductionPlan Induction { get; init; }

    /// <summary>The flows of a table that is drawn.</summary>
    public FlowPlan Flows { get; init; } = FlowPlan.None;

    /// <summary>V_k of the related sectors; m.</summary>
    public required double[] RelatedValueAdded { get; init; }

    /// <summary>Category of each related sector; m.</summary>
    public required int[] RelatedCategory { get; init; }

    /// <summary>Position of each sector among the related ones, or −1; n.</summary>
    public required int[] SectorRelated { get; init; }

    /// <summary>Group of each category; C.</summary>
    public required int[] CategoryGroup { get; init; }

    /// <summary>V_{c,t} / V_c(t0) at the point: turns base-year direct value added into that of year t; T × C, row t.</summary>
    public required double[] DirectScale { get; init; }

    /// <summary>T_t · V_{c,t} / V_c(t0) at the point: the same for indirect value added; T × C, row t.</summary>
    public required double[] IndirectScale { get; init; }

    /// <summary>ω_{ij,t} at the point: the share of regional row i in group j; T × R × J, row t, then i.</summary>
    public required double[] RegionShare { get; init; }

    /// <summary>The parts that region sets share out by weights of their own.</summary>
    public required AllocationPlan Allocation { get; init; }

    /// <summary>100 / (value added or GDP of the entity) at the point; T × entities, row t, order of <see cref="OutputMap"/>.</summary>
    public required double[] PercentScale { get; init; }

    /// <summary>What each output is a fixed multiple of, in the order of <see cref="Outputs"/>; found once.</summary>
    public OutputAlias[] Aliases
    {
        get
        {
            if (_aliases is not { } found || !ReferenceEquals(found.Plan, this)) _aliases = found = new(this, OutputAliases.Of(this));
            return found.Aliases;
        }
    }

    /// <summary>The same plan with some inputs from the second sample, all others from the first.</summary>
    /// <param name="inputs">Indices of <see cref="MarginalTable"/>.</param>
    /// <param name="flows">Whether the flows of the table are from the second sample too.</param>
    public SamplePlan WithSecondSample(IEnumerable<int> inputs, bool flows) => this with
    {
        Marginals = Marginals with { Sides = Filled(0, inputs, 1) },
        Flows = Flows with { Side = flows ? 1 : 0 },
    };

    /// <summary>The same plan with the distances of some inputs' draws from their points times a factor, all others' as they are.</summary>
    /// <param name="inputs">Indices of <see cref="MarginalTable"/>.</param>
    /// <param name="factor">The factor.</param>
    public SamplePlan WithSpread(IEnumerable<int> inputs, double factor) =>
        this with { Marginals = Marginals with { Spreads = Filled(1.0, inputs, factor) } };

    /// <summary>The same plan with the standard deviations of the logarithms of all flows times a factor.</summary>
    /// <param name="factor">The factor.</param>
    public SamplePlan WithFlowSpread(double factor) =>
        this with { Flows = Flows with { Spreads = [.. Flows.Spreads.Select(s => s * factor)] } };

    /// <summary>The numbering of the outputs.</summary>
    public OutputMap Outputs => new(CategoryCount, GroupCount, RowCount, YearCount, SectorCount);

    // One value for each input.
    private T[] Filled<T>(T usual, IEnumerable<int> inputs, T other)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var values = new T[Marginals.Kinds.Length];
        Array.Fill(values, usual);
        foreach (var input in inputs) values[input] = other;
        return values;
    }

    // With the plan that they are of: a copy with other parts finds its own.
    private sealed class FoundAliases(SamplePlan plan, OutputAlias[] aliases)
    {
        public SamplePlan Plan { get; } = plan;

        public OutputAlias[] Aliases { get; } = aliases;
    }
}
