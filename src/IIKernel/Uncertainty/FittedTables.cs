using IIKernel.Kernels.Plan;

namespace IIKernel.Uncertainty;

/// <summary>
/// Tables of the kind of <see cref="QuantileTable"/>, each fitted once, however many inputs and plans read it. Not safe for threads.
/// </summary>
public sealed class FittedTables
{
    private readonly Dictionary<Key, (double[] Lower, double[] Upper)> _tables = [];

    /// <summary>Both tails of Beta(α, β); see <see cref="BetaQuantile"/>.</summary>
    public (double[] Lower, double[] Upper) Beta(double alpha, double beta) =>
        Tables(new("beta", alpha, beta), static k => BetaQuantile.Tails(k.First, k.Second));

    /// <summary>Both tails of Gamma(shape, 1); see <see cref="GammaQuantile"/>.</summary>
    public (double[] Lower, double[] Upper) Gamma(double shape) =>
        Tables(new("gamma", shape), static k => GammaQuantile.Tails(k.First));

    /// <summary>Both tails of a truncated standard normal; see <see cref="TruncatedQuantile.Normal"/>.</summary>
    public (double[] Lower, double[] Upper) TruncatedNormal(double low, double high, double width) =>
        Tables(new("normal", low, high, width), static k => TruncatedQuantile.Normal(k.First, k.Second, k.Third));

    /// <summary>Both tails of a truncated lognormal; see <see cref="TruncatedQuantile.Lognormal"/>.</summary>
    public (double[] Lower, double[] Upper) TruncatedLognormal(double low, double high, double sd, double logLow) =>
        Tables(new("lognormal", low, high, sd, logLow), static k => TruncatedQuantile.Lognormal(k.First, k.Second, k.Third, k.Fourth));

    /// <summary>Either tail of Student's t; see <see cref="StudentQuantile"/>.</summary>
    public double[] Student(double degreesOfFreedom) =>
        Tables(new("student", degreesOfFreedom), static k => (StudentQuantile.Tail(k.First), [])).Lower;

    private (double[] Lower, double[] Upper) Tables(Key key, Func<Key, (double[] Lower, double[] Upper)> fit)
    {
        if (!_tables.TryGetValue(key, out var tables)) _tables.Add(key, tables = fit(key));
        return tables;
    }

    private readonly record struct Key(string Family, double First, double Second = 0, double Third = 0, double Fourth = 0);
}
