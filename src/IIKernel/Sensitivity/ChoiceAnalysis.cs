using System.Text.Json.Nodes;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Sensitivity;

/// <summary>A national total of one combination of options.</summary>
/// <param name="Combination">Index into <see cref="StudyChoices.Combinations"/>.</param>
/// <param name="Key">The figure, with its point value in this combination.</param>
/// <param name="Statistics">What its draws say.</param>
public sealed record ChoiceOutcome(int Combination, EstimateKey Key, OutputStatistics Statistics);

/// <summary>How a national total's variance divides between choices and chance.</summary>
/// <param name="Year">Year.</param>
/// <param name="Component">Direct, indirect or total.</param>
/// <param name="Variance">The division; main effects and interactions only where every combination was computed.</param>
public sealed record ChoiceFigure(int Year, Component Component, FactorialVariance Variance);

/// <summary>A study with every combination of some options of it: how much of what is not known is chance, and how much choice.</summary>
public sealed class ChoiceAnalysis
{
    private static readonly Component[] Parts = [Component.Direct, Component.Indirect, Component.Total];

    private ChoiceAnalysis(StudyChoices choices, IReadOnlyList<FileFingerprint> files, IReadOnlyList<ChoiceOutcome> outcomes)
    {
        (Choices, Files, Outcomes) = (choices, files, outcomes);
        int[] options = [.. choices.Factors.Select(f => f.Options.Count)];
        Figures =
        [
            .. from figure in outcomes.GroupBy(o => (o.Key.Year, o.Key.Component))
               let means = figure.Select(o => o.Statistics.Mean).ToArray()
               let variances = figure.Select(o => o.Statistics.StandardDeviation * o.Statistics.StandardDeviation).ToArray()
               select new ChoiceFigure(figure.Key.Year, figure.Key.Component, choices.IsFactorial
                   ? FactorialVariance.Of(options, means, variances) : FactorialVariance.OfSome(means, variances)),
        ];
    }

    /// <summary>The choices.</summary>
    public StudyChoices Choices { get; }

    /// <summary>Every file of the study in any combination but study.json, with its SHA-256.</summary>
    public IReadOnlyList<FileFingerprint> Files { get; }

    /// <summary>
    /// The nation's totals, combination by combination: of the first and the last year that all of them report, direct, indirect and total.
    /// </summary>
    public IReadOnlyList<ChoiceOutcome> Outcomes { get; }

    /// <summary>The totals, and how their variance divides.</summary>
    public IReadOnlyList<ChoiceFigure> Figures { get; }

    /// <summary>The mean of a total over the combinations that have an option.</summary>
    /// <param name="figure">One of <see cref="Figures"/>.</param>
    /// <param name="factor">Index of the factor.</param>
    /// <param name="option">Index of the option; null for all combinations.</param>
    public double Mean(ChoiceFigure figure, int factor, int? option)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Outcomes.Where(o => (o.Key.Year, o.Key.Component) == (figure.Year, figure.Component)
            && (option is null || Choices.Combinations[o.Combination][factor] == option)).Average(o => o.Statistics.Mean);
    }

    /// <summary>Reads and draws every combination, each with the same seed: what they share has the same draws in all.</summary>
    /// <param name="files">The study's files; the study itself is sound.</param>
    /// <param name="choices">What there is to choose.</param>
    /// <param name="sampling">Draws, seed and level of each combination.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="threads">Threads for reading and for the statistics.</param>
    /// <param name="progress">Takes the finished share of the combinations, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">
    /// A combination is no study, or has another unit or no year that the others report; carries the faults of all.
    /// </exception>
    public static ChoiceAnalysis Execute(IStudyFiles files, StudyChoices choices, SamplingOptions sampling, IBackend backend, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentNullException.ThrowIfNull(sampling);
        var studies = Studies(files, choices, threads, cancellation);
        var (first, last) = (studies.Max(s => s.Years[0]), studies.Min(s => s.Years[^1]));
        int[] years = first == last ? [first] : [first, last];
        var ranks = CoverageRanks.For(sampling.Draws, sampling.Level);
        var outcomes = new List<ChoiceOutcome>();
        for (var c = 0; c < studies.Length; c++)
        {
            CompiledStudy compiled;
            try
            {
                compiled = new(studies[c], cancellation);
            }
            catch (StudyException exception)
            {
                throw new StudyException([.. exception.Faults.Select(f => In(choices, c, f, files.DefinitionPath))]);
            }

            EstimateKey[] keys =
                [.. from y in years from part in Parts select compiled.Index.Find(new("nation", "", y, part, Measure.Value))!];
            using var program = compiled.Load(backend, sampling);
            var statistics = program.Describe(ranks, [.. keys.Select(k => k.Output)], threads, null, cancellation);
            outcomes.AddRange(keys.Select((key, i) => new ChoiceOutcome(c, key, statistics[i])));
            progress?.Report((c + 1.0) / studies.Length);
        }

        var read = studies.SelectMany(s => s.Files).Where(f => f.Path != files.DefinitionPath).Distinct();
        return new(choices, [.. read], outcomes);
    }

    // Every combination's study; the faults of all of them together.
    private static Study[] Studies(IStudyFiles files, StudyChoices choices, int threads, CancellationToken cancellation)
    {
        JsonNode? whole = StudyFile.Definition(files);
        var (studies, faults) = PatchedStudy.Each(
            choices.Combinations.Count,
            c =>
            {
                var patched = whole;
                foreach (var (factor, option) in choices.Factors.Zip(choices.Combinations[c]))
                    if (factor.Options[option].Patch is { } patch) patched = MergePatch.Apply(patched, patch);
                return PatchedStudy.Read(files, patched, cancellation);
            },
            threads, cancellation);

        // What is wrong in several combinations is said of the first.
        var said = faults.Select(f => In(choices, f.First, f.Fault, files.DefinitionPath, f.Others)).ToList();
        if (said.Count > 0) throw new StudyException(said);
        var first = studies[0]!;
        for (var c = 1; c < studies.Length; c++)
        {
            var study = studies[c]!;
            if (study.Unit != first.Unit)
                said.Add(Differs(c, "unit", $"\"{study.Unit.Text}\"", $"\"{first.Unit.Text}\", the unit of the first combination"));
            // The years of a study follow one another: what each two share all share.
            foreach (var other in studies.Take(c).OfType<Study>().Where(s => !s.Years.Intersect(study.Years).Any()).Take(1))
                said.Add(Differs(c, "years", Years(study), $"a year of {Years(other)}, which another combination reports"));
        }

        return said.Count > 0 ? throw new StudyException(said) : [.. studies.Select(s => s!)];

        StudyFault Differs(int combination, string key, string found, string expected) => In(choices, combination,
            new(files.DefinitionPath, $"key {key}", found, expected,
                "Figures of different ones cannot be compared: leave the key as it is."),
            files.DefinitionPath);

        static string Years(Study study) => $"[{study.Years[0]}, {study.Years[^1]}]";
    }

    private static StudyFault In(StudyChoices choices, int combination, StudyFault fault, string definition, int others = 0)
    {
        var place = PatchedStudy.PlaceOf(fault, definition);
        var more = others > 0 ? $" and {Wording.Count(others, "other combination")}" : "";
        return fault with
        {
            Place = $"{(place.Length > 0 ? place + ", " : "")}with {choices.Words(choices.Combinations[combination])}{more}",
        };
    }
}
