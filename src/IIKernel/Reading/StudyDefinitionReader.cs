using System.Text;
using System.Text.Json;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// Reads study.json. The shape is checked against <see cref="StudyDefinition"/> before it is deserialised,
/// since the deserialiser stops at its first fault and knows no lines.
/// </summary>
internal sealed class StudyDefinitionReader(string file, FaultList faults)
{
    /// <summary>The keys that the method needs beside name, unit, baseYear and table.</summary>
    internal static readonly string[] WholeKeys = ["years", "categories", "groups", "coefficients", "growth"];

    private static readonly string[] ReservedScopes = ["nation", "category", "group", "sector", "area"];
    private readonly DefinitionShape _shape = new(file, "the study", faults);

    /// <summary>Those of <see cref="WholeKeys"/> that a study does not have.</summary>
    public static IReadOnlyList<string> Missing(StudyDefinition definition)
    {
        object?[] values = [definition.Years, definition.Categories, definition.Groups, definition.Coefficients, definition.Growth];
        return [.. WholeKeys.Where((_, i) => values[i] is null)];
    }

    /// <summary>How a study asks to be sampled.</summary>
    public static SamplingOptions Sampling(StudyDefinition definition)
    {
        var sampling = definition.Sampling;
        return new(sampling.Draws, sampling.Seed, sampling.Level) { Sequence = SamplingOptions.Find(sampling.Sequence)!.Value };
    }

    /// <summary>The definition with its units, or null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="file">study.json.</param>
    /// <param name="tableOnly">Whether the table suffices; else what the method needs beside it must be there too.</param>
    public static (StudyDefinition Definition, StudyUnits Units)? Read(StudyReadContext context, string file, bool tableOnly)
    {
        var text = context.Text(file);
        if (text is null) return null;
        if (string.IsNullOrWhiteSpace(text))
        {
            context.Faults.Add(new(file, "", "an empty file", "a JSON object", "Write the study."));
            return null;
        }

        return new StudyDefinitionReader(file, context.Faults).Read(Encoding.UTF8.GetBytes(text), tableOnly);
    }

    private (StudyDefinition Definition, StudyUnits Units)? Read(byte[] utf8, bool tableOnly)
    {
        var before = faults.Count;
        if (_shape.Parse(utf8) is not { } root) return null;
        _shape.Check(root, typeof(StudyDefinition));
        if (!tableOnly) CheckWhole(root);
        if (faults.Count > before) return null;
        var definition = JsonSerializer.Deserialize<StudyDefinition>(utf8, StudySchema.Options)!;
        CheckYears(definition);
        if (definition.Coefficients is not null) CheckCoefficients(definition.Coefficients);
        CheckUncertainty(definition);
        CheckSampling(Sampling(definition));
        CheckRegionNames(definition);
        CheckAllocations(definition);
        CheckDenominators(definition);
        var units = ReadUnits(definition);
        return units is not null && faults.Count == before ? (definition, units) : null;
    }

    // What the method needs beside the table.
    private void CheckWhole(LocatedJson root)
    {
        foreach (var key in WholeKeys)
            if (root.Kind == JsonTokenType.StartObject && !root.Properties.Any(p => p.Name == key && p.Value.Kind != JsonTokenType.Null))
                faults.Add(new(file, $"line {root.Line}, the study", $"no key {key}",
                    "the keys name, unit, baseYear, table, " + string.Join(", ", WholeKeys),
                    $"Add {key}; check, linkages, aggregate and split need the table alone."));
    }

    private void CheckSampling(SamplingOptions sampling)
    {
        if (!sampling.Fits)
            faults.Add(new(file, Place("sampling.draws"), CsvNumber.Print(sampling.Draws), sampling.Demand,
                $"Write {string.Join(" or ", sampling.Nearest)}, or another sequence."));
    }

    private void CheckYears(StudyDefinition definition)
    {
        if (definition.Years is { } years) CheckReported(definition.BaseYear, years);
        if (definition.Growth is { } growth) CheckFit(growth);
    }

