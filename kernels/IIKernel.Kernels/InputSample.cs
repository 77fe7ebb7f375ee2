using IIKernel.Kernels.Device;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;

namespace IIKernel.Kernels;

/// <summary>
/// The input quantities and the coefficients S_k behind the draws of a plan: the same numbers that every backend draws, recomputed by the
/// reference. Not safe for threads.
/// </summary>
public sealed class InputSample
{
    private readonly ISource _source;

    /// <summary>The inputs of a plan.</summary>
    /// <param name="plan">The compiled study: D input quantities, m related sectors.</param>
    public InputSample(SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _source = plan.Sequence.Kind switch
        {
            SequenceKind.Sobol => new Source<SobolSequence>(plan),
            SequenceKind.LatinHypercube => new Source<LatinHypercubeSequence>(plan),
            _ => new Source<PhiloxSequence>(plan),
        };
    }

    private interface ISource
    {
        double Uniform(long draw, int input);

        double Input(long draw, int input);

        void Coefficients(long draw, Span<double> destination);
    }

    /// <summary>The uniform variates behind an input.</summary>
    /// <param name="input">Index of <see cref="MarginalTable"/>.</param>
    /// <param name="first">Index of the first draw.</param>
    /// <param name="destination">Takes one value for each draw.</param>
    public void Uniforms(int input, long first, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = _source.Uniform(first + i, input);
    }

    /// <summary>An input; of correlated coefficients and of a panel see <see cref="Coefficients"/>.</summary>
    /// <inheritdoc cref="Uniforms" path="/param"/>
    public void Inputs(int input, long first, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = _source.Input(first + i, input);
    }

    /// <summary>S_k of all related sectors.</summary>
    /// <param name="first">Index of the first draw.</param>
    /// <param name="count">Number of draws.</param>
    /// <param name="destination">Takes draws × m values, row by draw.</param>
    public void Coefficients(long first, int count, Span<double> destination)
    {
        if (count == 0) return;
        var related = destination.Length / count;
        for (var i = 0; i < count; i++) _source.Coefficients(first + i, destination.Slice(i * related, related));
    }

    private sealed class Source<TSequence>(SamplePlan plan) : ISource
        where TSequence : struct, ISequence
    {
        private readonly LaneProgram<ScalarLane,
            DrawnInputs<ScalarLane, HostArray<double>, HostArray<int>, HostStore<ScalarLane>, TSequence>> _program = new(plan);

        public double Uniform(long draw, int input) => _program.Uniform(draw, input).Value;

        public double Input(long draw, int input) => _program.Input(draw, input).Value;

        public void Coefficients(long draw, Span<double> destination)
        {
            _program.Coefficients(draw);
            for (var k = 0; k < destination.Length; k++) destination[k] = _program.Work.Coefficient(k).Value;
            GC.KeepAlive(_program);
        }
    }
}
