using System.Globalization;
using IIKernel.Experts;

namespace IIKernel.Reading;

/// <summary>The ballots of a panel as read.</summary>
/// <param name="Experts">The experts in order of first appearance.</param>
/// <param name="Sectors">The related sectors' codes in order.</param>
/// <param name="Rounds">The rounds, ascending.</param>
internal sealed record BallotTable(List<string> Experts, List<string> Sectors, List<BallotRound> Rounds);

/// <summary>Reads the ballots of a panel.</summary>
/// <param name="context">The study's files and faults.</param>
/// <param name="sectors">The input–output table's sectors; null where their own file is faulty.</param>
/// <param name="listed">The related sectors that the study lists; null where it leaves them to the ballots.</param>
/// <param name="factors">The factors; null where their own file is faulty.</param>
/// <param name="grades">The grades; null where their own file is faulty.</param>
internal sealed class BallotReader(StudyReadContext context, CodeList? sectors, IReadOnlyList<string>? listed,
    FactorTable? factors, CodeList? grades)
{
    private const int Named = 8;
    private readonly List<string> _experts = [];
    private readonly List<string> _sectors = [.. (listed ?? []).Where(code => sectors is null || sectors.TryFind(code, out _)).Distinct()];
    private readonly Dictionary<string, int> _expertIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sectorIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Round, int Expert, int Sector, int Factor), (int Grade, int Line)> _ballots = [];

    /// <summary>The ballots; null with faults added, or where the file of the factors or grades is faulty.</summary>
    public BallotTable? Read(string path)
    {
        var table = context.Csv(path, "expert", "sector", "factor", "grade");
        if (table is null) return null;
        var before = context.Faults.Count;
        for (var k = 0; k < _sectors.Count; k++) _sectorIndex.Add(_sectors[k], k);
        foreach (var row in table.Rows) ReadRow(row, table.Has("round"));
        // A row that cannot be read would be reported again as a ballot that is missing.
        if (context.Faults.Count > before || factors is null || grades is null) return null;
        int[] numbers = [.. _ballots.Keys.Select(b => b.Round).Distinct().Order()];
        var rounds = numbers.Select(Round).ToList();
        foreach (var round in rounds) CheckFactors(table, round, rounds.Count > 1);
        CheckSectors(table, rounds[^1]);
        if (context.Faults.Count > before) return null;
        NoteAbsences(table.File, rounds[^1]);
        return new(_experts, _sectors, rounds);
    }

    private void ReadRow(CsvRow row, bool hasRounds)
    {
        var expert = row.Text("expert");
        if (expert.Length == 0) row.Fault("expert", "the name or code of an expert", "Write who gave the ballot.");
        row.Label = $"expert {expert}, sector {row.Text("sector")}";
        var known = sectors is null || sectors.Find(row, "sector", context.Faults) >= 0;
        if (known && listed is not null && !listed.Contains(row.Text("sector")))
            row.Fault("sector", $"a sector of coefficients.panel.sectors: {string.Join(", ", listed)}",
                "Mend the code, or add the sector to the list.");
        var factor = factors?.Codes.Find(row, "factor", context.Faults) ?? -1;
        if (factor >= 0 && !factors!.IsJudged(factor))
            row.Fault("factor", "a factor without parts", $"Give ballots on the parts of {row.Text("factor")}.");
        var grade = grades?.Find(row, "grade", context.Faults) ?? -1;
        var round = 1;
        if (hasRounds && (!int.TryParse(row.Text("round"), NumberStyles.None, CultureInfo.InvariantCulture, out round) || round < 1))
            row.Fault("round", "a whole number of at least 1", "Write the number of the Delphi round.");
        if (expert.Length == 0 || factor < 0 || grade < 0) return;
        var key = (round, IndexOf(_experts, _expertIndex, expert), IndexOf(_sectors, _sectorIndex, row.Text("sector")), factor);
        if (!_ballots.TryAdd(key, (grade, row.Line)))
            row.Fault("grade", $"one ballot on factor {row.Text("factor")}; the first is {row.Table.On(_ballots[key].Line)}",
                hasRounds ? "Remove one of the two, or mend its round." : "Remove one of the two; rounds need a column round.");
    }

    private BallotRound Round(int number)
    {
        var chosen = new int[_experts.Count, _sectors.Count, factors!.Factors.Count];
        for (var e = 0; e < _experts.Count; e++)
            for (var k = 0; k < _sectors.Count; k++)
                for (var f = 0; f < factors.Factors.Count; f++)
                    chosen[e, k, f] = _ballots.TryGetValue((number, e, k, f), out var ballot) ? ballot.Grade : -1;
        return new(number, chosen);
    }

    private void CheckFactors(CsvTable table, BallotRound round, bool several)
    {
        for (var e = 0; e < _experts.Count; e++)
        {
            for (var k = 0; k < _sectors.Count; k++)
            {
                if (!round.Judges(e, k)) continue;
                var missing = factors!.Factors.Where((factor, f) => factors.IsJudged(f) && round.Grades[e, k, f] < 0)
                    .Select(f => f.Code).ToArray();
                if (missing.Length > 0)
                    context.Faults.Add(new(table.File,
                        $"expert {_experts[e]}, sector {_sectors[k]}{(several ? $", round {round.Number}" : "")}",
                        $"no ballot on factor {string.Join(", ", missing)}",
                        "a ballot on every factor of a sector that the expert judges",
                        "Add the ballots, or remove the expert's others on this sector."));
            }
        }
    }

    private void CheckSectors(CsvTable table, BallotRound last)
    {
        for (var k = 0; k < _sectors.Count; k++)
            if (!Enumerable.Range(0, _experts.Count).Any(e => last.Judges(e, k)))
                context.Faults.Add(new(table.File, $"sector {_sectors[k]}", $"no ballot in round {last.Number}, the last",
                    "the ballots of at least one expert, since the last round counts",
                    listed is null ? "Add the ballots, or remove those of earlier rounds."
                        : "Add the ballots, or take the sector off coefficients.panel.sectors."));
    }

    private void NoteAbsences(string file, BallotRound last)
    {
        var skipped = new List<SkippedSectors>();
        for (var e = 0; e < _experts.Count; e++)
        {
            string[] without = [.. _sectors.Where((_, k) => !last.Judges(e, k))];
            if (without.Length == _sectors.Count)
                context.Warnings.Add(new PanelDropoutWarning(file, _experts[e], last.Number));
            else if (without.Length > 0)
                skipped.Add(new(_experts[e], without));
        }

        if (skipped.Count > 0)
            context.Warnings.Add(new PanelSkippedSectorsWarning(file, [.. skipped.Take(Named)], Math.Max(0, skipped.Count - Named)));
    }

    private static int IndexOf(List<string> list, Dictionary<string, int> index, string item)
    {
        if (index.TryAdd(item, list.Count)) list.Add(item);
        return index[item];
    }
}
