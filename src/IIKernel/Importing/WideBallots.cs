using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Workbooks;

namespace IIKernel.Importing;

/// <summary>A ballot of an expert, as the ballots of a study hold it.</summary>
public sealed record ImportedBallot(string Expert, string Sector, string Factor, string Grade, string Round);

/// <summary>Ballots that were imported.</summary>
/// <param name="Ballots">The ballots, by experts in the order of their columns.</param>
/// <param name="HasRounds">Whether the sheet has a column of Delphi rounds.</param>
/// <param name="Sheet">Where they were found.</param>
/// <param name="Files">The file, with its SHA-256.</param>
public sealed record ImportedBallots(
    IReadOnlyList<ImportedBallot> Ballots, bool HasRounds, string Sheet, IReadOnlyList<FileFingerprint> Files);

/// <summary>
/// Ballots as they are commonly gathered: a row for each sector and factor, a column for each expert. An empty cell is no ballot.
/// </summary>
public static class WideBallots
{
    private static readonly (string Key, string[] Names)[] Keys =
    [
        ("sector", ["sector", "部门", "行业"]), ("factor", ["factor", "因素", "指标"]), ("round", ["round", "轮次"]),
    ];

    /// <summary>Reads the ballots of a sheet.</summary>
    /// <param name="path">The workbook, or a CSV file.</param>
    /// <param name="sheet">Name of the sheet; null for the only one.</param>
    /// <param name="range">Range within it: Sheet!A3:F40; null for all that it holds.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="StudyException">They cannot be imported; carries every fault found.</exception>
    public static ImportedBallots Read(string path, string? sheet, string? range, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var context = new StudyReadContext(new LoneFile(path), WorkbookReader.Expected + ", or a CSV file", cancellation);
        return Read(context, path.Replace('\\', '/'), sheet, range) ?? throw new StudyException(context.Faults.ToFaults());
    }

    /// <summary>Likewise, of the files of a context; null with faults added.</summary>
    internal static ImportedBallots? Read(StudyReadContext context, string path, string? sheet, string? range)
    {
        var table = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? context.Csv(path)
            : SheetTable.Read(context, range is null ? new(path, sheet, null) : SheetReference.Within(path, range), []);
        if (table is null) return null;
        int[] keys = [.. Keys.Select(k => Array.FindIndex([.. table.Header], cell => k.Names.Contains(cell.ToLowerInvariant())))];
        foreach (var (key, names) in Keys.Take(2).Where((_, k) => keys[k] < 0))
            context.Faults.Add(new(table.File, table.HeaderPlace, $"no column {key}",
                $"a column with the name {string.Join(" or ", names)}",
                "Name it so, or name the range that begins with the header: --range Sheet!A3:F40."));
        int[] experts = [.. Enumerable.Range(0, table.Header.Count).Where(c => !keys.Contains(c) && table.Header[c].Length > 0)];
        if (experts.Length == 0)
            context.Faults.Add(new(table.File, table.HeaderPlace, "no expert", "a column for each expert", "Add the columns."));
        if (context.Faults.Count > 0) return null;
        foreach (var row in table.Rows)
            foreach (var key in keys.Where(k => k >= 0 && row.Text(k).Length == 0))
                context.Faults.Add(new(table.File, row.Place(table.Header[key]), "an empty cell", $"a {Keys[Array.IndexOf(keys, key)].Key}",
                    "Write it in every row; of merged cells a spreadsheet keeps the first alone."));
        var ballots = from e in experts
                      from row in table.Rows
                      where row.Text(e).Length > 0
                      select new ImportedBallot(
                          table.Header[e], row.Text(keys[0]), row.Text(keys[1]), row.Text(e), keys[2] < 0 ? "" : row.Text(keys[2]));
        return context.Faults.Count > 0 ? null : new([.. ballots], keys[2] >= 0, table.File, context.Inputs);
    }
}
