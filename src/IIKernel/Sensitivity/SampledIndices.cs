namespace IIKernel.Sensitivity;

/// <summary>Sobol' indices of some figures from draws: the samples A and B, and A with inputs of B as they are asked for.</summary>
internal sealed class SampledIndices
{
    private readonly FigureSampler _sampler;
    private readonly int _draws;
    private readonly SobolEstimator[] _estimators;
    private readonly Dictionary<SensitivityInput, InputSums[]> _sums = [];

    /// <summary>Draws A and B.</summary>
    /// <param name="sampler">The figures.</param>
    /// <param name="draws">N.</param>
    /// <param name="interval">How replicates make intervals.</param>
    public SampledIndices(FigureSampler sampler, int draws, ReplicateInterval interval)
    {
        (_sampler, _draws) = (sampler, draws);
        OfA = sampler.Sides([], false, draws);
        _estimators = [.. OfA.Zip(sampler.Sides(sampler.All, true, draws), (a, b) => new SobolEstimator(a, b, interval))];
    }

    /// <summary>f(A) of each figure; rows of N.</summary>
    public double[][] OfA { get; }

    /// <summary>The variance of each figure.</summary>
    public double Variance(int figure) => _estimators[figure].Variance;

    /// <summary>Draws A with an input of B; f(A_B^(i)) of each figure.</summary>
    public double[][] Add(SensitivityInput input)
    {
        var values = _sampler.Sides(input.Members, input.Group == InputGroup.Flows, _draws);
        if (!_sums.ContainsKey(input)) _sums.Add(input, [.. _estimators.Select((e, f) => e.Add(values[f]))]);
        return values;
    }

    /// <summary>The first-order index of an input that was added.</summary>
    public IndexEstimate First(int figure, SensitivityInput input) => _estimators[figure].First(_sums[input][figure]);

    /// <summary>The total-order index of an input that was added.</summary>
    public IndexEstimate Total(int figure, SensitivityInput input) => _estimators[figure].Total(_sums[input][figure]);

    /// <summary>The second-order indices of all pairs of some inputs; an estimate a figure.</summary>
    public IReadOnlyList<(SensitivityInput First, SensitivityInput Second, IndexEstimate[] Estimates)> Pairs(
        IReadOnlyList<SensitivityInput> inputs, Action step)
    {
        var (ab, ba) = (new double[inputs.Count][][], new double[inputs.Count][][]);
        for (var i = 0; i < inputs.Count; i++)
        {
            ab[i] = Add(inputs[i]);
            ba[i] = _sampler.Sides(_sampler.All.Except(inputs[i].Members), true, _draws);
            for (var f = 0; f < _estimators.Length; f++) _estimators[f].AddComplement(ba[i][f]);
            step();
        }

        return [.. from i in Enumerable.Range(0, inputs.Count)
                   from j in Enumerable.Range(i + 1, inputs.Count - i - 1)
                   select (inputs[i], inputs[j], _estimators.Select((e, f) => e.Second(
                       _sums[inputs[i]][f], _sums[inputs[j]][f], e.Pair(ba[i][f], ab[j][f]))).ToArray())];
    }
}
