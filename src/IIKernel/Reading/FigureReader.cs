using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads what names figures in a JSON file, and holds it against what a study yields.</summary>
/// <param name="file">The file.</param>
/// <param name="shape">Where its keys stand.</param>
/// <param name="study">The study.</param>
/// <param name="faults">Takes the faults.</param>
internal sealed class FigureReader(string file, DefinitionShape shape, Study study, FaultList faults)
{
    private readonly FigureScopes _scopes = FigureScopes.Of(study);

    /// <summary>A figure, or null with faults added.</summary>
    /// <param name="d">Its scope, component and measure.</param>
    /// <param name="code">Its code.</param>
    /// <param name="year">Its year.</param>
    /// <param name="path">The key that they stand in.</param>
    /// <param name="yearKey">The key of the year there.</param>
    /// <param name="quiet">Whether all but the code has been checked already.</param>
    public FigureReference? Figure(MeasuredDefinition d, string code, int year, string path, string yearKey = "year", bool quiet = false)
    {
        var before = faults.Count;
        if (_scopes.Fault(d.Scope, code) is var (key, expected, remedy))
        {
            if (!quiet || key == "code")
                faults.Add(new(file, shape.Place($"{path}.{key}"), $"\"{(key == "scope" ? d.Scope : code)}\"", expected, remedy));
        }
        else if (_scopes.Codes(d.Scope) is { } codes)
        {
            if (code.Length == 0) faults.Add(new(file, shape.Place(path), "no code", $"a code of {codes.File}", "Add the key code."));
            else codes.Find(code, file, path, () => shape.Place(path + ".code"), faults);
        }

        if (!quiet) CheckMeasured(d, year, path, yearKey);
        return faults.Count == before ? new(d.Scope, code, year, ComponentOf(d), MeasureOf(d)) : null;
    }

    /// <summary>The figures of a scope of several entities in one year, or null with faults added.</summary>
    /// <param name="d">Scope, component and measure.</param>
    /// <param name="year">The year.</param>
    /// <param name="path">The key that they stand in.</param>
    public FigureSet? Set(MeasuredDefinition d, int year, string path)
    {
        var before = faults.Count;
        var place = shape.Place(path + ".scope");
        if (d.Scope == "nation")
            faults.Add(new(file, place, "\"nation\"", "a scope of several entities", "Write a figure of the nation as figure."));
        else if (d.Scope == "area" && study.RegionSets.Count(s => s.Areas.Count > 0) > 1)
            faults.Add(new(file, place, "\"area\", which several sets of regions have", "areas of one set of regions",
                "Name the areas one by one, each as a figure."));
        else if (d.Scope == "area" ? _scopes.Count("area") == 0 : _scopes.Codes(d.Scope) is null)
            faults.Add(new(file, place, $"\"{d.Scope}\"", string.Join(", ", _scopes.Names.Except(["nation"])),
                Suggestion.Remedy(d.Scope, _scopes.Names, "Write one that the study has; sets of regions are named in it.")));
        CheckMeasured(d, year, path, "year");
        return faults.Count == before ? new(d.Scope, year, ComponentOf(d), MeasureOf(d)) : null;
    }

    /// <summary>Whether a number of entities, or a rank, is one that a scope can have; else a fault is added.</summary>
    /// <param name="scope">The scope; one that the study does not have is not checked.</param>
    /// <param name="count">The number.</param>
    /// <param name="least">The least that it can be.</param>
    /// <param name="path">Its key.</param>
    public bool CheckCount(string scope, int count, int least, string path)
    {
        if (_scopes.Count(scope) is not { } most || (count >= least && count <= most)) return true;
        faults.Add(new(file, shape.Place(path), CsvNumber.Print(count), $"{least} to {most}, as many as {scope} has", "Mend the number."));
        return false;
    }

    // Growth begins a year after the base year, sectors have amounts of it alone; both growth and shares are those of totals.
    private void CheckMeasured(MeasuredDefinition d, int year, string path, string yearKey)
    {
        if (d.Measure != "value" && d.Component != "total")
            faults.Add(new(file, shape.Place(path + ".component"), $"\"{d.Component}\"", $"total, since the measure is {d.Measure}",
                "Write total or leave it out: growth and share are those of totals."));
        if (d.Measure != "value" && d.Scope == "sector")
            faults.Add(new(file, shape.Place(path + ".measure"), $"\"{d.Measure}\"", "value, since the scope is sector",
                "Sectors have amounts alone."));
        var first = d.Measure == "growth" && study.Years.Count > 1 ? study.Years[1] : study.Years[0];
        var last = d.Scope == "sector" ? study.BaseYear : study.Years[^1];
        if (d.Measure == "growth" && study.Years.Count == 1)
            faults.Add(new(file, shape.Place(path + ".measure"), "\"growth\"", "a study of several years", "Name another measure."));
        else if (year < first || year > last)
            faults.Add(new(file, shape.Place($"{path}.{yearKey}"), CsvNumber.Print(year),
                first == last ? $"{first}" : $"{first} to {last}",
                d.Scope == "sector" ? "Sectors have figures of the base year alone." : "Name a year that the study reports."));
    }

    private static Component ComponentOf(MeasuredDefinition d) => d.Component switch
    {
        "direct" => Component.Direct,
        "indirect" => Component.Indirect,
        _ => Component.Total,
    };

    private static Measure MeasureOf(MeasuredDefinition d) => d.Measure switch
    {
        "growth" => Measure.Growth,
        "share" => Measure.Share,
        _ => Measure.Value,
    };
}
