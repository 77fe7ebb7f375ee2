using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace IIKernel.Bench.Fuzz;

/// <summary>Inputs that are nearly a workbook: parts of .xlsx changed along their grammar, and bytes of the archive and of .xls.</summary>
public static partial class WorkbookInput
{
    private static readonly string[] Words =
    [
        "", "0", "-1", "1", "2", "99999999999", "4294967296", "1e308", "NaN", "x", "s", "e", "b", "str", "inlineStr", "n", "d", "A1", "B2",
        "XFD1048576", "A1048576", "ZZ9999", "A0", "$A$1", "A1:A3", "A1:XFD1048576", "B2:A1", "rId1", "rId9", "/xl/sharedStrings.xml",
        "../x.xml",
        "Sheet1", "worksheets/sheet1.xml", "&lt;", "&#0;", "&#x10FFFF;", "&e;", "<c r=\"Z9\"><v>1</v></c>", "<row r=\"7\"/>", "<!-- -->",
        "<![CDATA[x]]>", "<", ">", "\"", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "hidden",
        "=1+1", "2017-01-01", "#DIV/0!", "000", "yyyy-mm-dd",
    ];

    private static readonly (string, string)[] Wrap = [("<x>", "</x>"), ("<c>", "</c>"), ("<row>", "</row>"), ("<", ">"), ("\"", "\"")];

    // A table of three rows as a spreadsheet saves it, packed.
    private const string OldWorkbook =
        "H4sIAAAAAAACA+1XX2yTVRQ/9/u67ls3tm5sikNGHdIN1hmQGGcUN7ahYiRbAJEo/mm7b3NbWZeuTSCKliFvkmh44IXEYPZiNP6JiT6IcXvzQa"
        + "MxIUGfhk8SfChGY0jY6u+c73b7rK1ZiyFRd9pz//y+e+853z3nnnu+b7+pnz//UfNlyqMHyaTFbBV5XZgCW7mOn8jQ2GI2m83B2VX6V9GCrtmG"
        + "HtivAsw2r9R2rdL1Kv03aR/F8UtSgHbTBOoEHaNS6DZ4jHu9lcxZXOG4ldKq/PLlc/zmOG6C888/x3o+/z5wNbgGvAZcC65zrgCqBzeA14IbwU"
        + "3iE0S3g9eB7wA3g9eD7wRvALeAN2o97tI1891ob9b9ttW4c0uoyoIVvRX02Zqv2ORi+8vwiA89c+IXP4IP0yT7Rl84Fg3cKuoVHcKKdZiFk+5E"
        + "S9E5oLX0gaAXpNwp3gfqoUCX9uhDRo/oflrKVilried/KnN+EGQ7BelLPj2vvqEPQbXqJ5vGKEwHKYWIuB+tCZrCyGb3SD4lahci5Siex27qaY"
        + "unhmb4rD1qT9iJcGxeztAM/ZYNuM7rbIBxni74ryvDjRJx+t/hM9i7Qvvc4YzP5ONbiuChIvjWInjVX/AzBs5XmrJc+9Om1PVpr9QNaY/Ua9OV"
        + "UjemK7IviB+fQkR+m4M2TueUbQ+9jlrhN6csMNGB04qu0tMcqzP7RJI3s84ZvpS7u3kHVWf4NH2ByG/RCYXYb82qHpQ91HLN70R/C7eAhehu/Y"
        + "4L4AbdJxHD6yx6zA4n0IynkpOpJLw6Gp4cTYZjgGLhSDyVgJCjuGjCoUgWl4pFj3ucSyVqNYGXDdGka4NvHidC+f8UoWqg/xDei890vbyLH8vd"
        + "eOfad3sjg93PC55e/lahzYZskzqBJ3OerTKjQ8ppGduIOwk3VLAv2Npvj4UPpgL77cTocKg3Hh9vDW6/N7iriTaxrxQdMRgesQPBwZOy6GtSBq"
        + "HADqEr3W2udjvaJzsvTXdeynRvcbXPI1RV4bWU/KYppEIqNydXK3oSa1t0XPaN6CdPndTc51nHvct9A78Lrr6J37OuPrZENfnq9FbXkvYMXVqG"
        + "P9d2ApeqE0wVwIwCmJmHLUga4SQOpHsKPbXUM8SguZ6JHq/xOUyjZN5zG7n0StsnZa2M4xGG9CMy4hmDy6smly9V8Ahe0ZQRHr2+KbKdZGcDeo"
        + "bWSy4SoUpqUfw3XzF8snV1krf8TIOsZuYxx+cylj47vDIUzmxzxGTaBa/K+AvkXwb5ZB7PYRUeNhroE29O9kNwAZJMydmAnADQCA7eiOVeSOVy"
        + "Pl+ZuaNClmX6nBzSbxlOPHIePcI5297RaCI+FR9OBnYfjdqxwAP3dx4IR+xYzBZL9I4OD3fdTO6qnFBUNi1meQ2j0Lo0f+qtX64PvOh/902LOt"
        + "o+/p5t87KOIPy8S+e3PXr/ntB57iGd6w7pfHdS58hXFpzcldvblj3F7TV/2y5Ff0aMi19fPHfPev+Zs9A/dP39fs4e8rDDOs/OxXC/S9diuJv+"
        + "ye8/kZPnQ4XmmC6HfQrSEzROEdFjvGT7N0iYc0JWtoTvKucu4b3pg9wjsPEAdBgrS77p+gZbyRzOOfYs+ekA8kC7bP/3QX6p33+t+ltNslFkuS"
        + "m8/xHko2z7PfCCYbEJI0nkqXEgxaldy68oYf83gd9bkt8PCVHRwRYPLE2frjLePwhOrn7/C/0By9l2xwAWAAA=";

