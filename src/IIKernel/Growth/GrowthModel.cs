using System.Globalization;
using IIKernel.Studies;

namespace IIKernel.Growth;

/// <summary>Growth accounting for the years after the base year (METHOD §4).</summary>
public sealed record GrowthModel
{
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
        var first = series.Years[0];
        var output = FilledSeries.Extrapolate(first, series.Output, series.ExtrapolationWindow);
        var capital = FilledSeries.Extrapolate(first, series.Capital, series.ExtrapolationWindow);
        var labour = FilledSeries.Extrapolate(first, series.Labour, series.ExtrapolationWindow);
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
            Warnings = Notes(function, series.Returns),
        };

        double Gamma(int t) => function.Productivity(output[t], capital[t], labour[t]);
        bool Filled(int t) => output.IsFilled(t) || capital.IsFilled(t) || labour.IsFilled(t);
    }

    private static List<Warning> Notes(ProductionFunction f, ReturnsToScale returns)
    {
        var warnings = new List<Warning>();
        foreach (var (symbol, name, value, error) in new[]
        {
            ("α", "capital", f.Alpha, f.AlphaError), ("β", "labour", f.Beta, f.BetaError),
        })
        {
            if (value is > 0 and < 1) continue;
            warnings.Add(new("growth-elasticity", string.Create(CultureInfo.InvariantCulture,
                $"The elasticity of {name} {symbol} = {value:0.####} (standard error {error:0.####}) lies outside (0, 1).{(returns == ReturnsToScale.Free ? " Over a short window capital and labour are nearly collinear (condition number {f.Fit.ConditionNumber:0}); consider \"returns\": \"constant\"." : "")}")));
        }

        return warnings;
    }
}
