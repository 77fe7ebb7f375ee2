using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>One sensitivity analysis, step by step.</summary>
internal sealed class SensitivityWork
{
    // Of the single inputs, how many the pairs are made of, and for how many a needed spread is searched.
    private const int MostPaired = 8;
    private const int MostReversed = 5;

    // A width is met when it is off by no more than this share of the wanted one, which draws leave uncertain by more.
    private const double Met = 0.002;
    private const int MostSteps = 12;

    private readonly CompiledStudy _study;
    private readonly IReadOnlyList<EstimateKey> _figures;
    private readonly SensitivityOptions _options;
    private readonly FigureSampler _sampler;
    private readonly SensitivityInputs _inputs;
    private readonly CancellationToken _cancellation;
    private readonly ReplicateInterval _interval;
    private readonly WidthOfSample _widths;
    private readonly SampledIndices _sampled;
    private readonly InputScreen _screen;
    private readonly ExactVariance?[] _exact;
    private readonly List<SensitivityRow> _rows = [];
    private readonly Dictionary<int, double[]> _inputsOfA = [];
    private readonly Dictionary<SensitivityInput, double[]> _widthsKnown = [];
    private readonly IProgress<double>? _progress;
    private double _done;
    private readonly double _steps;

    /// <summary>Draws A and B, and screens the inputs.</summary>
    public SensitivityWork(
        CompiledStudy study, IReadOnlyList<EstimateKey> figures, SensitivityOptions options, FigureSampler sampler,
        SensitivityInputs inputs, IProgress<double>? progress, CancellationToken cancellation)
    {
        (_study, _figures, _options, _sampler, _inputs) = (study, figures, options, sampler, inputs);
        (_progress, _cancellation) = (progress, cancellation);
        _interval = new(SensitivityOptions.Replicates, options.Level);
        _widths = new(options.Draws, SensitivityOptions.Replicates, options.Level);
        _sampled = new(sampler, options.Draws, _interval);
        _screen = new(inputs, sampler, _sampled);
        _steps = 2 * (_screen.Inputs.Count + inputs.Groups.Count) + (options.SecondOrder ? MostPaired : 0);
        var exact = ExactIndices.Apply(sampler.Plan) ? new ExactIndices(sampler.Plan) : null;
        _exact = [.. figures.Select(f => exact?.Of(f.Output))];
    }

    // Inputs that have rows: the groups, and the single inputs that are no group of their own.
    private IEnumerable<SensitivityInput> Subjects => _inputs.Groups.Concat(_screen.Inputs);

    /// <summary>All numbers.</summary>
    public SensitivityResult Execute()
    {
        foreach (var input in Subjects) Indices(input);
        Means();
        int[][] orders = [.. _sampled.OfA.Select(v => PawnIndex.OrderOf(v))];
        GivenData(orders);
        if (_options.SecondOrder) SecondOrder();
        DependentCoefficients(orders);
        Widths();
        if (_options.Width is { } wanted) SpreadsNeeded(wanted);
        return new(
            _study.Study, _options, _sampler.Plan.Sequence.Kind, _figures, _inputs, (_screen.Looked, _screen.Kept),
            [.. _rows.GroupBy(r => r.Figure).SelectMany(Sorted)], Swings());
    }

