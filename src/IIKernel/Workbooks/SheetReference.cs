using System.Text.RegularExpressions;

namespace IIKernel.Workbooks;

/// <summary>A table in a workbook, as a study names it: book.xlsx#Sheet!A3:F40.</summary>
/// <param name="File">Path of the workbook.</param>
/// <param name="Sheet">Name of the sheet; null for the only one.</param>
/// <param name="Range">The range as written; null for all that the sheet holds.</param>
public sealed partial record SheetReference(string File, string? Sheet, string? Range)
{
    /// <summary>The form, for messages.</summary>
    public const string Form = "book.xlsx#Sheet or book.xlsx#Sheet!A3:F40";

    /// <summary>The reference that a path is; null where it names no workbook.</summary>
    public static SheetReference? Of(string path)
    {
        if (Written().Match(path) is not { Success: true } match) return null;
        var sheet = match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("''", "'", StringComparison.Ordinal)
            : match.Groups["sheet"].Success ? match.Groups["sheet"].Value : null;
        return new(match.Groups["file"].Value, sheet, match.Groups["range"].Success ? match.Groups["range"].Value : null);
    }

    /// <summary>The place within a workbook that --range names: Sheet!A3:F40, A3:F40 or Sheet.</summary>
    /// <param name="file">Path of the workbook.</param>
    /// <param name="place">The place.</param>
    public static SheetReference Within(string file, string place) => CellRange.TryParse(place, out _)
        ? new(file, null, place)
        : Place().Match(place) is { Success: true } match
        ? new(file, match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("''", "'", StringComparison.Ordinal)
            : match.Groups["sheet"].Value, match.Groups["range"].Success ? match.Groups["range"].Value : null)
        : new(file, place, null);

    [GeneratedRegex(@"^(?<file>[^#]*\.(xlsx|xlsm|xlsb|xls))(#" + PlacePattern + ")?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex("^" + PlacePattern + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    // A name with an exclamation mark stands between apostrophes, as spreadsheets write it.
    private const string PlacePattern = "('(?<quoted>([^']|'')+)'|(?<sheet>[^!]+))(!(?<range>.*))?";
}
