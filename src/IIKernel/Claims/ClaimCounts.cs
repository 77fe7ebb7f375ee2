using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;

namespace IIKernel.Claims;

/// <summary>In how many draws each claim holds, is undefined, and all claims of a group hold together.</summary>
/// <param name="claims">Each claim's node and the rows that it reads.</param>
/// <param name="groups">Of each group the claims, by index.</param>
internal sealed class ClaimCounts((ConditionNode Node, int[] Rows)[] claims, int[][] groups) : IDrawReceiver<ClaimCounts>
{
    private bool[][] _holds = [];
    private bool[] _undefined = [];

    /// <summary>In how many draws each claim holds.</summary>
    public long[] Holds { get; } = new long[claims.Length];

    /// <summary>In how many draws each claim is undefined, since a figure that it reads is no number; it does not hold in them.</summary>
    public long[] Undefined { get; } = new long[claims.Length];

    /// <summary>In how many draws all claims of each group hold.</summary>
    public long[] Joint { get; } = new long[groups.Length];

    /// <inheritdoc/>
    public void Take(DrawBlock draws)
    {
        var count = draws.Count;
        if (_undefined.Length < count)
        {
            _undefined = new bool[count];
            _holds = [.. claims.Select(_ => new bool[count])];
        }

        for (var c = 0; c < claims.Length; c++)
        {
            var undefined = _undefined.AsSpan(0, count);
            var holds = _holds[c].AsSpan(0, count);
            undefined.Clear();
            foreach (var row in claims[c].Rows) MarkUndefined(draws.Row(row), undefined);
            var found = claims[c].Node.Evaluate(draws, undefined);
            for (var d = 0; d < count; d++)
            {
                holds[d] = found[d] & !undefined[d];
                Holds[c] += holds[d] ? 1 : 0;
                Undefined[c] += undefined[d] ? 1 : 0;
            }
        }

        for (var g = 0; g < groups.Length; g++)
        {
            for (var d = 0; d < count; d++)
            {
                var all = true;
                foreach (var c in groups[g]) all &= _holds[c][d];
                Joint[g] += all ? 1 : 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Add(ClaimCounts other)
    {
        for (var c = 0; c < Holds.Length; c++) Holds[c] += other.Holds[c];
        for (var c = 0; c < Undefined.Length; c++) Undefined[c] += other.Undefined[c];
        for (var g = 0; g < Joint.Length; g++) Joint[g] += other.Joint[g];
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer)
    {
        NumberPacking.Write(writer, Holds);
        NumberPacking.Write(writer, Undefined);
        NumberPacking.Write(writer, Joint);
    }

    /// <inheritdoc/>
    public void Read(BinaryReader reader)
    {
        NumberPacking.Read(reader, Holds);
        NumberPacking.Read(reader, Undefined);
        NumberPacking.Read(reader, Joint);
    }

    private static void MarkUndefined(ReadOnlySpan<double> values, Span<bool> undefined)
    {
        // Hardly ever there is any.
        if (!values.Contains(double.NaN)) return;
        for (var d = 0; d < values.Length; d++) undefined[d] |= double.IsNaN(values[d]);
    }
}
