using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using Dual = IIKernel.Kernels.Lanes.DualLane<IIKernel.Kernels.Lanes.ScalarLane>;

namespace IIKernel.Kernels;

/// <summary>
/// Some outputs as a function of all input quantities, with their exact derivatives along one of them: the program of a draw, whose inputs
/// are given. Of coefficients that are correlated the inputs are the coefficients themselves. Not safe for threads.
/// </summary>
public sealed class InputResponse
{
    private readonly OutputSelection _selection;
    private readonly LaneProgram<ScalarLane, GivenInputs<ScalarLane, HostArray<double>, HostArray<int>, HostStore<ScalarLane>>> _values;
    private readonly LaneProgram<Dual, GivenInputs<Dual, HostArray<double>, HostArray<int>, HostStore<Dual>>> _slopes;
    private readonly ScalarLane[] _found;
    private readonly Dual[] _foundSlopes;

    /// <summary>The response of some outputs of a plan.</summary>
    /// <param name="plan">The compiled study: D input quantities.</param>
    /// <param name="outputs">Indices of <see cref="OutputMap"/>, each at most once.</param>
    public InputResponse(SamplePlan plan, ReadOnlySpan<int> outputs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _selection = new(plan, outputs);
        (_values, _slopes) = (new(plan), new(plan));
        (_found, _foundSlopes) = (new ScalarLane[outputs.Length + 1], new Dual[outputs.Length + 1]);
        (Values, Slopes) = (new double[outputs.Length], new double[outputs.Length]);
    }

    /// <summary>The outputs of the last evaluation, in the asked order.</summary>
    public double[] Values { get; }

    /// <summary>Their derivatives along the input of the last evaluation that asked for them.</summary>
    public double[] Slopes { get; }

    /// <summary>Evaluates at <paramref name="inputs"/>; D values.</summary>
    public void Evaluate(ReadOnlySpan<double> inputs)
    {
        for (var i = 0; i < inputs.Length; i++) _values.Work.SetGiven(i, new(inputs[i]));
        _values.Evaluate(0, _selection, _found);
        for (var i = 0; i < Values.Length; i++) Values[i] = _found[i].Value;
        GC.KeepAlive(this);
    }

    /// <summary>Evaluates at <paramref name="inputs"/>, with the derivatives along input <paramref name="along"/>.</summary>
    public void Evaluate(ReadOnlySpan<double> inputs, int along)
    {
        for (var i = 0; i < inputs.Length; i++) _slopes.Work.SetGiven(i, new(new(inputs[i]), new(i == along ? 1 : 0)));
        _slopes.Evaluate(0, _selection, _foundSlopes);
        for (var i = 0; i < Values.Length; i++) (Values[i], Slopes[i]) = (_foundSlopes[i].Value.Value, _foundSlopes[i].Slope.Value);
        GC.KeepAlive(this);
    }
}
