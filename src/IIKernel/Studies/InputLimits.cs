namespace IIKernel.Studies;

/// <summary>
/// How much is read of a file, whoever wrote it: what is beyond is refused with a message before it is held in memory. What a study's
/// numbers may be, and how many figures it may have, is held against the machine by the readers.
/// </summary>
internal static class InputLimits
{
    /// <summary>Most bytes of a file that is read whole: as a text it is two bytes a character, and one string holds no more.</summary>
    public const long FileBytes = 1_000_000_000;

    /// <summary>Most bytes of a JSON file, whose figures stand in tables beside it.</summary>
    public const int JsonBytes = 1 << 24;

    /// <summary>Most values of a JSON file.</summary>
    public const int JsonValues = 1_000_000;

    /// <summary>Most objects and lists of a JSON file within each other.</summary>
    public const int JsonDepth = 64;

    /// <summary>Most characters of a line of a CSV file.</summary>
    public const int LineLength = 1 << 22;

    /// <summary>Most cells of a sheet, from A1 to its last cell and empty ones included.</summary>
    public const long SheetCells = 10_000_000;

    /// <summary>Most entries of a workbook's archive.</summary>
    public const int ArchiveEntries = 10_000;

    /// <summary>Most bytes of a packed file, unpacked.</summary>
    public const long UnpackedBytes = FileBytes;

    /// <summary>Most bytes that come of one byte of a packed file, where they are more than <see cref="UnpackedAnyway"/>.</summary>
    public const int Expansion = 200;

    /// <summary>Bytes that may come of a packed file however small it is.</summary>
    public const long UnpackedAnyway = 1 << 24;

    /// <summary>Most faults that are kept of one file; the rest are counted.</summary>
    public const int FaultsOfFile = 100;

    /// <summary>Most faults that are kept of a study; likewise.</summary>
    public const int Faults = 1000;

    /// <summary>Most characters of each part of a fault.</summary>
    public const int FaultLength = 2000;

    /// <summary>Longest word for which a known one is looked for: a longer one was not mistyped, and comparing takes its square.</summary>
    public const int ComparedName = 64;

    // A cell of text is a string of its own; of a draw a number in a list that doubles, and then in an array.
    private const int BytesOfTextCell = 100;
    private const int BytesOfDraw = 32;

    /// <summary>Most cells of a table of text with so much memory.</summary>
    public static long TextCells(long memory) => memory / BytesOfTextCell;

    /// <summary>Most values of kept draws with so much memory.</summary>
    public static long KeptValues(long memory) => memory / BytesOfDraw;

    /// <summary>Whether a packed file of so many bytes holds more than an honest one would.</summary>
    public static bool IsExpansion(double unpacked, long packed) => unpacked > UnpackedAnyway && unpacked > (double)packed * Expansion;
}
