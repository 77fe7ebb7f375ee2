using IIKernel.Growth;
using IIKernel.Inputs;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>Compiles the accounts and the errors of their figures (METHOD §6, 5 and 6).</summary>
internal sealed class AccountCompiler(Study study, MarginalCompiler inputs, UncertaintySources sources)
{
    private readonly List<int> _kinds = [];
    private readonly List<int> _inputs = [];
    private readonly List<int> _series = [];
    private readonly List<double> _loadings = [];
    private readonly Dictionary<string, int> _seriesInputs = new(StringComparer.Ordinal);
    private bool _uncertain;

    /// <summary>The accounts, and whether the series of formula (8) are uncertain in each year.</summary>
    /// <param name="growth">The filled series Y, K, L.</param>
    /// <param name="rows">The regional entities in the order of the outputs.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public (AccountPlan Accounts, bool[] UncertainSeries) Compile(GrowthModel growth, Entity[] rows, CancellationToken cancellation)
    {
        var (categories, groups, years) = (study.Categories.Categories.Count, study.Groups.Count, study.Years.Count);
        var sets = study.RegionSets.Count;
        var valueAdded = new double[years * categories];
        var gdp = new double[years * rows.Length * groups];
        var setGdp = new double[years * sets * groups];
        var (ofValueAdded, ofGdp, ofSeries) = (new int[years], new int[years], new bool[years]);
        for (var t = 0; t < years; t++)
        {
            _uncertain = false;
            for (var c = 0; c < categories; c++)
            {
                var (accounts, amount) = (study.Categories, study.Categories.ValueAdded[c, t]);
                valueAdded[t * categories + c] = amount;
                Cell($"value-added:{accounts.Categories[c].Code}", t, amount, accounts.RevisionSd[c, t], accounts.Filled[c]);
            }

            ofValueAdded[t] = _uncertain ? 1 : 0;
        }

        for (var t = 0; t < years; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            _uncertain = false;
            for (var r = 0; r < rows.Length; r++)
            {
                var set = study.RegionSets[rows[r].Set];
                for (var j = 0; j < groups; j++)
                {
                    if (rows[r].Kind == EntityKind.Area)
                    {
                        Certain();
                        continue;
                    }

                    var (i, amount) = (rows[r].Index, set.Gdp[rows[r].Index, j, t]);
                    gdp[(t * rows.Length + r) * groups + j] = amount;
                    var name = $"gdp:{set.Name}:{set.Regions[i].Code}:{study.Groups[j].Code}";
                    Cell(name, t, amount, set.RevisionSd[i, j, t], set.Filled[i, j]);
                }
            }

            ofGdp[t] = _uncertain ? 1 : 0;
            for (var s = 0; s < sets; s++)
                for (var j = 0; j < groups; j++) setGdp[(t * sets + s) * groups + j] = study.RegionSets[s].Denominator(j, t);
        }

        for (var t = 0; t < years; t++)
        {
            _uncertain = false;
            foreach (var (name, series) in new[] { ("output", growth.Output), ("capital", growth.Capital), ("labour", growth.Labour) })
                Cell(name, t, series[study.Years[t]], 0, series);
            ofSeries[t] = _uncertain;
        }

        var areaRows = new Dictionary<(int Set, int Area), int>();
        for (var r = 0; r < rows.Length; r++)
            if (rows[r].Kind == EntityKind.Area) areaRows.Add((rows[r].Set, rows[r].Index), r);

        return (new()
        {
            Kinds = [.. _kinds],
            Inputs = [.. _inputs],
            Series = [.. _series],
            Loadings = [.. _loadings],
            UncertainValueAdded = ofValueAdded,
            UncertainGdp = ofGdp,
            FixedValueAdded = Fixed(study.Uncertainty.FixedValueAdded),
            FixedGdp = Fixed(study.Uncertainty.FixedGdp),
            ValueAdded = valueAdded,
            Gdp = gdp,
            SetGdp = setGdp,
            SetWhole = [.. study.RegionSets.Select((set, s) => set.NationalGdp is null ? s : set.Whole)],
            Sets = sets,
            RowSet = [.. rows.Select(r => r.Set)],
            RowArea = [.. rows.Select((r, index) => r.Kind == EntityKind.Area ? index : AreaRow(areaRows, r))],
        }, ofSeries);
    }

    private int AreaRow(Dictionary<(int Set, int Area), int> rows, Entity region)
    {
        var area = study.RegionSets[region.Set].Regions[region.Index].Area;
        return area < 0 ? -1 : rows[(region.Set, area)];
    }

    private static int Fixed(FixedTotals totals) => totals switch
    {
        FixedTotals.Nation => FixedTotal.Nation,
        FixedTotals.Group => FixedTotal.Group,
        _ => FixedTotal.None,
    };

    private void Cell(string name, int t, double amount, double sd, FilledSeries? series)
    {
        var year = study.Years[t];
        if (series is { Line: { } line } && series.IsFilled(year))
        {
            var drawn = sources.HasFlag(UncertaintySources.Extrapolation) && study.Uncertainty.Extrapolation;
            if (drawn && line.ResidualStandardDeviation > 0 && amount > 0)
                Prediction(name, year, amount, series);
            else
                Certain();
        }
        else if (sources.HasFlag(UncertaintySources.Revisions) && sd > 0 && amount > 0)
        {
            // Mean 1, relative standard deviation sd.
            var sdLog = Math.Sqrt(ScalarMath.Log1p(sd * sd));
            var revision = new LognormalMarginal(-sdLog * sdLog / 2, sdLog, 0, double.PositiveInfinity);
            Add(CellKind.Revision, inputs.Add($"{name}:{year}", revision, 1, InputRole.Positive(InputKind.Revision)), 0, (0, 0, 0));
        }
        else
        {
            Certain();
        }
    }

    private void Prediction(string name, int year, double amount, FilledSeries series)
    {
        var line = series.Line!;
        var scale = line.ResidualStandardDeviation / amount;
        var (a, b, c) = line.ErrorParts(year);
        var role = new InputRole(InputKind.Extrapolation, name);
        if (study.Years.Count(series.IsFilled) == 1)
        {
            // Only the years of one series need to know the parts of their errors.
            var error = inputs.Add($"{name}:{year}", new StudentMarginal(line.DegreesOfFreedom), 0, role);
            Add(CellKind.LonePrediction, error, 0, (0, 0, scale * Math.Sqrt(a * a + b * b + c * c)));
            return;
        }

        if (!_seriesInputs.TryGetValue(name, out var shared))
        {
            shared = inputs.Add($"{name}:level", MarginalCompiler.StandardNormal, 0, role);
            inputs.Add($"{name}:slope", MarginalCompiler.StandardNormal, 0, role);
            var variance = MarginalCompiler.VarianceRatio(line.DegreesOfFreedom);
            inputs.Add($"{name}:variance", variance, 1, InputRole.Variance(InputKind.Extrapolation, name));
            _seriesInputs.Add(name, shared);
        }

        var own = inputs.Add($"{name}:{year}", MarginalCompiler.StandardNormal, 0, role);
        Add(CellKind.Prediction, own, shared, (scale * a, scale * b, scale * c));
    }

    private void Certain()
    {
        _kinds.Add(CellKind.Certain);
        _inputs.Add(0);
        _series.Add(0);
        _loadings.AddRange([0, 0, 0]);
    }

    private void Add(int kind, int input, int series, (double, double, double) loadings)
    {
        _kinds.Add(kind);
        _inputs.Add(input);
        _series.Add(series);
        _loadings.AddRange([loadings.Item1, loadings.Item2, loadings.Item3]);
        _uncertain = true;
    }
}
