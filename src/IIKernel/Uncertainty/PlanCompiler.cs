using IIKernel.Growth;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Uncertainty;

/// <summary>
/// Compiles a study to the arrays that a draw needs; whatever is certain is computed here, once for all plans of a study.
/// </summary>
internal sealed class PlanCompiler
{
    private readonly Study _study;
    private readonly PointEstimate _point;
    private readonly CancellationToken _cancellation;
    private readonly CategoryWeights _weights;
    private readonly FittedTables _tables = new();
    private IReadOnlyDictionary<string, ulong>? _widened;
    private FlowPlan? _flows;

    // Of the related sectors: their positions among all sectors, and among themselves for each of all sectors, −1 for the others.
    private readonly int[] _related;
    private readonly int[] _position;

    // The induced value added of a sector for a unit of u, n × m, of the categories' unrelated sectors together, C × m, and h_kk, m.
    private readonly double[] _induction;
    private readonly double[] _categoryInduction;
    private readonly double[] _diagonal;

    /// <summary>Computes what all plans of a study have in common.</summary>
    /// <param name="study">The study.</param>
    /// <param name="point">Its point estimate, for the growth accounting and the denominators of shares.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public PlanCompiler(Study study, PointEstimate point, CancellationToken cancellation = default)
    {
        (_study, _point, _cancellation) = (study, point, cancellation);
        _weights = new(study);
        var table = study.Table;
        var n = table.Sectors.Count;
        _related = [.. study.Coefficients.Select(k => k.Sector)];
        var m = _related.Length;

        // H E_K = C A E_K solves (I − A) H E_K = A E_K, without the cancellation of C − I.
        var a = LeontiefModel.TechnicalCoefficients(table);
        var right = new double[n * m];
        for (var j = 0; j < m; j++)
            for (var i = 0; i < n; i++) right[j * n + i] = a[i, _related[j]];
        var h = LeontiefModel.Solve(a, right, cancellation);

        _position = new int[n];
        Array.Fill(_position, -1);
        for (var j = 0; j < m; j++) _position[_related[j]] = j;

        _diagonal = [.. _related.Select((k, j) => h[k, j])];
        _induction = new double[n * m];
        _categoryInduction = new double[study.Categories.Categories.Count * m];
        for (var i = 0; i < n; i++)
        {
            var rate = table.TotalOutput[i] == 0 ? 0 : table.ValueAdded(i) / table.TotalOutput[i];
            for (var j = 0; j < m; j++)
            {
                _induction[i * m + j] = rate * h[i, j];
                if (_position[i] < 0) _categoryInduction[table.Sectors[i].Category * m + j] += rate * h[i, j];
            }
        }
    }

    /// <summary>Name of the input quantity S_k of a sector.</summary>
    public static string CoefficientInput(string sectorCode) => "coefficient:" + sectorCode;

    /// <summary>Compiles a plan with the seed <paramref name="seed"/>.</summary>
    /// <param name="seed">Seed of the generator.</param>
    /// <param name="sources">The sources of uncertainty to draw, of those that the study names.</param>
    /// <returns>The plan, and its inputs that are not certain.</returns>
    public (SamplePlan Plan, IReadOnlyList<UncertainInput> Inputs) Compile(ulong seed, UncertaintySources sources)
    {
        var (study, point, table) = (_study, _point, _study.Table);
        var m = _related.Length;
        var categories = study.Categories.Categories;
        // An input has the same identifier whichever sources are drawn beside it.
        if (_widened is null && sources != UncertaintySources.All) Compile(seed, UncertaintySources.All);
        var inputs = new MarginalCompiler(_tables, _widened);
        var (correlation, panel) = CoefficientCompiler.Compile(study, inputs, sources);
        var rows = EntityList.Of(study).Where(e => e.Set >= 0).ToArray();
        var (accounts, uncertainSeries) = new AccountCompiler(study, inputs, sources).Compile(point.Growth, rows, _cancellation);
        var growth = Growth(study, point.Growth, inputs, uncertainSeries, sources);
        var (directScale, indirectScale) = Scales(study, point.Growth);
        var regions = new RegionCompiler(study, _weights, rows);
        _widened ??= inputs.Widened();
        var plan = new SamplePlan
        {
            Seed = seed,
            SectorCount = table.Sectors.Count,
            RelatedCount = m,
            CategoryCount = categories.Count,
            GroupCount = study.Groups.Count,
            RowCount = rows.Length,
            YearCount = study.Years.Count,
            Marginals = inputs.Build(),
            Correlation = correlation,
            Panel = panel,
            Growth = growth,
            Accounts = accounts,
            Induction = new()
            {
                Output = [.. _related.Select(k => table.TotalOutput[k])],
                Diagonal = _diagonal,
                Related = [.. _related.SelectMany(k => _induction.AsSpan(k * m, m).ToArray())],
                Category = _categoryInduction,
                Sector = _induction,
            },
            Flows = FlowCompiler.IsDrawn(study, sources) ? _flows ??= FlowCompiler.Compile(study, _cancellation) : FlowPlan.None,
            RelatedValueAdded = [.. _related.Select(table.ValueAdded)],
            RelatedCategory = [.. _related.Select(k => table.Sectors[k].Category)],
            SectorRelated = _position,
            CategoryGroup = [.. categories.Select(c => c.Group)],
            DirectScale = directScale,
            IndirectScale = indirectScale,
            RegionShare = regions.Shares(),
            Allocation = regions.Allocations(),
            PercentScale = PercentScales(point),
        };
        return (plan, inputs.Uncertain);
    }

