using IIKernel.Reports;

namespace IIKernel.Cli;

/// <summary>Writes the text files of a verb, all or none.</summary>
public static class OutputFiles
{
    /// <summary>Writes the files to a folder; returns their paths.</summary>
    /// <param name="option">The option that names the folder, for messages.</param>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="files">Name and content of each.</param>
    /// <exception cref="CommandException">The folder cannot be written; nothing new is left in it.</exception>
    public static IReadOnlyList<string> Write(string option, string folder, params (string Name, Action<TextWriter> Write)[] files)
    {
        if (File.Exists(folder))
            throw new CommandException(ExitCodes.BadInput, $"{option} {folder}: found a file; expected the name of a folder.");
        try
        {
            return OutputFolder.Write(folder, files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{option} {folder}: {exception.Message} Choose a folder that can be written.");
        }
    }
}
