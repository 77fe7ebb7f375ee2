namespace IIKernel.Reports.Charts;

/// <summary>A region of a tile map.</summary>
/// <param name="Code">Its code, by which it has its place.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">The figure.</param>
/// <param name="Spread">How uncertain it is, from 0 on: the half width of its interval over the figure.</param>
/// <param name="Text">The figure as a reader sees it, short.</param>
/// <param name="Tip">The figure and its interval.</param>
public sealed record MapTile(string Code, string Name, double Value, double Spread, string Text, string Tip);

/// <summary>
/// The provinces of China as equal tiles near where they lie: the deeper a tile, the larger the figure; the longer the bar at its
/// foot, the less certain it is.
/// </summary>
public static class TileMap
{
    private const double Tile = 62;
    private const double Gap = 4;
    private const double Bar = 5;

    // Deep enough to be told apart, light enough for the text on it.
    private const double Deepest = 0.62;
    private const double Lightest = 0.06;

    // Where provinces lie, by the letters of GB/T 2260.
    private const string Layout = """
        .. .. .. .. .. .. .. .. HL
        .. .. .. .. .. .. NM .. JL
        XJ .. GS .. NX SX BJ TJ LN
        .. .. QH .. SN HA HE SD ..
        .. XZ .. SC CQ HB AH JS SH
        .. .. .. YN GZ HN JX ZJ ..
        .. .. .. .. GX GD FJ .. TW
        .. .. .. .. HI MO HK .. ..
        """;

    // The first two digits of the codes of that standard.
    private const string Codes = "11BJ 12TJ 13HE 14SX 15NM 21LN 22JL 23HL 31SH 32JS 33ZJ 34AH 35FJ 36JX 37SD 41HA 42HB 43HN 44GD 45GX 46HI "
        + "50CQ 51SC 52GZ 53YN 54XZ 61SN 62GS 63QH 64NX 65XJ 71TW 81HK 82MO";

    private static readonly Dictionary<string, (int Column, int Row, string Letters)> Places = Read();

    /// <summary>Whether all of some codes are those of provinces, each once.</summary>
    public static bool Holds(IReadOnlyCollection<string> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        return codes.Count > 1 && codes.All(c => Place(c) is not null) && codes.Select(c => c[..2]).Distinct().Count() == codes.Count;
    }

    /// <summary>Draws it.</summary>
    /// <param name="tiles">The regions; see <see cref="Holds"/>.</param>
    /// <param name="full">The spread at which the bar is as long as the tile.</param>
    public static Chart Of(IReadOnlyList<MapTile> tiles, double full)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        var sketch = new Sketch();
        var most = tiles.Select(t => t.Value).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var rows = tiles.Max(t => Place(t.Code)!.Value.Row) + 1;
        foreach (var tile in tiles)
        {
            var (column, row, letters) = Place(tile.Code)!.Value;
            var (x, y) = (column * (Tile + Gap), row * (Tile + Gap));
            var depth = Lightest + (Deepest - Lightest) * Math.Clamp(double.IsFinite(tile.Value) ? tile.Value / most : 0, 0, 1);
            sketch.Add(new BoxShape(x, y, Tile, Tile, Ink.Estimate, depth) { Tip = tile.Tip });
            var name = Sketch.WidthOf(tile.Name, 13) <= Tile - 6 ? tile.Name : letters;
            sketch.Text(x + Tile / 2, y + 22, name, Anchor.Middle, Ink.Text, 12, isBold: true);
            sketch.Text(x + Tile / 2, y + 42, tile.Text, Anchor.Middle);
            if (double.IsFinite(tile.Spread))
            {
                sketch.Add(new BoxShape(x, y + Tile - Bar, Tile * Math.Clamp(tile.Spread / full, 0, 1), Bar, Ink.Published, 1)
                {
                    Tip = tile.Tip,
                });
            }
        }

        return sketch.Chart(9 * (Tile + Gap) - Gap, rows * (Tile + Gap) - Gap);
    }

    private static (int Column, int Row, string Letters)? Place(string code) =>
        code.Length is 2 or 6 && code.All(char.IsAsciiDigit) && (code.Length == 2 || code.EndsWith("0000", StringComparison.Ordinal))
        && Places.TryGetValue(code[..2], out var place) ? place : null;

    private static Dictionary<string, (int Column, int Row, string Letters)> Read()
    {
        string[][] rows = [.. Layout.Split('\n').Select(line => line.Trim().Split(' '))];
        return Codes.Split(' ').ToDictionary(code => code[..2], code =>
        {
            var row = Array.FindIndex(rows, r => r.Contains(code[2..]));
            return (Array.IndexOf(rows[row], code[2..]), row, code[2..]);
        });
    }
}
