using System.Text;

namespace IIKernel.Bench.Fuzz;

/// <summary>Inputs that are nearly a CSV file.</summary>
public static class CsvInput
{
    private static readonly string[] Cells =
    [
        "", " ", "-", "—", "0", "-1", "1e308", "1e999", "-1e-320", "NaN", "∞", "1.1E+05", "001", "1", "2017", "9999", "10000", "[x]", "\"",
        "\"\"", "\"a\nb\"", "\n", "\r", ",", ";", "\t", "\0", "\u001B[2J", "\u202E",
        "𠀀", "１２", "1，5", "1 000", "1.000,5", "12%", "#DIV/0!",
        "=1+1", "'=1", "@x", "*", "001..003", "category:A", "nation", "joint", "beta", "2017-01-01", "２０１７年", "code", "year", "value",
    ];

    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1,
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!,
    ];

    /// <summary>A maker of inputs.</summary>
    /// <param name="seeds">Texts that are right.</param>
    public static Func<Random, byte[]> Of(params string[] seeds)
    {
        string[][][] tables = [.. seeds.Select(s => s.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray())];
        return random => Of(random, tables[random.Next(tables.Length)]);
    }

    private static byte[] Of(Random random, string[][] table)
    {
        var rows = table.ToList();
        for (var n = random.Next(1, 5); n > 0 && rows.Count > 0; n--) Change(random, rows);
        var (comma, line) = (random.Next(20) == 0 ? ";\t|，"[random.Next(4)] : ',', random.Next(20) == 0 ? "\r\n" : "\n");
        var text = string.Join(line, rows.Select(cells => string.Join(comma, cells))) + (random.Next(10) == 0 ? "" : line);
        if (random.Next(40) == 0) text = "sep=,\n" + text;
        var encoding = random.Next(20) == 0 ? Encodings[random.Next(Encodings.Length)] : Encodings[0];
        byte[] bytes = [.. random.Next(10) == 0 ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        return random.Next(4) == 0 ? ByteMutation.Of(random, bytes) : bytes;
    }

    private static void Change(Random random, List<string[]> rows)
    {
        var (row, column) = (random.Next(rows.Count), random.Next(rows[0].Length + 1) - 1);
        switch (random.Next(14))
        {
            case 0: rows.RemoveAt(row); break;
            case 1: rows.Insert(row, rows[random.Next(rows.Count)]); break;
            case 2: (rows[0], rows[row]) = (rows[row], rows[0]); break;
            case 3: rows.Insert(row, [Cells[random.Next(Cells.Length)]]); break;
            case 4 when column >= 0:
                for (var r = 0; r < rows.Count; r++) rows[r] = [.. rows[r].Where((_, c) => c != column)];
                break;
            case 5 when column >= 0 && rows.TrueForAll(cells => cells.Length > 0):
                for (var r = 0; r < rows.Count; r++) rows[r] = [.. rows[r], rows[r][Math.Min(column, rows[r].Length - 1)]];
                break;
            case 6 when rows[row].Length > 0:
                rows[row] = [.. rows[row].Select(cell => $"\"{cell}\"")];
                break;
            case 7 when rows[row].Length > 0:
                rows[row] = [.. rows[row], new string("a0,\"="[random.Next(5)], random.Next(1, 300))];
                break;
            default:
                if (rows[row].Length == 0) break;
                var cells = (string[])rows[row].Clone();
                cells[random.Next(cells.Length)] = random.Next(3) > 0 ? Cells[random.Next(Cells.Length)] : Any(random, rows);
                rows[row] = cells;
                break;
        }
    }

    private static string Any(Random random, List<string[]> rows)
    {
        var cells = rows[random.Next(rows.Count)];
        return cells.Length == 0 ? "" : cells[random.Next(cells.Length)];
    }
}
