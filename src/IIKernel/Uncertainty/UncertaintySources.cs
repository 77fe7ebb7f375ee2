namespace IIKernel.Uncertainty;

/// <summary>Where the uncertainty of a study comes from (METHOD §6), to be switched on and off.</summary>
[Flags]
public enum UncertaintySources
{
    /// <summary>Every input at its point value.</summary>
    None = 0,

    /// <summary>S_k: their marginals and correlation, or the panel's weights.</summary>
    Coefficients = 1,

    /// <summary>α and β of formula (7).</summary>
    Growth = 2,

    /// <summary>The prediction error of extrapolated years.</summary>
    Extrapolation = 4,

    /// <summary>Revisions of V_{c,t} and GDP_{ij,t}.</summary>
    Revisions = 8,

    /// <summary>Errors of the table's flows x_ij.</summary>
    Flows = 16,

    /// <summary>All of them.</summary>
    All = Coefficients | Growth | Extrapolation | Revisions | Flows,
}

/// <summary>Sources of uncertainty one by one.</summary>
public static class UncertaintySource
{
    /// <summary>The sources that can be switched, each alone.</summary>
    public static IReadOnlyList<UncertaintySources> Single { get; } =
    [
        UncertaintySources.Coefficients, UncertaintySources.Growth, UncertaintySources.Extrapolation, UncertaintySources.Revisions,
        UncertaintySources.Flows,
    ];

    /// <summary>Several sources as one.</summary>
    public static UncertaintySources Together(IEnumerable<UncertaintySources> sources) =>
        sources.Aggregate(UncertaintySources.None, (all, s) => all | s);
}