    private void CheckReported(int baseYear, IReadOnlyList<int> years)
    {
        var (first, last) = (years[0], years[1]);
        if (last < first)
            faults.Add(new(file, Place("years"), $"[{first}, {last}], whose last year is before the first",
                "the first year before the last", "Exchange the two."));
        else if (baseYear < first || baseYear > last)
            faults.Add(new(file, Place("baseYear"), $"{baseYear}, outside years [{first}, {last}]",
                "the first of the years", $"Write baseYear {first}, or years [{baseYear}, …]."));
        else if (baseYear != first)
            faults.Add(new(file, Place("years"), $"first year {first}", $"baseYear {baseYear}",
                $"Write [{baseYear}, {last}]; results begin at the base year."));
        // Files write years in four digits.
        foreach (var year in years)
            if (year is < 1000 or > 9999)
                faults.Add(new(file, Place("years"), CsvNumber.Print(year), "a year of four digits", "Write the year, such as 2017."));
    }

    private void CheckFit(GrowthDefinition growth)
    {
        var (from, to) = (growth.Fit[0], growth.Fit[1]);
        // Constant returns estimate ln A and α; free returns ln A, α and β; one more observation leaves a residual.
        var (needed, free) = growth.Returns == "free" ? (4, "free") : (3, "constant");
        if (to < from)
            faults.Add(new(file, Place("growth.fit"), $"[{from}, {to}], whose last year is before the first",
                "the first year of the window and then the last", "Exchange the two."));
        else if (to - from + 1 < needed)
            faults.Add(new(file, Place("growth.fit"), $"[{from}, {to}], a window of {Wording.Count(to - from + 1, "year")}",
                $"at least {needed} years for {free} returns",
                "Widen the window: [first, last]."));
    }

    private void CheckCoefficients(CoefficientsDefinition definition)
    {
        if (definition.File is null == definition.Panel is null)
            faults.Add(new(file, Place("coefficients"), definition.File is null ? "neither file nor panel" : "both file and panel",
                "exactly one of the keys file, panel",
                definition.File is null ? "Add one of the two." : "Remove one of the two."));
        if (definition.Panel is not null && definition.Correlation is not null)
            faults.Add(new(file, Place("coefficients.correlation"), "a correlation beside a panel",
                "a correlation beside a file of coefficients",
                "Remove it: the experts that all sectors share correlate the coefficients of a panel."));
    }

    private void CheckUncertainty(StudyDefinition definition)
    {
        var uncertainty = definition.Uncertainty;
        if (uncertainty.Panel is not null && definition.Coefficients is { Panel: null })
            faults.Add(new(file, Place("uncertainty.panel"), "the uncertainty of a panel that the study does not have",
                "a study with coefficients.panel", "Remove the key: coefficients of a file have their distributions there."));
        foreach (var (name, revision) in new[] { ("valueAdded", uncertainty.Revisions?.ValueAdded), ("gdp", uncertainty.Revisions?.Gdp) })
            CheckRevision($"uncertainty.revisions.{name}", revision);
        if (uncertainty.Flows is { } flows) CheckFlows(flows, definition.BaseYear);
        if (!uncertainty.Extrapolation) return;
        var windows = definition.Regions.Select((r, i) => ($"regions[{i}].extrapolate.window", r.Extrapolate.Window))
            .Prepend(("categories.extrapolate.window", definition.Categories?.Extrapolate.Window ?? 3))
            .Prepend(("growth.extrapolate.window", definition.Growth?.Extrapolate.Window ?? 3));
        foreach (var (key, window) in windows)
            if (window < 3)
                faults.Add(new(file, Place(key), CsvNumber.Print(window),
                    "at least 3, since uncertainty.extrapolation needs the line's residuals", "Widen the window."));
    }

    private void CheckFlows(FlowsDefinition flows, int baseYear)
    {
        if (flows is { Balance: { } balance, Fixed: not null })
            faults.Add(new(file, Place("uncertainty.flows.fixed"), $"fixed beside balance \"{balance}\"",
                "at most one of the keys balance, fixed: a balanced table keeps both output and value added", "Remove fixed."));
        if (flows is { RelativeSd: null, Vintages: null, Blocks: null, Pedigree: null })
            faults.Add(new(file, Place("uncertainty.flows"), "nothing that says how uncertain flows are",
                "at least one of the keys relativeSd, vintages, pedigree, blocks", "Add one of them, or remove the key flows."));
        if (flows.Vintages is { } vintages) CheckVintages(vintages, flows, baseYear);
        if (flows.Common is { } common) CheckCommon(common);
        if (flows.RelativeSd is { } sd && sd.Least > sd.Most)
            faults.Add(new(file, Place("uncertainty.flows.relativeSd.least"), CsvNumber.Print(sd.Least),
                $"at most {CsvNumber.Print(sd.Most)}, which most is", "Exchange the two, or leave one out."));
    }

