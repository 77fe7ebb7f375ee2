using IIKernel.Growth;

namespace IIKernel.Tables;

/// <summary>An industry group: primary, secondary, tertiary, or whatever groups the study gives.</summary>
/// <param name="Code">Code within the study.</param>
/// <param name="Name">Name in the study's language.</param>
/// <param name="NameEnglish">English name; may be empty.</param>
public sealed record IndustryGroup(string Code, string Name, string NameEnglish);

/// <summary>An industry category (门类).</summary>
/// <param name="Code">Code: A … S in China's classification.</param>
/// <param name="Name">Name in the study's language.</param>
/// <param name="Group">Index of its industry group.</param>
public sealed record IndustryCategory(string Code, string Name, int Group);

/// <summary>The categories and V_{c,t}, their value added in the national accounts.</summary>
public sealed record CategoryAccounts
{
    /// <summary>The C categories in file order.</summary>
    public required IReadOnlyList<IndustryCategory> Categories { get; init; }

    /// <summary>V_{c,t} in the study's unit: C × (number of years), years as the study reports them.</summary>
    public required double[,] ValueAdded { get; init; }

    /// <summary>Relative standard deviation of the revision error of V_{c,t}; C × years, 0 where it is certain.</summary>
    public required double[,] RevisionSd { get; init; }

    /// <summary>The filled series of each category; null where all its years are known.</summary>
    public required IReadOnlyList<FilledSeries?> Filled { get; init; }
}
