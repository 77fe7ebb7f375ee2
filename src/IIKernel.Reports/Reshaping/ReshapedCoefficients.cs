using System.Globalization;
using System.Text.Json.Nodes;
using IIKernel.Inputs;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Reports.Reshaping;

/// <summary>An old sector that the coefficient of a new one comes from: S_new = Σ weight · S_old.</summary>
/// <param name="Sector">Index of the old sector.</param>
/// <param name="Weight">Its part of the new sector's value added; 1 for a sector that stays alone or is divided.</param>
public sealed record SectorMember(int Sector, double Weight);

/// <summary>
/// The coefficients of a reshaped study. A new coefficient that comes from one old one alone, which goes nowhere else, keeps its row,
/// scaled by its weight; a panel keeps its ballots where each new coefficient is an old one. Where that is impossible, the coefficients are
/// drawn with all that joins them, and the draws become a joint sample.
/// </summary>
internal sealed class ReshapedCoefficients
{
    public const string File = "coefficients.csv";
    public const string SampleFile = "coefficients-sample.csv";
    public const string CorrelationFile = "correlation.csv";
    public const string BallotsFile = "ballots.csv";

    private const int Draws = 10_000;

    private static readonly string[] Columns =
        ["sector", "point", "distribution", "low", "mode", "high", "mean", "sd", "alpha", "beta", "lambda", "sample"];

    // Multiplying a variable multiplies these parameters; the bounds are 0 and 1 where these distributions name none.
    private static readonly string[] Scaled = ["point", "low", "mode", "high", "mean", "sd"];
    private static readonly string[] Bounded = ["truncated-normal", "lognormal", "beta"];

    private readonly IStudyFiles _files;
    private readonly Study _study;
    private readonly Related[] _related;
    private readonly string? _correlationPath;
    private readonly string? _ballotsPath;
    private readonly bool _panelStays;
    private readonly Dictionary<string, StudyFileRow> _rows = [];
    private readonly HashSet<Related> _sampled = [];
    private readonly List<Warning> _warnings = [];

    private ReshapedCoefficients(IStudyFiles files, Study study, Related[] related, JsonObject definition)
    {
        (_files, _study, _related) = (files, study, related);
        var node = definition["coefficients"]!.AsObject();
        _correlationPath = (string?)node["correlation"];
        _ballotsPath = (string?)node["panel"]?["ballots"];
        _panelStays = study.Panel is not null && related.All(r => r.Members is [(_, 1.0)]);
        if ((string?)node["file"] is { } path)
            foreach (var row in StudyFile.Csv(files, path).Rows) _rows[row.Text("sector")] = row;
        if (!_panelStays) ChooseSampled();
    }

    /// <summary>What could not be carried over as it was.</summary>
    public IReadOnlyList<Warning> Warnings => _warnings;

    /// <summary>Paths of the samples that rows which stay refer to.</summary>
    public IEnumerable<string> Samples => _panelStays ? []
        : _related.Where(r => !_sampled.Contains(r)).Select(r => Sample(_rows[r.OldCode])).Where(path => path.Length > 0).Distinct();

    private bool CorrelationStays => _correlationPath is not null && _sampled.Count == 0;

    /// <summary>Works out what becomes of every coefficient, and takes out of the definition what is not to be copied.</summary>
    public static ReshapedCoefficients Of(
        IStudyFiles files, Study study, InputOutputTable table, IReadOnlyList<IReadOnlyList<SectorMember>> members, JsonObject definition)
    {
        var coefficientOf = study.Coefficients.Select((c, k) => (c.Sector, k)).ToDictionary(x => x.Sector, x => x.k);
        Related[] related =
        [
            .. members.Select((of, i) => new Related(table.Sectors[i].Code, [.. of.Where(m => coefficientOf.ContainsKey(m.Sector))
                .Select(m => (coefficientOf[m.Sector], m.Weight))], study)).Where(r => r.Members.Length > 0),
        ];
        var result = new ReshapedCoefficients(files, study, related, definition);
        result.Prepare(definition);
        return result;
    }

