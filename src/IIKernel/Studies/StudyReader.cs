using IIKernel.Experts;
using IIKernel.Growth;
using IIKernel.Regions;
using IIKernel.Studies.Reading;
using IIKernel.Tables;
using IIKernel.Uncertainty;

namespace IIKernel.Studies;

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
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">The study cannot be computed, or the path is empty; carries every fault found.</exception>
    public static Study ReadFolder(string path, CancellationToken cancellation = default) => string.IsNullOrWhiteSpace(path)
        ? throw new StudyException([new("study.json", "", "an empty path", "a study's folder or the path of its study.json", "Write the path of the study.")])
        : Read(new FolderStudyFiles(path), cancellation);

    /// <summary>Reads a study; all its money is converted to its output unit.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">The study cannot be computed; carries every fault found.</exception>
    public static Study Read(IStudyFiles files, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var context = new StudyReadContext(files, cancellation: cancellation);
        if (StudyDefinitionReader.Read(context, files.DefinitionPath) is not var (definition, units)) throw Refuse(context);
        int[] years = [.. Enumerable.Range(definition.Years[0], definition.Years[1] - definition.Years[0] + 1)];

        var groups = CategoryReader.Groups(context, definition.Groups.File);
        var categories = CategoryReader.Categories(context, definition.Categories.File, groups?.Codes);
        var revisions = definition.Uncertainty.Revisions;
        var accounts = CategoryReader.Accounts(context, definition.Categories, categories, years, units.Categories, revisions?.ValueAdded);
        var (sectors, codes) = SectorReader.Read(context, definition.Table.Sectors, categories?.Codes);
        var flows = FlowReader.Read(context, definition.Table.Flows, codes);
        var table = sectors is null || flows is null ? null
            : TableAssembler.Assemble(context, sectors, flows, definition.Table.InputsOutsideFlows, units.Table);
        var panel = definition.Coefficients.Panel is { } p ? ExpertPanelReader.Read(context, files.DefinitionPath, p, codes) : null;
        var coefficients = definition.Coefficients.File is { } list ? CoefficientReader.Read(context, list, codes) : OfPanel(panel);
        var correlation = definition.Coefficients.Correlation is { } ranks ? CorrelationReader.Read(context, ranks, codes, coefficients) : null;
        var growth = GrowthReader.Read(context, definition.Growth, years);
        var regions = definition.Regions.Select((r, i) => RegionReader.Read(context, r, groups?.Codes, categories?.Codes, years, units.Regions[i], revisions?.Gdp)).ToArray();
        var published = ReadPublished(context, definition, units, groups?.Codes, categories?.Codes, regions);
        // A null below comes with a fault: this ends every faulty reading.
        if (context.Faults.Count > 0 || groups is null || categories is null || accounts is null || table is null
            || coefficients is null || growth is null || published is null)
            throw Refuse(context);

        if (definition.Uncertainty.Extrapolation)
        {
            var series = growth.Filled();
            FilledNotes.Add(context, definition.Categories.ValueAdded, accounts.Filled, years[^1]);
            FilledNotes.Add(context, definition.Growth.File, [series.Output, series.Capital, series.Labour], years[^1]);
            for (var i = 0; i < regions.Length; i++)
                FilledNotes.Add(context, definition.Regions[i].Gdp, regions[i]!.Value.Set.Filled.Cast<FilledSeries?>(), years[^1]);
        }

        var entities = 1.0 + categories.Value.Categories.Count + groups.Value.Groups.Count + regions.Sum(r => r!.Value.Set.Regions.Count + r.Value.Set.Areas.Count);
        var figures = Kernels.Plan.OutputMap.Measures * entities * years.Length + Kernels.Plan.OutputMap.SectorComponents * table.Sectors.Count;
        if (StudyLimits.Figures(files.DefinitionPath, figures, StudyLimits.Memory) is { } tooMany)
        {
            context.Faults.Add(tooMany);
            throw Refuse(context);
        }

        NoteCategoriesWithoutTable(context, definition.Table.Sectors, accounts, table);
        return new Study
        {
            Name = definition.Name,
            Note = definition.Note,
            Origin = files.Origin,
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
            },
            Growth = growth,
            RegionSets = [.. regions.Select(r => r!.Value.Set)],
            Published = published,
            Sampling = new SamplingOptions(definition.Sampling.Draws, definition.Sampling.Seed, definition.Sampling.Level),
            Files = context.Inputs,
            Warnings = context.Warnings,
        };
    }

    private static FixedTotals Fixed(RevisionDefinition? revision) => revision?.Fixed switch
    {
        "nation" => FixedTotals.Nation,
        "group" => FixedTotals.Group,
        _ => FixedTotals.None,
    };

    private static List<ExpertCoefficient>? OfPanel(ExpertPanel? panel) => panel is null ? null
        : [.. new PanelEvaluation(panel).Point().Select((s, k) => new ExpertCoefficient(panel.Sectors[k], s, null))];

    private static List<PublishedFigure>? ReadPublished(StudyReadContext context, StudyDefinition definition, StudyUnits units,
        CodeList? groups, CodeList? categories, (RegionSet Set, CodeList Codes)?[] regions)
    {
        if (definition.Published is null) return [];
        var scopes = new Dictionary<string, CodeList?>(StringComparer.Ordinal) { ["category"] = categories, ["group"] = groups };
        for (var i = 0; i < regions.Length; i++) scopes.Add(definition.Regions[i].Name, regions[i]?.Codes);
        return PublishedReader.Read(context, definition.Published.File, scopes, units.Published);
    }

    private static void NoteCategoriesWithoutTable(StudyReadContext context, string file, CategoryAccounts accounts, InputOutputTable table)
    {
        var inTable = table.ValueAddedByCategory(accounts.Categories.Count);
        var without = accounts.Categories.Where((_, c) => inTable[c] == 0 && accounts.ValueAdded[c, 0] > 0).Select(c => c.Code).ToArray();
        if (without.Length > 0)
            context.Warnings.Add(new("category-without-table", $"{file}: no sector gives value added to category {string.Join(", ", without)}, which the accounts do; its rates are 0."));
    }

    private static StudyException Refuse(StudyReadContext context) => new(context.Faults.ToFaults());
}