    private void Step()
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(Math.Min(1, ++_done / _steps));
    }

    private void Add(int figure, SensitivityInput? input, SensitivityMeasure measure, IndexEstimate estimate,
        IndexMethod method = IndexMethod.Sampled, SensitivityInput? with = null)
    {
        if (_sampled.Variance(figure) > 0 || measure == SensitivityMeasure.Width)
            _rows.Add(new(_figures[figure], input, with, measure, method, estimate));
    }

    // Sobol' indices, exact where they can be, and the elementary effects of the same draws.
    private void Indices(SensitivityInput input)
    {
        var values = _sampled.Add(input);
        var (inA, inB) = input.Members.Count == 1 ? (OfA(input.Members[0]), Drawn(_sampler.All, input.Members[0])) : ([], []);
        var m = _sampler.Plan.RelatedCount;
        int[] coefficients = [.. input.Members.Where(i => i < m)];
        for (var f = 0; f < _figures.Count; f++)
        {
            if (_exact[f] is { } exact)
            {
                Add(f, input, SensitivityMeasure.First, IndexEstimate.Exact(exact.First(coefficients)), IndexMethod.Exact);
                Add(f, input, SensitivityMeasure.Total, IndexEstimate.Exact(exact.Total(coefficients)), IndexMethod.Exact);
            }
            else
            {
                Add(f, input, SensitivityMeasure.First, _sampled.First(f, input));
                Add(f, input, SensitivityMeasure.Total, _sampled.Total(f, input));
            }

            if (inA.Length == 0) continue;
            var effects = ElementaryEffects.Of(_sampled.OfA[f], values[f], inA, inB);
            Add(f, input, SensitivityMeasure.EffectMean, IndexEstimate.Plain(effects.Mean));
            Add(f, input, SensitivityMeasure.EffectSize, IndexEstimate.Plain(effects.Size));
            Add(f, input, SensitivityMeasure.EffectSpread, IndexEstimate.Plain(effects.Spread));
        }

        Step();
    }

    // Exact where the figure is; else with what independent coefficients alone make of it as control variate, if they are drawn.
    private void Means()
    {
        var plan = _sampler.Plan;
        var alone = _study.Plan(_options.Seed, UncertaintySources.Coefficients) with { Sequence = plan.Sequence };
        var areDrawn = _inputs.Single.Any(i => i.Group == InputGroup.Coefficients);
        var parts = areDrawn && ExactIndices.Apply(alone) ? new ExactIndices(alone) : null;
        var controls = parts is not null && _exact.Any(e => e is null) ? _sampler.Draw(alone, _options.Draws) : null;
        for (var f = 0; f < _figures.Count; f++)
        {
            var own = ControlVariate.Means(_sampled.OfA[f], SensitivityOptions.Replicates);
            if (_exact[f] is { } exact) Add(f, null, SensitivityMeasure.Mean, IndexEstimate.Exact(exact.Mean), IndexMethod.Exact);
            else Add(f, null, SensitivityMeasure.Mean, IndexEstimate.Signed(own.Average(), _interval.HalfWidth(own)));
            if (_exact[f] is not null || parts?.Of(_figures[f].Output) is not { } part || !(part.Variance > 0)) continue;
            var found = ControlVariate.Of(_sampled.OfA[f], controls![f], part.Mean, _interval);
            Add(f, null, SensitivityMeasure.MeanControlled, found.Controlled);
            Add(f, null, SensitivityMeasure.ControlGain, IndexEstimate.Plain(found.Gain));
        }
    }

    // The values of an input quantity in the sample A.
    private double[] OfA(int input)
    {
        if (!_inputsOfA.TryGetValue(input, out var values)) _inputsOfA.Add(input, values = Drawn([], input));
        return values;
    }

    // Its values in draw order, with some inputs from B.
    private double[] Drawn(IEnumerable<int> ofSecond, int input)
    {
        var values = new double[_options.Draws];
        new InputSample(_sampler.Plan.WithSecondSample(ofSecond, false)).Inputs(input, 0, values);
        return values;
    }

    // PAWN of every single variate in the sample A.
    private void GivenData(int[][] orders)
    {
        foreach (var input in _screen.Inputs.Where(i => i.Members.Count == 1)) Pawn(orders, input, OfA(input.Members[0]));
    }

    private void Pawn(int[][] orders, SensitivityInput input, double[] values)
    {
        var ranges = PawnIndex.RangesOf(values, PawnIndex.UsualRanges);
        for (var f = 0; f < _figures.Count; f++)
        {
            var pawn = PawnIndex.Of(orders[f], _sampled.OfA[f], ranges, PawnIndex.UsualRanges);
            Add(f, input, SensitivityMeasure.PawnMedian, IndexEstimate.Plain(pawn.Median, pawn.IsToldFromZero));
            Add(f, input, SensitivityMeasure.PawnLargest, IndexEstimate.Plain(pawn.Largest, pawn.IsToldFromZero));
        }
    }

    // The single inputs that take part most in any figure.
    private SensitivityInput[] Largest(int most) => [.. _screen.Inputs
        .OrderByDescending(i => _rows.Where(r => r.Input == i && r.Measure == SensitivityMeasure.Total)
            .Select(r => r.Estimate.Value).DefaultIfEmpty(0).Max()).Take(most)];

    private void SecondOrder()
    {
        var m = _sampler.Plan.RelatedCount;
        foreach (var (first, second, estimates) in _sampled.Pairs(Largest(MostPaired), Step))
        {
            for (var f = 0; f < _figures.Count; f++)
            {
                if (_exact[f] is { } exact)
                {
                    var (j, k) = (first.Members[0], second.Members[0]);
                    Add(f, first, SensitivityMeasure.Second, IndexEstimate.Exact(j < m && k < m ? exact.Second(j, k) : 0),
                        IndexMethod.Exact, second);
                }
                else
                {
                    Add(f, first, SensitivityMeasure.Second, estimates[f], with: second);
                }
            }
        }
    }

    // S_k that are drawn by a panel, a copula or rows of one sample.
    private void DependentCoefficients(int[][] orders)
    {
        var plan = _sampler.Plan;
        var m = plan.RelatedCount;
        var isDrawn = plan.Panel.Experts > 0 || _inputs.Single.Any(i => i.Group == InputGroup.Coefficients);
        if (m > ShapleyEffects.MostInputs || ExactIndices.Apply(plan) || !isDrawn) return;
        var drawn = new double[_options.Draws * m];
        new InputSample(plan).Coefficients(0, _options.Draws, drawn);
        var coefficients = new DependentCoefficients(drawn, m, _interval);
        SensitivityInput[] names = [.. _study.Study.Coefficients.Select((c, k) => new SensitivityInput(
            PlanCompiler.CoefficientInput(_study.Study.Table.Sectors[c.Sector].Code), InputGroup.Coefficients, false, [k], [k]))];
        for (var f = 0; f < _figures.Count; f++)
        {
            if (!(_sampled.Variance(f) > 0)) continue;
            var (effects, explained) = coefficients.Shapley(_sampled.OfA[f]);
            Add(f, null, SensitivityMeasure.Explained, explained, IndexMethod.LinearNormal);
            for (var k = 0; k < m; k++) Add(f, names[k], SensitivityMeasure.Shapley, effects[k], IndexMethod.LinearNormal);
        }

        if (plan.Panel.Experts > 0)
            for (var k = 0; k < m; k++) Pawn(orders, names[k], coefficients.Of(k));
    }

    // What the intervals would be if an input were known, or the panel of twice the experts.
    private void Widths()
    {
        IntervalWidth[] now = [.. _sampled.OfA.Select(_widths.Of)];
        for (var f = 0; f < now.Length; f++) Add(f, null, SensitivityMeasure.Width, Width(now[f]));
        foreach (var input in Subjects)
        {
            Compare(input, SensitivityMeasure.WidthKnown, _sampler.Spread(input, 0, _options.Draws));
            Step();
        }

        var (study, plan) = (_study.Study, _sampler.Plan);
        if (plan.Panel.Experts == 0 || !study.Uncertainty.Panel) return;
        var larger = study with { Uncertainty = study.Uncertainty with { ExpertsEach = 2 } };
        var panel = new CompiledStudy(larger, _cancellation);
        var doubled = panel.Plan(_options.Seed, UncertaintySources.All) with { Sequence = plan.Sequence };
        Compare(_inputs.Groups.FirstOrDefault(g => g.Group == InputGroup.Experts), SensitivityMeasure.WidthTwiceExperts,
            _sampler.Draw(doubled, _options.Draws));

        void Compare(SensitivityInput? input, SensitivityMeasure measure, double[][] values)
        {
            IntervalWidth[] found = [.. values.Select(_widths.Of)];
            if (input is not null && measure == SensitivityMeasure.WidthKnown) _widthsKnown[input] = [.. found.Select(w => w.All)];
            for (var f = 0; f < now.Length; f++) Add(f, input, measure, found[f].Over(now[f], _interval));
        }

        IndexEstimate Width(IntervalWidth width) => IndexEstimate.OfSquares(width.All, _interval.HalfWidth(width.Replicates));
    }

    // The factor on an input's spread at which the width is the wanted share of the point: by the rule of false position with Illinois'
    // correction, which keeps the root between its ends.
    private void SpreadsNeeded(double wanted)
    {
        double Excess(double width, int f) => width / Math.Abs(_figures[f].Point) - wanted;
        double[] now = [.. _sampled.OfA.Select(_widths.All)];
        foreach (var input in _inputs.Groups.Concat(Largest(MostReversed)))
        {
            for (var f = 0; f < _figures.Count; f++)
            {
                var (low, below) = (0.0, Excess(_widthsKnown[input][f], f));
                var (high, above) = (1.0, Excess(now[f], f));
                var spread = above <= 0 ? 1 : below > 0 ? double.NaN : 0;
                for (var (step, side) = (0, 0); step < MostSteps && above > 0 && below <= 0; step++)
                {
                    spread = low + (high - low) * below / (below - above);
                    var excess = Excess(_widths.All(_sampler.Spread(input, spread, _options.Draws)[f]), f);
                    _cancellation.ThrowIfCancellationRequested();
                    if (Math.Abs(excess) <= Met * wanted) break;
                    if (excess > 0)
                    {
                        (high, above) = (spread, excess);
                        if (side == 1) below /= 2;
                        side = 1;
                    }
                    else
                    {
                        (low, below) = (spread, excess);
                        if (side == -1) above /= 2;
                        side = -1;
                    }
                }

                Add(f, input, SensitivityMeasure.SpreadNeeded, IndexEstimate.Plain(spread, !double.IsNaN(spread)));
            }
        }
    }

    private FigureSwing[] Swings()
    {
        // Inputs alone: flows are at their points.
        var plan = _sampler.Plan with { Flows = FlowPlan.None };
        var response = new InputResponse(plan, [.. _figures.Select(f => f.Output)]);
        var swings = new List<FigureSwing>();
        foreach (var input in _screen.Inputs.SelectMany(i => i.Members).Distinct().Order())
        {
            _cancellation.ThrowIfCancellationRequested();
            var own = InputSwings.Of(response, plan.Marginals, input, _inputs.Quantities[input], _options.Level);
            swings.AddRange(own.Select((s, f) => new FigureSwing(_figures[f], s)));
        }

        return [.. _figures.SelectMany(f => swings.Where(s => s.Figure == f).OrderByDescending(s => s.Swing.Greatest - s.Swing.Least))];
    }

    // Groups before single inputs, the largest first, and then what is said of each in one order.
    private static IEnumerable<SensitivityRow> Sorted(IEnumerable<SensitivityRow> rows)
    {
        var all = rows.ToArray();
        var sizes = all.Where(r => r.Input is not null && r.Measure is SensitivityMeasure.Total or SensitivityMeasure.Shapley)
            .GroupBy(r => r.Input!).ToDictionary(g => g.Key, g => g.Max(r => r.Estimate.Value));
        return all.OrderBy(r => r.Input is null ? 0 : r.Input.IsGroup ? 1 : 2)
            .ThenBy(r => r.Input is { IsGroup: true } g ? (int)g.Group : 0)
            .ThenByDescending(r => r.Input is { } i ? sizes.GetValueOrDefault(i) : 0)
            .ThenBy(r => r.Input?.Name, StringComparer.Ordinal).ThenBy(r => r.Measure).ThenBy(r => r.With?.Name, StringComparer.Ordinal);
    }
}
