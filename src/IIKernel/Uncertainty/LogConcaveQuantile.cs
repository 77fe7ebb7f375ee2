using IIKernel.Kernels.Lanes;

namespace IIKernel.Uncertainty;

/// <summary>
/// The quantile function of a distribution by its density alone, where the logarithm of the density is concave: normal, gamma (of ln x)
/// and beta (of ln x/(1 − x)) with any parameters, and whatever part of one lies between two bounds. The density is integrated from
/// either end in panels so short that it falls by a small factor in each; nothing but positive terms is added up, so that the smallest
/// probability keeps all its digits, in whichever tail, and no special function is called that could lose them.
/// </summary>
internal sealed class LogConcaveQuantile
{
    // The density's logarithm falls by no more than this in a panel.
    private const double Fall = 1.5;

    // Where the density has fallen by e^−this nothing is left: the smallest probability asked for is e^−38, and a digit of it e^−37.
    private const double Depth = 90;

    // Gauss and Legendre's rule of twelve points; the other half is the mirror image.
    private static readonly double[] Abscissas =
    [
        0.9815606342467192, 0.9041172563704749, 0.7699026741943047, 0.5873179542866175, 0.3678314989981802, 0.1252334085114689,
    ];

    private static readonly double[] Weights =
    [
        0.04717533638651183, 0.10693932599531843, 0.16007832854334622, 0.20316742672306592, 0.2334925365383548, 0.24914704581340277,
    ];

    private readonly Func<double, double> _logDensity;
    private readonly double _low, _high;
    private readonly double[] _edges;

    // The mass below and above each edge.
    private readonly double[] _below, _above;

    /// <summary>Integrates the density.</summary>
    /// <param name="logDensity">Its logarithm against its largest value, which it has at 0.</param>
    /// <param name="low">Lower end of the support, at most 0; may be infinite.</param>
    /// <param name="high">Upper end of the support, at least 0; may be infinite.</param>
    /// <param name="reach">How far from a place the density's logarithm may be taken for a polynomial; null for any distance.</param>
    public LogConcaveQuantile(Func<double, double> logDensity, double low, double high, Func<double, double>? reach = null)
    {
        (_logDensity, _low, _high) = (logDensity, low, high);
        var left = Edges(low, reach);
        left.Reverse();
        _edges = [.. left, 0, .. Edges(high, reach)];
        _below = new double[_edges.Length];
        _above = new double[_edges.Length];
        var masses = new double[_edges.Length - 1];
        for (var k = 0; k < masses.Length; k++) masses[k] = Mass(_edges[k], _edges[k + 1] - _edges[k]);
        for (var k = 0; k < masses.Length; k++) _below[k + 1] = _below[k] + masses[k];
        for (var k = masses.Length - 1; k >= 0; k--) _above[k] = _above[k + 1] + masses[k];
    }

    /// <summary>
    /// The place below which (above which, where <paramref name="upper"/>) the probability e^<paramref name="logP"/> lies.
    /// </summary>
    /// <returns>
    /// The place, and its distances from the lower and the upper end of the support, with all their digits however near that end is.
    /// </returns>
    public (double Place, double FromLow, double FromHigh) Quantile(double logP, bool upper)
    {
        var mass = ScalarMath.Exp(logP) * _below[^1];
        return upper ? FromAbove(mass) : FromBelow(mass);
    }

    private (double Place, double FromLow, double FromHigh) FromBelow(double mass)
    {
        var k = Panel(_below, mass);
        var (edge, width) = (_edges[k], _edges[k + 1] - _edges[k]);
        var step = Step(edge, width, mass - _below[k], _below[k + 1] - _below[k]);
        return (edge + step, edge - _low + step, _high - edge - step);
    }

    private (double Place, double FromLow, double FromHigh) FromAbove(double mass)
    {
        var k = _edges.Length - 2;
        while (k > 0 && _above[k] < mass) k--;
        var (edge, width) = (_edges[k + 1], _edges[k + 1] - _edges[k]);
        var step = Step(edge, -width, mass - _above[k + 1], _above[k] - _above[k + 1]);
        return (edge - step, edge - _low - step, _high - edge + step);
    }

    private static int Panel(double[] below, double mass)
    {
        var k = 0;
        while (k < below.Length - 2 && below[k + 1] < mass) k++;
        return k;
    }

    // How far from an edge, in the direction of the panel, the wanted mass lies; by Newton's method, with bisection where it would leave.
    private double Step(double edge, double width, double wanted, double panel)
    {
        if (wanted <= 0) return 0;
        var sign = Math.Sign(width);
        var (low, high) = (0.0, Math.Abs(width));
        var step = high * Math.Min(1, wanted / panel);
        for (var iteration = 0; iteration < 100; iteration++)
        {
            var error = Mass(edge, sign * step) - wanted;
            if (error > 0) high = step;
            else low = step;
            var next = step - error / ScalarMath.Exp(_logDensity(edge + sign * step));
            if (!(next >= low && next <= high)) next = (low + high) / 2;
            var change = Math.Abs(next - step);
            step = next;
            if (change <= 1e-9 * step) break;
        }

        return step;
    }

    // The mass between a place and another, by Gauss and Legendre.
    private double Mass(double from, double width)
    {
        var (half, sum) = (width / 2, 0.0);
        for (var i = 0; i < Weights.Length; i++)
            sum += Weights[i] * (Density(from + half * (1 - Abscissas[i])) + Density(from + half * (1 + Abscissas[i])));
        return Math.Abs(half) * sum;

        double Density(double at) => ScalarMath.Exp(_logDensity(at));
    }

    // The edges from 0 towards an end of the support, or to where nothing is left.
    private List<double> Edges(double end, Func<double, double>? reach)
    {
        var edges = new List<double>();
        var (at, value, sign, step) = (0.0, 0.0, Math.Sign(end), Math.Min(1, Math.Abs(end)));
        while (at != end && value > -Depth)
        {
            step = Math.Min(2 * step, Math.Abs(end - at));
            if (reach is not null) step = Math.Min(step, reach(at));
            while (value - _logDensity(at + sign * step) > Fall) step /= 2;

            // The last panel ends on the bound, to the bit.
            var next = step >= Math.Abs(end - at) ? end : at + sign * step;
            value = _logDensity(next);
            edges.Add(at = next);
        }

        return edges;
    }
}
