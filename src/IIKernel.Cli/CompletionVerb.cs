using CommandLine;
using CommandLine.Text;

namespace IIKernel.Cli;

/// <summary>Options of <c>completion</c>.</summary>
[Verb("completion", HelpText = "Print a script by which a shell completes verbs, options and their words.")]
public sealed class CompletionOptions : VerbOptions
{
    /// <summary>What help shows.</summary>
    [Usage(ApplicationAlias = UsageStyle.Program)]
    public static IEnumerable<Example> Examples =>
    [
        new("For bash, in ~/.bashrc: eval \"$(iikernel completion bash)\"", UsageStyle.Short, new CompletionOptions { Shell = "bash" }),
    ];

    /// <summary>The shells.</summary>
    internal static IReadOnlyList<string> Shells => [.. CompletionScripts.Known.Keys];

    /// <summary>The shell.</summary>
    [Words(typeof(CompletionOptions), nameof(Shells))]
    [Value(0, MetaName = "SHELL", Required = true, HelpText = "The shell: bash, zsh or pwsh.")]
    public string Shell { get; set; } = "";
}

/// <summary>The verb <c>completion</c>.</summary>
public static class CompletionVerb
{
    /// <summary>Prints the script of a shell.</summary>
    /// <exception cref="CommandException">There is no script for the shell.</exception>
    public static int Execute(CompletionOptions options)
    {
        if (!CompletionScripts.Known.TryGetValue(options.Shell, out var script))
        {
            var meant = NearestWord.Meant(NearestWord.Of(options.Shell, CompletionOptions.Shells));
            throw new CommandException(ExitCodes.BadInput,
                $"{options.Shell}: found no such shell; expected {string.Join(", ", CompletionOptions.Shells)}.{meant}");
        }

        Console.Write(script(Program.Verbs));
        return ExitCodes.Done;
    }
}
