namespace IIKernel.Growth;

/// <summary>A factor of the production function.</summary>
public enum ProductionFactor
{
    /// <summary>Capital, whose elasticity is α.</summary>
    Capital,

    /// <summary>Labour, whose elasticity is β.</summary>
    Labour,
}

/// <summary>An elasticity lies outside (0, 1).</summary>
public sealed record GrowthElasticityWarning(ProductionFactor Factor, double Value, double StandardError, ReturnsToScale Returns) : Warning;

/// <summary>Capital and labour can hardly be told apart in the years of the fit.</summary>
public sealed record GrowthCollinearWarning(int FirstYear, int LastYear, double ConditionNumber, ReturnsToScale Returns) : Warning;

/// <summary>The fit says little of the elasticities.</summary>
/// <param name="FirstYear">First year of the fit.</param>
/// <param name="LastYear">Last year of the fit.</param>
/// <param name="Alpha">α.</param>
/// <param name="AlphaError">Its standard error.</param>
/// <param name="Beta">β.</param>
/// <param name="BetaError">Its standard error.</param>
/// <param name="RSquared">Share of the variance that the fit explains: of ln(Y/L) under constant returns, else of ln Y.</param>
/// <param name="Returns">Returns to scale.</param>
public sealed record GrowthFitWeakWarning(int FirstYear, int LastYear, double Alpha, double AlphaError, double Beta, double BetaError,
    double RSquared, ReturnsToScale Returns) : Warning;
