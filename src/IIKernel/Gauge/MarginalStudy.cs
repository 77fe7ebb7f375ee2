using IIKernel.Inputs;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Gauge;

/// <summary>
/// A study that shows its inputs: sectors without flows whose value added is 1, so that the direct value added of a
/// sector is its S_k itself and that of the nation their sum.
/// </summary>
internal static class MarginalStudy
{
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, double>, Marginal>> Families = new()
    {
        ["uniform"] = p => new UniformMarginal(p["min"], p["max"]),
        ["normal"] = p => new TruncatedNormalMarginal(p["mean"], p["sd"], double.NegativeInfinity, double.PositiveInfinity),
        ["truncated_normal"] = p => new TruncatedNormalMarginal(p["mean"], p["sd"], p["min"], p["max"]),
        ["lognormal"] = p => new LognormalMarginal(p["meanlog"], p["sdlog"], 0, double.PositiveInfinity),
        ["triangular"] = p => new TriangularMarginal(p["min"], p["mode"], p["max"]),
        ["pert"] = p => new PertMarginal(p["min"], p["mode"], p["max"], p["lambda"]),
        ["beta"] = p => new BetaMarginal(p["a"], p["b"], 0, 1),
        ["gamma"] = p => new GammaMarginal(p["shape"], p["scale"]),
        ["chi_square"] = p => new GammaMarginal(p["df"] / 2, 2),
        ["student_t"] = p => new StudentMarginal(p["df"]),
    };

    /// <summary>The marginal of a distribution's name and parameters ("min=0;max=1"); null for one that no kernel evaluates.</summary>
    public static Marginal? Parse(string distribution, string parameters) => Families.TryGetValue(distribution, out var make)
        ? make(parameters.Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => GaugeData.Number(p[1])))
        : null;

    /// <summary>The study of the given inputs, on the frame of another.</summary>
    public static Study Of(Study frame, IReadOnlyList<(string Sector, Marginal Marginal)> inputs)
    {
        var n = inputs.Count;
        var valueAdded = new double[1, frame.Years.Count];
        for (var t = 0; t < frame.Years.Count; t++) valueAdded[0, t] = n;
        return frame with
        {
            Table = new InputOutputTable
            {
                Sectors = [.. inputs.Select(i => new Sector(i.Sector, "", "", 0))],
                Flows = new double[n, n],
                TotalOutput = [.. Enumerable.Repeat(1.0, n)],
                IntermediateInput = new double[n],
            },
            Categories = new CategoryAccounts
            {
                Categories = [new("", "", 0)],
                ValueAdded = valueAdded,
                RevisionSd = new double[1, frame.Years.Count],
                Filled = [null],
            },
            Coefficients = [.. inputs.Select((input, k) => new ExpertCoefficient(k, 0, input.Marginal))],
            RegionSets = [],
            Published = [],
        };
    }
}
