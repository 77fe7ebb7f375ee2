namespace IIKernel.Sensitivity;

/// <summary>
/// Leaves out inputs of large groups that hardly take part in any figure: their total-order indices are estimated from few draws of the
/// radial design of elementary effects, and what lies below a share of every figure's variance stays within its group.
/// </summary>
/// <remarks>
/// Inputs together take part in no less than each of them: a part of a group that lies below the share is left out as a whole, and any
/// other is halved, so that a few inputs of hundreds are found by some dozens of samples.
/// </remarks>
internal sealed class InputScreen
{
    // Groups of more inputs are screened.
    private const int MostUnscreened = 24;

    // The largest number of inputs of one group that are kept.
    private const int MostKept = 12;

    private readonly FigureSampler _sampler;
    private readonly SampledIndices _indices;

    /// <summary>Screens the inputs of a plan.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="sampler">The figures.</param>
    /// <param name="indices">Their samples A and B.</param>
    public InputScreen(SensitivityInputs inputs, FigureSampler sampler, SampledIndices indices)
    {
        (_sampler, _indices) = (sampler, indices);
        var kept = new List<SensitivityInput>();
        foreach (var group in inputs.Single.GroupBy(i => i.Group).Select(g => g.ToArray()))
        {
            if (group.Length <= MostUnscreened)
            {
                kept.AddRange(group);
                continue;
            }

            var shares = new List<(SensitivityInput Input, double Share)>();
            Search(group, shares);
            Looked += group.Length;
            var large = shares.OrderByDescending(s => s.Share).Take(MostKept).ToArray();
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

    private void Search(ArraySegment<SensitivityInput> part, List<(SensitivityInput Input, double Share)> found)
    {
        var share = Share(_sampler.Sides(part.SelectMany(i => i.Members), false, SensitivityOptions.ScreeningDraws));
        if (share < SensitivityOptions.LeastShare) return;
        if (part.Count == 1)
        {
            found.Add((part[0], share));
            return;
        }

        Search(part[..(part.Count / 2)], found);
        Search(part[(part.Count / 2)..], found);
    }

    // Jansen's estimate, the largest over the figures.
    private double Share(double[][] values)
    {
        var largest = 0.0;
        for (var f = 0; f < values.Length; f++)
        {
            var squares = 0.0;
            for (var i = 0; i < values[f].Length; i++)
                squares += (values[f][i] - _indices.OfA[f][i]) * (values[f][i] - _indices.OfA[f][i]);
            if (squares > 0) largest = Math.Max(largest, squares / (2 * values[f].Length) / _indices.Variance(f));
        }

        return largest;
    }
}
