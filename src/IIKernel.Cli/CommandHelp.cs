using CommandLine;
using CommandLine.Text;
using IIKernel.Reports.Files;

namespace IIKernel.Cli;

/// <summary>What <c>help</c> prints.</summary>
internal static class CommandHelp
{
    private const string About = "Value added of the industrial internet, and how sure one can be of it.";

    /// <summary>All verbs, and how they are typed.</summary>
    public static string Overview(IReadOnlyList<KnownVerb> verbs, int width)
    {
        var text = new HelpText
        {
            Heading = Heading,
            Copyright = About,
            MaximumDisplayWidth = width,
            AdditionalNewLineAfterOption = false,
            AutoHelp = false,
            AutoVersion = false,
        };
        text.AddPreOptionsLines(["", "", $"Usage: {UsageStyle.Program} VERB [STUDY] [options]", "",
            "STUDY is a folder with a study.json, or the path of one; without it the embedded demonstration study is used.",
            $"\"{UsageStyle.Program} help VERB\" shows the options of a verb with examples."]);
        text.AddVerbs([.. verbs.Select(v => v.Options)]);
        text.AddPostOptionsLine("Exit codes: " + string.Join(", ", ExitCodes.Meanings.Select(m => $"{m.Code} {m.Meaning}")) + ".");
        return text;
    }

    /// <summary>One verb: its usage, what it does, examples, options.</summary>
    public static string Of(KnownVerb verb, Parser parser, IReadOnlyList<KnownVerb> verbs, int width)
    {
        var result = parser.ParseArguments([verb.Name, "--help"], [.. verbs.Select(v => v.Options)]);
        string help = HelpText.AutoBuild(result, text =>
        {
            (text.Heading, text.Copyright) = (Heading, About);
            (text.AdditionalNewLineAfterOption, text.AddDashesToOption, text.AutoVersion) = (false, true, false);
            text.AddPreOptionsLines(["", "", $"Usage: {verb.Usage}", "", verb.Help, ""]);
            return text;
        }, example => example, verbsIndex: false, maxDisplayWidth: width);

        // The parser's heading of the examples, below the usage line itself.
        return help.Replace("\nUSAGE:", "\nExamples:", StringComparison.Ordinal);
    }

    private static string Heading => $"{UsageStyle.Program} {Machine.ProductVersion}";
}
