using System.Text.Json.Nodes;
using IIKernel.Kernels;
using IIKernel.Reading;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>A study of a sweep.</summary>
/// <param name="Name">Its name, or its number.</param>
/// <param name="Values">What it replaces of study.json.</param>
/// <param name="Sampling">The sampling options that it has itself.</param>
/// <param name="Figures">Number of figures that are wanted of it.</param>
public sealed record SweepRow(string Name, IReadOnlyList<StudyOverride> Values, SamplingOptions Sampling, int Figures);

/// <summary>One run of a sweep.</summary>
/// <param name="Row">Index of its study.</param>
/// <param name="Sampling">Draws, seed, level and sequence.</param>
public sealed record SweepRun(int Row, SamplingOptions Sampling);

/// <summary>A figure of one run.</summary>
/// <param name="Run">Index of the run.</param>
/// <param name="Estimate">The figure, with its point value in that run, and what the draws say about it.</param>
public sealed record SweepOutcome(int Run, UncertainEstimate Estimate);

/// <summary>What a sweep found.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Outcomes">The figures of all runs, run by run.</param>
public sealed record SweepResult(IReadOnlyList<SweepRun> Runs, IReadOnlyList<SweepOutcome> Outcomes);

/// <summary>A study with keys of study.json replaced, row by row: every row is a study of its own, read once before any is drawn.</summary>
public sealed class StudySweep
{
    private readonly IStudyFiles _files;
    private readonly JsonNode _definition;
    private readonly StudyOverrides? _overrides;
    private readonly IReadOnlyList<string> _figures;

    private StudySweep(IStudyFiles files, StudyOverrides? overrides, IReadOnlyList<string> figures)
    {
        (_files, _overrides, _figures) = (files, overrides, figures);
        _definition = StudyFile.Definition(files);
    }

    /// <summary>The studies.</summary>
    public IReadOnlyList<SweepRow> Rows { get; private set; } = [];

    /// <summary>What rows replace: keys of study.json with those around them.</summary>
    public IReadOnlyList<string> Paths => _overrides?.Paths ?? [];

    /// <summary>Every file of any of the studies but study.json, with its SHA-256.</summary>
    public IReadOnlyList<FileFingerprint> Files { get; private set; } = [];

    /// <summary>What was noticed in any of them, each once.</summary>
    public IReadOnlyList<Warning> Warnings { get; private set; } = [];

    /// <summary>Reads and compiles the study of every row, and keeps what is needed to know whether it can be drawn.</summary>
    /// <param name="files">The study's files; the study itself is sound.</param>
    /// <param name="overrides">What rows replace; null for the study as it is.</param>
    /// <param name="figures">The wanted figures, as <see cref="FigureIndex.Select"/> takes them.</param>
    /// <param name="threads">Studies that are read at the same time: each needs memory.</param>
    /// <param name="progress">Takes the finished share of the rows, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">A row is no study; carries the faults of all rows.</exception>
    /// <exception cref="FigurePatternException">A pattern names no figure of some row.</exception>
    public static StudySweep Read(IStudyFiles files, StudyOverrides? overrides, IReadOnlyList<string> figures, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(figures);
        var sweep = new StudySweep(files, overrides, figures);
        sweep.ReadRows(threads, progress, cancellation);
        return sweep;
    }

    /// <summary>Draws runs one after the other: one study is in memory, and of each run its figures are kept.</summary>
    /// <param name="runs">The runs; those of a row next to each other.</param>
    /// <param name="backend">Where to draw.</param>
    /// <param name="threads">Threads for the statistics.</param>
    /// <param name="progress">Takes the finished share of the runs, from 0 to 1; may be null.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UnfinishedWorkException">Others have not done their share of it.</exception>
    public SweepResult Draw(IReadOnlyList<SweepRun> runs, IBackend backend, int threads,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(backend);
        var work = new IndependentWork();
        var outcomes = new List<SweepOutcome>();
        var (row, compiled, keys) = (-1, (CompiledStudy?)null, (EstimateKey[])[]);
        for (var r = 0; r < runs.Count; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sampling = runs[r].Sampling;
            if (runs[r].Row != row)
            {
                row = runs[r].Row;
                compiled = new(StudyOf(row, cancellation), cancellation);
                keys = Figures(compiled);
            }

            using var program = compiled!.Load(backend, sampling);
            var run = new SweepRunWork(program, sampling, [.. keys.Select(k => k.Output)], threads, (r, runs.Count));
            var found = work.Do(() => run.Do(program.Program.Ledger, null, cancellation));
            for (var k = 0; found is not null && k < keys.Length; k++)
            {
                var flags = UncertaintyRun.Flags(keys[k].Flags, found[k], run.Ranks);
                outcomes.Add(new(r, new(keys[k] with { Flags = flags }, found[k])));
            }

            progress?.Report((r + 1.0) / runs.Count);
        }

        work.End();
        return new(runs, outcomes);
    }

