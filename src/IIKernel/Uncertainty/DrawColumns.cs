using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Reading;

namespace IIKernel.Uncertainty;

/// <summary>A name that no input has; the message says what was found, what was expected and what may have been meant.</summary>
public sealed class InputNameException(string message) : Exception(message);

/// <summary>
/// What is kept of draws: figures, inputs and coefficients, each a named column. A name is that of a figure
/// ("nation.total.2022", <see cref="FigureIndex"/>), of an input ("coefficient:39071", "expert:E1", <see cref="UncertainInput"/>), or
/// "S:CODE" for the coefficient of a sector, however it is drawn.
/// </summary>
public sealed class DrawColumns
{
    /// <summary>How names of inputs are written.</summary>
    public const string InputForm = "KIND[:NAME], such as S:39071, S for all coefficients, or expert";

    private const string CoefficientKind = "S";

    private readonly int[] _outputs;
    private readonly int[] _inputs;
    private readonly int[] _coefficients;
    private readonly int _related;
    private readonly InputSample _sample;

    /// <summary>Chooses columns.</summary>
    /// <param name="study">The study.</param>
    /// <param name="plan">The plan of its draws.</param>
    /// <param name="sources">The sources of uncertainty that the plan draws.</param>
    /// <param name="figures">The figures, each once.</param>
    /// <param name="inputs">
    /// Names of inputs; without what stands behind the colon all of that kind. An input that means nothing alone, since others are drawn
    /// with it (coefficients under a copula or of a joint sample), is had as "S:CODE".
    /// </param>
    /// <exception cref="InputNameException">A name is unknown.</exception>
    public DrawColumns(
        CompiledStudy study, SamplePlan plan, UncertaintySources sources, IReadOnlyList<EstimateKey> figures, IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(inputs);
        var own = study.Inputs(sources).GroupBy(i => i.Name).Where(g => g.Count() == 1).Select(g => g.Single())
            .Where(i => !plan.Correlation.Inputs.Contains(i.Index)).ToArray();
        string[] sectors = [.. study.Study.Coefficients.Select(k => $"{CoefficientKind}:{study.Study.Table.Sectors[k.Sector].Code}")];
        string[] known = [.. sectors, .. own.Select(i => i.Name)];
        string[] chosen = [.. inputs.SelectMany(name => Chosen(name, known)).Distinct()];
        var coefficients = chosen.Where(sectors.Contains).ToArray();
        var others = chosen.Except(coefficients).ToArray();
        _outputs = [.. figures.Select(k => k.Output)];
        _inputs = [.. others.Select(name => own.Single(i => i.Name == name).Index)];
        _coefficients = [.. coefficients.Select(name => Array.IndexOf(sectors, name))];
        _related = sectors.Length;
        _sample = new(plan);
        Names = [.. figures.Select(k => FigureIndex.Reference(k).ToString()), .. others, .. coefficients];
    }

    /// <summary>Names of the columns: figures, inputs, coefficients.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Evaluates adjacent draws.</summary>
    /// <param name="source">The plan on a backend.</param>
    /// <param name="first">Index of the first draw.</param>
    /// <param name="count">Number of draws.</param>
    /// <param name="destination">Takes a row a column, <paramref name="count"/> values each.</param>
    /// <param name="cancellation">Ends the evaluation with an <see cref="OperationCanceledException"/>.</param>
    public void Evaluate(IDrawSource source, long first, int count, double[] destination, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        if (_outputs.Length > 0) source.Evaluate(first, count, _outputs, destination, cancellation);
        var row = _outputs.Length;
        foreach (var input in _inputs) _sample.Inputs(input, first, destination.AsSpan(row++ * count, count));
        if (_coefficients.Length == 0) return;
        var drawn = new double[count * _related];
        _sample.Coefficients(first, count, drawn);
        foreach (var k in _coefficients)
        {
            var values = destination.AsSpan(row++ * count, count);
            for (var d = 0; d < count; d++) values[d] = drawn[d * _related + k];
        }
    }

    private static IEnumerable<string> Chosen(string name, string[] known)
    {
        if (known.Contains(name)) return [name];
        string[] ofKind = [.. known.Where(k => k.StartsWith(name + ":", StringComparison.Ordinal))];
        if (ofKind.Length > 0) return ofKind;
        string[] kinds = [.. known.Select(k => k[..k.IndexOf(':')]).Distinct()];
        throw new InputNameException($"found no such input; expected {InputForm}, with KIND {string.Join(", ", kinds)}. "
            + Suggestion.Remedy(name, known.Concat(kinds), "Name one that is drawn."));
    }
}
