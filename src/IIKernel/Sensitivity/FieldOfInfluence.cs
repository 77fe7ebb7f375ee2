using IIKernel.Tables;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Sensitivity;

/// <summary>
/// What a change of one technical coefficient does to a figure that is linear in the sectors' indirect value added: the rank-one identity
/// of Sherman and Morrison (1950) on the Leontief inverse, C' = C + δ C_·p C_q· / (1 − δ C_qp), whose matrix C_·p C_q· is the field of
/// influence of a_pq (Sonis and Hewings 1989). Total output, value added and the coefficients S_k stay. Preparing takes one inverse; a
/// cell then takes as many operations as there are related sectors, whether its change is small or not.
/// </summary>
public sealed class FieldOfInfluence
{
    private readonly int _n;
    private readonly int _m;

    // C, column after column, and a_ij.
    private readonly double[] _inverse;
    private readonly Matrix<double> _coefficients;

    // Of each sector q: C_{q,kj}, j = 1 … m; of each sector p: C_{kj,p}; n × m both.
    private readonly double[] _toRelated;
    private readonly double[] _fromRelated;

    // Of each related sector: S, u of formula (5), h_kk, and y_j = Σ_i g_i H_{i,kj}, so that the figure is Σ_j y_j u_j.
    private readonly double[] _share;
    private readonly double[] _u;
    private readonly double[] _diagonal;
    private readonly double[] _y;

    // Of each sector: Σ_i g_i C_{i,p}, Σ_j C_{q,kj} u_j, and sums of the columns and rows of C.
    private readonly double[] _gain;
    private readonly double[] _response;
    private readonly double[] _columnSums;
    private readonly double[] _rowSums;

    /// <summary>Solves the table.</summary>
    /// <param name="table">The table of n sectors.</param>
    /// <param name="related">The m related sectors: index and S_k.</param>
    /// <param name="weights">The weights of the sectors' indirect value added Zi_i in the figure; n values.</param>
    /// <param name="constant">What else the figure holds, such as its direct part.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public FieldOfInfluence(InputOutputTable table, IReadOnlyList<(int Sector, double Share)> related, IReadOnlyList<double> weights,
        double constant = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(related);
        ArgumentNullException.ThrowIfNull(weights);
        (_n, _m) = (table.Sectors.Count, related.Count);
        _coefficients = LeontiefModel.TechnicalCoefficients(table);
        var (a, c) = (_coefficients, LeontiefModel.LeontiefInverse(_coefficients, cancellation).ToColumnMajorArray());
        _inverse = c;

        // (6) λ_i = ΔY_i / X_i, Zi_i = λ_i V_i: a sector's weight for a unit of Σ_j H_{i,kj} u_j.
        var g = new double[_n];
        for (var i = 0; i < _n; i++) g[i] = table.TotalOutput[i] == 0 ? 0 : weights[i] * table.ValueAdded(i) / table.TotalOutput[i];
        foreach (var (sector, share) in related) g[sector] *= 1 - share;

        (_gain, _columnSums, _rowSums, _response) = (new double[_n], new double[_n], new double[_n], new double[_n]);
        for (var p = 0; p < _n; p++)
        {
            for (var i = 0; i < _n; i++)
            {
                _gain[p] += g[i] * c[p * _n + i];
                _columnSums[p] += c[p * _n + i];
                _rowSums[i] += c[p * _n + i];
            }
        }

        (_toRelated, _fromRelated) = (new double[_n * _m], new double[_n * _m]);
        (_share, _u, _diagonal, _y) = (new double[_m], new double[_m], new double[_m], new double[_m]);
        for (var j = 0; j < _m; j++)
        {
            var (k, s) = related[j];
            _share[j] = s;
            for (var i = 0; i < _n; i++)
            {
                // H = A C, whose diagonal C − 1 would give with rounding.
                _diagonal[j] += a[k, i] * c[k * _n + i];
                _toRelated[i * _m + j] = c[k * _n + i];
                _fromRelated[i * _m + j] = c[i * _n + k];
            }

            for (var i = 0; i < _n; i++) _y[j] += g[i] * (i == k ? _diagonal[j] : c[k * _n + i]);

            // (4), (5) u_j = X_kj S_kj / (1 + S_kj H_kj,kj).
            _u[j] = table.TotalOutput[k] * s / (1 + s * _diagonal[j]);
            for (var q = 0; q < _n; q++) _response[q] += c[k * _n + q] * _u[j];
            Value += _y[j] * _u[j];
        }

        Value += constant;
    }

    /// <summary>The number of sectors n.</summary>
    public int Count => _n;

    /// <summary>The figure.</summary>
    public double Value { get; }

    /// <summary>a_pq.</summary>
    public double Coefficient(int row, int column) => _coefficients[row, column];

    /// <summary>The derivative of the figure by a_pq.</summary>
    /// <param name="row">p, the sector that supplies.</param>
    /// <param name="column">q, the sector that uses.</param>
    public double Derivative(int row, int column)
    {
        var sum = _gain[row] * _response[column];
        for (var j = 0; j < _m; j++) sum -= _y[j] * Damping(j, _diagonal[j]) * _fromRelated[row * _m + j] * _toRelated[column * _m + j];
        return sum;
    }

    /// <summary>The relative change of the figure for a relative change of a_pq: a_pq / figure times the derivative.</summary>
    public double Elasticity(int row, int column) => Derivative(row, column) * Coefficient(row, column) / Value;

    /// <summary>
    /// How much larger the figure is where a_pq is larger by <paramref name="change"/>, exactly; NaN where the table then has no solution,
    /// as 1 − δ C_qp is not positive.
    /// </summary>
    public double Change(int row, int column, double change)
    {
        var pivot = 1 - change * _inverse[row * _n + column];
        if (!(pivot > 0)) return double.NaN;
        var (factor, sum) = (change / pivot, 0.0);
        for (var j = 0; j < _m; j++)
        {
            // H' = H + factor C_·p C_q·; what u_j becomes is u_j less what the larger h_kk takes.
            var to = _toRelated[column * _m + j];
            var diagonal = factor * _fromRelated[row * _m + j] * to;
            var taken = Damping(j, _diagonal[j] + diagonal) * diagonal;
            sum += factor * _gain[row] * to * (_u[j] - taken) - _y[j] * taken;
        }

        return sum;
    }

    /// <summary>
    /// Σ_ij of the field of influence of a_pq: how much all elements of the Leontief inverse together grow for a unit of a_pq.
    /// </summary>
    public double TotalField(int row, int column) => _columnSums[row] * _rowSums[column];

    // What a unit more of h_kk takes from u_j where it ends at a value: u_j S_j / (1 + S_j h).
    private double Damping(int j, double diagonal) => _u[j] * _share[j] / (1 + _share[j] * diagonal);
}
