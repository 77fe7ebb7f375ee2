using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Uncertainty;

namespace IIKernel.Claims;

/// <summary>The way of one input along its quantiles, all others at their points.</summary>
/// <param name="place">Where claims are looked at.</param>
/// <param name="values">All inputs at their points; this one is moved.</param>
/// <param name="marginals">The distributions of the inputs.</param>
/// <param name="input">The input.</param>
/// <param name="point">How the claims stand at the point.</param>
internal sealed class InputPath(
    ClaimPlace place, double[] values, MarginalTable marginals, UncertainInput input, IReadOnlyList<ClaimVerdict> point)
{
    // A turn is bracketed within half a normal score; so often the bracket is halved.
    private const int Halvings = 16;

    // As near to the ends as the point is looked for, and to so many bits.
    private const double Least = 1e-15;
    private const int Bits = 60;

    /// <summary>Where each claim turns first on the way from the point to the ends, in either direction; null where it does not.</summary>
    /// <param name="probabilities">The probabilities whose quantiles the input is moved to, ascending.</param>
    public TurningInput?[] Turning(double[] probabilities)
    {
        var turns = new TurningInput?[point.Count];
        var start = Start();
        Walk(probabilities.Where(u => u > start), start, turns);
        Walk(probabilities.Where(u => u < start).Reverse(), start, turns);
        return turns;
    }

    private void Walk(IEnumerable<double> stops, double start, TurningInput?[] turns)
    {
        var (before, turned) = (start, new bool[turns.Length]);
        foreach (var stop in stops)
        {
            // Halving asks anew.
            var verdicts = At(stop).ToArray();
            for (var c = 0; c < turns.Length; c++)
            {
                if (turned[c] || point[c] == ClaimVerdict.Undefined || verdicts[c] == point[c]) continue;
                turned[c] = true;
                var at = Halve(before, stop, c);
                var move = Math.Abs(ScalarMath.NormalQuantile(at) - ScalarMath.NormalQuantile(start));
                if (turns[c] is not { } other || move < other.Move) turns[c] = new(input, Quantile(at), move);
            }

            before = stop;
        }
    }

    // A probability at which the claim has turned, next to one at which it has not.
    private double Halve(double before, double turned, int claim)
    {
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (before + turned) / 2;
            if (At(middle)[claim] == point[claim]) before = middle;
            else turned = middle;
        }

        return turned;
    }

    private ReadOnlySpan<ClaimVerdict> At(double probability)
    {
        values[input.Index] = Quantile(probability);
        return place.At(values);
    }

    private double Quantile(double probability) => MarginalDistribution.Quantile(marginals, input.Index, probability);

    // The probability whose quantile the point is. That of an exponential variate, −ln u, falls.
    private double Start()
    {
        var (low, high) = (Least, 1 - Least);
        var (value, falls) = (marginals.Points[input.Index], Quantile(low) > Quantile(high));
        for (var i = 0; i < Bits; i++)
        {
            var middle = (low + high) / 2;
            if (falls ? Quantile(middle) > value : Quantile(middle) < value) low = middle;
            else high = middle;
        }

        return high;
    }
}
