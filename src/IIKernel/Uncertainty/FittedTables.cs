using IIKernel.Kernels.Plan;

namespace IIKernel.Uncertainty;

/// <summary>Tables of the kind of <see cref="QuantileTable"/>, each fitted once, however many inputs and plans read it. Not safe for threads.</summary>
public sealed class FittedTables
{
    private readonly Dictionary<(Func<double, double, double[]> Fit, double First, double Second), double[]> _tables = [];

    /// <summary>The tail of Beta(α, β) below its median; see <see cref="BetaQuantile"/>.</summary>
    public double[] BetaLower(double alpha, double beta) => Table(BetaQuantile.LowerTail, alpha, beta);

    /// <summary>The tail of Gamma(shape, 1) below its median; see <see cref="GammaQuantile"/>.</summary>
    public double[] GammaLower(double shape) => Table(static (shape, _) => GammaQuantile.LowerTail(shape), shape, 0);

    /// <summary>The tail above it.</summary>
    public double[] GammaUpper(double shape) => Table(static (shape, _) => GammaQuantile.UpperTail(shape), shape, 0);

    /// <summary>Either tail of Student's t; see <see cref="StudentQuantile"/>.</summary>
    public double[] Student(double degreesOfFreedom) => Table(static (degrees, _) => StudentQuantile.Tail(degrees), degreesOfFreedom, 0);

    private double[] Table(Func<double, double, double[]> fit, double first, double second)
    {
        if (!_tables.TryGetValue((fit, first, second), out var table)) _tables.Add((fit, first, second), table = fit(first, second));
        return table;
    }
}
