using IIKernel.Growth;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>The growth multiplier of one year.</summary>
/// <param name="Year">Year.</param>
/// <param name="T">T_t; 1 in the base year.</param>
/// <param name="SeT">Its standard error by those of the fit alone, to first order; 0 in the base year.</param>
/// <param name="Extrapolated">Whether it rests on a filled figure, whose error is not part of the standard error.</param>
public sealed record YearMultiplier(int Year, double T, double SeT, bool Extrapolated);

/// <summary>The production function of a study and the multipliers that follow from it, for JSON.</summary>
public sealed record GrowthFit
{
    /// <summary>First year of the fit.</summary>
    public required int FirstYear { get; init; }

    /// <summary>Last year of the fit.</summary>
    public required int LastYear { get; init; }

    /// <summary>Returns to scale: constant or free.</summary>
    public required ReturnsToScale Returns { get; init; }

    /// <summary>α, the elasticity of capital.</summary>
    public required double Alpha { get; init; }

    /// <summary>Standard error of α.</summary>
    public required double SeAlpha { get; init; }

    /// <summary>β, the elasticity of labour.</summary>
    public required double Beta { get; init; }

    /// <summary>Standard error of β.</summary>
    public required double SeBeta { get; init; }

    /// <summary>Covariance of the estimates of α and β.</summary>
    public required double CovarianceAlphaBeta { get; init; }

    /// <summary>ln A.</summary>
    public required double LogA { get; init; }

    /// <summary>Standard error of ln A.</summary>
    public required double SeLogA { get; init; }

    /// <summary>Share of the variance that the fit explains: of ln(Y/L) under constant returns, else of ln Y.</summary>
    public required double RSquared { get; init; }

    /// <summary>What <see cref="RSquared"/> speaks of: "ln(Y/L)" or "ln Y".</summary>
    public required string Response { get; init; }

    /// <summary>Years less coefficients.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>See <see cref="LeastSquares.ConditionNumber"/>.</summary>
    public required double ConditionNumber { get; init; }

    /// <summary>T_t of each reported year.</summary>
    public required IReadOnlyList<YearMultiplier> Multipliers { get; init; }

    /// <summary>The fit of <paramref name="study"/>.</summary>
    public static GrowthFit Of(Study study, GrowthModel growth)
    {
        var f = growth.Function;
        var factor = f.ElasticityFactor(study.Growth.Returns);
        return new()
        {
            FirstYear = study.Growth.FitFirst,
            LastYear = study.Growth.FitLast,
            Returns = study.Growth.Returns,
            Alpha = f.Alpha,
            SeAlpha = f.AlphaError,
            Beta = f.Beta,
            SeBeta = f.BetaError,
            CovarianceAlphaBeta = factor[0] * factor[1],
            LogA = f.LogA,
            SeLogA = f.LogAError,
            RSquared = f.Fit.RSquared,
            Response = ProductionFunction.Response(study.Growth.Returns),
            DegreesOfFreedom = f.Fit.DegreesOfFreedom,
            ConditionNumber = f.Fit.ConditionNumber,
            Multipliers = [.. study.Years.Select((year, t) =>
                new YearMultiplier(year, growth.Multipliers[t], Error(year, growth.Multipliers[t]), growth.Extrapolated[t]))],
        };

        // A cancels: ln T_t = ln(Y_t/Y_0) − α ln(K_t/K_0) − β ln(L_t/L_0).
        double Error(int year, double multiplier)
        {
            var capital = Math.Log(growth.Capital[year] / growth.Capital[study.BaseYear]);
            var labour = Math.Log(growth.Labour[year] / growth.Labour[study.BaseYear]);
            return multiplier * double.Hypot(factor[0] * capital + factor[1] * labour, factor[2] * labour);
        }
    }
}
