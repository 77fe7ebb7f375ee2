using System.Security.Cryptography;
using System.Text.RegularExpressions;
using IIKernel.Studies;

namespace IIKernel.Reports.Files;

/// <summary>What an output folder holds of earlier runs, as their receipts say, and what of it a new run may replace.</summary>
internal sealed partial class FolderContents
{
    private readonly string _folder;
    private readonly Dictionary<string, WrittenReceipt> _receipts = new(StringComparer.Ordinal);
    private readonly List<WrittenReceipt> _interrupted = [];

    private FolderContents(string folder) => _folder = folder;

    /// <summary>The receipts in place, by file name.</summary>
    public IReadOnlyDictionary<string, WrittenReceipt> Receipts => _receipts;

    /// <summary>Paths of the files that killed runs left, other than receipts.</summary>
    public List<string> Leftovers { get; } = [];

    /// <summary>
    /// Paths of the receipts of killed runs and of those that they were about to replace: they say which files without a receipt are ours.
    /// </summary>
    public List<string> InterruptedReceipts { get; } = [];

    /// <summary>Reads a folder.</summary>
    public static FolderContents Read(string folder)
    {
        var contents = new FolderContents(folder);
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(path);
            if (Temporary().Match(name) is { Success: true } match)
            {
                if (match.Groups["name"].Value.EndsWith(".json", StringComparison.Ordinal) && WrittenReceipt.Read(path) is { } left)
                {
                    contents._interrupted.Add(left);
                    contents.InterruptedReceipts.Add(path);
                }
                else
                {
                    contents.Leftovers.Add(path);
                }
            }
            else if (name.EndsWith(".json", StringComparison.Ordinal) && WrittenReceipt.Read(path) is { } receipt
                && name == Receipt.FileNameOf(receipt.Verb))
            {
                contents._receipts.Add(name, receipt);
            }
        }

