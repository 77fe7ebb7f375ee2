using System.Globalization;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>What a code must not be that the program is given for a new sector: it is read back from files, and may name one.</summary>
public static class SectorCode
{
    /// <summary>Why a text is no code, to stand behind "a code": "with a slash, as of a path"; null where it is one.</summary>
    public static string? Flaw(string code)
    {
        if (string.IsNullOrWhiteSpace(code)) return "that is empty";
        if (code.Trim() != code) return "with white space at its ends";
        if (code.Any(c => c is '/' or '\\')) return "with a slash, as of a path";
        if (code.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator)) return "with a character that is not seen";
        if (code.Any(c => c is ',' or '"' or '\'')) return "with a comma or a quotation mark";
        if (SpreadsheetCell.Neutralise(code) != code) return "that a spreadsheet would run as a formula";
        if (CellText.IsSpreadsheetDate(code)) return "that a spreadsheet would take for a date";
        if (CellText.IsSpreadsheetNumber(code, out _)) return "that is a number in a spreadsheet's form";
        return code.All(c => c == '.') ? "of dots alone, as of a path" : null;
    }
}
