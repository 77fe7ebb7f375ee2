using System.Buffers.Binary;
using System.IO.Compression;
using IIKernel.Studies;

namespace IIKernel.Workbooks;

/// <summary>
/// The archive or the compound file that a workbook is. An archive's list says how much each entry holds, and no entry gives more when it
/// is unpacked, so that what would fill the memory is told before anything is unpacked.
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

    /// <summary>
    /// Whether a compound file (.xls) begins as the format says, and names no more sectors than it has: tables of them are made before they
    /// are read. True for any other file.
    /// </summary>
    public static bool IsWithinItself(ReadOnlySpan<byte> bytes)
    {
        // MS-CFB, 2.2: powers of two of a sector and of a small sector, numbers of sectors of the three tables.
        const int sector = 30, small = 32, header = 512;
        if (!bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return true;
        if (bytes.Length < header || BinaryPrimitives.ReadUInt16LittleEndian(bytes[sector..]) is not (9 or 12)
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[small..]) != 6)
            return false;
        var most = (bytes.Length >> 9) + 1;
        foreach (var at in new[] { 44, 64, 72 })
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) > most) return false;
        return true;
    }
}