    /// <summary>Writes the names of the coefficients' files into a definition.</summary>
    public void Complete(JsonObject definition)
    {
        if (_panelStays)
        {
            definition["coefficients"]!["panel"]!["ballots"] = BallotsFile;
            return;
        }

        var node = new JsonObject { ["file"] = File };
        if (CorrelationStays) node["correlation"] = CorrelationFile;
        definition["coefficients"] = node;
    }

    /// <summary>The files.</summary>
    /// <param name="copyOf">The name of the copy of a sample.</param>
    public IEnumerable<OutputFile> Outputs(Func<string, string> copyOf)
    {
        if (_panelStays) return [OutputFile.Text(BallotsFile, WriteBallots)];
        var files = new List<OutputFile> { OutputFile.Text(File, writer => WriteCoefficients(writer, copyOf)) };
        if (_sampled.Count > 0) files.Add(OutputFile.Text(SampleFile, WriteSample));
        if (CorrelationStays) files.Add(OutputFile.Text(CorrelationFile, WriteCorrelation));
        return files;
    }

    private static string Sample(StudyFileRow row) => row.Text("sample").Replace('\\', '/');

    private void ChooseSampled()
    {
        bool IsUncertain(int k) => _study.Panel is not null || _study.Coefficients[k].Distribution is not null;
        var uncertain = _related.Where(r => r.Members.Any(m => IsUncertain(m.Coefficient)));
        Related[] lost = [.. uncertain.Where(r => !Stays(r))];
        if (lost.Length == 0) return;
        var joined = _study.Panel is not null || _study.Correlation is not null
            || _study.Coefficients.Any(c => c.Distribution is JointSampleMarginal);
        _sampled.UnionWith(joined ? uncertain : lost);
        var kind = _study.Panel is not null ? SampledKind.Panel : joined ? SampledKind.Joined : SampledKind.Single;
        _warnings.Add(new CoefficientsSampledWarning(kind, [.. lost.Select(r => r.Code)], Draws, SampleFile, File));
    }

    // Whether the old row says all of the new coefficient.
    private bool Stays(Related related)
    {
        if (related.Members is not [var (k, weight)] || _study.Panel is not null) return false;
        if (_related.Count(r => r.Members.Any(m => m.Coefficient == k)) > 1) return false;
        return _study.Coefficients[k].Distribution switch
        {
            // A scaled parameter is a share as any other; a weight is another where value added may be negative.
            not (EmpiricalMarginal or JointSampleMarginal) => weight is > 0 and <= 1,
            EmpiricalMarginal => weight == 1,
            // The sample's columns are named for the sectors.
            _ => weight == 1 && related.Code == related.OldCode,
        };
    }

    private void Prepare(JsonObject definition)
    {
        if (!_panelStays)
        {
            definition.Remove("coefficients");
            if (_study.Panel is not null) (definition["uncertainty"] as JsonObject)?.Remove("panel");
            return;
        }

        var panel = definition["coefficients"]!["panel"]!.AsObject();
        panel.Remove("ballots");
        if (panel["sectors"] is not JsonArray sectors) return;
        string[] codes = [.. sectors.SelectMany(s => NewCodes((string)s!))];
        panel["sectors"] = new JsonArray([.. codes.Select(code => (JsonNode?)JsonValue.Create(code))]);
    }

