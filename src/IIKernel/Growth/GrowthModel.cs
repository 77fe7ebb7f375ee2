using MathNet.Numerics.Distributions;

namespace IIKernel.Growth;

/// <summary>Growth accounting for the years after the base year (METHOD §4).</summary>
public sealed record GrowthModel
{
    // Single coefficients mean little from about 30 on (Belsley, Kuh and Welsch 1980); but ln K and ln L are levels far from 0, which alone
    // makes hundreds, as in any short free fit.
    private const double Collinear = 5000;

    private const double LeastRSquared = 0.5;

    /// <summary>The fitted production function.</summary>
    public required ProductionFunction Function { get; init; }

    /// <summary>Y_t with its filled end.</summary>
    public required FilledSeries Output { get; init; }

    /// <summary>K_t with its filled end.</summary>
    public required FilledSeries Capital { get; init; }

    /// <summary>L_t with its filled end.</summary>
    public required FilledSeries Labour { get; init; }

    /// <summary>τ_t for each reported year; 1 in the base year.</summary>
    public required double[] Tau { get; init; }

    /// <summary>T_t for each reported year; 1 in the base year.</summary>
    public required double[] Multipliers { get; init; }

    /// <summary>Whether the multiplier of each reported year rests on a filled figure.</summary>
    public required bool[] Extrapolated { get; init; }

    /// <summary>What the user must know about the fit.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>Formulas (7) and (8) for the reported years of a study.</summary>
    public static GrowthModel Estimate(GrowthSeries series, IReadOnlyList<int> reported)
    {
        var (output, capital, labour) = series.Filled();
        var function = ProductionFunction.Estimate(output, capital, labour, series);

        var tau = new double[reported.Count];
        var multipliers = new double[reported.Count];
        var extrapolated = new bool[reported.Count];
        tau[0] = multipliers[0] = 1;
        for (var i = 1; i < reported.Count; i++)
        {
            // (8) τ_t = γ_t / γ_{t−1}; T_t = Π τ_q.
            tau[i] = Gamma(reported[i]) / Gamma(reported[i - 1]);
            multipliers[i] = multipliers[i - 1] * tau[i];
            extrapolated[i] = extrapolated[i - 1] || Filled(reported[i]);
        }

        return new()
        {
            Function = function,
            Output = output,
            Capital = capital,
            Labour = labour,
            Tau = tau,
            Multipliers = multipliers,
            Extrapolated = extrapolated,
            Warnings = Notes(function, series),
        };

        double Gamma(int t) => function.Productivity(output[t], capital[t], labour[t]);
        bool Filled(int t) => output.IsFilled(t) || capital.IsFilled(t) || labour.IsFilled(t);
    }

    private static List<Warning> Notes(ProductionFunction f, GrowthSeries series)
    {
        var warnings = new List<Warning>();
        foreach (var (factor, value, error) in new[]
        {
            (ProductionFactor.Capital, f.Alpha, f.AlphaError), (ProductionFactor.Labour, f.Beta, f.BetaError),
        })
        {
            if (value is not (> 0 and < 1)) warnings.Add(new GrowthElasticityWarning(factor, value, error, series.Returns));
        }

        if (f.Fit.ConditionNumber > Collinear)
            warnings.Add(new GrowthCollinearWarning(series.FitFirst, series.FitLast, f.Fit.ConditionNumber, series.Returns));

        // An elasticity lies in (0, 1): an interval longer than that has learnt nothing from the series.
#pragma warning disable RS0030 // Decides on a warning, and reaches no plan.
        var quantile = f.Fit.DegreesOfFreedom > 0 ? StudentT.InvCDF(0, 1, f.Fit.DegreesOfFreedom, 0.975) : 0;
#pragma warning restore RS0030
        var halfWidth = quantile * Math.Max(f.AlphaError, f.BetaError);
        if (halfWidth > 0.5 || f.Fit.RSquared < LeastRSquared)
        {
            warnings.Add(new GrowthFitWeakWarning(
                series.FitFirst, series.FitLast, f.Alpha, f.AlphaError, f.Beta, f.BetaError, f.Fit.RSquared, series.Returns));
        }

        return warnings;
    }
}
