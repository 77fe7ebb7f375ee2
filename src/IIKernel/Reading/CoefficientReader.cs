using IIKernel.Inputs;
using IIKernel.Kernels.Lanes;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads the expert coefficients S_k with their distributions.</summary>
internal sealed class CoefficientReader(StudyReadContext context, CodeList? sectors)
{
    // A share has no digits below the first; of a distribution around less than the second not even a tail is meant.
    private const double LeastShare = 1e-15, LeastMean = -1e6;

    // Parameters of beta and PERT; one of the two of beta is at least the last.
    private const double LeastShape = 1e-4, LargestShape = 1e12, LeastOfBoth = 0.2;

    private static readonly string[] Parameters = ["low", "mode", "high", "mean", "sd", "alpha", "beta", "lambda", "sample"];

    private static readonly Family[] Families =
    [
        new("uniform", ["low", "high"], [], p => new UniformMarginal(p["low"], p["high"])),
        new("triangular", ["low", "mode", "high"], [], p => new TriangularMarginal(p["low"], p["mode"], p["high"])),
        new("pert", ["low", "mode", "high"], [("lambda", 4)], p => new PertMarginal(p["low"], p["mode"], p["high"], p["lambda"])),
        new("truncated-normal", ["mean", "sd"], [("low", 0), ("high", 1)],
            p => new TruncatedNormalMarginal(p["mean"], p["sd"], p["low"], p["high"])),
        new("lognormal", ["mean", "sd"], [("low", 0), ("high", 1)], Lognormal),
        new("beta", ["alpha", "beta"], [("low", 0), ("high", 1)], p => new BetaMarginal(p["alpha"], p["beta"], p["low"], p["high"])),
    ];

    // Mode and median of a distribution with one peak lie within √3 standard deviations of its mean: what lies further is neither.
    private const double FarPoint = 4;

    // Sectors may share a sample: it is read, and its faults are said, once.
    private readonly Dictionary<(string Path, string Column), List<double>?> _samples = [];

    /// <summary>The coefficients in file order; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="path">The file.</param>
    /// <param name="sectors">The table's sectors; null where their own file is faulty.</param>
    public static List<ExpertCoefficient>? Read(StudyReadContext context, string path, CodeList? sectors)
    {
        var table = context.Csv(path, "sector", "point");
        if (table is null) return null;
        var before = context.Faults.Count;
        var coefficients = new CoefficientReader(context, sectors).Rows(table);
        return context.Faults.Count == before ? coefficients : null;
    }

    private List<ExpertCoefficient> Rows(CsvTable table)
    {
        var coefficients = new List<ExpertCoefficient>();
        var seen = new CodeList(table.File);
        foreach (var row in table.Rows)
        {
            var added = seen.Add(row, "sector", context.Faults);
            var sector = added && sectors is not null ? sectors.Find(row, "sector", context.Faults) : -1;
            row.Name(("sector", row.Text("sector")));
            var point = row.Number("point", "a number in [0, 1]");
            if (point is < 0 or > 1) row.Fault("point", "a number in [0, 1]", "Write the share, not a percentage.", "no share");
            var distribution = Distribution(row, out var low, out var high);
            if (distribution is not null && point is { } value) HoldPoint(row, value, distribution, low, high);
            coefficients.Add(new(sector, point ?? 0, distribution));
        }

        return coefficients;
    }

    private void HoldPoint(CsvRow row, double point, Marginal distribution, double low, double high)
    {
        var sector = CsvRow.Shorten(row.Text("sector"));
        if (point < low || point > high)
        {
            context.Warnings.Add(new CoefficientPointWarning(row.File, row.Line, sector, point, low, high));
            return;
        }

        var (mean, sd) = MarginalMoments.Of(distribution);
        if (Math.Abs(point - mean) > FarPoint * sd && sd > 0)
            context.Warnings.Add(new CoefficientFarPointWarning(row.File, row.Line, sector, point, mean, sd));
    }

