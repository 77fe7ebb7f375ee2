namespace IIKernel.Studies;

/// <summary>One fault of a study, in the five parts that its reader needs.</summary>
/// <param name="File">The file, relative to the study's folder.</param>
/// <param name="Place">Line, column, cell or key: "line 12, column total_output (sector 007)".</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record StudyFault(string File, string Place, string Found, string Expected, string Remedy)
{
    /// <summary>The fault in one line.</summary>
    public override string ToString() =>
        Wording.OneLine($"{File}{(Place.Length == 0 ? "" : ", " + Place)}: found {Found}; expected {Expected}. {Remedy}");
}

/// <summary>
/// A study that cannot be computed. Carries the faults of all its files, not the first alone: one for each cause with the number
/// of its places, and of each file a hundred and the number of the rest. The command line turns it into exit code 2.
/// </summary>
public sealed class StudyException(IReadOnlyList<StudyFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>The faults, in the order of the file.</summary>
    public IReadOnlyList<StudyFault> Faults { get; } = faults;
}
