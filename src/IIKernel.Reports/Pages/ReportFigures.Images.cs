using IIKernel.Model;
using IIKernel.Reports.Charts;
using IIKernel.Reports.Words;
using IIKernel.Studies;

namespace IIKernel.Reports.Pages;

/// <content>What images take of them, known before a study is drawn.</content>
internal sealed partial class ReportFigures
{
    /// <summary>Ids of the figures that images are made of: all but what the spread comes from.</summary>
    public static IEnumerable<string> Plotted(Study study)
    {
        yield return "nation";
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            var (set, id) = (study.RegionSets[s], SetId(s));
            yield return id;
            if (TileMap.Holds([.. set.Regions.Select(r => r.Code)])) yield return id + "-map";
            yield return id + "-direct";
            yield return id + "-indirect";
            if (RunReport.KnownYear(study) > study.Years[0]) yield return id + "-growth";
            yield return id + "-share";
            if (set.Areas.Count > 0) yield return id + "-areas";
        }

        yield return "categories";
        yield return "categories-by-year";
        yield return "groups";
    }

    /// <summary>A text with every character that the figures of a study have.</summary>
    public static string Characters(Study study, ReportWords words)
    {
        string Of(string name, string english) => words.Language == Language.English && english.Length > 0 ? english : words.Name(name);
        return string.Concat(
        [
            words.Characters, words.Name(study.Unit.Text), "0123456789,.-−–…×%*()[] ",
            .. EntityList.Of(study).Select(e => words.Name(e.Scope)).Distinct(),
            .. study.Categories.Categories.Select(c => words.Name(c.Name)), .. study.Groups.Select(g => Of(g.Name, g.NameEnglish)),
            .. study.RegionSets.SelectMany(s => s.Regions.Select(r => Of(r.Name, r.NameEnglish)).Concat(s.Areas.Select(words.Name))),
        ]);
    }
}
