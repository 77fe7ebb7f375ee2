
namespace IIKernel.Tests;

/// <summary>Copies of the demonstration study with its panel, to be broken and read.</summary>
internal static class PanelEditor
{
    /// <summary>A copy whose study.json is study-full.json.</summary>
    public static StudyEditor Create()
    {
        var editor = new StudyEditor();
        return editor.Write("study.json", editor.Text("study-full.json"));
    }

    /// <summary>A copy with given weights in the place of comparisons.</summary>
    public static StudyEditor WithWeights(string factors = "code,name,weight\nF1,a,0.5\nF2,b,0.3\nF3,c,0.2\n") =>
        Create().Replace("study.json", "      \"comparisons\": \"panel-comparisons.csv\",\n", "").Write("panel-factors.csv", factors);

    /// <summary>A copy with one round of three experts on two sectors, given weights, and the file of comparisons named.</summary>
    public static StudyEditor Small(string comparisons) =>
        WithBallots(Create(), "").Write("panel-comparisons.csv", "expert,row,col,value\n" + comparisons);

    /// <summary>Replaces the ballots by those of three experts on two sectors, and more rows.</summary>
    public static StudyEditor WithBallots(StudyEditor editor, string more)
    {
        var ballots =
            from e in new[] { "a", "b", "c" }
            from k in new[] { "088", "124" }
            from f in new[] { "F1", "F2", "F3" }
            select $"{e},{k},{f},B\n";
        return editor.Write("panel-ballots.csv", "expert,sector,factor,grade\n" + string.Concat(ballots) + more);
    }
}
