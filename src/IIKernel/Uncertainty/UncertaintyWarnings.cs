using IIKernel.Kernels;

namespace IIKernel.Uncertainty;

/// <summary>No input is uncertain.</summary>
public sealed record NoUncertaintyWarning : Warning;

/// <summary>Too few draws for standard errors of the interval's ends.</summary>
public sealed record FewDrawsWarning(long Draws) : Warning;

/// <summary>Draws in which an extrapolated figure was held at a tenth of its line.</summary>
public sealed record ExtrapolationBoundedWarning(long Draws) : Warning;

/// <summary>Draws of the table in which a sector uses more than it produces; they count.</summary>
public sealed record TableDeficitWarning(long Draws) : Warning;

/// <summary>Draws of the table that have no solution; their figures are no numbers.</summary>
public sealed record TableUnsolvedWarning(long Draws) : Warning;

/// <summary>Draws of the table that cannot be solved accurately without pivoting; their figures are no numbers.</summary>
public sealed record TableGrowthWarning(long Draws) : Warning;

/// <summary>
/// What draws of the table without a solution, or with growth, are when they are solved again with partial pivoting: tables with a sensible
/// solution, where only the elimination failed, and tables without one. Their figures stay no numbers.
/// </summary>
/// <param name="Again">Draws that were solved again.</param>
/// <param name="Draws">They are the first of so many draws.</param>
/// <param name="Guard">Of them, those with a sensible solution.</param>
/// <param name="GuardDraw">The first of these, counted from 0.</param>
/// <param name="Table">Those without one.</param>
/// <param name="TableDraw">The first of these, counted from 0.</param>
public sealed record TableSolvedAgainWarning(int Again, long Draws, int Guard, long GuardDraw, int Table, long TableDraw) : Warning;

/// <summary>Draws of the table that do not meet the sums of its rows and columns; their figures are no numbers.</summary>
public sealed record TableUnbalancedWarning(long Draws) : Warning;

/// <summary>Draws of the table in which balancing makes a flow negative; they count.</summary>
public sealed record TableNegativeWarning(long Draws) : Warning;

/// <summary>
/// Draws of the table in which the value added of a category has not the sign that it has at the point: figures that rest on rates relative
/// to it pass infinity, and need have neither mean nor standard deviation. They count.
/// </summary>
public sealed record TableTurnedWarning(long Draws) : Warning;

/// <summary>
/// Draws of the table whose factor in single precision did not bring residuals within the bound: they were solved in double precision, and
/// count.
/// </summary>
public sealed record TableUnrefinedWarning(long Draws) : Warning;

/// <summary>What a draw gave in the place of a finite number.</summary>
public enum DrawFlag
{
    /// <summary>No number.</summary>
    Undefined,

    /// <summary>An infinite number.</summary>
    Infinite,
}

/// <summary>Figures of draws that are no finite numbers, counted over all draws.</summary>
public sealed record FlaggedFiguresWarning(DrawFlag Flag, Measure Measure, long Figures) : Warning
{
    /// <summary>Such as "undefined-growth".</summary>
    public override string Code => $"{Flag}-{Measure}".ToLowerInvariant();
}

/// <summary>A device ran out of memory; smaller batches went on.</summary>
public sealed record DeviceMemoryWarning(string Device) : Warning;

/// <summary>A device failed; the processor went on.</summary>
public sealed record DeviceLostWarning(string Device, string Cause) : Warning;

/// <summary>A device gave something else than the reference; the processor went on.</summary>
public sealed record DeviceWrongWarning(string Device, string Cause) : Warning;

/// <summary>What happened to the device that a study was drawn on.</summary>
public static class DeviceWarnings
{
    /// <summary>The notes of all programs of a backend so far, as warnings.</summary>
    /// <param name="backend">Where the study was drawn.</param>
    public static IReadOnlyList<Warning> Of(IBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return [.. backend.Notes.Select(Of)];
    }

    private static Warning Of(ProgramNote note) => note.Code switch
    {
        ProgramNote.DeviceLost => new DeviceLostWarning(note.Device, note.Cause),
        ProgramNote.DeviceWrong => new DeviceWrongWarning(note.Device, note.Cause),
        _ => new DeviceMemoryWarning(note.Device),
    };
}
