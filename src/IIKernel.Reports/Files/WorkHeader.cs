using IIKernel.Kernels.Statistics;
using IIKernel.Studies;

namespace IIKernel.Reports.Files;

/// <summary>Which run a file of work belongs to, and which part of it.</summary>
public sealed record WorkHeader
{
    // A round's number has so many digits at most.
    private const int MostRounds = 999_999;

    /// <summary>The verb that draws.</summary>
    public required string Verb { get; init; }

    /// <summary>The arguments as the shell handed them over.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The options that figures depend on, by name, each as a text.</summary>
    public required IReadOnlyDictionary<string, string> Asked { get; init; }

    /// <summary>Title of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Every file that the run reads, with its SHA-256.</summary>
    public required IReadOnlyList<FileFingerprint> Inputs { get; init; }

    /// <summary>Version of IIKernel: another one may draw otherwise.</summary>
    public string Version { get; init; } = Machine.ProductVersion;

    /// <summary>Number of the round, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Number of the share, from 1; 0 where the file holds no share.</summary>
    public int Share { get; init; }

    /// <summary>Number of shares; 0 where the file holds none.</summary>
    public int Shares { get; init; }

    /// <summary>Whether the share is done, or the round joined.</summary>
    public bool IsDone { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset Saved { get; init; } = DateTimeOffset.Now;

    /// <summary>Whether it says what the program writes: a file that was made to look like one may say anything.</summary>
    internal bool IsWhole => Verb is { Length: > 0 } && Study is not null && Version is not null
        && Arguments?.All(a => a is not null) == true && Asked?.Values.All(v => v is not null) == true
        && Inputs?.All(i => i is { Path: not null, Sha256: not null }) == true
        && Round is >= 1 and <= MostRounds
        && (Shares == 0 ? Share == 0 : Share >= 1 && Share <= Shares && Shares <= SampleSegments.Most);

    /// <summary>What tells another run from this one, in words, as found and as expected; null where nothing does.</summary>
    /// <param name="other">What was found in a file.</param>
    public (string Found, string Expected)? Difference(WorkHeader other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Version != Version) return ($"work of version {other.Version} of the program", $"that of version {Version}");
        if (other.Verb != Verb) return ($"work of the verb {other.Verb}", $"that of {Verb}");
        if (other.Study != Study) return ($"work on the study \"{other.Study}\"", $"that on \"{Study}\"");
        foreach (var (name, value) in Asked)
            if (other.Asked.GetValueOrDefault(name, "") is var found && found != value) return (Option(name, found), Option(name, value));
        var changed = Inputs.Except(other.Inputs).Concat(other.Inputs.Except(Inputs)).FirstOrDefault();
        return changed is null ? null : ($"work on another content of {changed.Path}", "work on the files as they are");
    }

    private static string Option(string name, string value) => value.Length == 0 ? $"no --{name}" : $"--{name} {value}";
}
