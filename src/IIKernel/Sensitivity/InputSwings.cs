using IIKernel.Kernels;
using IIKernel.Kernels.Plan;

namespace IIKernel.Sensitivity;

/// <summary>How far one input alone moves a figure, with every other input at its point.</summary>
/// <param name="Input">Its name.</param>
/// <param name="Low">The lower quantile of the input.</param>
/// <param name="High">Its upper quantile.</param>
/// <param name="AtLow">The figure at <paramref name="Low"/>.</param>
/// <param name="AtHigh">The figure at <paramref name="High"/>.</param>
/// <param name="Least">The least value of the figure between the two.</param>
/// <param name="LeastAt">The input's value there.</param>
/// <param name="Greatest">The greatest value of the figure between the two.</param>
/// <param name="GreatestAt">The input's value there.</param>
public sealed record InputSwing(
    string Input, double Low, double High, double AtLow, double AtHigh, double Least, double LeastAt, double Greatest, double GreatestAt)
{
    /// <summary>Whether an end of the range is not where the figure is least or greatest.</summary>
    public bool IsInside => (LeastAt != Low && LeastAt != High) || (GreatestAt != Low && GreatestAt != High);
}

/// <summary>
/// Swings for tornado plots. Figures need not be monotone in an input (ΔY_i of a single related sector is largest at S = (√(1 + H) − 1)/H),
/// so that the range is searched: where the exact derivative changes its sign between two of its points, its root is found by bisection.
/// </summary>
internal static class InputSwings
{
    // Points of the range that are looked at; between two of them a figure turns once or not at all.
    private const int Steps = 8;

    private const int Bisections = 50;

    /// <summary>The swings of one input; one a figure, in the order of the response's outputs.</summary>
    /// <param name="response">The figures as functions of all inputs.</param>
    /// <param name="marginals">The inputs.</param>
    /// <param name="input">Which one.</param>
    /// <param name="name">Its name.</param>
    /// <param name="level">Probability of the range.</param>
    public static InputSwing[] Of(InputResponse response, MarginalTable marginals, int input, string name, double level)
    {
        // The variate of an exponential distribution falls as its value grows.
        var (from, to) = (At((1 - level) / 2), At((1 + level) / 2));
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        double[] values = [.. marginals.Points];
        var places = new double[Steps + 1];
        var (found, slopes) = (new double[Steps + 1][], new double[Steps + 1][]);
        for (var i = 0; i <= Steps; i++)
        {
            places[i] = i == Steps ? high : low + (high - low) * i / Steps;
            (found[i], slopes[i]) = Evaluate(places[i]);
        }

        var swings = new InputSwing[response.Values.Length];
        for (var f = 0; f < swings.Length; f++)
        {
            var (least, greatest) = ((Value: found[0][f], At: low), (Value: found[0][f], At: low));
            Look(found[Steps][f], high);
            for (var i = 0; i <= Steps; i++)
            {
                Look(found[i][f], places[i]);
                if (i < Steps && slopes[i][f] * slopes[i + 1][f] < 0) Turn(f, places[i], places[i + 1], slopes[i][f]);
            }

            swings[f] = new(name, low, high, found[0][f], found[Steps][f], least.Value, least.At, greatest.Value, greatest.At);

            void Look(double value, double at)
            {
                if (value < least.Value) least = (value, at);
                if (value > greatest.Value) greatest = (value, at);
            }

            void Turn(int figure, double from, double to, double slope)
            {
                for (var i = 0; i < Bisections; i++)
                {
                    var middle = from + (to - from) / 2;
                    var (value, own) = Evaluate(middle);
                    Look(value[figure], middle);
                    if (own[figure] * slope > 0) from = middle;
                    else to = middle;
                }
            }
        }

        return swings;

        double At(double u) => MarginalDistribution.Quantile(marginals, input, u);

        (double[] Values, double[] Slopes) Evaluate(double place)
        {
            values[input] = place;
            response.Evaluate(values, input);
            return ([.. response.Values], [.. response.Slopes]);
        }
    }
}
