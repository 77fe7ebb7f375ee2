using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>How a file is, compared with what a receipt says of it.</summary>
public enum FileState
{
    /// <summary>Its bytes are those that the receipt names.</summary>
    Agrees,

    /// <summary>They are others.</summary>
    Differs,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>The folder in which the run read it is out of reach, or the file cannot be read.</summary>
    OutOfReach,
}

/// <summary>One file of a receipt.</summary>
/// <param name="Role">"output" or "input".</param>
/// <param name="Path">Its path as the receipt writes it.</param>
/// <param name="State">How it is now.</param>
/// <param name="Expected">SHA-256 that the receipt names.</param>
/// <param name="Found">SHA-256 now; null where it cannot be had.</param>
public sealed record VerifiedFile(string Role, string Path, FileState State, string Expected, string? Found)
{
    /// <summary>Whether the receipt is false in this file: an input that is out of reach proves nothing.</summary>
    public bool IsFailure =>
        State is FileState.Differs or FileState.Missing || (State == FileState.OutOfReach && Role == ReceiptVerification.Output);
}

/// <summary>One receipt and its files.</summary>
/// <param name="File">The receipt's file name.</param>
/// <param name="Verb">The verb that wrote it.</param>
/// <param name="CommandLine">The command that does the same again.</param>
/// <param name="WorkingFolder">The folder to call it in.</param>
/// <param name="Files">Its outputs, then its inputs.</param>
public sealed record VerifiedReceipt(
    string File, string Verb, string CommandLine, string WorkingFolder, IReadOnlyList<VerifiedFile> Files);

/// <summary>Every receipt in a folder, held against the files that it lists.</summary>
/// <param name="Receipts">The receipts by file name.</param>
/// <param name="Interrupted">Names of files that a run left which was killed, or which is still writing.</param>
/// <param name="Unreadable">Names of files that have a receipt's name and are none: what they listed cannot be held against anything.</param>
public sealed record ReceiptVerification(
    IReadOnlyList<VerifiedReceipt> Receipts, IReadOnlyList<string> Interrupted, IReadOnlyList<string> Unreadable)
{
    internal const string Output = "output";
    private const string Input = "input";

    /// <summary>Whether everything agrees.</summary>
    public bool Agrees => Interrupted.Count == 0 && Unreadable.Count == 0 && !Receipts.SelectMany(r => r.Files).Any(f => f.IsFailure);

    /// <summary>Reads the receipts of a folder and every file that they list.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="verbs">The verbs whose receipts may lie there: a file of such a receipt's name that is none is a failure.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ReceiptVerification Of(string folder, params IReadOnlyList<string> verbs)
    {
        var contents = FolderContents.Read(folder);
        return new(
            [.. contents.Receipts.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new VerifiedReceipt(
                r.Key, r.Value.Verb, r.Value.CommandLine, r.Value.WorkingFolder,
                [
                    .. r.Value.Outputs.Select(file => Verify(Output, file, InputFiles.Look(folder, null, file.Path))),
                    .. r.Value.Inputs.Select(file => Verify(Input, file, InputFiles.Look(r.Value.WorkingFolder, r.Value.Origin, file.Path))),
                    .. r.Value.OtherInputs.Select(file => Verify(Input, file, InputFiles.Look(r.Value.WorkingFolder, null, file.Path))),
                ]))],
            [.. contents.Leftovers.Concat(contents.InterruptedReceipts).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)],
            contents.Unreadable(verbs));
    }

    private static VerifiedFile Verify(string role, FileFingerprint file, (bool Reachable, string? Sha256) now)
    {
        var state = !now.Reachable ? FileState.OutOfReach : now.Sha256 is null ? FileState.Missing
            : now.Sha256 == file.Sha256 ? FileState.Agrees : FileState.Differs;
        return new(role, file.Path, state, file.Sha256, now.Sha256);
    }
}