    private void ReadRows(int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var count = _overrides?.Rows.Count ?? 1;
        var done = 0;
        Lock gate = new();
        var (read, faults) = PatchedStudy.Each(
            count,
            r =>
            {
                try
                {
                    return Row(r, cancellation);
                }
                finally
                {
                    lock (gate) progress?.Report(++done / (double)count);
                }
            },
            threads, cancellation);

        // What is wrong in several rows is said of the first.
        var said = new FaultList();
        foreach (var (first, fault, others) in faults) said.Add(In(first, fault, others));
        if (said.Count > 0) throw new StudyException(said.ToFaults());
        var rows = read.Select(r => r!).ToArray();
        if (Array.FindIndex(rows, r => r.Fault is not null) is >= 0 and var faulty)
        {
            throw new FigurePatternException(
                (_overrides is null ? "" : $"in the row {_overrides.Rows[faulty].Name}, ") + rows[faulty].Fault);
        }

        Rows = [.. rows.Select(r => r.Row!)];
        Files = [.. rows.SelectMany(r => r.Files).Distinct().OrderBy(f => f.Path, StringComparer.Ordinal)];
        Warnings = [.. rows.SelectMany(r => r.Warnings).Distinct()];
    }

    private ReadRow Row(int row, CancellationToken cancellation)
    {
        var compiled = new CompiledStudy(StudyOf(row, cancellation), cancellation);
        var study = compiled.Study;
        try
        {
            return new(
                new(_overrides?.Rows[row].Name ?? "1", _overrides?.Rows[row].Values ?? [], study.Sampling, Figures(compiled).Length),
                [.. study.Files.Where(f => f.Path != _files.DefinitionPath)], study.Warnings, null);
        }
        catch (FigurePatternException exception)
        {
            return new(null, [], [], exception.Message);
        }
    }

    // What is kept of a row, and what is wrong with the figures that are wanted of it.
    private sealed record ReadRow(
        SweepRow? Row, IReadOnlyList<FileFingerprint> Files, IReadOnlyList<Warning> Warnings, string? Fault);

    private Study StudyOf(int row, CancellationToken cancellation) => _overrides is null
        ? StudyReader.Read(_files, cancellation: cancellation)
        : PatchedStudy.Read(_files, _overrides.Rows[row].Apply(_definition), cancellation);

    private EstimateKey[] Figures(CompiledStudy compiled) => [.. _figures.SelectMany(pattern =>
    {
        try
        {
            return compiled.Index.Select(pattern);
        }
        catch (FigurePatternException exception)
        {
            throw new FigurePatternException($"{pattern}: {exception.Message}");
        }
    }).Distinct()];

    // A fault of a key that a cell has replaced is one of the cell.
    private StudyFault In(int row, StudyFault fault, int others)
    {
        if (_overrides is null) return fault;
        var (file, at) = (_overrides.File.Path, _overrides.Rows[row]);
        var more = others > 0 ? $" and {Wording.Count(others, "other row")}" : "";
        var key = PatchedStudy.KeyOf(fault, _files.DefinitionPath);
        if (key is not null && at.Values.LastOrDefault(v => KeyPath.Touches(v.Path, key)) is { } value)
            return fault with { File = file, Place = $"{value.Place}{more} (key {key})" };
        var place = PatchedStudy.PlaceOf(fault, _files.DefinitionPath);
        return fault with { Place = $"{(place.Length > 0 ? place + ", " : "")}with {file}, {at.Place} (row {at.Name}){more}" };
    }
}
