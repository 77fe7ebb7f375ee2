using System.Text.RegularExpressions;
using IIKernel.Kernels.Journal;
using IIKernel.Reports.Files;

namespace IIKernel.Cli;

/// <summary>The folder that shares of a run are put into: a file a share, and one of each round that was joined.</summary>
internal sealed partial class WorkFolder
{
    private readonly string _folder;

    private WorkFolder(string folder)
    {
        _folder = folder;
        var joined = Directory.EnumerateFiles(folder).Select(path => (Path: path, Match: JoinedName().Match(Path.GetFileName(path))))
            .Where(f => f.Match.Success).Select(f => (f.Path, Round: int.Parse(f.Match.Groups["round"].ValueSpan)))
            .OrderByDescending(f => f.Round).FirstOrDefault();
        Round = joined.Round + 1;
        if (joined.Path is not null) Joined = (joined.Path, ReadNamed(joined.Path));
    }

    /// <summary>The round that is drawn.</summary>
    public int Round { get; }

    /// <summary>The file of the round before; null in the first.</summary>
    public (string Path, WorkFile File)? Joined { get; }

    /// <summary>Paths of the shares of this round.</summary>
    public IReadOnlyList<string> Shares => [.. Directory.EnumerateFiles(_folder)
        .Where(path => ShareName().Match(Path.GetFileName(path)) is { Success: true } match
            && int.Parse(match.Groups["round"].ValueSpan) == Round).Order(StringComparer.Ordinal)];

    /// <summary>A file of this round that holds draws of a share of another number of shares; null where there is none.</summary>
    public (string Path, WorkShare Share)? Overlapping(WorkShare share)
    {
        foreach (var path in Shares)
        {
            var match = ShareName().Match(Path.GetFileName(path));
            var other = new WorkShare(int.Parse(match.Groups["share"].ValueSpan) - 1, int.Parse(match.Groups["shares"].ValueSpan));
            if (other.Count != share.Count && Overlap(share, other)) return (path, other);
        }

        return null;
    }

    /// <summary>Opens a folder, which is made where it is not there.</summary>
    /// <exception cref="CommandException">It cannot be used.</exception>
    public static WorkFolder Open(string folder)
    {
        if (File.Exists(folder)) throw CommandException.Of("--work", folder, "found a file; expected a folder. Choose another.");
        try
        {
            Directory.CreateDirectory(folder);
            return new(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Of("--work", folder, $"found no folder that can be used: {exception.Message} Choose another.");
        }
    }

    /// <summary>The path of a file of this round.</summary>
    public string PathOf(WorkHeader header) => Path.Combine(_folder, NameOf(header));

    /// <summary>What a share of this round that another process drew says of its run; null where there is none that can be read.</summary>
    /// <param name="own">Path of the share that is drawn here.</param>
    public (string Path, WorkHeader Header)? Another(string own)
    {
        foreach (var path in Shares.Where(path => path != own))
        {
            try
            {
                return (path, Read(path).Header);
            }
            catch (CommandException)
            {
                // Told by who joins them.
            }
        }

        return null;
    }

    /// <summary>Reads a file of the folder, whose name says what it holds.</summary>
    /// <exception cref="CommandException">It cannot be read, is damaged, or holds something else.</exception>
    public static WorkFile ReadNamed(string path)
    {
        var file = Read(path);
        var name = NameOf(file.Header);
        return Path.GetFileName(path) == name ? file : throw new CommandException(ExitCodes.BadInput,
            $"{path}: found what belongs into {name}; expected that name. Rename it, or remove it.");
    }

    /// <summary>Reads a file of work.</summary>
    /// <exception cref="CommandException">It cannot be read, or is damaged.</exception>
    public static WorkFile Read(string path)
    {
        try
        {
            return WorkFile.Read(path);
        }
        catch (OutputException exception)
        {
            throw new CommandException(ExitCodes.BadInput, $"{path}: {exception.Message} Remove it, and what it held is drawn again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{path}: found a file that cannot be read: {exception.Message} Check it.");
        }
    }

    private static string NameOf(WorkHeader header) => header.Shares == 0 ? FormattableString.Invariant($"round-{header.Round}.work")
        : FormattableString.Invariant($"round-{header.Round}-share-{header.Share:000}-of-{header.Shares:000}.work");

    private static bool Overlap(WorkShare a, WorkShare b) => a.Index * b.Count < (b.Index + 1) * a.Count
        && b.Index * a.Count < (a.Index + 1) * b.Count;

    [GeneratedRegex(@"^round-(?<round>[0-9]{1,6})\.work$")]
    private static partial Regex JoinedName();

    [GeneratedRegex(@"^round-(?<round>[0-9]{1,6})-share-(?<share>[0-9]{3})-of-(?<shares>[0-9]{3})\.work$")]
    private static partial Regex ShareName();
}