    private Marginal? Distribution(CsvRow row, out double low, out double high)
    {
        (low, high) = (0, 1);
        var name = row.Text("distribution");
        if (name.Length == 0)
        {
            RefuseOthers(row, [], "a certain coefficient (empty distribution)");
            return null;
        }

        if (name == "empirical") return Empirical(row, out low, out high);
        if (name == "joint") return Joint(row, out low, out high);
        var family = Array.Find(Families, f => f.Name == name);
        if (family is null)
        {
            string[] known = [.. Families.Select(f => f.Name), "empirical", "joint"];
            row.Fault("distribution", $"{string.Join(", ", known)}, or an empty cell for a certain coefficient",
                Suggestion.Remedy(name, known, "Write one of them."));
            return null;
        }

        RefuseOthers(row, [.. family.Required, .. family.Optional.Select(o => o.Name)], $"the distribution {name}");
        var before = context.Faults.Count;
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in family.Required)
            if (row.Number(parameter, $"a number, which the distribution {name} needs") is { } value)
                values[parameter] = value;
        foreach (var (parameter, standard) in family.Optional)
            values[parameter] = row.Text(parameter).Length == 0 ? standard
                : row.Number(parameter, $"a number, or an empty cell for {CsvNumber.Print(standard)}") ?? standard;
        if (context.Faults.Count > before) return null;
        Check(row, values);
        if (context.Faults.Count > before) return null;
        (low, high) = (values["low"], values["high"]);
        return family.Make(values);
    }

    private void Check(CsvRow row, Dictionary<string, double> values)
    {
        var before = context.Faults.Count;
        foreach (var bound in (ReadOnlySpan<string>)["low", "high"])
            if (values[bound] is < 0 or > 1) row.Fault(bound, "a bound in [0, 1]", "A coefficient is a share: mend the bound.");
        if (values["low"] >= values["high"])
            row.Fault("low", $"low below high {CsvNumber.Print(values["high"])}",
                "Mend the bounds, or leave the distribution empty where the coefficient is certain.");
        if (values.TryGetValue("mode", out var mode) && (mode < values["low"] || mode > values["high"]))
            row.Fault("mode", $"low ≤ mode ≤ high, [{CsvNumber.Print(values["low"])}, {CsvNumber.Print(values["high"])}]",
                "Mend the mode or the bounds.");
        foreach (var parameter in (ReadOnlySpan<string>)["sd", "alpha", "beta", "lambda"])
            if (values.TryGetValue(parameter, out var value) && value <= 0)
                row.Fault(parameter, "a positive number", "Mend the parameter.");
        if (row.Text("distribution") == "lognormal" && values["mean"] <= 0)
            row.Fault("mean", "a positive number", "A lognormal variable is positive: mend the mean.");
        if (context.Faults.Count > before) return;
        if (values.ContainsKey("mean")) CheckMoments(row, values);
        CheckShapes(row, values);
    }

    // A share has a mean and a standard deviation of at most 1 and ½: what is larger is most often a percentage.
    private void CheckMoments(CsvRow row, Dictionary<string, double> values)
    {
        var before = context.Faults.Count;
        var (mean, sd, low, high) = (values["mean"], values["sd"], values["low"], values["high"]);
        foreach (var (parameter, value) in new[] { ("mean", mean), ("sd", sd) })
        {
            if (value > 1)
                row.Fault(parameter, "a number of at most 1: mean and sd are those of a share",
                    $"Write the share, not a percentage{(value <= 100 ? $": {CsvNumber.Print((decimal)value / 100)}" : "")}.");
        }

        if (sd < LeastShare)
            row.Fault("sd", $"a number of at least {CsvNumber.Print(LeastShare)}",
                "Leave the distribution empty where the coefficient is certain.");
        if (row.Text("distribution") == "lognormal" ? mean < LeastShare : mean < LeastMean)
            row.Fault("mean", $"a number of at least {CsvNumber.Print(mean > 0 ? LeastShare : LeastMean)}", "Mend the mean.");
        if (context.Faults.Count > before) return;
        if (mean < low || mean > high)
            context.Warnings.Add(new CoefficientMeanWarning(row.File, row.Line, CsvRow.Shorten(row.Text("sector")), mean, low, high));
        if (sd > high - low)
            context.Warnings.Add(new CoefficientSdWarning(row.File, row.Line, CsvRow.Shorten(row.Text("sector")), sd, low, high));
    }

    // Within these limits the tables of quantiles are right to 1e-12; what lies beyond is a certain coefficient, or one of two values.
    private static void CheckShapes(CsvRow row, Dictionary<string, double> values)
    {
        foreach (var parameter in (ReadOnlySpan<string>)["alpha", "beta", "lambda"])
        {
            if (!values.TryGetValue(parameter, out var value)) continue;
            if (value > LargestShape)
                row.Fault(parameter, $"a number of at most {CsvNumber.Print(LargestShape)}",
                    "Leave the distribution empty: with such a parameter the coefficient is certain.");
            else if (value < LeastShape && parameter != "lambda")
                row.Fault(parameter, $"a number of at least {CsvNumber.Print(LeastShape)}",
                    $"Raise it to {CsvNumber.Print(LeastShape)}, or leave the distribution empty and give the end of the range as point: "
                    + "with so small a parameter hardly a draw lies elsewhere.");
        }

        if (values.TryGetValue("alpha", out var alpha) && values.TryGetValue("beta", out var beta) && Math.Max(alpha, beta) < LeastOfBoth)
            row.Fault("alpha", $"alpha or beta of at least {CsvNumber.Print(LeastOfBoth)}; beta is {CsvNumber.Print(beta)}",
                $"With both so small most draws lie at the two ends of the range: raise one of the two to {CsvNumber.Print(LeastOfBoth)}, "
                + "or give the two ends, as often as you mean them, as an empirical sample.");
    }

    private EmpiricalMarginal? Empirical(CsvRow row, out double low, out double high)
    {
        var sample = Sample(row, "value", out low, out high);
        sample?.Sort();
        return sample is null ? null : new(sample);
    }

    // The columns of one file are a joint sample: whatever their order, its rows must stay together.
    private JointSampleMarginal? Joint(CsvRow row, out double low, out double high)
    {
        var sample = Sample(row, row.Text("sector"), out low, out high);
        return sample is null ? null : new(row.Text("sample"), sample);
    }

    private List<double>? Sample(CsvRow row, string column, out double low, out double high)
    {
        (low, high) = (0, 1);
        RefuseOthers(row, ["sample"], $"the distribution {row.Text("distribution")}");
        var path = row.Text("sample");
        if (path.Length == 0)
        {
            row.Fault("sample", $"the path of a CSV file with the column {column}", "Name the file of the observed values.");
            return null;
        }

        if (!_samples.TryGetValue((path, column), out var sample)) _samples.Add((path, column), sample = Sample(path, column));
        if (sample is null) return null;
        (low, high) = (sample.Min(), sample.Max());
        return [.. sample];
    }

    private List<double>? Sample(string path, string column)
    {
        var table = context.Csv(path, column);
        if (table is null) return null;
        var before = context.Faults.Count;
        var sample = new List<double>();
        foreach (var item in table.Rows)
        {
            if (item.Number(column, "a number in [0, 1]") is not { } value) continue;
            if (value is < 0 or > 1) item.Fault(column, "a number in [0, 1]", "A coefficient is a share: mend the value.", "no share");
            sample.Add(value);
        }

        return context.Faults.Count > before ? null : sample;
    }

    // A number that nothing reads is a mistake somewhere: in the distribution's name or in the column.
    private static void RefuseOthers(CsvRow row, string[] used, string by)
    {
        foreach (var parameter in Parameters)
            if (row.Text(parameter).Length > 0 && !used.Contains(parameter))
                row.Fault(parameter, $"an empty cell, since {by} does not use {parameter}", "Empty the cell, or mend the distribution.");
    }

    // Mean and standard deviation are those of S_k itself, before truncation.
    private static LognormalMarginal Lognormal(Dictionary<string, double> p)
    {
        var relative = p["sd"] / p["mean"];
        var variance = ScalarMath.Log1p(relative * relative);
        return new(ScalarMath.Log(p["mean"]) - variance / 2, Math.Sqrt(variance), p["low"], p["high"]);
    }

    private sealed record Family(string Name, string[] Required, (string Name, double Standard)[] Optional,
        Func<Dictionary<string, double>, Marginal> Make);
}
