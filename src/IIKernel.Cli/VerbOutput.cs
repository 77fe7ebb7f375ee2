using IIKernel.Reports.Files;
using IIKernel.Studies;

namespace IIKernel.Cli;

/// <summary>The output folder of a verb; faults of the folder become messages about --out.</summary>
public sealed class VerbOutput : IDisposable
{
    private readonly string _name;
    private readonly string _typed;
    private readonly OutputFolder _folder;

    private VerbOutput(string name, string typed, OutputFolder folder)
    {
        (_name, _typed, _folder) = (name, typed, folder);
        HasWritten = false;
        Interruption.Hold(this);
    }

    /// <summary>Whether the verb has written its files: what fails after that has not lost them.</summary>
    public static bool HasWritten { get; private set; }

    /// <summary>Tries, locks and returns the folder that the options name; null where they name none.</summary>
    /// <param name="options">The options.</param>
    /// <param name="inputs">Paths of every file that the verb reads.</param>
    /// <param name="names">Names of the files that it will write, without its receipt.</param>
    /// <exception cref="CommandException">The folder cannot be used; it is as it was.</exception>
    public static VerbOutput? Open(IWritingOptions options, IEnumerable<string> inputs, params IReadOnlyList<string> names) =>
        options.Out is not { } folder || options is LongVerbOptions { IsShare: true } ? null
        : new(options.OutName, folder, Told(options.OutName, folder,
            () => OutputFolder.Open(folder, options.Invocation.Verb, names, inputs, options.Force)));

    /// <summary>Likewise, for a verb that reads nothing but a study.</summary>
    /// <exception cref="CommandException">The folder cannot be used; it is as it was.</exception>
    public static VerbOutput? Open(IWritingOptions options, Study study, params IReadOnlyList<string> names) =>
        Open(options, InputFiles.PathsOf(study), names);

    /// <summary>Writes one of the files beforehand, in its folder and under another name; an interruption removes it.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public void Stage(OutputFile file) => Told(_name, _typed, () =>
    {
        _folder.Stage(file);
        return file.Name;
    });

    /// <summary>Writes the files and the receipt; returns their paths.</summary>
    /// <exception cref="CommandException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(Receipt receipt, params IReadOnlyList<OutputFile> files)
    {
        var written = Interruption.Writing(() => Told(_name, _typed, () => _folder.Publish(files, receipt)));
        HasWritten = true;
        return written;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interruption.Hold(null);
        _folder.Dispose();
    }

    private static T Told<T>(string name, string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (OutputException exception)
        {
            throw new CommandException(ExitCodes.BadInput, $"{name} {(folder.Length == 0 ? "\"\"" : folder)}: {exception.Message}");
        }
    }
}
