using IIKernel.Experts;
using IIKernel.Inputs;
using IIKernel.Kernels.Plan;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>Compiles the coefficients S_k (METHOD §6, 1 and 2): marginals with their correlation, or the panel's weights.</summary>
internal static class CoefficientCompiler
{
    /// <summary>Adds the inputs behind S_k, which must be the first of all.</summary>
    public static (CorrelationPlan Correlation, PanelPlan Panel) Compile(Study study, MarginalCompiler inputs, UncertaintySources sources)
    {
        var drawn = sources.HasFlag(UncertaintySources.Coefficients);
        var options = study.Uncertainty;
        if (drawn && study.Panel is not null && (options.Panel || options.FactorConcentration is not null))
            return (CorrelationPlan.None, Panel(study.Panel, options, inputs));
        foreach (var k in study.Coefficients)
            inputs.Add(PlanCompiler.CoefficientInput(study.Table.Sectors[k.Sector].Code), drawn ? k.Distribution : null, k.Point,
                InputRole.Coefficient);
        return (drawn && study.Correlation is not null ? Correlation(study, study.Correlation) : CorrelationPlan.None, PanelPlan.None);
    }

    // Uncorrelated coefficients stay outside the copula, so that their draws are the same bits as without one.
    private static CorrelationPlan Correlation(Study study, RankCorrelation correlation)
    {
        var count = study.Coefficients.Count;
        int[] correlated = [.. Enumerable.Range(0, count)
            .Where(k => Enumerable.Range(0, count).Any(l => l != k && correlation.Normal[k, l] != 0))
            .OrderBy(k => study.Table.Sectors[study.Coefficients[k].Sector].Code, StringComparer.Ordinal)];
        if (correlated.Length == 0) return CorrelationPlan.None;
        var q = correlated.Length;
        var factor = new double[q * q];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = correlation.Normal[correlated[i], correlated[j]];
                for (var l = 0; l < j; l++) sum -= factor[i * q + l] * factor[j * q + l];
                factor[i * q + j] = i == j ? Math.Sqrt(sum) : sum / factor[j * q + j];
            }
        }

        return new() { Inputs = correlated, Factor = factor };
    }

    private static PanelPlan Panel(ExpertPanel panel, UncertaintyOptions options, MarginalCompiler inputs)
    {
        var first = -1;
        // The weight of several experts together, as a share of their number.
        Marginal weights = options.ExpertsEach == 1 ? new ExponentialMarginal()
            : new GammaMarginal(options.ExpertsEach, 1.0 / options.ExpertsEach);
        foreach (var expert in panel.Experts)
        {
            var input = inputs.Add($"expert:{expert}", options.Panel ? weights : null, 1, InputRole.Positive(InputKind.Expert));
            if (first < 0) first = input;
        }

        for (var f = 0; f < panel.Factors.Count; f++)
        {
            // A weight of 0 stays 0, a single factor's stays 1.
            var weight = panel.FactorWeights[f];
            var marginal = options.FactorConcentration is { } concentration && weight is > 0 and < 1
                ? new GammaMarginal(concentration * weight, 1 / concentration) : null;
            inputs.Add($"factor:{panel.Factors[f].Code}", marginal, weight, InputRole.Positive(InputKind.Factor));
        }

        int[] factors = [.. Enumerable.Range(0, panel.Factors.Count)];
        return new()
        {
            FirstInput = first,
            Experts = panel.Experts.Count,
            Operator = panel.Operator switch
            {
                FuzzyOperator.MinMax => PanelOperator.MinMax,
                FuzzyOperator.ProductMax => PanelOperator.ProductMax,
                FuzzyOperator.MinBoundedSum => PanelOperator.MinBoundedSum,
                FuzzyOperator.ProductBoundedSum => PanelOperator.ProductBoundedSum,
                _ => PanelOperator.WeightedAverage,
            },
            FactorParent = [.. panel.Factors.Select(f => f.Parent)],
            FactorHasParts = [.. factors.Select(f => panel.FactorsBelow(f).Count > 0 ? 1 : 0)],
            Ballots = [.. from k in Enumerable.Range(0, panel.Sectors.Count)
                          from f in factors
                          from e in Enumerable.Range(0, panel.Experts.Count)
                          select panel.Ballots.Grades[e, k, f]],
            Scores = [.. panel.Grades.Select(g => g.Score)],
        };
    }
}
