using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>Counted nouns in the reader's language: "1 draw", "12,000 draws".</summary>
public static class Counted
{
    /// <summary>Draws.</summary>
    public static string Draws(long count) => Say(count, $"{count:N0} draw", $"{count:N0} draws");

    /// <summary>Claims.</summary>
    public static string Claims(long count) => Say(count, $"{count:N0} claim", $"{count:N0} claims");

    /// <summary>Combinations of options.</summary>
    public static string Combinations(long count) => Say(count, $"{count:N0} combination", $"{count:N0} combinations");

    /// <summary>Runs.</summary>
    public static string Runs(long count) => Say(count, $"{count:N0} run", $"{count:N0} runs");

    /// <summary>Rows of a file.</summary>
    public static string Rows(long count) => Say(count, $"{count:N0} row", $"{count:N0} rows");

    /// <summary>Seeds.</summary>
    public static string Seeds(long count) => Say(count, $"{count:N0} seed", $"{count:N0} seeds");

    /// <summary>Interactions of factors.</summary>
    public static string Interactions(long count) => Say(count, $"{count:N0} interaction", $"{count:N0} interactions");

    /// <summary>Sectors of a table.</summary>
    public static string Sectors(long count) => Say(count, $"{count:N0} sector", $"{count:N0} sectors");

    /// <summary>Related sectors.</summary>
    public static string RelatedSectors(long count) => Say(count, $"{count:N0} related sector", $"{count:N0} related sectors");

    /// <summary>Key sectors.</summary>
    public static string KeySectors(long count) => Say(count, $"{count:N0} key sector", $"{count:N0} key sectors");

    /// <summary>Categories of sectors.</summary>
    public static string Categories(long count) => Say(count, $"{count:N0} category", $"{count:N0} categories");

    /// <summary>Industry groups.</summary>
    public static string Groups(long count) => Say(count, $"{count:N0} group", $"{count:N0} groups");

    /// <summary>Flows of a table.</summary>
    public static string Flows(long count) => Say(count, $"{count:N0} flow", $"{count:N0} flows");

    /// <summary>Unknowns of a fit.</summary>
    public static string Unknowns(long count) => Say(count, $"{count:N0} unknown", $"{count:N0} unknowns");

    /// <summary>Experts.</summary>
    public static string Experts(long count) => Say(count, $"{count:N0} expert", $"{count:N0} experts");

    /// <summary>Factors of a panel.</summary>
    public static string Factors(long count) => Say(count, $"{count:N0} factor", $"{count:N0} factors");

    /// <summary>Grades of a panel.</summary>
    public static string Grades(long count) => Say(count, $"{count:N0} grade", $"{count:N0} grades");

    /// <summary>Ballots.</summary>
    public static string Ballots(long count) => Say(count, $"{count:N0} ballot", $"{count:N0} ballots");

    /// <summary>Columns of a file.</summary>
    public static string Columns(long count) => Say(count, $"{count:N0} column", $"{count:N0} columns");

    /// <summary>Files.</summary>
    public static string Files(long count) => Say(count, $"{count:N0} file", $"{count:N0} files");

    /// <summary>Files that were read.</summary>
    public static string Inputs(long count) => Say(count, $"{count:N0} input", $"{count:N0} inputs");

    /// <summary>Files that were written.</summary>
    public static string Outputs(long count) => Say(count, $"{count:N0} output", $"{count:N0} outputs");
}
