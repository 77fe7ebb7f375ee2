using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>Reads cells that name sets of sectors: "*", codes, ranges a..b, category:C and group:2, with spaces between them.</summary>
/// <param name="sectors">The codes of the sectors; null where their own file is faulty.</param>
/// <param name="table">The table; null where it is faulty.</param>
/// <param name="categories">The categories; null where their own file is faulty.</param>
/// <param name="groups">The groups; null where their own file is faulty.</param>
internal sealed class SectorSets(CodeList? sectors, InputOutputTable? table,
    (List<IndustryCategory> Categories, CodeList Codes)? categories, (List<IndustryGroup> Groups, CodeList Codes)? groups)
{
    private const string All = "*";
    private const string Category = "category:";
    private const string Group = "group:";
    private const string Range = "..";
    private const string Forms = "A set is *, codes with spaces between them, a range a..b, category:CODE or group:CODE.";

    /// <summary>The sectors of a cell, ascending and each once; null with faults added, or where what it refers to is faulty.</summary>
    public int[]? Find(CsvRow row, string column, FaultList faults)
    {
        if (sectors is null || table is null || categories is null || groups is null) return null;
        var (cell, before) = (row.Text(column), faults.Count);
        var found = new SortedSet<int>();
        foreach (var item in IsName(cell) ? [cell] : cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty(""))
            found.UnionWith(Of(item, row, column, faults));
        return faults.Count == before ? [.. found] : null;
    }

    // A name may hold spaces or points itself.
    private bool IsName(string cell) => sectors!.TryFind(cell, out _)
        || (cell.StartsWith(Category, StringComparison.Ordinal) && categories!.Value.Codes.TryFind(cell[Category.Length..], out _))
        || (cell.StartsWith(Group, StringComparison.Ordinal) && groups!.Value.Codes.TryFind(cell[Group.Length..], out _));

    private IEnumerable<int> Of(string item, CsvRow row, string column, FaultList faults)
    {
        if (item == All) return Enumerable.Range(0, sectors!.Count);
        if (sectors!.TryFind(item, out var known)) return [known];
        if (item.StartsWith(Category, StringComparison.Ordinal))
        {
            var c = Find(categories!.Value.Codes, item[Category.Length..]);
            return Where(sector => sector.Category == c);
        }

        if (item.StartsWith(Group, StringComparison.Ordinal))
        {
            var g = Find(groups!.Value.Codes, item[Group.Length..]);
            return Where(sector => categories!.Value.Categories[sector.Category].Group == g);
        }

        if (item.IndexOf(Range, StringComparison.Ordinal) is > 0 and var at)
        {
            var (first, last) = (Find(sectors, item[..at]), Find(sectors, item[(at + Range.Length)..]));
            if (first >= 0 && last >= 0 && first > last)
                row.Fault(column, $"a range whose first sector stands before its last in {sectors.File}", "Exchange the two.");
            return first < 0 || last < first ? [] : Enumerable.Range(first, last - first + 1);
        }

        return Find(sectors, item) is >= 0 and var single ? [single] : [];

        int Find(CodeList codes, string code) => codes.Find(code, row.File, column, () => row.Place(column), faults, Forms);
        IEnumerable<int> Where(Func<Sector, bool> belongs) =>
            Enumerable.Range(0, table!.Sectors.Count).Where(i => belongs(table.Sectors[i]));
    }
}
