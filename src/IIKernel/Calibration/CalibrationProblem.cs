using IIKernel.Kernels;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Calibration;

/// <summary>
/// Targets and prior as residuals of the unknowns: S_k, then the logarithm of each free multiplier over its own value.
/// Every target is linear in the categories' base-year value added, by formulas (9) and (10).
/// </summary>
internal sealed class CalibrationProblem
{
    private static readonly double MostLogMultiplier = ScalarMath.Ln2;

    private readonly CoefficientResponse _response;
    private readonly FigureWeights _weights;
    private readonly double[][] _direct;
    private readonly double[][] _indirect;
    private readonly int[] _years;

    public CalibrationProblem(Study study, IReadOnlyList<PublishedFigure> targets, CalibrationOptions options)
    {
        Study = study;
        Compiled = new(study);
        Plan = Compiled.Plan(0);
        _response = new(Plan);
        _weights = new(study, Plan);
        Targets = targets;
        var entities = EntityList.Of(study);
        _years = [.. targets.Select(t => t.Year - study.BaseYear)];
        FreeYears = options.FreeMultipliers ? [.. _years.Where(t => t > 0).Distinct().Order()] : [];
        double[][] Weights(Component part) =>
        [
            .. targets.Select((target, i) => target.Component == part || target.Component == Component.Total
                ? FigureWeights(entities.First(e => e.Scope == target.Scope && e.Code == target.Code), _years[i], part)
                : new double[Plan.CategoryCount]),
        ];
        _direct = Weights(Component.Direct);
        _indirect = Weights(Component.Indirect);

        Prior = [.. study.Coefficients.Select(k => k.Point), .. FreeYears.Select(_ => 0.0)];
        // The multipliers are flat within their bounds, whose width is their scale.
        PriorSd =
        [
            .. options.PriorSd is { } sd ? study.Coefficients.Select(_ => sd) : CoefficientPrior.StandardDeviations(Compiled),
            .. FreeYears.Select(_ => MostLogMultiplier),
        ];
        Low = [.. study.Coefficients.Select(_ => 0.0), .. FreeYears.Select(_ => -MostLogMultiplier)];
        High = [.. study.Coefficients.Select(_ => 1.0), .. FreeYears.Select(_ => MostLogMultiplier)];

        // A figure that is known to half a unit has the variance unit²/12 of a uniform distribution. Formula (1) defines the
        // direct part; the model can be wrong in the indirect part, and in how (10) shares out either.
        var (direct, indirect) = Categories(Prior);
        Sd = [.. targets.Select((t, i) =>
        {
            var modelled = Dot(_indirect[i], indirect) + (study.RegionSets.Any(r => r.Name == t.Scope) ? Dot(_direct[i], direct) : 0);
            return Math.Sqrt(t.Rounding * t.Rounding / 12 + Square(options.Discrepancy * modelled));
        })];
    }

    public Study Study { get; }

    public CompiledStudy Compiled { get; }

    public SamplePlan Plan { get; }

    public IReadOnlyList<PublishedFigure> Targets { get; }

    /// <summary>Indices of the years whose multiplier is free.</summary>
    public int[] FreeYears { get; }

    /// <summary>Standard deviations of the targets.</summary>
    public double[] Sd { get; }

    /// <summary>Means of the unknowns before.</summary>
    public double[] Prior { get; }

    /// <summary>Their standard deviations.</summary>
    public double[] PriorSd { get; }

    public double[] Low { get; }

    public double[] High { get; }

    public int Coefficients => Study.Coefficients.Count;

    /// <summary>The weights of the categories' base-year value added in an entity's figure.</summary>
    public double[] FigureWeights(Entity entity, int year, Component part) => _weights.Of(entity, year, part);

    /// <summary>Base-year value added by category at a point; valid until the next call.</summary>
    public (double[] Direct, double[] Indirect) Categories(double[] point)
    {
        _response.Evaluate(point.AsSpan(0, Coefficients), slopes: false);
        return (_response.Direct, _response.Indirect);
    }

    /// <summary>The targets' values at a point.</summary>
    public double[] Values(double[] point)
    {
        var (direct, indirect) = Categories(point);
        return [.. Targets.Select((_, i) => Dot(_direct[i], direct) + Multiplier(point, _years[i]) * Dot(_indirect[i], indirect))];
    }

    /// <summary>Residuals of targets and coefficients' priors in standard deviations, with their derivatives.</summary>
    public (double[] Residuals, double[,] Jacobian) Evaluate(double[] point)
    {
        _response.Evaluate(point.AsSpan(0, Coefficients), slopes: true);
        var (n, m, p) = (Targets.Count, Coefficients, point.Length);
        var residuals = new double[n + m];
        var jacobian = new double[n + m, p];
        for (var i = 0; i < n; i++)
        {
            var multiplier = Multiplier(point, _years[i]);
            var indirect = multiplier * Dot(_indirect[i], _response.Indirect);
            residuals[i] = (Dot(_direct[i], _response.Direct) + indirect - Targets[i].Value) / Sd[i];
            for (var k = 0; k < m; k++)
            {
                var slope = 0.0;
                for (var c = 0; c < Plan.CategoryCount; c++)
                    slope += _direct[i][c] * _response.DirectSlope[c, k] + multiplier * _indirect[i][c] * _response.IndirectSlope[c, k];
                jacobian[i, k] = slope / Sd[i];
            }

            var free = Array.IndexOf(FreeYears, _years[i]);
            if (free >= 0) jacobian[i, m + free] = indirect / Sd[i];
        }

        for (var k = 0; k < m; k++)
        {
            residuals[n + k] = (point[k] - Prior[k]) / PriorSd[k];
            jacobian[n + k, k] = 1 / PriorSd[k];
        }

        return (residuals, jacobian);
    }

    /// <summary>ln of the posterior density at a point, but for a constant; −∞ outside the bounds.</summary>
    public double LogPosterior(double[] point)
    {
        for (var k = 0; k < point.Length; k++)
            if (point[k] < Low[k] || point[k] > High[k]) return double.NegativeInfinity;
        var values = Values(point);
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += Square((values[i] - Targets[i].Value) / Sd[i]);
        for (var k = 0; k < Coefficients; k++) sum += Square((point[k] - Prior[k]) / PriorSd[k]);
        return -sum / 2;
    }

    /// <summary>Factor on the multiplier of a year (index) at a point; 1 where it is not free.</summary>
    public double Multiplier(double[] point, int year)
    {
        var free = Array.IndexOf(FreeYears, year);
        return free < 0 ? 1 : ScalarMath.Exp(point[Coefficients + free]);
    }

    /// <summary>The least Σ of squared residuals within the bounds, from a start and from two flat ones.</summary>
    public (double[] Point, double Cost, int Steps) Minimise(BoxLeastSquares.Model model, double[] start)
    {
        double[] Flat(double s) => [.. Enumerable.Repeat(s, Coefficients), .. FreeYears.Select(_ => 0.0)];
        return new[] { start, Flat(0.1), Flat(0.5) }
            .Select(from => BoxLeastSquares.Minimise(model, from, Low, High, PriorSd)).MinBy(fit => fit.Cost);
    }

    private static double Square(double x) => x * x;

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
