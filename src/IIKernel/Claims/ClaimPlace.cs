using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Search;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Claims;

/// <summary>How claims stand at given values of all input quantities. Not safe for threads.</summary>
internal sealed class ClaimPlace
{
    private readonly (ConditionNode Node, int[] Rows)[] _nodes;
    private readonly InputResponse _response;
    private readonly ClaimVerdict[] _verdicts;

    /// <summary>Claims on the figures of a study.</summary>
    public ClaimPlace(CompiledStudy compiled, IReadOnlyList<Claim> claims, SamplePlan plan)
    {
        (_nodes, var keys) = ClaimEvaluation.Compile(compiled, claims);
        _response = new(plan, keys.Select(k => k.Output).ToArray());
        _verdicts = new ClaimVerdict[claims.Count];
    }

    /// <summary>The verdict of each claim, until it is asked again.</summary>
    public ReadOnlySpan<ClaimVerdict> At(ReadOnlySpan<double> inputs)
    {
        _response.Evaluate(inputs);
        Judge(_nodes, _response.Values, _verdicts);
        return _verdicts;
    }

    /// <summary>The verdict of each claim on one draw.</summary>
    /// <param name="nodes">The claims with the rows that they read.</param>
    /// <param name="values">The draw: a value a row.</param>
    /// <param name="verdicts">Takes them.</param>
    public static void Judge((ConditionNode Node, int[] Rows)[] nodes, double[] values, Span<ClaimVerdict> verdicts)
    {
        var draw = new DrawBlock(0, 1, values, 1);
        Span<bool> undefined = stackalloc bool[1];
        for (var c = 0; c < nodes.Length; c++)
        {
            undefined[0] = Array.Exists(nodes[c].Rows, row => double.IsNaN(values[row]));
            var holds = nodes[c].Node.Evaluate(draw, undefined)[0];
            verdicts[c] = undefined[0] ? ClaimVerdict.Undefined : holds ? ClaimVerdict.Holds : ClaimVerdict.Fails;
        }
    }
}
