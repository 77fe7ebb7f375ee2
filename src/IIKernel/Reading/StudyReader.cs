using IIKernel.Experts;
using IIKernel.Growth;
using IIKernel.Regions;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>
/// Reads and validates a study. study.json comes first; then every file it names is read, so that the faults of
/// all files are reported together, each checked against those it refers to as far as these are sound.
/// </summary>
public static class StudyReader
{
    private static readonly Lazy<Study> Demonstration = new(static () => Read(EmbeddedStudyFiles.Demonstration));

    /// <summary>Reads the demonstration study that ships inside this assembly, the first time that it is asked for.</summary>
    public static Study ReadDemonstration() => Demonstration.Value;

    /// <summary>Reads the study in a folder.</summary>
    /// <param name="path">The folder, or the path of its study.json.</param>
    /// <param name="tableOnly">See <see cref="Read(IStudyFiles, bool, CancellationToken)"/>.</param>
    /// <param name="allowOutside">Whether its paths may be absolute, and lead out of its folder.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">The study cannot be computed, or the path is empty; carries every fault found.</exception>
    public static Study ReadFolder(
        string path, bool tableOnly = false, bool allowOutside = false, CancellationToken cancellation = default) =>
        string.IsNullOrWhiteSpace(path)
            ? throw new StudyException(
                [new("study.json", "", "an empty path", "a study's folder or the path of its study.json", "Write the path of the study.")])
            : Read(new FolderStudyFiles(path, allowOutside), tableOnly, cancellation);

    /// <summary>Reads a study; all its money is converted to its output unit.</summary>
    /// <param name="files">Where its files are.</param>
    /// <param name="tableOnly">
    /// Whether the table suffices: a study without some of what the method needs beside it is then read as far as
    /// <see cref="Study.Missing"/> says.
    /// </param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">The study cannot be computed; carries every fault found.</exception>
    public static Study Read(IStudyFiles files, bool tableOnly = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var context = new StudyReadContext(files, cancellation: cancellation);
        if (StudyDefinitionReader.Read(context, files.DefinitionPath, tableOnly) is not var (definition, units)) throw Refuse(context);
        return definition is { Years: not null, Categories: not null, Groups: not null, Coefficients: not null, Growth: not null }
            ? ReadWhole(context, definition, units, tableOnly)
            : ReadTable(context, definition, units);
    }

    // A table with what is there of categories; the files of other keys are not read.
    private static Study ReadTable(StudyReadContext context, StudyDefinition definition, StudyUnits units)
    {
        var groups = definition.Groups is { } g ? CategoryReader.Groups(context, g.File) : null;
        var categories = definition.Categories is { } c ? CategoryReader.Categories(context, c.File, groups?.Codes) : null;
        var table = Table(context, definition, units, definition.Categories is not null, categories?.Codes).Table;
        if (context.Faults.Count > 0 || table is null) throw Refuse(context);
        context.NoteMisspeltColumns();
        int[] years = [definition.BaseYear];
        IReadOnlyList<IndustryCategory> list = categories?.Categories ?? [new("", "", 0)];
        var empty = new CategoryAccounts
        {
            Categories = list,
            ValueAdded = new double[list.Count, 1],
            RevisionSd = new double[list.Count, 1],
            Filled = new FilledSeries?[list.Count],
        };
        return new Study
        {
            Name = definition.Name,
            Note = definition.Note,
            Origin = context.Origin,
            Unit = units.Target,
            BaseYear = definition.BaseYear,
            Years = years,
            Table = table,
            Categories = empty,
            Groups = groups?.Groups ?? [new("", "", "")],
            Coefficients = [],
            Panel = null,
            Correlation = null,
            Uncertainty = new()
            {
                Panel = false,
                FactorConcentration = null,
                Growth = false,
                Extrapolation = false,
                FixedValueAdded = FixedTotals.None,
                FixedGdp = FixedTotals.None,
            },
            Growth = new()
            {
                Years = [],
                Output = [],
                Capital = [],
                Labour = [],
                FitFirst = 0,
                FitLast = 0,
                Returns = ReturnsToScale.Constant,
                ExtrapolationWindow = 0,
            },
            RegionSets = [],
            Published = [],
            Sampling = StudyDefinitionReader.Sampling(definition),
            Missing = StudyDefinitionReader.Missing(definition),
            Sources = new(Source(definition.Table.Sectors, "table.unit", definition.Table.Unit), null, "", [], [], null),
            Files = context.Inputs,
            Warnings = context.Warnings,
        };
    }

