using System.Globalization;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>
/// How large a study may be, and its numbers: what is beyond memory, or beyond what squares and ratios of doubles hold, is refused before
/// anything is allocated or computed.
/// </summary>
public static class StudyLimits
{
    /// <summary>Largest magnitude of a number in a file; its square and ratios of two such numbers are still doubles.</summary>
    public const double LargestNumber = 1e100;

    /// <summary>Smallest magnitude of a number in a file that is not 0; likewise.</summary>
    public const double SmallestNumber = 1e-100;

    /// <summary>Most sectors: a matrix of them is one array.</summary>
    public const int MostSectors = 46_000;

    /// <summary>Most sectors of a table that is drawn: one of them takes some hours a thousand draws, whatever the machine.</summary>
    public const int MostDrawnSectors = 20_000;

    /// <summary>Most cells of one file of accounts, over all its codes and years.</summary>
    public const int MostCells = (1 << 28) - 1;

    /// <summary>Most figures of a study.</summary>
    public const int MostFigures = 400_000_000;

    // Bytes for each cell of the table (its flows, coefficients, their blocks and factors), for each cell of accounts (read, converted,
    // compiled) and for each figure (its key, its inputs, its place among the draws and its statistics: measured as the peak of run with
    // 1,250 and with 5,000 regions).
    private const double BytesOfTableCell = 48;
    private const double BytesOfAccountCell = 160;

    // Bytes for each cell of a table that is drawn: its errors, its weights, and what reads and checks it, measured as the least heap in
    // which run draws 1,302 sectors; beside them each thread has a table of its own.
    private const double BytesOfDrawnCell = 160;
    private const double BytesOfFigure = 5000;

    /// <summary>The memory that this process may use, in bytes.</summary>
    public static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Whether a number of a file can be computed with.</summary>
    public static bool IsUsable(double value) => value == 0 || Math.Abs(value) is >= SmallestNumber and <= LargestNumber;

    /// <summary>The fault of a table of so many sectors; null where it is not too large.</summary>
    public static StudyFault? Sectors(string file, int count, long memory) => Check(
        file, "", count, "sectors", Math.Min(MostSectors, Math.Sqrt(memory / BytesOfTableCell)),
        $"{BytesOfTableCell} bytes for each pair of sectors", memory,
        "Add sectors up (the verb aggregate), or use a machine with more memory.");

    /// <summary>The fault of a table of so many sectors that is drawn; null where it is not too large.</summary>
    public static StudyFault? DrawnSectors(string file, string place, int count, long memory, int threads)
    {
        var each = BytesOfDrawnCell + sizeof(double) * threads;
        return Check(
            file, place, count, "sectors of a table that is drawn", Math.Min(MostDrawnSectors, Math.Sqrt(memory / each)),
            $"{each} bytes for each pair of sectors", memory,
            "Remove uncertainty.flows, add sectors up (the verb aggregate), or use a machine with more memory.");
    }

    /// <summary>The fault of accounts of so many cells; null where they are not too large.</summary>
    public static StudyFault? Cells(string file, double count, long memory) => Check(
        file, "", count, "cells by its codes and the study's years", Math.Min(MostCells, memory / BytesOfAccountCell),
        $"{BytesOfAccountCell} bytes each", memory, "Shorten the key years, or leave out regions or groups.");

    /// <summary>The fault of a table of so many cells of text; null where they are not too many.</summary>
    internal static StudyFault? TextCells(string file, string place, double count, long memory) => Check(
        file, place, count, "cells", InputLimits.TextCells(memory), "100 bytes each", memory,
        "Leave out what is not needed, or use a machine with more memory.");

    /// <summary>The fault of kept draws of so many values; null where they are not too many.</summary>
    internal static StudyFault? KeptValues(string file, string place, double count, long memory) => Check(
        file, place, count, "values", InputLimits.KeptValues(memory), "32 bytes each", memory,
        "Keep fewer draws or figures, or use a machine with more memory.");

    /// <summary>The fault of a study of so many figures; null where they are not too many.</summary>
    public static StudyFault? Figures(string file, double count, long memory) => Check(
        file, "key years", count, "figures: five for every year of the nation and each category, group, region and area, three a sector",
        Math.Min(MostFigures, memory / BytesOfFigure), $"{BytesOfFigure} bytes each", memory, "Shorten the years, or leave out regions.");

    private static StudyFault? Check(
        string file, string place, double count, string what, double most, string cost, long memory, string remedy) =>
        count <= most ? null : new(file, place, string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"),
            string.Create(CultureInfo.InvariantCulture,
                $"at most {Math.Floor(most):N0} on this machine ({cost}, {memory / (double)(1 << 30):0.#} GiB of memory)"), remedy);
}
