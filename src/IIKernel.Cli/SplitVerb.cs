using System.Globalization;
using CommandLine;
using CommandLine.Text;
using IIKernel.Reading;
using IIKernel.Reports.Reshaping;
using IIKernel.Tables;

namespace IIKernel.Cli;

/// <summary>Options of <c>split</c>.</summary>
[Verb("split", HelpText = "Divide one sector of a study into parts with its input structure: a whole study of more sectors.")]
public sealed class SplitOptions : WritingOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("Divide sector 088", UsageStyle.Short,
            new SplitOptions { Study = "studies/mine", Sector = "088", Parts = ["088a=0.2", "088b=0.8"], Out = "studies/split" }),
    ];

    /// <summary>The sector.</summary>
    [Option("sector", Required = true, MetaValue = "CODE", HelpText = "The sector to divide.")]
    public string Sector { get; set; } = "";

    /// <summary>Its parts.</summary>
    [Option("parts", Required = true, Separator = ',', MetaValue = "LIST",
        HelpText = "CODE=SHARE of each part, separated by commas; shares sum to 1, such as 088a=0.2,088b=0.8.")]
    public IEnumerable<string> Parts { get; set; } = [];

    /// <inheritdoc/>
    [Option("out", Required = true, MetaValue = "DIR",
        HelpText = "Folder for the new study: study.json and every file that it names, the table in the study's unit.")]
    public override string? Out { get; set; }
}

/// <summary>The verb <c>split</c>.</summary>
public static class SplitVerb
{
    /// <summary>Writes the study with one sector divided.</summary>
    /// <exception cref="CommandException">An unknown sector, or parts that cannot be.</exception>
    public static int Execute(SplitOptions options)
    {
        var study = options.ReadTable();
        var sectors = study.Table.Sectors;
        var sector = Enumerable.Range(0, sectors.Count).FirstOrDefault(i => sectors[i].Code == options.Sector, -1);
        if (sector < 0)
            throw CommandException.Of("--sector", options.Sector, "found no such sector; expected a code of the study's table."
                + Alike(options.Sector, sectors));
        string[] entries = [.. options.Parts];
        RefuseDecimalCommas(entries);
        var parts = entries.Select(part => Part(part, sectors, sector)).ToArray();
        if (parts.DistinctBy(p => p.Code).Count() < parts.Length) throw Refusal(entries, "found a code twice; expected every part once.");
        if (Math.Abs(parts.Sum(p => p.Share) - 1) > 1e-9)
            throw Refusal(entries, FormattableString.Invariant($"found shares that sum to {parts.Sum(p => p.Share):R}; expected 1."));
        SectorMember[][] members =
            [.. Enumerable.Range(0, sectors.Count).SelectMany(i =>
                Enumerable.Repeat<SectorMember[]>([new(i, 1)], i == sector ? parts.Length : 1))];
        return ReshapedFiles.Write(options, [], study, TableReshaping.Split(study.Table, sector, parts), members);
    }

    private static SectorPart Part(string text, IReadOnlyList<Sector> sectors, int sector)
    {
        var at = text.LastIndexOf('=');
        if (at < 1 || !double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            || share is not (> 0 and <= 1))
            throw new CommandException(ExitCodes.BadInput, $"--parts {text}: expected CODE=SHARE with a share above 0, such as 088a=0.2.");
        var code = text[..at];
        if (sectors.Where((s, i) => i != sector && s.Code == code).Any())
            throw new CommandException(ExitCodes.BadInput, $"--parts {text}: found the code of another sector; expected a new one.");
        return SectorCode.Flaw(code) is not { } flaw ? new(code, share)
            : throw new CommandException(ExitCodes.BadInput,
                $"--parts {text}: found a code {flaw}; expected letters and digits, such as 088a.");
    }

    // The commas of IA=0,4,IB=0,6 are meant as decimal points: an entry of digits alone follows one with a share.
    private static void RefuseDecimalCommas(string[] entries)
    {
        if (!entries.Skip(1).Any(entry => entry.All(char.IsAsciiDigit))) return;
        var meant = entries[0];
        foreach (var entry in entries.Skip(1)) meant += (entry.All(char.IsAsciiDigit) ? '.' : ',') + entry;
        throw Refusal(entries, $"found decimal commas; expected decimal points, since commas separate the parts. "
            + $"Did you mean --parts {meant}?");
    }

    // 88 for 088: spreadsheets drop leading zeros.
    private static string Alike(string typed, IReadOnlyList<Sector> sectors) => NearestWord.Meant(
        sectors.Select(s => s.Code).FirstOrDefault(code =>
            string.Equals(code.TrimStart('0'), typed.Trim().TrimStart('0'), StringComparison.OrdinalIgnoreCase)), "--sector ");

    private static CommandException Refusal(string[] entries, string message) =>
        CommandException.Of("--parts", string.Join(',', entries), message);
}
