using IIKernel.Inputs;
using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>Reads scores of data quality, and the factors that they stand for.</summary>
internal static class PedigreeReader
{
    private const string Score = "a score from 1, the best, to 5";
    private const string Factor = "a factor of at least 1";

    /// <summary>The factors of a file, of ecoinvent for none; null with faults added.</summary>
    public static PedigreeFactors? Factors(StudyReadContext context, string? path)
    {
        if (path is null)
        {
            var files = new EmbeddedStudyFiles(typeof(PedigreeReader).Assembly, "pedigree");
            var embedded = new StudyReadContext(files);
            return Factors(embedded, "ecoinvent.csv") ?? throw new StudyException(embedded.Faults.ToFaults());
        }

        if (context.Csv(path, "indicator", "score", "factor") is not { } table) return null;
        var before = context.Faults.Count;
        var indicators = CodeList.Of("the pedigree matrix", PedigreeFactors.Indicators);
        var factors = new double[indicators.Count, PedigreeFactors.Scores];
        foreach (var row in table.Rows)
        {
            row.Name(("indicator", row.Text("indicator")), ("score", row.Text("score")));
            var (indicator, score) = (indicators.Find(row, "indicator", context.Faults), ScoreOf(row, "score"));
            var factor = FactorOf(row, "factor");
            if (indicator < 0 || score is null || factor is null) continue;
            if (factors[indicator, score.Value - 1] > 0) row.Fault("score", "every score of an indicator once", "Remove one of the rows.");
            factors[indicator, score.Value - 1] = factor.Value;
        }

        if (context.Faults.Count > before) return null;
        string[] missing = [.. from i in Enumerable.Range(0, indicators.Count) from s in Enumerable.Range(0, PedigreeFactors.Scores)
                               where factors[i, s] == 0 select $"{indicators.Codes[i]} {CsvNumber.Print(s + 1)}"];
        if (missing.Length == 0) return new(factors);
        context.Faults.Add(new(table.File, "", $"no factor of {string.Join(", ", missing)}",
            "a factor for each score from 1 to 5 of each indicator", "Add the rows; write 1 where a score adds nothing."));
        return null;
    }

    /// <summary>The scores of a row, in the order of the indicators; null with faults added.</summary>
    public static int[]? Scores(CsvRow row)
    {
        int?[] scores = [.. PedigreeFactors.Indicators.Select(indicator => ScoreOf(row, indicator))];
        return Array.TrueForAll(scores, s => s is not null) ? [.. scores.Select(s => s!.Value)] : null;
    }

    /// <summary>The factor of the basic uncertainty; null where the row has none, or with a fault added.</summary>
    public static double? Basic(CsvRow row) => row.Text("basic").Length == 0 ? null : FactorOf(row, "basic");

    private static int? ScoreOf(CsvRow row, string column)
    {
        if (row.Number(column, Score) is not { } value) return null;
        if (value is >= 1 and <= PedigreeFactors.Scores && value == Math.Floor(value)) return (int)value;
        row.Fault(column, Score, "Write one of the five scores of the pedigree matrix.");
        return null;
    }

    private static double? FactorOf(CsvRow row, string column)
    {
        if (row.Number(column, Factor) is not { } value) return null;
        if (value is >= 1 and <= 100) return value;
        row.Fault(column, $"{Factor} and at most 100",
            "Write what is multiplied and divided by, such as 1.05: the square of a geometric standard deviation.");
        return null;
    }
}