    private void CheckVintages(FlowVintagesDefinition vintages, FlowsDefinition flows, int baseYear)
    {
        const string key = "uncertainty.flows.vintages";
        if (flows.RelativeSd is not null)
            faults.Add(new(file, Place(key), "vintages beside relativeSd", "at most one of the two", "Remove one of them."));
        if (vintages.Least > vintages.Most)
            faults.Add(new(file, Place(key + ".least"), CsvNumber.Print(vintages.Least),
                $"at most {CsvNumber.Print(vintages.Most)}, which most is", "Exchange the two, or leave one out."));
        var years = new HashSet<int> { baseYear };
        for (var i = 0; i < vintages.Tables.Count; i++)
        {
            var (year, place) = (vintages.Tables[i].Year, $"{key}.tables[{i}]");
            Unit(vintages.Tables[i].Table.Unit, place + ".table.unit", null);
            if (!years.Add(year))
                faults.Add(new(file, Place(place + ".year"), CsvNumber.Print(year), "a year of no other table, the study's own included",
                    "Name one table of each year: errors of one table are not seen in its own copy."));
        }
    }

    private void CheckCommon(CommonErrorsDefinition common)
    {
        const string key = "uncertainty.flows.common";
        // Shares are written in decimals: 0.1, 0.2 and 0.7 sum to 1.
        var sum = (decimal)common.Row + (decimal)common.Column + (decimal)common.Source;
        if (sum is 0 or > 1)
            faults.Add(new(file, Place(key), $"row, column and source that sum to {CsvNumber.Print(sum)}", "a sum above 0 and up to 1",
                sum == 0 ? "Write a share, or remove the key common." : "Lower them: what is left of 1 is each flow's own."));
        if (common.Source > 0 != common.Sources is not null)
            faults.Add(new(file, Place(key), common.Sources is null ? "source without sources" : "sources without source",
                "both or neither", "Add the other, or remove the one."));
    }