    private void WriteCoefficients(TextWriter writer, Func<string, string> copyOf)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(Columns);
        foreach (var r in _related)
        {
            if (_sampled.Contains(r)) csv.Row(Columns.Select(c => Cell(r, c, "joint", SampleFile)));
            else if (r.Members is [var (_, weight)])
                csv.Row(Columns.Select(c => c == "sector" ? r.Code : Kept(_rows[r.OldCode], c, weight, copyOf)));
            else csv.Row(Columns.Select(c => Cell(r, c, "", "")));
        }
    }

    private string Cell(Related r, string column, string distribution, string sample) => column switch
    {
        "sector" => r.Code,
        "point" => CsvOutput.Input(r.Mean(k => _study.Coefficients[k].Point)),
        "distribution" => distribution,
        "sample" => sample,
        _ => "",
    };

    private static string Kept(StudyFileRow row, string column, double weight, Func<string, string> copyOf)
    {
        if (column == "sample") return Sample(row) is { Length: > 0 } sample ? copyOf(sample) : "";
        var text = row.Text(column);
        if (weight == 1 || !Scaled.Contains(column)) return text;
        if (text.Length == 0) return column == "high" && Bounded.Contains(row.Text("distribution")) ? CsvOutput.Input(weight) : "";
        return CsvOutput.Input(column == "point" ? Math.Clamp(Value(), 0, 1) : Value());

        double Value() => weight * double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // Zd_k = S_k V_k is drawn with everything that joins the coefficients; S_k is had back from it.
    private void WriteSample(TextWriter writer)
    {
        using var loaded = new CompiledStudy(_study).Load(BackendCatalog.Processor(1), _study.Sampling.Seed,
            UncertaintySources.Coefficients);
        var program = loaded.Program;
        int[] outputs = [.. _study.Coefficients.Select(c => program.Plan.Outputs.Sector(c.Sector, 0))];
        var direct = new double[outputs.Length * Draws];
        program.Evaluate(0, Draws, outputs, direct);
        Related[] sampled = [.. _related.Where(_sampled.Contains)];
        using var csv = CsvOutput.Create(writer);
        csv.Row(sampled.Select(r => r.Code));
        for (var d = 0; d < Draws; d++) csv.Row(sampled.Select(r => CsvOutput.Input(r.Mean(k => Coefficient(k, direct[k * Draws + d])))));
    }

    private double Coefficient(int k, double direct)
    {
        var c = _study.Coefficients[k];
        // A sector without value added has no direct part whatever its coefficient is.
        return _study.Table.ValueAdded(c.Sector) is var valueAdded && valueAdded != 0 ? direct / valueAdded : c.Point;
    }

    // Every coefficient has one new sector here: a divided one would be sampled.
    private void WriteCorrelation(TextWriter writer)
    {
        using var csv = CsvOutput.Create(writer);
        csv.Row(["row", "col", "value"]);
        foreach (var row in StudyFile.Csv(_files, _correlationPath!).Rows)
            csv.Row([NewCodes(row.Text("row")).Single(), NewCodes(row.Text("col")).Single(), row.Text("value")]);
    }

    private void WriteBallots(TextWriter writer)
    {
        var ballots = StudyFile.Csv(_files, _ballotsPath!);
        using var csv = CsvOutput.Create(writer);
        csv.Row(ballots.Header);
        foreach (var row in ballots.Rows)
            foreach (var code in NewCodes(row.Text("sector")))
                csv.Row(ballots.Header.Select((column, c) => column == "sector" ? code : row.Text(c)));
    }

    private IEnumerable<string> NewCodes(string oldCode) => _related.Where(r => r.OldCodes.Contains(oldCode)).Select(r => r.Code);

    // A new sector with a coefficient: its code, and the coefficients that it comes from.
    private sealed class Related(string code, (int Coefficient, double Weight)[] members, Study study)
    {
        public string Code => code;

        public (int Coefficient, double Weight)[] Members => members;

        public string[] OldCodes { get; } = [.. members.Select(m => study.Table.Sectors[study.Coefficients[m.Coefficient].Sector].Code)];

        public string OldCode => OldCodes[0];

        // Value added may be negative where a study allows it: a mean may then lie outside of its parts, and of what a share can be.
        public double Mean(Func<int, double> coefficient) => Math.Clamp(members.Sum(m => m.Weight * coefficient(m.Coefficient)), 0, 1);
    }
}