    private static (InputOutputTable? Table, CodeList? Codes) Table(StudyReadContext context,
        StudyDefinition definition, StudyUnits units, bool hasCategories, CodeList? categories)
    {
        var (sectors, codes) = SectorReader.Read(context, definition.Table.Sectors, hasCategories,
            categories, definition.Table.Allow.Contains("negative-value-added"));
        var flows = FlowReader.Read(context, definition.Table.Flows, codes);
        return (sectors is null || flows is null ? null
            : TableAssembler.Assemble(context, sectors, flows, definition.Table, units.Table), codes);
    }

    private static Study ReadWhole(StudyReadContext context, StudyDefinition definition, StudyUnits units, bool tableOnly)
    {
        int[] years = [.. Enumerable.Range(definition.Years![0], definition.Years[1] - definition.Years[0] + 1)];

        var groups = CategoryReader.Groups(context, definition.Groups!.File);
        var categories = CategoryReader.Categories(context, definition.Categories!.File, groups?.Codes);
        var revisions = definition.Uncertainty.Revisions;
        var accounts = CategoryReader.Accounts(context, definition.Categories, categories, years, units.Categories, revisions?.ValueAdded);
        var (table, codes) = Table(context, definition, units, true, categories?.Codes);
        if (definition.Uncertainty.Flows is not null && table is not null && StudyLimits.DrawnSectors(context.DefinitionPath,
            "key uncertainty.flows", table.Sectors.Count, StudyLimits.Memory, Environment.ProcessorCount) is { } tooLarge)
        {
            context.Faults.Add(tooLarge);
            throw Refuse(context);
        }

        var flowErrors = definition.Uncertainty.Flows is { } errors
            ? new FlowErrorReader(context, table, new SectorSets(codes, table, categories, groups)).Read(errors, units.Flows) : null;
        var panel = definition.Coefficients!.Panel is { } p ? ExpertPanelReader.Read(context, context.DefinitionPath, p, codes) : null;
        var coefficients = definition.Coefficients.File is { } list ? CoefficientReader.Read(context, list, codes) : OfPanel(panel);
        var correlation = definition.Coefficients.Correlation is { } ranks
            ? CorrelationReader.Read(context, ranks, codes, coefficients)
            : null;
        var growth = GrowthReader.Read(context, definition.Growth!, years);
        var regions = definition.Regions.Select((r, i) =>
            RegionReader.Read(context, r, groups?.Codes, categories?.Codes, years, units.Regions[i], revisions?.Gdp)).ToArray();
        var sets = DenominatorReader.Apply(context, definition, units, [.. regions.Select(r => r?.Set)], groups?.Codes, accounts, years);
        var published = ReadPublished(context, definition, units, groups?.Codes, categories?.Codes, codes, regions);
        var claims = definition.Claims is { } named && context.Text(named) is { } text ? new StudyText(named, text) : null;
        if (accounts is not null && table is not null) CheckCategories(context, definition.Table.Sectors, accounts, table, tableOnly);
        // A null below comes with a fault: this ends every faulty reading.
        if (context.Faults.Count > 0 || groups is null || categories is null || accounts is null || table is null
            || coefficients is null || growth is null || published is null)
            throw Refuse(context);

        context.NoteMisspeltColumns();
        if (definition.Uncertainty.Extrapolation)
        {
            var series = growth.Filled();
            FilledNotes.Add(context, definition.Categories!.ValueAdded, accounts.Filled, years[^1]);
            FilledNotes.Add(context, definition.Growth!.File, [series.Output, series.Capital, series.Labour], years[^1]);
            for (var i = 0; i < regions.Length; i++)
                FilledNotes.Add(context, definition.Regions[i].Gdp, regions[i]!.Value.Set.Filled.Cast<FilledSeries?>(), years[^1]);
        }

        var entities = 1.0 + categories.Value.Categories.Count + groups.Value.Groups.Count
            + regions.Sum(r => r!.Value.Set.Regions.Count + r.Value.Set.Areas.Count);
        var figures = Kernels.Plan.OutputMap.Measures * entities * years.Length
            + Kernels.Plan.OutputMap.SectorComponents * table.Sectors.Count;
        if (StudyLimits.Figures(context.DefinitionPath, figures, StudyLimits.Memory) is { } tooMany)
        {
            context.Faults.Add(tooMany);
            throw Refuse(context);
        }

        return new Study
        {
            Name = definition.Name,
            Note = definition.Note,
            Origin = context.Origin,
            Unit = units.Target,
            BaseYear = definition.BaseYear,
            Years = years,
            Table = table,
            Categories = accounts,
            Groups = groups.Value.Groups,
            Coefficients = coefficients,
            Panel = panel,
            Correlation = correlation,
            Uncertainty = new()
            {
                Panel = definition.Uncertainty.Panel is { Experts: true },
                FactorConcentration = definition.Uncertainty.Panel?.FactorConcentration,
                Growth = definition.Uncertainty.Growth,
                Extrapolation = definition.Uncertainty.Extrapolation,
                FixedValueAdded = Fixed(revisions?.ValueAdded),
                FixedGdp = Fixed(revisions?.Gdp),
                Flows = flowErrors,
            },
            Growth = growth,
            RegionSets = [.. sets.Select(s => s!)],
            Published = published,
            Claims = claims,
            Sampling = StudyDefinitionReader.Sampling(definition),
            Sources = Sources(definition),
            Files = context.Inputs,
            Warnings = context.Warnings,
        };
    }

