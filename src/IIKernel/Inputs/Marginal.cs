namespace IIKernel.Inputs;

/// <summary>
/// The distribution of one uncertain input quantity, in the quantity's own unit (METHOD §6, 1).
/// The records carry validated parameters; the compiler of the plan turns them into what a kernel reads.
/// </summary>
public abstract record Marginal;

/// <summary>Uniform on [Low, High].</summary>
public sealed record UniformMarginal(double Low, double High) : Marginal;

/// <summary>Triangular on [Low, High] with its peak at Mode.</summary>
public sealed record TriangularMarginal(double Low, double Mode, double High) : Marginal;

/// <summary>
/// PERT on [Low, High]: a beta distribution with α = 1 + λ (Mode − Low)/(High − Low) and
/// β = 1 + λ (High − Mode)/(High − Low); λ = 4 in the usual form.
/// </summary>
public sealed record PertMarginal(double Low, double Mode, double High, double Lambda = 4) : Marginal;

/// <summary>Beta(Alpha, Beta) stretched to [Low, High].</summary>
public sealed record BetaMarginal(double Alpha, double Beta, double Low, double High) : Marginal;

/// <summary>
/// Normal with mean Mean and standard deviation Sd (both before truncation), conditioned on [Low, High];
/// the bounds may be infinite.
/// </summary>
public sealed record TruncatedNormalMarginal(double Mean, double Sd, double Low, double High) : Marginal;

/// <summary>
/// exp of a normal with mean MeanLog and standard deviation SdLog, conditioned on [Low, High];
/// Low is at least 0, High may be infinite.
/// </summary>
public sealed record LognormalMarginal(double MeanLog, double SdLog, double Low, double High) : Marginal;

/// <summary>
/// A column of a joint sample: each row with probability 1/n, and all columns of one sample from the same row, so that
/// inputs keep whatever dependence the sample has. <paramref name="Values"/> is in the order of the rows.
/// </summary>
/// <param name="Sample">Name of the sample; its columns share one stream of variates.</param>
/// <param name="Values">The column; n values.</param>
public sealed record JointSampleMarginal(string Sample, IReadOnlyList<double> Values) : Marginal;

/// <summary>Each of the observed values with probability 1/n; <paramref name="Sample"/> is ascending.</summary>
public sealed record EmpiricalMarginal(IReadOnlyList<double> Sample) : Marginal;

/// <summary>Exponential with mean 1.</summary>
public sealed record ExponentialMarginal : Marginal;

/// <summary>Gamma with the given shape and scale; its mean is their product.</summary>
public sealed record GammaMarginal(double Shape, double Scale) : Marginal;

/// <summary>Student's t, with mean 0 and scale 1.</summary>
public sealed record StudentMarginal(double DegreesOfFreedom) : Marginal;
