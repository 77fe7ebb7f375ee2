using IIKernel.Studies;

namespace IIKernel.Reports.Files;

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
/// <param name="Unlisted">Names of files that the verb always writes and the receipt does not list: it was changed.</param>
public sealed record VerifiedReceipt(
    string File, string Verb, string CommandLine, string WorkingFolder, IReadOnlyList<VerifiedFile> Files, IReadOnlyList<string> Unlisted);

/// <summary>Every receipt in a folder, held against the files that it lists.</summary>
/// <param name="Receipts">The receipts by file name.</param>
/// <param name="Interrupted">Names of files that a run left which was killed, or which is still writing.</param>
/// <param name="Unreadable">
/// Names of files that have a receipt's name and are none: what they listed cannot be held against anything.
/// </param>
/// <param name="Others">Names of the other files in the folder, which no receipt lists: nothing is known of them.</param>
public sealed record ReceiptVerification(
    IReadOnlyList<VerifiedReceipt> Receipts, IReadOnlyList<string> Interrupted, IReadOnlyList<string> Unreadable,
    IReadOnlyList<string> Others)
{
    /// <summary>The role of a file that a verb wrote.</summary>
    public const string Output = "output";
    private const string Input = "input";

    /// <summary>Whether everything agrees.</summary>
    public bool Agrees => Interrupted.Count == 0 && Unreadable.Count == 0
        && !Receipts.Any(r => r.Unlisted.Count > 0 || r.Files.Any(f => f.IsFailure));

    /// <summary>Reads the receipts of a folder and every file that they list.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="verbs">
    /// The verbs whose receipts may lie there, each with the names of the files that it always writes: a file of such a receipt's name that
    /// is none is a failure, and so is a receipt that does not list them; null for none.
    /// </param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ReceiptVerification Of(string folder, IReadOnlyDictionary<string, IReadOnlyList<string>>? verbs = null)
    {
        var contents = FolderContents.Read(folder);
        var unreadable = contents.Unreadable(verbs?.Keys ?? []);
        return new(
            [.. contents.Receipts.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new VerifiedReceipt(
                r.Key, r.Value.Verb, r.Value.CommandLine, r.Value.WorkingFolder,
                [
                    .. r.Value.Outputs.Select(file => Verify(Output, file, InputFiles.Look(folder, null, file.Path))),
                    .. r.Value.Inputs.Select(file =>
                        Verify(Input, file, InputFiles.Look(r.Value.WorkingFolder, r.Value.Origin, file.Path))),
                    .. r.Value.OtherInputs.Select(file => Verify(Input, file, InputFiles.Look(r.Value.WorkingFolder, null, file.Path))),
                ],
                [.. verbs?.GetValueOrDefault(r.Value.Verb)?.Except(r.Value.Outputs.Select(o => o.Path)) ?? []]))],
            [.. contents.Leftovers.Concat(contents.InterruptedReceipts).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)],
            unreadable, [.. contents.Unlisted().Except(unreadable)]);
    }

    private static VerifiedFile Verify(string role, FileFingerprint file, (bool Reachable, string? Sha256) now)
    {
        var state = !now.Reachable ? FileState.OutOfReach : now.Sha256 is null ? FileState.Missing
            : now.Sha256 == file.Sha256 ? FileState.Agrees : FileState.Differs;
        return new(role, file.Path, state, file.Sha256, now.Sha256);
    }
}
