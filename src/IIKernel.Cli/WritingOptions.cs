using System.Reflection;
using CommandLine;
using IIKernel.Reports.Files;

namespace IIKernel.Cli;

/// <summary>Options of every verb that writes files.</summary>
public interface IWritingOptions
{
    /// <summary>Output folder; null where nothing is written.</summary>
    string? Out { get; }

    /// <summary>How the folder is named on the command line, for messages about it.</summary>
    string OutName => "--out";

    /// <summary>Whether files that this program did not write are replaced.</summary>
    bool Force { get; }

    /// <summary>How the program was called, for the receipt.</summary>
    Invocation Invocation { get; set; }
}

/// <summary>Options of every verb that reads a study and writes files.</summary>
public abstract class WritingOptions : StudyOptions, IWritingOptions
{
    /// <summary>What --force does.</summary>
    public const string ForceHelp = "Replace files in the output folder that this program did not write, or that were changed since.";

    /// <inheritdoc/>
    [Option("out", MetaValue = "DIR", HelpText = "Folder for the files; without it nothing is written.")]
    public virtual string? Out { get; set; }

    /// <inheritdoc/>
    [Option("force", HelpText = ForceHelp)]
    public bool Force { get; set; }

    /// <inheritdoc/>
    public Invocation Invocation { get; set; } = Invocations.None;
}

/// <summary>Makes the record of a call.</summary>
public static class Invocations
{
    /// <summary>No call: options that did not come from a command line.</summary>
    public static Invocation None { get; } = new("", [], new Dictionary<string, object?>(), DateTimeOffset.UnixEpoch);

    /// <summary>The record of a call whose arguments were read as <paramref name="options"/>.</summary>
    public static Invocation Of(object options, IReadOnlyList<string> arguments, DateTimeOffset started) => new(
        options.GetType().GetCustomAttribute<VerbAttribute>()!.Name, arguments,
        options.GetType().GetProperties().Select(p => (Property: p, Option: p.GetCustomAttribute<OptionAttribute>(inherit: true)))
            .Where(p => p.Option is not null).ToDictionary(p => p.Option!.LongName, p => p.Property.GetValue(options)), started);
}