    private void CheckRevision(string key, RevisionDefinition? revision)
    {
        if (revision is null) return;
        if (revision.Sd is null == revision.Vintages is null)
            faults.Add(new(file, Place(key), revision.Sd is null ? "neither sd nor vintages" : "both sd and vintages",
                "exactly one of the keys sd, vintages", revision.Sd is null ? "Add one of the two." : "Remove one of the two."));
        var names = (revision.Vintages ?? []).Select(v => v.Name).ToArray();
        foreach (var name in names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))
            faults.Add(new(file, Place(key + ".vintages"), $"\"{name}\" more than once", "every vintage once", "Remove the others."));
    }

    private void CheckRegionNames(StudyDefinition definition)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < definition.Regions.Count; i++)
        {
            var name = definition.Regions[i].Name;
            if (ReservedScopes.Contains(name))
                faults.Add(new(file, Place($"regions[{i}].name"), $"\"{name}\"", "a name other than " + string.Join(", ", ReservedScopes),
                    "Outputs use these names themselves: choose another."));
            else if (!names.Add(name))
                faults.Add(new(file, Place($"regions[{i}].name"), $"\"{name}\" for the second time",
                    "every set of regions once", "Give this set another name."));
        }
    }

    private void CheckAllocations(StudyDefinition definition)
    {
        for (var i = 0; i < definition.Regions.Count; i++)
            if (definition.Regions[i].Allocation is { Direct: null, Indirect: null })
                faults.Add(new(file, Place($"regions[{i}].allocation"), "neither direct nor indirect",
                    "at least one of the keys direct, indirect", "Add one of the two, or remove allocation."));
    }

    private void CheckDenominators(StudyDefinition definition)
    {
        for (var i = 0; i < definition.Regions.Count; i++)
        {
            var (set, key) = (definition.Regions[i], $"regions[{i}]");
            if (set.Denominators == "nation" != set.Nation is not null)
                faults.Add(set.Nation is null
                    ? new(file, Place(key + ".denominators"), "\"nation\" without the key nation", "the nation's GDP beside it",
                        "Add \"nation\": { \"set\": … }, a set of the study that covers it, or { \"file\": …, \"unit\": … }.")
                    : new(file, Place(key + ".nation"), "the nation's GDP without \"denominators\": \"nation\"",
                        "both or neither", "Add denominators, or remove nation."));
            if (set.Nation is { } nation) CheckNation(definition, i, nation);
            foreach (var (part, allocation) in new[] { ("direct", set.Allocation?.Direct), ("indirect", set.Allocation?.Indirect) })
                if (allocation?.Nation is not null && set.Nation is null)
                    faults.Add(new(file, Place($"{key}.allocation.{part}.nation"),
                        "the nation's weights without \"denominators\": \"nation\"", "both or neither",
                        "Add denominators and nation to the set, or remove these weights."));
        }
    }

    private void CheckNation(StudyDefinition definition, int index, NationDefinition nation)
    {
        var key = $"regions[{index}].nation";
        if (nation.Set is null == nation.File is null)
            faults.Add(new(file, Place(key), nation.Set is null ? "neither set nor file" : "both set and file",
                "exactly one of the keys set, file", nation.Set is null ? "Add one of the two." : "Remove one of the two."));
        if (nation.File is null == nation.Unit is not null)
            faults.Add(new(file, Place(key), nation.Unit is null ? "a file without unit" : "a unit without file",
                "a unit with a file and only with one", nation.Unit is null ? "Add unit." : "Remove unit: that of the set counts."));
        if (nation.Set is not { } name) return;
        string[] wholes = [.. definition.Regions.Where((r, i) => i != index && r.Nation is null).Select(r => r.Name)];
        if (!wholes.Contains(name))
            faults.Add(new(file, Place(key + ".set"), $"\"{name}\"",
                wholes.Length == 0 ? "another set of the study, which has none that could be the nation"
                    : "another set of the study that is no part itself: " + string.Join(", ", wholes),
                Suggestion.Remedy(name, wholes, wholes.Length == 0 ? "Add the set, or name a file."
                    : "Write one of them, or name a file.")));
    }

    private StudyUnits? ReadUnits(StudyDefinition definition)
    {
        var target = Unit(definition.Unit, "unit", null);
        var table = Unit(definition.Table.Unit, "table.unit", target);
        var categories = definition.Categories is { } accounts ? Unit(accounts.Unit, "categories.unit", target) : target;
        var regions = definition.Regions.Select((r, i) => Unit(r.Unit, $"regions[{i}].unit", target)).ToArray();
        var published = definition.Published is null ? target : Unit(definition.Published.Unit, "published.unit", target);
        var nations = definition.Regions.Select((r, i) => r.Nation?.Unit is { } text
            ? Unit(text, $"regions[{i}].nation.unit", target) : target).ToArray();
        var flows = definition.Uncertainty.Flows is { RelativeSd.Unit: { } name }
            ? Unit(name, "uncertainty.flows.relativeSd.unit", target) : target;
        if (target is null || table is null || categories is null || published is null || flows is null
            || Array.Exists(regions, r => r is null) || Array.Exists(nations, r => r is null))
            return null;
        return new(target, table.FactorTo(target), categories.FactorTo(target), [.. regions.Select(r => r!.FactorTo(target))],
            [.. nations.Select(r => r!.FactorTo(target))], published.FactorTo(target), flows.FactorTo(target));
    }

    private MonetaryUnit? Unit(string text, string path, MonetaryUnit? target) => _shape.Unit(text, path, target);

    private string Place(string path) => _shape.Place(path);
}

/// <summary>
/// The study's unit, and the factors that bring to it each file's amounts, and the flows that their errors are stated of.
/// </summary>
internal sealed record StudyUnits(MonetaryUnit Target, double Table, double Categories, IReadOnlyList<double> Regions,
    IReadOnlyList<double> Nations, double Published, double Flows);
