using System.Globalization;
using System.Runtime.InteropServices;
using CommandLine;
using IIKernel.Reports.Words;

namespace IIKernel.Cli;

/// <summary>Options of every verb.</summary>
public abstract class VerbOptions
{
    /// <summary>The language that was asked for; null for that of the locale.</summary>
    [Words(typeof(Locale), nameof(Locale.Known))]
    [Option("lang", MetaValue = "LANG", HelpText = "Language of what is printed: en or zh (default: that of the locale).")]
    public virtual string? Lang { get; set; }
}

/// <summary>The language of what is printed: that of --lang, else that of the locale, else English.</summary>
internal static class Locale
{
    private const string Option = "--lang";
    private const int PrimaryLanguage = 0x3FF;
    private const int Chinese = 0x04;

    /// <summary>The words that --lang takes.</summary>
    public static IReadOnlyList<string> Known { get; } = ["en", "zh"];

    /// <summary>The language that a word of <see cref="Known"/> names.</summary>
    public static Language Of(string word) => word == "zh" ? Language.Chinese : Language.English;

    /// <summary>
    /// Sets the language of what is printed from here on, faults of the arguments themselves among it: before they are understood, so
    /// that a language that there is none of is left to whoever refuses it.
    /// </summary>
    /// <param name="arguments">The arguments as they were typed.</param>
    public static void Use(IReadOnlyList<string> arguments)
    {
        var word = Known.Contains(Typed(arguments)) ? Typed(arguments)! : IsChinese(Environment.GetEnvironmentVariable) ? "zh" : "en";
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(word);
    }

    /// <summary>
    /// Whether the locale is Chinese: the first of LC_ALL, LC_MESSAGES and LANG that is not empty says it, as in POSIX; where none is, the
    /// language of the user's Windows.
    /// </summary>
    /// <param name="variable">The value of a variable of the environment.</param>
    public static bool IsChinese(Func<string, string?> variable)
    {
        var locale = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is null ? OperatingSystem.IsWindows() && (GetUserDefaultUILanguage() & PrimaryLanguage) == Chinese
            : locale.Split('_', '-', '.', '@')[0] == "zh";
    }

    private static string? Typed(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == Option && i + 1 < arguments.Count) return arguments[i + 1];
            if (arguments[i].StartsWith(Option + "=", StringComparison.Ordinal)) return arguments[i][(Option.Length + 1)..];
        }

        return null;
    }

    // The program knows no cultures but its own, so that numbers are written alike everywhere; the system is asked itself.
    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern ushort GetUserDefaultUILanguage();
}
