using System.Globalization;
using CommandLine;
using IIKernel.Kernels.Journal;
using IIKernel.Kernels.Statistics;
using IIKernel.Reports.Files;

namespace IIKernel.Cli;

/// <summary>Options of every verb that may draw for hours: its state can be kept, and its work divided among machines.</summary>
public abstract class LongVerbOptions : SamplingVerbOptions
{
    private const int MostShares = SampleSegments.Most;
    private const double UsualInterval = 60;
    private const double MostInterval = 86_400;

    /// <summary>The file of the state.</summary>
    [Option("checkpoint", MetaValue = "FILE", HelpText = "File that a run of more than a minute keeps its state in, until it has ended "
        + "(default: the name of the folder of --out with .checkpoint behind).")]
    public string? Checkpoint { get; set; }

    /// <summary>Seconds between two saves.</summary>
    [Option("checkpoint-every", MetaValue = "SECONDS", HelpText = "Seconds between two saves of the state (default: 60).")]
    public double? CheckpointEvery { get; set; }

    /// <summary>Whether a run goes on.</summary>
    [Option("resume", HelpText = "Go on from the state that a run of the same command left; from the start where it left none.")]
    public bool Resume { get; set; }

    /// <summary>The share that is drawn.</summary>
    [Option("shard", MetaValue = "I/K", HelpText = "Draw share I of K only, such as 3/16, and put what it finds into the folder of --work; "
        + "the verb merge joins the shares and writes the files.")]
    public string? Shard { get; set; }

    /// <summary>The folder of shares.</summary>
    [Option("work", MetaValue = "DIR", HelpText = "Folder that the machines of --shard have in common.")]
    public string? Work { get; set; }

    /// <summary>The shares that are joined; null where a run is one.</summary>
    internal JoinedShares? Joined { get; set; }

    /// <summary>Whether the verb writes no files of results: a share does not.</summary>
    internal bool IsShare => Shard is not null;

    /// <summary>The time between two saves.</summary>
    /// <exception cref="CommandException">No number of seconds.</exception>
    internal TimeSpan SaveInterval => CheckpointEvery is null or (> 0 and <= MostInterval)
        ? TimeSpan.FromSeconds(CheckpointEvery ?? UsualInterval)
        : throw CommandException.Of("--checkpoint-every", CheckpointEvery, "expected seconds above 0, at most a day of 86400.");

    /// <summary>The share of --shard; null where all is drawn.</summary>
    /// <exception cref="CommandException">No share, or no folder for it.</exception>
    internal WorkShare? Share
    {
        get
        {
            if (Shard is null)
            {
                return Work is null ? null
                    : throw CommandException.Of("--work", Work, "found without --shard I/K, which says what is drawn; expected both.");
            }

            var parts = Shard.Split('/');
            if (parts.Length != 2 || !Number(parts[0], out var index) || !Number(parts[1], out var count)
                || index < 1 || count > MostShares || index > count)
            {
                throw CommandException.Of("--shard", Shard, $"expected I/K with I from 1 to K and K at most {MostShares}, such as 3/16.");
            }

            if (string.IsNullOrWhiteSpace(Work))
                throw CommandException.Of("--shard", Shard, "found no --work; expected --work DIR too, a folder that all machines have.");
            if (Checkpoint is not null)
            {
                throw CommandException.Of("--checkpoint", Checkpoint, "found beside --shard, whose file in the folder of --work is its "
                    + "state; expected one of the two.");
            }

            return new(index - 1, count);
        }
    }

    /// <summary>Opens the state or the shares of a run.</summary>
    /// <param name="study">The study.</param>
    /// <param name="draws">Draws of the sample.</param>
    /// <param name="others">Paths of all other files that it reads.</param>
    /// <exception cref="CommandException">An option cannot be carried out, or a file of work is another run's or damaged.</exception>
    internal LongRun OpenWork(Studies.Study study, long draws, params IEnumerable<string> others) =>
        LongRun.Of(this, study, draws, [.. others.Select(InputFiles.Fingerprint)]);

    private static bool Number(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
