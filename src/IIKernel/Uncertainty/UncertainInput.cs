namespace IIKernel.Uncertainty;

/// <summary>What an input quantity of the draws is.</summary>
public enum InputKind
{
    /// <summary>The coefficient S_k of a sector.</summary>
    Coefficient,

    /// <summary>The weight of an expert of the panel, before the weights are divided by their sum.</summary>
    Expert,

    /// <summary>The weight of a factor of the panel, likewise.</summary>
    Factor,

    /// <summary>A part of the error of the elasticities of formula (7).</summary>
    Growth,

    /// <summary>A part of the prediction error of a filled series.</summary>
    Extrapolation,

    /// <summary>The revision of one figure of the accounts.</summary>
    Revision,
}

/// <summary>An input quantity of the draws of a study that is not certain.</summary>
/// <param name="Index">Its index in <see cref="Kernels.Plan.MarginalTable"/> of the plan that was asked about.</param>
/// <param name="Name">Its name, by which its variates are addressed: "coefficient:39071", "expert:E1", "value-added:I:2022".</param>
/// <param name="Kind">What it is.</param>
/// <param name="Quantity">
/// The name of what it is the error of: several variates make up the error of a fit or of a filled series, and mean nothing alone.
/// </param>
/// <param name="IsSpread">
/// Whether a spread of its quantity is that of its own draws; else it is an estimate's own variance, by which others are divided.
/// </param>
public sealed record UncertainInput(int Index, string Name, InputKind Kind, string Quantity, bool IsSpread);

/// <summary>What is said of an input quantity beside its distribution.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Quantity">See <see cref="UncertainInput.Quantity"/>; null for its own name.</param>
/// <param name="Least">The least value that it can have by its meaning.</param>
/// <param name="Most">The greatest.</param>
/// <param name="IsSpread">See <see cref="UncertainInput.IsSpread"/>.</param>
public sealed record InputRole(
    InputKind Kind, string? Quantity = null, double Least = double.NegativeInfinity, double Most = double.PositiveInfinity,
    bool IsSpread = true)
{
    // A weight or a factor of a figure that is spread as far as to 0 would leave nothing to divide by.
    private const double LeastFactor = 1e-6;

    /// <summary>S_k.</summary>
    public static InputRole Coefficient { get; } = new(InputKind.Coefficient, Least: 0, Most: 1);

    /// <summary>A weight or a factor, which is positive.</summary>
    public static InputRole Positive(InputKind kind) => new(kind, Least: LeastFactor);

    /// <summary>The variance by which the errors of a quantity are divided.</summary>
    public static InputRole Variance(InputKind kind, string quantity) => new(kind, quantity, 0, IsSpread: false);
}
