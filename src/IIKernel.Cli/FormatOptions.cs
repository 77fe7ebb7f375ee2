using CommandLine;
using IIKernel.Model;
using IIKernel.Reports;
using IIKernel.Reports.Plots;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Cli;

/// <summary>Options of the files that hold a run's figures in other forms.</summary>
public abstract class FormatOptions : SequenceVerbOptions
{
    /// <summary>The forms.</summary>
    [Words(typeof(RunFormats), nameof(RunFormats.Known))]
    [Option("formats", MetaValue = "LIST", Separator = ',',
        HelpText = "Forms of the figures beside the CSV files, separated by commas: xlsx (a workbook, a sheet a scope), parquet, md and "
            + "tex (tables for a document).")]
    public IEnumerable<string> Formats { get; set; } = [];

    /// <summary>The scopes of the workbook and of the tables.</summary>
    [Option("scopes", MetaValue = "LIST", Separator = ',',
        HelpText = "Scopes of the workbook and the tables, such as nation,category (default: all in the workbook; nation, group and "
            + "category in md and tex).")]
    public IEnumerable<string> Scopes { get; set; } = [];

    /// <inheritdoc/>
    [Words(typeof(Locale), nameof(Locale.Known))]
    [Option("lang", MetaValue = "LANG", HelpText = "Language of what is printed, and of workbook, tables and images: en or zh (default: "
        + "that of the locale; en in files).")]
    public override string? Lang { get; set; }

    /// <summary>Images.</summary>
    [Words(typeof(PlotFiles), nameof(PlotFiles.Known))]
    [Option("plots", MetaValue = "LIST", Separator = ',',
        HelpText = "Images of the report's figures for a paper, a file each: png, svg, pdf, separated by commas.")]
    public IEnumerable<string> Plots { get; set; } = [];

    /// <summary>The font of images.</summary>
    [Option("font", MetaValue = "FILE",
        HelpText = "TrueType or OpenType font of the labels in png and pdf (default: one of this machine that has their characters).")]
    public string? Font { get; set; }

    // Files are the same whatever the locale is.
    private Language LanguageOfWords => Locale.Of(Lang ?? "");

    /// <summary>The images that are asked for.</summary>
    /// <exception cref="CommandException">An unknown word, one that nothing asked for has a use for, or no font.</exception>
    public PlotFiles PlotsOf(Study study)
    {
        string[] formats = [.. Plots];
        RefuseUnknown("--plots", formats, PlotFiles.Known);
        if (formats.Length > 0 && Out is null) throw Unused("--plots", "no folder to write to; expected --out DIR too");
        if (Font is not null && formats.All(f => f == "svg"))
            throw Unused("--font", "no labels to set; expected --plots with png or pdf too");
        try
        {
            return PlotFiles.Of(study, formats, LanguageOfWords, Font);
        }
        catch (PlotException exception)
        {
            throw new CommandException(ExitCodes.BadInput, (Font is null ? "--plots" : $"--font {Font}") + $": {exception.Message}");
        }
    }

    /// <summary>The forms that are asked for, with what they show of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="year">The year of the tables; null for the last.</param>
    /// <exception cref="CommandException">An unknown word, or one that nothing asked for has a use for.</exception>
    public RunFormats FormatsOf(Study study, int? year)
    {
        string[] formats = [.. Formats];
        RefuseUnknown("--formats", formats, RunFormats.Known);
        var forPeople = formats.Intersect(RunFormats.ForPeople).Any();
        if (formats.Length > 0 && Out is null)
            throw Unused("--formats", "no folder to write to; expected --out DIR too");
        string[] scopes = [.. Scopes];
        string[] known = [.. EntityList.Of(study).Select(e => e.Scope).Append("sector").Distinct()];
        RefuseUnknown("--scopes", scopes, known);
        var expected = $"no workbook and no table; expected --formats with {string.Join(" or ", RunFormats.ForPeople)} too";
        if (scopes.Length > 0 && !forPeople) throw Unused("--scopes", expected);
        return new(formats, scopes.Length == 0 ? null : scopes, year, LanguageOfWords);
    }

    private static CommandException Unused(string option, string found) => new(ExitCodes.BadInput, $"{option}: found {found}.");

    /// <summary>Refuses words of an option that it does not know, or finds twice.</summary>
    /// <exception cref="CommandException">There is one.</exception>
    internal static void RefuseUnknown(string option, string[] words, IReadOnlyList<string> known)
    {
        foreach (var word in words)
        {
            if (!known.Contains(word))
                throw new CommandException(ExitCodes.BadInput, $"{option} {word}: found an unknown word; expected "
                    + $"{string.Join(", ", known)}.{NearestWord.Meant(NearestWord.Of(word, known))}");
            if (words.Count(w => w == word) > 1)
                throw new CommandException(ExitCodes.BadInput, $"{option} {word}: found twice; expected each word once.");
        }
    }
}
