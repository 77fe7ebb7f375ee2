using IIKernel.Inputs;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>One technical coefficient, and what it means to a figure.</summary>
/// <param name="Row">The sector that supplies.</param>
/// <param name="Column">The sector that uses.</param>
/// <param name="Flow">x_ij in the study's unit.</param>
/// <param name="Coefficient">a_ij = x_ij / X_j.</param>
/// <param name="Derivative">Of the figure, by a_ij.</param>
/// <param name="Elasticity">Relative change of the figure for a relative change of a_ij.</param>
/// <param name="TotalField">The sum of the field of influence of a_ij.</param>
/// <param name="RelativeSd">Relative standard deviation of the flow.</param>
/// <param name="Lower">Exact change of the figure where the flow is one standard deviation smaller.</param>
/// <param name="Upper">The same where it is larger; NaN where the table then has no solution.</param>
/// <param name="Variance">The flow's contribution to the variance of the figure, to first order.</param>
/// <param name="Share">Its share of the contributions of all flows.</param>
/// <param name="Cumulative">The share of this flow and all before it.</param>
public sealed record CellInfluence(
    int Row, int Column, double Flow, double Coefficient, double Derivative, double Elasticity, double TotalField, double RelativeSd,
    double Lower, double Upper, double Variance, double Share, double Cumulative);

/// <summary>Which flows of a table a figure hangs on, and which of them, measured better, would narrow it most.</summary>
public sealed class FlowInfluence
{
    private readonly double[,] _flows;
    private readonly double[] _variances;
    private readonly int[] _order;

    private FlowInfluence(Study study, EstimateKey key, FieldOfInfluence field, FlowError error, CancellationToken cancellation)
    {
        (Study, Key, Field, Error, _flows) = (study, key, field, error, study.Table.Flows);
        var n = field.Count;
        _variances = new double[n * n];
        for (var p = 0; p < n; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var q = 0; q < n; q++)
            {
                var sd = field.Derivative(p, q) * field.Coefficient(p, q) * error.RelativeSd(_flows[p, q]);
                _variances[p * n + q] = sd * sd;
                Variance += sd * sd;
            }
        }

        // Of equal contributions, as of all flows that are 0, the table's order.
        _order = [.. Enumerable.Range(0, n * n).OrderByDescending(i => _variances[i])];
    }

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>The figure.</summary>
    public EstimateKey Key { get; }

    /// <summary>What a change of a coefficient does to it.</summary>
    public FieldOfInfluence Field { get; }

    /// <summary>How uncertain the flows are.</summary>
    public FlowError Error { get; }

    /// <summary>The variance of the figure that all flows together bring, to first order.</summary>
    public double Variance { get; }

    /// <summary>The n² cells, that of the largest contribution first; each is computed when it is asked for.</summary>
    public IEnumerable<CellInfluence> Cells
    {
        get
        {
            var sum = 0.0;
            foreach (var i in _order)
            {
                var (p, q) = Math.DivRem(i, Field.Count);
                sum += _variances[i];
                var (a, sd) = (Field.Coefficient(p, q), Error.RelativeSd(_flows[p, q]));
                yield return new(p, q, _flows[p, q], a, Field.Derivative(p, q), Field.Elasticity(p, q), Field.TotalField(p, q), sd,
                    Field.Change(p, q, -sd * a), Field.Change(p, q, sd * a), _variances[i], _variances[i] / Variance,
                    Math.Min(1, sum / Variance));
            }
        }
    }

    /// <summary>Whether flows have any part in a figure, and the figure is linear in what they bring.</summary>
    public static bool Covers(EstimateKey key) => key is { Measure: Measure.Value or Measure.Share, Component: not Component.Direct };

    /// <summary>The influence of every flow on a figure of a study.</summary>
    /// <param name="compiled">The study.</param>
    /// <param name="key">One of its figures that <see cref="Covers"/> is true of.</param>
    /// <param name="error">How uncertain the flows are.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Flows have no part in the figure, or it is a growth rate.</exception>
    public static FlowInfluence Of(CompiledStudy compiled, EstimateKey key, FlowError error, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(error);
        if (!Covers(key)) throw new ArgumentException("Not linear in indirect value added.", nameof(key));
        var (study, point) = (compiled.Study, compiled.Point);
        var n = study.Table.Sectors.Count;
        var sector = key.Kind == EntityKind.Sector ? Enumerable.Range(0, n).First(i => study.Table.Sectors[i].Code == key.Code) : -1;
        var (weights, direct, scale) = (new double[n], 0.0, 1.0);
        if (sector >= 0)
        {
            weights[sector] = 1;
            direct = point.SectorDirect[sector];
        }
        else
        {
            var entities = EntityList.Of(study);
            var e = Enumerable.Range(0, entities.Count)
                .First(i => (entities[i].Kind, entities[i].Scope, entities[i].Code) == (key.Kind, key.Scope, key.Code));
            var t = key.Year - study.BaseYear;
            scale = key.Measure == Measure.Share ? 100 / point.OwnValueAdded[t, e] : 1;
            direct = point.Direct[t, e];
            var categories = new FigureWeights(study, compiled.Plan(0)).Of(entities[e], t, Component.Indirect);
            for (var i = 0; i < n; i++) weights[i] = scale * categories[study.Table.Sectors[i].Category];
        }

        var field = new FieldOfInfluence(study.Table, [.. study.Coefficients.Select(k => (k.Sector, k.Point))], weights,
            key.Component == Component.Indirect ? 0 : scale * direct, cancellation);
        return new(study, key, field, error, cancellation);
    }
}