    private static readonly (string Name, string Text)[] Parts =
    [
        ("[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"
            ContentType="application/xml"/>
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>
            """),
        ("_rels/.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>
            """),
        ("xl/workbook.xml", """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="0"/>
            <sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
              Target="sharedStrings.xml"/>
            <Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
            </Relationships>
            """),
        ("xl/sharedStrings.xml", """
            <sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>year</t></si>
            <si><r><t>out</t></r><r><t>put</t></r></si><si><t xml:space="preserve"> capital</t></si></sst>
            """),
        ("xl/styles.xml", """
            <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164"
            formatCode="000"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>
            </styleSheet>
            """),
        ("xl/worksheets/sheet1.xml", """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D4"/><cols><col min="1" max="2"
            width="9"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>
            <c r="D1" t="inlineStr"><is><t>labour</t></is></c></row><row r="2"><c r="A2"><v>2007</v></c><c r="B2" s="1"><v>7</v></c>
            <c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D2"><f>B2</f></c></row><row r="3"><c><v>2008</v></c><c t="b"><v>1</v></c>
            <c t="str"><f>"x"</f><v>x</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells></worksheet>
            """),
    ];

    /// <summary>Workbooks that are right: .xlsx and .xls.</summary>
    public static IReadOnlyList<byte[]> Seeds { get; } =
        [Packed(Parts.Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Text)))), Unpacked(Convert.FromBase64String(OldWorkbook))];

    /// <summary>A maker of inputs.</summary>
    public static Func<Random, byte[]> Of()
    {
        TokenMutation[] mutations = [.. Parts.Select(p => new TokenMutation(p.Text, Tokens(p.Text), Words, Wrap))];
        return random =>
        {
            switch (random.Next(6))
            {
                case 0:
                    return ByteMutation.Of(random, Seeds[0]);
                case 1:
                    return ByteMutation.Of(random, Seeds[1]);
                default:
                    // The sheet itself more often than what stands beside it.
                    var part = random.Next(2) == 0 ? Parts.Length - 1 : random.Next(Parts.Length);
                    var changed = mutations[part].Of(random);
                    if (random.Next(4) == 0) changed = ByteMutation.Of(random, changed);
                    var left = random.Next(20) == 0 ? random.Next(Parts.Length) : -1;
                    return Packed(Parts.Select((p, i) => (p.Name, i == part ? changed : Encoding.UTF8.GetBytes(p.Text)))
                        .Where((_, i) => i != left));
            }
        };
    }

    private static byte[] Packed(IEnumerable<(string Name, byte[] Bytes)> parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in parts)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var result = new MemoryStream();
        stream.CopyTo(result);
        return result.ToArray();
    }

    // What stands in attributes and elements, and whole elements that hold no others.
    private static List<(int, int)> Tokens(string xml) =>
        [.. Token().Matches(xml).Select(m => m.Groups["token"]).Select(g => (g.Index, g.Index + g.Length)),
            .. Element().Matches(xml).Select(m => (m.Index, m.Index + m.Length))];

    [GeneratedRegex("\"(?<token>[^\"<]*)\"|>(?<token>[^<>]+)<|</?(?<token>\\w+)")]
    private static partial Regex Token();

    [GeneratedRegex(@"<(\w+)[^<>]*/>|<(\w+)[^<>]*>[^<]*</\2>")]
    private static partial Regex Element();
}
