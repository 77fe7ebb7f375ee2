using IIKernel.Growth;

namespace IIKernel.Reading;

/// <summary>Warns about filled figures whose line runs through so few years that their errors have no standard deviation.</summary>
internal static class FilledNotes
{
    // Student's t has a standard deviation above two degrees of freedom.
    private const int Least = 3;

    /// <summary>Adds at most one warning for each file, since all its lines run through equally many years.</summary>
    /// <param name="context">Takes the warnings.</param>
    /// <param name="file">The file of the series.</param>
    /// <param name="filled">The series, null where all years are known.</param>
    /// <param name="last">The last reported year.</param>
    public static void Add(StudyReadContext context, string file, IEnumerable<FilledSeries?> filled, int last)
    {
        // A line that meets its years exactly has no errors.
        var lines = filled.Where(s => s is not null && s.IsFilled(last)).Select(s => s!.Line!)
            .Where(l => l.DegreesOfFreedom < Least && l.ResidualStandardDeviation is not 0).ToArray();
        if (lines.Length == 0) return;
        context.Warnings.Add(new FewDegreesOfFreedomWarning(file, lines.Length, lines[0].Count, lines[0].DegreesOfFreedom, Least + 2));
    }
}