    // Its units have been read.
    private static MoneyFile Source(string file, string key, string unit) =>
        MonetaryUnit.TryParse(unit, out var parsed)
            ? new(file, key, parsed)
            : throw new ArgumentException($"{unit} is no unit.", nameof(unit));

    private static StudySources Sources(StudyDefinition definition) => new(
        Source(definition.Table.Sectors, "table.unit", definition.Table.Unit),
        Source(definition.Categories!.ValueAdded, "categories.unit", definition.Categories.Unit),
        definition.Growth!.File,
        [.. definition.Regions.Select((r, i) => Source(r.Gdp, $"regions[{i}].unit", r.Unit))],
        [.. definition.Regions.Select((r, i) => r.Nation?.File is { } file
            ? Source(file, $"regions[{i}].nation.unit", r.Nation.Unit!)
            : null)],
        definition.Published is { } published ? Source(published.File, "published.unit", published.Unit) : null);

    private static FixedTotals Fixed(RevisionDefinition? revision) => revision?.Fixed switch
    {
        "nation" => FixedTotals.Nation,
        "group" => FixedTotals.Group,
        _ => FixedTotals.None,
    };

    private static List<ExpertCoefficient>? OfPanel(ExpertPanel? panel) => panel is null ? null
        : [.. new PanelEvaluation(panel).Point().Select((s, k) => new ExpertCoefficient(panel.Sectors[k], s, null))];

    private static List<PublishedFigure>? ReadPublished(StudyReadContext context, StudyDefinition definition, StudyUnits units,
        CodeList? groups, CodeList? categories, CodeList? sectors, (RegionSet Set, CodeList Codes)?[] regions)
    {
        if (definition.Published is null) return [];
        var scopes = new Dictionary<string, CodeList?>(StringComparer.Ordinal)
        {
            ["category"] = categories,
            ["group"] = groups,
            ["sector"] = sectors,
        };
        for (var i = 0; i < regions.Length; i++) scopes.Add(definition.Regions[i].Name, regions[i]?.Codes);
        // Areas of a faulty set are not known.
        var areas = regions.Contains(null) ? null : regions.SelectMany(r => r!.Value.Set.Areas).ToArray();
        return PublishedReader.Read(context, definition.Published.File, new(scopes, areas), units.Published);
    }

    // Rates are relative to the table's value added by category; a verb that its table suffices needs none.
    private static void CheckCategories(StudyReadContext context, string file, CategoryAccounts accounts,
        InputOutputTable table, bool tableOnly)
    {
        var inTable = table.ValueAddedByCategory(accounts.Categories.Count);
        var cancelled = table.CancelledCategories(accounts.Categories.Count);
        foreach (var code in cancelled.Select(c => accounts.Categories[c].Code))
        {
            if (tableOnly) context.Warnings.Add(new CategoryCancelledWarning(file, code));
            else
                context.Faults.Add(new(
                    file, $"category {code}", "value added of both signs that cancels out over the sectors of the category",
                    "value added other than 0, which the category's rates are relative to",
                    "Give its sectors another category, or mend total_output and intermediate_input."));
        }

        var negative = accounts.Categories.Where((_, c) => inTable[c] < 0 && !cancelled.Contains(c)).Select(c => c.Code).ToArray();
        if (negative.Length > 0)
            context.Warnings.Add(new NegativeCategoryWarning(file, negative));
        var without = accounts.Categories.Where((_, c) => inTable[c] == 0 && !cancelled.Contains(c) && accounts.ValueAdded[c, 0] > 0)
            .Select(c => c.Code).ToArray();
        if (without.Length > 0)
            context.Warnings.Add(new CategoryWithoutTableWarning(file, without));
    }

    private static StudyException Refuse(StudyReadContext context) => new(context.Faults.ToFaults());
}
