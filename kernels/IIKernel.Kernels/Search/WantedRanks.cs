namespace IIKernel.Kernels.Search;

/// <summary>The ranks whose order statistics are wanted of one column, ascending, and the values of those that are found.</summary>
internal sealed class WantedRanks
{
    private readonly long _draws;
    private long[] _ranks = [];

    // NaN where nothing is found yet.
    private double[] _values = [];

    /// <summary>The ranks that descriptions at some levels ask for.</summary>
    public WantedRanks(IReadOnlyList<QuantileRanks> levels)
    {
        _draws = levels[0].Draws;
        foreach (var ranks in levels)
        {
            foreach (var rank in new[] { ranks.Lower, ranks.Median, ranks.Upper }) Add(rank);
            foreach (var (low, high) in new[] { ranks.LowerError, ranks.MedianError, ranks.UpperError })
            {
                Add(low);
                Add(high);
            }
        }
    }

    /// <summary>Number of ranks.</summary>
    public int Count => _ranks.Length;

    /// <summary>The rank at a position.</summary>
    public long Rank(int at) => _ranks[at];

    /// <summary>Whether its value is still to be found.</summary>
    public bool IsOpen(int at) => double.IsNaN(_values[at]);

    /// <summary>Says what the value at a position is.</summary>
    public void Find(int at, double value) => _values[at] = value;

    /// <summary>The value of a rank that was asked for; NaN while it is not found.</summary>
    public double Value(long rank) => _values[Array.IndexOf(_ranks, rank)];

    /// <summary>Asks for one more, if the sample has it.</summary>
    public void Add(long rank)
    {
        if (rank < 1 || rank > _draws) return;
        var at = 0;
        while (at < _ranks.Length && _ranks[at] < rank) at++;
        if (at < _ranks.Length && _ranks[at] == rank) return;
        Array.Resize(ref _ranks, _ranks.Length + 1);
        Array.Resize(ref _values, _ranks.Length);
        Array.Copy(_ranks, at, _ranks, at + 1, _ranks.Length - 1 - at);
        Array.Copy(_values, at, _values, at + 1, _ranks.Length - 1 - at);
        (_ranks[at], _values[at]) = (rank, double.NaN);
    }
}
