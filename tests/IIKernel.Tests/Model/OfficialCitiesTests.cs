using System.Globalization;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Regions;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Model;

/// <summary>
/// The white paper's thirty cities as a second region set of the official study, with the nation's denominators; skipped without both.
/// GDP is known of 2020 to 2022, and its industries of fifteen cities in 2022: before 2020 a city follows its province, and in other
/// years its industries are those of 2022; a city without any has its province's.
/// </summary>
public sealed class OfficialCitiesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-cities-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_models_first_ten_cities_are_the_white_papers_near_their_printed_ranks()
    {
        var study = Compose(TestData.OfficialStudy("china-2017"), TestData.OfficialData("china_cities"), out var cities);
        var (point, entities) = (PointModel.Estimate(study), EntityList.Of(study));
        var t = study.Years.Count - 1;
        Assert.Equal(2022, study.Years[t]);
        var totals = Enumerable.Range(0, entities.Count).Where(e => entities[e].Scope == "cities")
            .ToDictionary(e => entities[e].Code, e => point.Total(t, e));
        var ranked = totals.OrderByDescending(c => c.Value).Select(c => c.Key).ToList();
        var published = cities.OrderBy(c => TestData.Number(c["white_paper_rank"])).Select(c => c["city"]).ToArray();

        // The same ten, each near its printed rank; of all thirty none further away than six.
        Assert.Equal(published[..10].Order(), ranked[..10].Order());
        int Distance(string city) => Math.Abs(ranked.IndexOf(city) - Array.IndexOf(published, city));
        Assert.All(published[..10], city => Assert.InRange(Distance(city), 0, 4));
        Assert.All(published, city => Assert.InRange(Distance(city), 0, 6));

        // Cities lack the primary industry, which the industrial internet hardly reaches, so they hold more than of GDP; less than what is
        // printed, whose direct part does not follow three groups.
        foreach (var (count, printed) in new[] { (10, 0.2652), (30, 0.4619) })
            Assert.InRange(ranked.Take(count).Sum(c => totals[c]) / point.Total(t, 0), GdpShare(study, t, ranked[..count]), printed);
    }

    private static double GdpShare(Study study, int t, IReadOnlyCollection<string> codes)
    {
        double Gdp(RegionSet set, int i) => Enumerable.Range(0, study.Groups.Count).Sum(j => set.Gdp[i, j, t]);
        var (provinces, cities) = (study.RegionSets[0], study.RegionSets[1]);
        return Enumerable.Range(0, cities.Regions.Count).Where(i => codes.Contains(cities.Regions[i].Code)).Sum(i => Gdp(cities, i))
            / Enumerable.Range(0, provinces.Regions.Count).Sum(i => Gdp(provinces, i));
    }

    private Study Compose(string official, string data, out Dictionary<string, string>[] cities)
    {
        foreach (var file in Directory.GetFiles(official)) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        var lines = File.ReadAllLines(Path.Combine(data, "cities_30_gdp_2020_2022.csv"));
        var header = lines[0].Split(',');
        cities = [.. lines.Skip(1).Select(l => header.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
        var provinces = StudyReader.ReadFolder(official);
        var set = provinces.RegionSets.Single(s => s.Name == "provinces");
        var (list, gdp) = (new List<string> { "code,name,name_en,area" }, new List<string> { "region,year,group,gdp" });
        foreach (var city in cities)
        {
            list.Add($"{city["city"]},{city["name_zh"]},{city["city"]},");
            var i = Enumerable.Range(0, set.Regions.Count).Single(r => set.Regions[r].Name == city["province_zh"]);
            double Province(int t) => Enumerable.Range(0, 3).Sum(j => set.Gdp[i, j, t]);
            double?[] known = [.. new[] { "primary", "secondary", "tertiary" }.Select(j => Number(city[$"{j}_2022_yi_yuan"]))];
            for (var t = 0; t < provinces.Years.Count; t++)
            {
                var year = provinces.Years[t];
                var followed = year < 2020 ? Province(t) / Province(2020 - provinces.BaseYear) : 1;
                var total = Number(city[$"gdp_{Math.Max(year, 2020)}_yi_yuan"])!.Value * followed;
                for (var j = 0; j < 3; j++)
                {
                    var share = known[j] / known.Sum() ?? set.Gdp[i, j, t] / Province(t);
                    gdp.Add(string.Create(CultureInfo.InvariantCulture, $"{city["city"]},{year},{j + 1},{total * share:F2}"));
                }
            }
        }

        File.WriteAllLines(Path.Combine(_folder, "cities.csv"), list);
        File.WriteAllLines(Path.Combine(_folder, "city-gdp.csv"), gdp);
        var definition = Path.Combine(_folder, "study.json");
        const string provincesOnly = "\"gdp\": \"province-gdp.csv\", \"unit\": \"亿元\" }";
        var text = File.ReadAllText(definition);
        Assert.Contains(provincesOnly, text, StringComparison.Ordinal);
        File.WriteAllText(definition, text.Replace(provincesOnly, provincesOnly + """
            ,
            { "name": "cities", "file": "cities.csv", "gdp": "city-gdp.csv", "unit": "亿元",
              "denominators": "nation", "nation": { "set": "provinces" } }
            """, StringComparison.Ordinal));
        return StudyReader.ReadFolder(_folder);
    }

    private static double? Number(string text) => text.Length == 0 ? null : TestData.Number(text);
}
