using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Tables;

/// <summary>A table with the matrices that its analyses share; each is n × n in the order of the sectors.</summary>
/// <param name="Table">The table.</param>
/// <param name="Coefficients">A, the technical coefficients: <see cref="LeontiefModel.TechnicalCoefficients"/>.</param>
/// <param name="Leontief">C = (I − A)^−1: output of the row's sector per unit of final demand for the column's.</param>
/// <param name="Ghosh">G = (I − B)^−1: output of the column's sector per unit of primary input of the row's.</param>
public sealed record TableSolution(
    InputOutputTable Table, Matrix<double> Coefficients, Matrix<double> Leontief, Matrix<double> Ghosh)
{
    /// <summary>Solves a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static TableSolution Of(InputOutputTable table, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var coefficients = LeontiefModel.TechnicalCoefficients(table);
        return new(table, coefficients, LeontiefModel.LeontiefInverse(coefficients, cancellation),
            LeontiefModel.GhoshInverse(LeontiefModel.OutputCoefficients(table), cancellation));
    }
}
