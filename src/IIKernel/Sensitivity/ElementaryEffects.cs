namespace IIKernel.Sensitivity;

/// <summary>
/// Elementary effects of one input (Morris 1991) on a radial design (Campolongo, Saltelli and Cariboni 2011): the change of the output
/// from A to A_B^(i), which are drawn for the Sobol' indices anyhow, over the change of the input in its standard deviations.
/// </summary>
/// <param name="Mean">μ: the mean effect of one standard deviation more of the input, in the output's unit.</param>
/// <param name="Size">μ*: the mean of its size.</param>
/// <param name="Spread">
/// σ: its standard deviation over the draws; large beside μ* where the input's effect is curved or depends on others.
/// </param>
public readonly record struct ElementaryEffects(double Mean, double Size, double Spread)
{
    /// <summary>The effects of one input.</summary>
    /// <param name="a">f(A); N.</param>
    /// <param name="ab">f(A_B^(i)); N.</param>
    /// <param name="inputOfA">The input's values in A; N.</param>
    /// <param name="inputOfB">Its values in B; N.</param>
    public static ElementaryEffects Of(
        ReadOnlySpan<double> a, ReadOnlySpan<double> ab, ReadOnlySpan<double> inputOfA, ReadOnlySpan<double> inputOfB)
    {
        var unit = StandardDeviation(inputOfA, inputOfB);
        var (count, mean, size, squares) = (0, 0.0, 0.0, 0.0);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < a.Length; i++)
            {
                var step = (inputOfB[i] - inputOfA[i]) / unit;
                if (step == 0) continue;
                var effect = (ab[i] - a[i]) / step;
                if (pass == 1)
                {
                    squares += (effect - mean) * (effect - mean);
                    continue;
                }

                count++;
                mean += effect;
                size += Math.Abs(effect);
            }

            if (pass == 0) (mean, size) = (mean / count, size / count);
        }

        return new(mean, size, Math.Sqrt(squares / (count - 1)));
    }

    private static double StandardDeviation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var x in a) mean += x;
        foreach (var x in b) mean += x;
        mean /= a.Length + b.Length;
        foreach (var x in a) squares += (x - mean) * (x - mean);
        foreach (var x in b) squares += (x - mean) * (x - mean);
        return Math.Sqrt(squares / (a.Length + b.Length));
    }
}
