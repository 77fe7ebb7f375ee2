using System.IO.Compression;
using IIKernel.Studies;

namespace IIKernel.Workbooks;

/// <summary>
/// The archive that a workbook is. Its list says how much each entry holds, and no entry gives more when it is unpacked, so that what would
/// fill the memory is told before anything is unpacked.
/// </summary>
internal static class Archive
{
    private const string SaveAgain = "Open it in a spreadsheet and save it again, or save the table as CSV.";

    /// <summary>The fault of an archive of too many entries, or of one that unpacks to too much; null for any other file.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static StudyFault? TooLarge(string file, byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("PK"u8)) return null;
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (archive.Entries.Count > InputLimits.ArchiveEntries)
            return new(file, "", $"an archive of {Wording.Count(archive.Entries.Count, "entry", "entries")}",
                $"at most {Wording.Count(InputLimits.ArchiveEntries, "entry", "entries")}", SaveAgain);
        var unpacked = archive.Entries.Sum(entry => (double)entry.Length);
        return unpacked <= InputLimits.UnpackedBytes && !InputLimits.IsExpansion(unpacked, bytes.Length) ? null
            : new(file, "", $"{Wording.Count(bytes.Length, "byte")} that unpack to {Wording.Count((long)unpacked, "byte")}",
                $"at most {Wording.Count(InputLimits.UnpackedBytes, "byte")}, and {InputLimits.Expansion} for each byte of the file where "
                    + $"they are more than {Wording.Count(InputLimits.UnpackedAnyway, "byte")}", SaveAgain);
    }
}
