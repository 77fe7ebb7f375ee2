using System.Text.RegularExpressions;

namespace IIKernel.Reports.Files;

/// <summary>How the program was called.</summary>
/// <param name="Verb">The verb that was carried out.</param>
/// <param name="Arguments">The arguments as the shell handed them over.</param>
/// <param name="Options">Every option of the verb by its name, with the value that it had.</param>
/// <param name="Started">When.</param>
public sealed partial record Invocation(
    string Verb, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, object?> Options, DateTimeOffset Started)
{
    /// <summary>The command that a shell takes to do the same again.</summary>
    public string CommandLine => string.Join(' ', Arguments.Select(Quoted).Prepend("iikernel"));

    /// <summary>The same call with the values that options took where they were left to the study.</summary>
    public Invocation With(params (string Name, object? Value)[] effective)
    {
        var options = new Dictionary<string, object?>(Options);
        foreach (var (name, value) in effective) options[name] = value;
        return this with { Options = options };
    }

    /// <summary>A word as a shell takes it.</summary>
    public static string Quoted(string word) => Plain().IsMatch(word) ? word
        : OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w@%+=:,./-]+$")]
    private static partial Regex Plain();
}
