using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>What is said of an input's part in a figure.</summary>
public enum SensitivityMeasure
{
    /// <summary>First-order Sobol' index: the share of the figure's variance that the input brings alone.</summary>
    First,

    /// <summary>Total-order Sobol' index: the share of the variance that the input takes part in.</summary>
    Total,

    /// <summary>Second-order Sobol' index: the share that two inputs bring together beyond what each brings alone.</summary>
    Second,

    /// <summary>Shapley effect: the share of the variance that falls to one of several inputs that depend on each other.</summary>
    Shapley,

    /// <summary>The share of the variance that a linear function of these inputs explains: the sum of their Shapley effects.</summary>
    Explained,

    /// <summary>PAWN, median over the input's ranges.</summary>
    PawnMedian,

    /// <summary>PAWN, largest over the input's ranges.</summary>
    PawnLargest,

    /// <summary>μ: the mean change of the figure for one standard deviation more of the input, in the figure's unit.</summary>
    EffectMean,

    /// <summary>μ*: the mean size of that change.</summary>
    EffectSize,

    /// <summary>σ: its standard deviation.</summary>
    EffectSpread,

    /// <summary>The figure's mean, in its unit; of no input.</summary>
    Mean,

    /// <summary>The mean with its exact part, what the coefficients alone make of it, as control variate; of no input.</summary>
    MeanControlled,

    /// <summary>How many times smaller the variance of that mean is; of no input.</summary>
    ControlGain,

    /// <summary>Width of the figure's interval, in its unit; of no input.</summary>
    Width,

    /// <summary>What that width would be of what it is, were the input known.</summary>
    WidthKnown,

    /// <summary>What that width would be of what it is, were the panel of twice the experts.</summary>
    WidthTwiceExperts,

    /// <summary>The factor on the input's spread at which the interval has the wanted width.</summary>
    SpreadNeeded,
}

/// <summary>How a row came about.</summary>
public enum IndexMethod
{
    /// <summary>By quadrature, without drawing.</summary>
    Exact,

    /// <summary>From draws.</summary>
    Sampled,

    /// <summary>From draws, by what a linear function of jointly normal inputs would make of their covariances.</summary>
    LinearNormal,
}

/// <summary>One number of a sensitivity analysis.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Input">The input or group; null for what is said of the figure alone.</param>
/// <param name="With">The other input of a second-order index; else null.</param>
/// <param name="Measure">What is said.</param>
/// <param name="Method">How it came about.</param>
/// <param name="Estimate">The number; a value of NaN where it cannot be reached.</param>
public sealed record SensitivityRow(
    EstimateKey Figure, SensitivityInput? Input, SensitivityInput? With, SensitivityMeasure Measure, IndexMethod Method,
    IndexEstimate Estimate);
