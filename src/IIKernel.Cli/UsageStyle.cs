using CommandLine;

namespace IIKernel.Cli;

/// <summary>How the examples of the help are written.</summary>
internal static class UsageStyle
{
    /// <summary>The name that the program is called by.</summary>
    public const string Program = "iikernel";

    /// <summary>Options that keep their default are left out.</summary>
    public static UnParserSettings Short { get; } = new() { SkipDefault = true };
}
