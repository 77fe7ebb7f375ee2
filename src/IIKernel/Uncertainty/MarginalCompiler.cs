using IIKernel.Inputs;
using IIKernel.Kernels.Lanes;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;

namespace IIKernel.Uncertainty;

/// <summary>Turns marginal distributions into the parameters and tables that a kernel reads.</summary>
/// <param name="tables">Where quantile tables are kept and taken from.</param>
/// <param name="widened">
/// Identifiers of a study's inputs that share a hash, by name: <see cref="Widened"/> of a compiler that was given all of them; null
/// where this one is.
/// </param>
public sealed class MarginalCompiler(FittedTables tables, IReadOnlyDictionary<string, ulong>? widened = null)
{
    // A triangular distribution whose mode is below this share of its upper end is computed from the mode.
    private const double NearZero = 1e-3;

    private readonly List<string> _inputs = [];
    private readonly List<int> _kinds = [];
    private readonly List<double> _parameters = [];
    private readonly List<double> _points = [];
    private readonly List<double> _domains = [];
    private readonly List<UncertainInput> _uncertain = [];
    private readonly List<double> _table = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<double[], int> _offsets = new(ReferenceEqualityComparer.Instance);

    /// <summary>A standard normal variate.</summary>
    public static Marginal StandardNormal { get; } = new TruncatedNormalMarginal(0, 1, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>χ²/ν with ν degrees of freedom: the square of a standard deviation's estimate over that of its own.</summary>
    public static Marginal VarianceRatio(int degreesOfFreedom) => new GammaMarginal(degreesOfFreedom / 2.0, 2.0 / degreesOfFreedom);

    /// <summary>Adds one input quantity.</summary>
    /// <param name="name">Its name, which alone decides its stream of variates.</param>
    /// <param name="marginal">Its distribution; null for a certain value.</param>
    /// <param name="point">Its point value, which a certain input has in every draw.</param>
    /// <param name="role">What else is known of it; a coefficient without ends where nothing is.</param>
    /// <returns>The input's index.</returns>
    public int Add(string name, Marginal? marginal, double point, InputRole? role = null)
    {
        role ??= new(InputKind.Coefficient);
        // One variate picks the row of a joint sample for all its columns.
        if (marginal is JointSampleMarginal joint) name = "sample:" + joint.Sample;
        // Codes that hold a colon can make one name of two inputs.
        else while (_names.Contains(name)) name += "'";
        _names.Add(name);
        _inputs.Add(name);
        var (kind, low, high, parameters) = Compile(marginal, point);
        _kinds.Add(kind);
        for (var i = 0; i < MarginalTable.LowerBound; i++) _parameters.Add(i < parameters.Length ? parameters[i] : 0);
        _parameters.Add(low);
        _parameters.Add(high);
        _points.Add(point);
        _domains.AddRange([role.Least, role.Most]);
        if (kind != MarginalKind.Constant)
            _uncertain.Add(new(_inputs.Count - 1, name, role.Kind, role.Quantity ?? name, role.IsSpread));
        return _inputs.Count - 1;
    }

    /// <summary>Those identifiers of the inputs added that are more than the hash of their name; see <see cref="CounterLayout"/>.</summary>
    public IReadOnlyDictionary<string, ulong> Widened()
    {
        string[] names = [.. _names];
        return CounterLayout.InputIds(names).Zip(names).Where(p => p.First > uint.MaxValue)
            .ToDictionary(p => p.Second, p => p.First, StringComparer.Ordinal);
    }

    /// <summary>The inputs added that are not certain, in order.</summary>
    public IReadOnlyList<UncertainInput> Uncertain => _uncertain;

    /// <summary>The table of everything added.</summary>
    public MarginalTable Build()
    {
        var ids = widened ?? Widened();
        return Build([.. _inputs.Select(name => ids.TryGetValue(name, out var id) ? id : CounterLayout.InputId(name))]);
    }

    private MarginalTable Build(ulong[] ids) => new()
    {
        InputIds = ids,
        Kinds = [.. _kinds],
        Parameters = [.. _parameters],
        Points = [.. _points],
        Table = [.. _table],
        Domains = [.. _domains],
    };

    private (int Kind, double Low, double High, double[] Parameters) Compile(Marginal? marginal, double point)
    {
        switch (marginal)
        {
            case null:
                return (MarginalKind.Constant, point, point, [point]);
            case UniformMarginal d when d.Low == d.High:
                return (MarginalKind.Constant, d.Low, d.Low, [d.Low]);
            case TriangularMarginal d when d.Low == d.High:
                return (MarginalKind.Constant, d.Low, d.Low, [d.Low]);
            case PertMarginal d when d.Low == d.High:
                return (MarginalKind.Constant, d.Low, d.Low, [d.Low]);
            case UniformMarginal d:
                return (MarginalKind.Uniform, d.Low, d.High, [d.Low, d.High - d.Low]);
            case TriangularMarginal d when d.Mode < NearZero * d.High:
                // Above a mode close to 0 a value counted from the upper end would lose its digits.
                var (whole, rising, falling) = (d.High - d.Low, d.Mode - d.Low, d.High - d.Mode);
                return (MarginalKind.TriangularFromMode, d.Low, d.High,
                    [d.Low, d.Mode, rising / whole, whole * rising, falling, whole / falling]);
            case TriangularMarginal d:
                var width = d.High - d.Low;
                return (MarginalKind.Triangular, d.Low, d.High,
                    [d.Low, d.High, (d.Mode - d.Low) / width, width * (d.Mode - d.Low), width * (d.High - d.Mode)]);
            case PertMarginal d:
                var range = d.High - d.Low;
                return Beta(1 + d.Lambda * (d.Mode - d.Low) / range, 1 + d.Lambda * (d.High - d.Mode) / range, d.Low, d.High);
            case BetaMarginal d:
                return Beta(d.Alpha, d.Beta, d.Low, d.High);
            case TruncatedNormalMarginal { Low: double.NegativeInfinity, High: double.PositiveInfinity } d:
                return (MarginalKind.Normal, d.Low, d.High, [d.Mean, d.Sd]);
            case TruncatedNormalMarginal d:
                return TruncatedNormal(d);
            case LognormalMarginal { Low: 0, High: double.PositiveInfinity } d:
                return (MarginalKind.Lognormal, d.Low, d.High, [d.MeanLog, d.SdLog]);
            case LognormalMarginal d:
                return TruncatedLognormal(d);
            case JointSampleMarginal d:
                var row = _table.Count;
                _table.AddRange(d.Values);
                return (MarginalKind.Empirical, d.Values.Min(), d.Values.Max(), [row, d.Values.Count]);
            case EmpiricalMarginal d:
                var offset = _table.Count;
                _table.AddRange(d.Sample);
                return (MarginalKind.Empirical, d.Sample[0], d.Sample[^1], [offset, d.Sample.Count]);
            case ExponentialMarginal:
                return (MarginalKind.Exponential, 0, double.PositiveInfinity, []);
            case GammaMarginal d:
                return (MarginalKind.PositiveTable, 0, double.PositiveInfinity, Positive(0, d.Scale, tables.Gamma(d.Shape)));
            case StudentMarginal d:
                return (MarginalKind.SymmetricTable, double.NegativeInfinity, double.PositiveInfinity,
                    [Offset(tables.Student(d.DegreesOfFreedom))]);
            default:
                throw new NotSupportedException($"No kernel evaluates {marginal.GetType().Name}.");
        }
    }

    private (int Kind, double Low, double High, double[] Parameters) TruncatedNormal(TruncatedNormalMarginal d)
    {
        // Counted from the lower bound; from the upper one where there is no other, as the mirrored distribution, whose tails change
        // places.
        if (double.IsInfinity(d.Low))
        {
            var (lower, upper) = tables.TruncatedNormal((d.Mean - d.High) / d.Sd, double.PositiveInfinity, 1);
            return (MarginalKind.PositiveTable, d.Low, d.High, Positive(d.High, -d.Sd, (upper, lower)));
        }

        var (a, b, width) = ((d.Low - d.Mean) / d.Sd, (d.High - d.Mean) / d.Sd, d.High - d.Low);
        return (MarginalKind.PositiveTable, d.Low, d.High, double.IsInfinity(d.High)
            ? Positive(d.Low, d.Sd, tables.TruncatedNormal(a, b, 1))
            : Positive(d.Low, width, tables.TruncatedNormal(a, b, width / d.Sd)));
    }

    private (int Kind, double Low, double High, double[] Parameters) TruncatedLognormal(LognormalMarginal d)
    {
        var (a, b) = ((ScalarMath.Log(d.Low) - d.MeanLog) / d.SdLog, (ScalarMath.Log(d.High) - d.MeanLog) / d.SdLog);
        var width = double.IsInfinity(d.High) ? d.Low : d.High - d.Low;
        var table = tables.TruncatedLognormal(a, b, d.SdLog, ScalarMath.Log(d.Low / width));
        return (MarginalKind.PositiveTable, d.Low, d.High, Positive(d.Low, width, table));
    }

    private (int Kind, double Low, double High, double[] Parameters) Beta(double alpha, double beta, double low, double high) =>
        (MarginalKind.PositiveTable, low, high, Positive(low, high - low, tables.Beta(alpha, beta)));

    private double[] Positive(double low, double width, (double[] Lower, double[] Upper) tails) =>
        [low, width, Offset(tails.Lower), Offset(tails.Upper)];

    // Where a fitted table begins in the table of everything added.
    private int Offset(double[] table)
    {
        if (_offsets.TryGetValue(table, out var offset)) return offset;
        offset = _table.Count;
        _offsets.Add(table, offset);
        _table.AddRange(table);
        return offset;
    }
}
