namespace IIKernel.Sensitivity;

/// <summary>
/// Leaves out inputs of large groups that hardly take part in any figure: their total-order indices are estimated from few draws of the
/// radial design of elementary effects, and what lies below a share of every figure's variance stays within its group.
/// </summary>
internal sealed class InputScreen
{
    /// <summary>Groups of more inputs are screened.</summary>
    public const int MostUnscreened = 24;

    /// <summary>The largest number of inputs of one group that are kept.</summary>
    public const int MostKept = 12;

    /// <summary>Screens the inputs of a plan.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="sampler">The figures.</param>
    /// <param name="indices">Their samples A and B.</param>
    /// <param name="step">Called after each input.</param>
    public InputScreen(SensitivityInputs inputs, FigureSampler sampler, SampledIndices indices, Action step)
    {
        var kept = new List<SensitivityInput>();
        foreach (var group in inputs.Single.GroupBy(i => i.Group))
        {
            if (group.Count() <= MostUnscreened)
            {
                kept.AddRange(group);
                continue;
            }

            var shares = new List<(SensitivityInput Input, double Share)>();
            foreach (var input in group)
            {
                shares.Add((input, Share(sampler.Sides(input.Members, SensitivityOptions.ScreeningDraws), indices)));
                step();
            }

            Looked += shares.Count;
            var large = shares.Where(s => s.Share >= SensitivityOptions.LeastShare).OrderByDescending(s => s.Share).Take(MostKept)
                .ToArray();
            Kept += large.Length;
            kept.AddRange(large.Select(s => s.Input));
        }

        Inputs = [.. kept.OrderBy(i => i.Members[0])];
    }

    /// <summary>The inputs that are looked at one by one.</summary>
    public IReadOnlyList<SensitivityInput> Inputs { get; }

    /// <summary>How many were screened.</summary>
    public int Looked { get; }

    /// <summary>How many of these were kept.</summary>
    public int Kept { get; }

    /// <summary>How many inputs the constructor will look at.</summary>
    public static int Count(SensitivityInputs inputs) =>
        inputs.Single.GroupBy(i => i.Group).Select(g => g.Count()).Where(c => c > MostUnscreened).Sum();

    // Jansen's estimate, the largest over the figures.
    private static double Share(double[][] values, SampledIndices indices)
    {
        var largest = 0.0;
        for (var f = 0; f < values.Length; f++)
        {
            var squares = 0.0;
            for (var i = 0; i < values[f].Length; i++)
                squares += (values[f][i] - indices.OfA[f][i]) * (values[f][i] - indices.OfA[f][i]);
            if (squares > 0) largest = Math.Max(largest, squares / (2 * values[f].Length) / indices.Variance(f));
        }

        return largest;
    }
}