    // The sampling distribution of (α, β): the estimates, and σ·t with the covariance of the fit.
    private static GrowthPlan Growth(
        Study study, GrowthModel growth, MarginalCompiler inputs, bool[] uncertainSeries, UncertaintySources sources)
    {
        var function = growth.Function;
        var drawn = sources.HasFlag(UncertaintySources.Growth) && study.Uncertainty.Growth && function.Fit.ResidualStandardDeviation > 0;
        var first = -1;
        double[] factor = [0, 0, 0];
        if (drawn)
        {
            var role = new InputRole(InputKind.Growth, "growth");
            first = inputs.Add("growth:1", MarginalCompiler.StandardNormal, 0, role);
            inputs.Add("growth:2", MarginalCompiler.StandardNormal, 0, role);
            inputs.Add("growth:variance", MarginalCompiler.VarianceRatio(function.Fit.DegreesOfFreedom), 1,
                InputRole.Variance(InputKind.Growth, "growth"));
            factor = function.ElasticityFactor(study.Growth.Returns);
        }

        double Ratio(FilledSeries series, int t) => ScalarMath.Log(series[study.Years[t]] / series[study.BaseYear]);
        return new()
        {
            Alpha = function.Alpha,
            Beta = function.Beta,
            FirstInput = first,
            Factor = factor,
            LogRatios = [.. Enumerable.Range(0, study.Years.Count)
                .SelectMany(t => new[] { Ratio(growth.Capital, t), Ratio(growth.Labour, t) })],
            Uncertain = [.. uncertainSeries.Select((series, t) => t > 0 && (drawn || series || uncertainSeries[0]) ? 1 : 0)],
        };
    }

    // Formula (9) as factors on base-year value added, with V_c(t0) from the table: V_{c,t} / V_c(t0), and times T_t.
    private static (double[] Direct, double[] Indirect) Scales(Study study, GrowthModel growth)
    {
        var count = study.Categories.Categories.Count;
        var tableValueAdded = study.Table.ValueAddedByCategory(count);
        var direct = new double[study.Years.Count * count];
        var indirect = new double[direct.Length];
        for (var t = 0; t < study.Years.Count; t++)
        {
            for (var c = 0; c < count; c++)
            {
                var scale = tableValueAdded[c] == 0 ? 0 : study.Categories.ValueAdded[c, t] / tableValueAdded[c];
                direct[t * count + c] = scale;
                indirect[t * count + c] = scale * growth.Multipliers[t];
            }
        }

        return (direct, indirect);
    }

    // 100 / own value added of every entity.
    private static double[] PercentScales(PointEstimate point)
    {
        var own = point.OwnValueAdded;
        var scales = new double[own.Length];
        for (var t = 0; t < own.GetLength(0); t++)
            for (var e = 0; e < own.GetLength(1); e++)
                scales[t * own.GetLength(1) + e] = 100 / own[t, e];
        return scales;
    }
}
