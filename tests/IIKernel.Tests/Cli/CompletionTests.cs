using System.Diagnostics;
using IIKernel.Cli;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>The script of bash does in bash what it says.</summary>
public sealed class CompletionTests : IDisposable
{
    // Words are typed as bash divides them: at = too. Files are what the shell adds where the function finds nothing.
    private const string Harness = """
        eval "$(cat script)"
        complete -p iikernel
        COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
        _iikernel iikernel "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-completion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("estimate", "iikernel", "est")]
    [InlineData("check,calibrate,claims,compare,completion", "iikernel", "c")]
    [InlineData("", "iikernel", "./stud")]
    [InlineData("--draws", "iikernel", "run", "--dr")]
    [InlineData("--draws", "iikernel", "--dr")]
    [InlineData("--version", "iikernel", "--v")]
    [InlineData("", "iikernel", "check", "--dr")]
    [InlineData("--help", "iikernel", "check", "--h")]
    [InlineData("en,zh", "iikernel", "check", "--lang", "")]
    [InlineData("zh", "iikernel", "check", "--lang", "=", "z")]
    [InlineData("en,zh", "iikernel", "check", "--lang", "=")]
    [InlineData("philox,sobol,latin-hypercube", "iikernel", "demo", "--sequence", "")]
    [InlineData("xlsx,md", "iikernel", "run", "--formats", "xlsx,m")]
    [InlineData("bash,zsh,pwsh", "iikernel", "completion", "")]
    [InlineData("verify", "iikernel", "help", "ve")]
    [InlineData("", "iikernel", "run", "--out", "o")]
    [InlineData("", "iikernel", "run", "stud")]
    public void Verbs_options_and_words_complete_and_files_are_left_to_the_shell(string expected, params string[] typed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shell of Linux");
        File.WriteAllText(Path.Combine(_folder, "script"), CompletionScripts.Bash(Program.Verbs));
        File.WriteAllText(Path.Combine(_folder, "harness"), Harness.ReplaceLineEndings("\n"));
        var start = new ProcessStartInfo("bash", ["--norc", "harness", .. typed])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
        Assert.Equal("", process.StandardError.ReadToEnd());
        process.WaitForExit();
        Assert.Equal("complete -o bashdefault -o default -F _iikernel iikernel", lines[0]);
        Assert.Equal(expected, string.Join(',', lines[1..].Where(line => line.Length > 0)));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("pwsh")]
    public void A_script_knows_every_verb_and_every_option(string shell)
    {
        var (exitCode, script, error) = CommandLineRunner.OnPage(160, "completion", shell);
        Assert.True(exitCode == ExitCodes.Done, error);
        Assert.All(Program.Verbs, verb =>
        {
            Assert.Contains(verb.Name, script, StringComparison.Ordinal);
            Assert.Contains(string.Join(' ', verb.Known.Select(o => o.Name)), script, StringComparison.Ordinal);
        });
    }

    // A word that an option names is one that it takes.
    [Fact]
    public void Words_that_help_lists_are_those_that_complete()
    {
        var words = Program.Verbs.SelectMany(v => v.Known).Where(o => o.Words.Count > 0).Select(o => o.Name).Distinct().Order();
        Assert.Equal(["--backend", "--formats", "--lang", "--layout", "--only", "--plots", "--precision", "--sequence"], words);
    }

    [Fact]
    public void A_shell_that_there_is_no_script_for_is_refused()
    {
        var (exitCode, error) = CommandLineRunner.InProcess("completion", "bsh");
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("bsh: found no such shell; expected bash, zsh, pwsh. Did you mean bash?", error, StringComparison.Ordinal);
    }
}