        return contents;
    }

    /// <summary>Name of a file that is not in its place yet.</summary>
    /// <param name="run">The run, 32 hexadecimal digits.</param>
    /// <param name="name">The file's name.</param>
    public static string TemporaryName(string run, string name) => $".iikernel-{run}-{name}";

    /// <summary>The receipts of other verbs that would be false if a verb wrote files of these names.</summary>
    public IReadOnlyList<string> MadeFalse(string verb, IReadOnlyList<string> names) =>
        [.. _receipts.Where(r => r.Value.Verb != verb && r.Value.Outputs.Any(o => names.Contains(o.Path))).Select(r => r.Key)];

    /// <summary>
    /// Files that are listed only by receipts which go when a verb writes files of these names, that nobody changed since, and that it does
    /// not write.
    /// </summary>
    public IReadOnlyList<string> Stale(string verb, IReadOnlyList<string> names)
    {
        var removed = MadeFalse(verb, names);
        var goes = _receipts.ToLookup(r => r.Value.Verb == verb || removed.Contains(r.Key), r => r.Value);
        HashSet<string> kept = [.. goes[false].SelectMany(r => r.Outputs).Select(o => o.Path), .. names];
        return
        [
            .. goes[true].Concat(_interrupted.Where(r => r.Verb == verb)).SelectMany(r => r.Outputs)
                .Where(o => !kept.Contains(o.Path) && File.Exists(Full(o.Path)) && IsAsWritten(o)).Select(o => o.Path).Distinct(),
        ];
    }

    /// <summary>Names of the files in the folder that no receipt lists and that are none; those of runs in progress do not count.</summary>
    public IEnumerable<string> Unlisted()
    {
        HashSet<string> known =
            [.. _receipts.Keys, .. _receipts.Values.SelectMany(r => r.Outputs).Select(o => o.Path), FolderLock.FileName];
        return Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path))
            .Where(name => !known.Contains(name) && !Temporary().IsMatch(name)).Order(StringComparer.Ordinal);
    }

    /// <summary>Refuses what a verb must not replace.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="names">Names of its files, without the receipt.</param>
    /// <param name="force">Whether files of others are replaced.</param>
    /// <exception cref="OutputException">A file or a receipt is in the way.</exception>
    public void Check(string verb, IReadOnlyList<string> names, bool force)
    {
        var receipt = Receipt.FileNameOf(verb);
        foreach (var name in names.Append(receipt))
            if (Directory.Exists(Full(name)))
                throw new OutputException($"found a folder named {name}; expected to write a file of that name. Choose another folder.");
        if (force) return;
        foreach (var name in names)
        {
            if (MadeFalse(verb, [name]) is [var other, ..])
            {
                throw new OutputException($"found {other}, the receipt of an earlier {_receipts[other].Verb}, which lists {name}; "
                    + "expected a folder whose receipts stay true. Choose another folder, or "
                    + $"replace the file and remove {other} with --force.");
            }

            if (!Exists(name) || IsOurs(name)) continue;
            var changed = _receipts.Values.Any(r => r.Outputs.Any(o => o.Path == name));
            throw new OutputException($"found {name}, which "
                + $"{(changed ? "was changed since this program wrote it" : "this program did not write")}; "
                + "expected no file of that name, or one as it was written. Choose another folder, or replace the file with --force.");
        }

        if (Exists(receipt) && !_receipts.ContainsKey(receipt))
        {
            throw new OutputException($"found {receipt}, which is no receipt of this program; expected no file of that name. "
                + "Choose another folder, or replace the file with --force.");
        }
    }

    /// <summary>
    /// Refuses, before anything is replaced, what is write-protected or held open by another program: it is meant to stay, and some systems
    /// would stop half-way.
    /// </summary>
    /// <param name="verb">The verb.</param>
    /// <param name="names">Names of its files, without the receipt.</param>
    /// <exception cref="OutputException">A file is write-protected.</exception>
    /// <exception cref="IOException">A file is held open.</exception>
    public void CheckReplaceable(string verb, IReadOnlyList<string> names)
    {
        foreach (var name in names.Append(Receipt.FileNameOf(verb)).Concat(Stale(verb, names)).Concat(MadeFalse(verb, names)).Distinct())
        {
            var file = new FileInfo(Full(name));
            if (!file.Exists || file.LinkTarget is not null) continue;
            if (file.IsReadOnly)
                throw new OutputException($"found {name}, which is write-protected; expected a file that may be replaced. "
                    + "Take the protection away, or choose another folder.");
            using var open = file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>
    /// Names of receipts of these verbs that are there and cannot be read as such; a study's own file of such a name, which another receipt
    /// lists, is none.
    /// </summary>
    public IReadOnlyList<string> Unreadable(IEnumerable<string> verbs) =>
    [
        .. verbs.Select(Receipt.FileNameOf).Where(name => Exists(name) && !_receipts.ContainsKey(name)
            && !_receipts.Values.Any(r => r.Outputs.Any(o => o.Path == name))).Order(StringComparer.Ordinal),
    ];

    /// <summary>SHA-256 of a file, 64 lower-case hexadecimal digits; that of nothing for a pipe or a device, which may never end.</summary>
    public static string Sha256(string path)
    {
        using var stream = InputFile.Other(path) is null ? InputFile.Open(path) : Stream.Null;
        return Convert.ToHexStringLower(SHA256.HashData(stream ?? throw new FileNotFoundException("It is not there.", path)));
    }

    private bool IsOurs(string name) =>
        _receipts.Values.Concat(_interrupted).SelectMany(r => r.Outputs).Any(o => o.Path == name && IsAsWritten(o));

    private bool IsAsWritten(FileFingerprint output) =>
        new FileInfo(Full(output.Path)).LinkTarget is null && Sha256(Full(output.Path)) == output.Sha256;

    private bool Exists(string name) => new FileInfo(Full(name)) is var file && (file.Exists || file.LinkTarget is not null);

    private string Full(string name) => Path.Combine(_folder, name);

    [GeneratedRegex(@"^\.iikernel-[0-9a-f]{32}-(?<name>.+)$")]
    private static partial Regex Temporary();
}
