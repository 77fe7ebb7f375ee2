using IIKernel.Kernels;
using IIKernel.Kernels.Journal;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

public sealed class StudySweepTests : IDisposable
{
    private const string File = "rows.csv";

    private readonly StudyEditor _editor = new();

    public void Dispose() => _editor.Dispose();

    [Fact]
    public void Cells_are_numbers_words_truth_null_and_json()
    {
        var sweep = Read("""
            name,unit,sampling,sampling.draws,"regions[0].unit",published
            numbers,,,250,,
            words,万元,,,亿元,
            json,,"{ ""draws"": 80, ""seed"": 3, ""level"": 0.5 }",,,null
            later,,"{ ""draws"": 80, ""seed"": 3, ""level"": 0.5 }",90,,"{ ""file"": ""published.csv"", ""unit"": ""亿元"" }"
            """);
        Assert.Equal(["numbers", "words", "json", "later"], sweep.Rows.Select(r => r.Name));
        Assert.Equal(["unit", "sampling", "sampling.draws", "regions[0].unit", "published"], sweep.Paths);
        var own = _editor.Read().Sampling;
        Assert.Equal([own with { Draws = 250 }, own, new(80, 3, 0.5), new(90, 3, 0.5)], sweep.Rows.Select(r => r.Sampling));
        var found = sweep.Draw([.. sweep.Rows.Select((_, r) => new SweepRun(r, new(50, 1, 0.9)))], new SimdBackend(1), 1);
        var units = found.Outcomes.GroupBy(o => o.Run).Select(g => g.First().Estimate.Key).ToArray();
        Assert.Equal(["亿元", "万元", "亿元", "亿元"], units.Select(k => k.Unit));
        Assert.Equal(units[0].Point * 1e4, units[1].Point, 1e-9 * units[1].Point);
        Assert.Contains(sweep.Files, f => f.Path == "published.csv");
        Assert.DoesNotContain(sweep.Files, f => f.Path == "study.json");
    }

    [Fact]
    public void Faults_of_the_table_are_told_together()
    {
        var faults = Faults("""
            name,a..b,regions[9].gdp,baseYear.x,sampling.draws
            one,1,x,,10
            one,,,2,"{ open"
            """);
        Assert.Contains(faults, f => f is { File: File, Found: "the column a..b" } && f.Place == "line 1, column 2");
        Assert.Contains(faults, f => f.Place == "line 2, column regions[9].gdp" && f.Found == "no item 9 of regions");
        Assert.Contains(faults, f => f.Place == "line 3, column baseYear.x" && f.Found == "no object baseYear");
        Assert.Contains(faults, f => f.Place == "line 3, column sampling.draws" && f.Expected == "a JSON text, since it begins as one");
        Assert.Contains(faults, f => f.Place == "line 3, column name" && f.Expected.EndsWith("on line 2", StringComparison.Ordinal));
        Assert.Equal(5, faults.Count);
        Assert.All(faults, f => Assert.NotEmpty(f.Remedy));
        Assert.Equal("no column of what is replaced", Assert.Single(Faults("name\nfirst\n")).Found);
        Assert.Contains("10,001 rows", Assert.Single(Faults("sampling.draws\n" + string.Concat(Enumerable.Repeat("9\n", 10_001)))).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_the_studies_of_all_rows_are_told_together_by_row_and_column()
    {
        var faults = Faults("""
            name,sampling.level,sampling.leval,table.flows
            first,2,,
            second,2,,
            third,,0.5,
            fourth,,,nowhere.csv
            """);
        Assert.Equal(3, faults.Count);
        StudyEditor.Holds(faults[0], File, "line 2, column sampling.level and 1 other row", "2", "a number above 0");
        StudyEditor.Holds(faults[1], File, "line 4, column sampling.leval", "the unknown key leval", "level");
        StudyEditor.Holds(faults[2], "nowhere.csv", "with rows.csv, line 5 (row fourth)", "no such file", "study.json");
        _editor.Write(File, "sampling.draws,years\n,\n,\"[2017, 2020]\"\n");
        var message = Assert.Throws<FigurePatternException>(() => Open("nation.total.2022")).Message;
        Assert.StartsWith("in the row 2, nation.total.2022: no total of nation in 2022", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_are_done_are_kept_however_little_work_they_were_and_not_drawn_again()
    {
        var sweep = Read("sampling.draws\n200\n");
        SweepRun[] runs = [.. Enumerable.Range(1, 4).Select(seed => new SweepRun(0, new(200, (ulong)seed, 0.95)))];
        var whole = sweep.Draw(runs, new SimdBackend(1), 1);
        var store = new WorkStore();
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => sweep.Draw(runs, Over(store), 1, new Calls(share =>
        {
            if (share == 0.5) source.Cancel();
        }), source.Token));
        Assert.Equal(2, store.Count);

        // What is known of the first run is said of it, whoever found it: here with another run's figures in its place.
        var records = store.Records.ToArray();
        var forged = new WorkStore();
        forged.Add(records[0] with { Payload = records[1].Payload });
        var trusting = sweep.Draw(runs, Over(forged), 1);
        var figures = whole.Outcomes.Count / 4;
        Assert.Equal(whole.Outcomes.Skip(figures).Take(figures).Select(o => o.Estimate.Statistics),
            trusting.Outcomes.Take(figures).Select(o => o.Estimate.Statistics));

        var resumed = sweep.Draw(runs, Over(store), 1);
        Assert.Equal(4, store.Count);
        Assert.Equal(
            whole.Outcomes.Select(o => (o.Run, o.Estimate.Statistics)), resumed.Outcomes.Select(o => (o.Run, o.Estimate.Statistics)));
    }

    private static JournaledBackend Over(WorkStore store) =>
        new(new SimdBackend(1), new() { Store = store, Draws = 200, Save = _ => { } });

    private StudySweep Read(string table)
    {
        _editor.Write(File, table);
        return Open("nation.total");
    }

    private StudySweep Open(string figure)
    {
        var files = new FolderStudyFiles(_editor.Folder);
        return StudySweep.Read(files, OverridesReader.Read(File, files), [figure], 2);
    }

    private IReadOnlyList<StudyFault> Faults(string table) => Assert.Throws<StudyException>(() => Read(table)).Faults;

    private sealed class Calls(Action<double> call) : IProgress<double>
    {
        public void Report(double value) => call(value);
    }
}
