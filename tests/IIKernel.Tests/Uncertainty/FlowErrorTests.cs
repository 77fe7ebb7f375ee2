using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Tables;
using IIKernel.Uncertainty;
using Xunit;

namespace IIKernel.Tests.Uncertainty;

/// <summary>Tables that are drawn, against what is known without the factorisation.</summary>
public class FlowErrorTests
{
    [Fact]
    public void Without_errors_every_figure_is_that_of_the_fixed_table() => SameWithoutErrors(TestData.FlowDemonstration);

    [Fact]
    public void Without_errors_every_figure_of_an_official_table_is_that_of_the_fixed_one() =>
        SameWithoutErrors(WithErrors(StudyReader.ReadFolder(TestData.OfficialStudy("china-2017")), FixedSectorAccount.Output));

    [Theory]
    [InlineData(FlowBalance.Scaling)]
    [InlineData(FlowBalance.LeastSquares)]
    public void Without_errors_balancing_changes_nothing(FlowBalance balance) =>
        SameWithoutErrors(Balanced(WithErrors(TestData.FlowDemonstration, FixedSectorAccount.Output), balance));

    [Theory]
    [InlineData(FlowBalance.Scaling)]
    [InlineData(FlowBalance.LeastSquares)]
    public void Without_errors_balancing_an_official_table_changes_nothing(FlowBalance balance) => SameWithoutErrors(
        Balanced(WithErrors(StudyReader.ReadFolder(TestData.OfficialStudy("china-2017")), FixedSectorAccount.Output), balance));

    [Theory]
    [InlineData(FlowBalance.Scaling)]
    [InlineData(FlowBalance.LeastSquares)]
    public void Balanced_draws_are_those_of_the_explicit_inverse(FlowBalance balance) =>
        EqualsInverse(Balanced(TestData.FlowDemonstration, balance));

    [Theory]
    [InlineData(FixedSectorAccount.Output)]
    [InlineData(FixedSectorAccount.ValueAdded)]
    public void Draws_are_those_of_the_explicit_inverse(FixedSectorAccount account) =>
        EqualsInverse(WithErrors(TestData.FlowDemonstration, account));

    [Theory]
    [InlineData(FixedSectorAccount.Output)]
    [InlineData(FixedSectorAccount.ValueAdded)]
    public void Draws_of_an_official_table_are_those_of_the_explicit_inverse(FixedSectorAccount account) =>
        EqualsInverse(WithErrors(StudyReader.ReadFolder(TestData.OfficialStudy("china-2017")), account));

    // Tables of 122 to 153 sectors, and one of 402 with negative flows and columns that sum to more than 1.
    public static TheoryData<string> OfficialTables { get; } =
        ["china_io_2002_122", "china_io_2007_135", "china_io_2012_139", "china_io_2017_149", "china_io_2018_153", "china_io_2020_153",
            "scale_us_2017_402"];

    [Theory]
    [MemberData(nameof(OfficialTables))]
    public void Factors_inverse_and_shortcut_of_official_tables_agree(string name)
    {
        var study = WithErrors(OfficialTable(name), FixedSectorAccount.Output);
        SameWithoutErrors(study);
        EqualsInverse(study);
    }

    // A deficit is a sector with inputs above its output that had none at the point; no solution, a pivot that is not above 0.
    [Theory]
    [MemberData(nameof(OfficialTables))]
    public void Draws_of_official_tables_are_marked_rightly(string name)
    {
        const int draws = 30;
        var plan = new CompiledStudy(WithErrors(OfficialTable(name), FixedSectorAccount.Output)).Plan(2, UncertaintySources.Flows);
        var (map, n) = (plan.Outputs, plan.Flows.Count);
        int[] marks = [.. new[] { TableMark.Deficit, TableMark.NoSolution, TableMark.Growth }.Select(map.Mark)];
        var values = new double[marks.Length * draws];
        using (var program = new SimdBackend(2).Load(plan)) program.Evaluate(0, draws, marks, values);
        var sample = new FlowSample(plan);
        for (var d = 0; d < draws; d++)
        {
            var table = sample.Table(d);
            var deficit = Enumerable.Range(0, n).Any(j => plan.Flows.ValueAdded[j] >= 0 && table.ValueAdded[j] < 0
                && Enumerable.Range(0, n).Any(i => plan.Flows.Spreads[i * plan.Flows.Stride + j] > 0));
            Assert.Equal(deficit ? 1 : 0, values[d]);
            Assert.Equal((0, 0), (values[draws + d], values[2 * draws + d]));
            Assert.True(FlaggedTables.IsSensible(table));
        }
    }

    [Fact]
    public void The_bits_do_not_depend_on_threads_or_registers()
    {
        var plan = new CompiledStudy(TestData.FlowDemonstration).Plan(3);
        int[] outputs = [plan.Outputs.Index(5, 0, OutputMap.Total), plan.Outputs.Sector(17, OutputMap.Indirect)];
        double[] Draw(IBackend backend)
        {
            using var program = backend.Load(plan);
            var values = new double[2 * 70];
            program.Evaluate(11, 70, outputs, values);
            return values;
        }

        var expected = Draw(new ReferenceBackend());
        foreach (var threads in new[] { 1, 2, 5 }) Assert.Equal(expected, Draw(new SimdBackend(threads)));
    }

    [Theory]
    [InlineData(FlowBalance.None)]
    [InlineData(FlowBalance.Scaling)]
    [InlineData(FlowBalance.LeastSquares)]
    public void Memory_does_not_grow_with_the_draws(FlowBalance balance)
    {
        var plan = new CompiledStudy(Balanced(TestData.FlowDemonstration, balance)).Plan(1);
        using var program = new SimdBackend(1).Load(plan);
        long Allocated(int draws)
        {
            var destination = new double[draws];
            var before = GC.GetAllocatedBytesForCurrentThread();
            program.Evaluate(0, draws, [plan.Outputs.Index(1, 0, OutputMap.Total)], destination);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The one thread is the calling one, if the pool leaves it so: the least of a few is what counts.
        Allocated(64);
        var (few, many) = (Enumerable.Range(0, 3).Min(_ => Allocated(64)), Enumerable.Range(0, 3).Min(_ => Allocated(640)));
        Assert.True(many - few < 1 << 16, $"{few} and {many} bytes for 64 and 640 draws");
    }

    // Factors with mean 1 and the variance r².
    [Fact]
    public void A_flow_has_the_mean_and_the_spread_that_the_study_states()
    {
        const int draws = 4000;
        var study = TestData.FlowDemonstration;
        var (k, errors) = (study.Coefficients[0].Sector, study.Uncertainty.Flows!);
        var certain = study with { Coefficients = [.. study.Coefficients.Select(c => c with { Distribution = null })] };
        var (_, values) = DrawnSamples.Draw(certain, UncertaintySources.Flows, m => [m.Sector(k, OutputMap.Direct)], draws);

        // Zd_k = S_k (V_k − Σ_i x_ik (F_i − 1)).
        var n = study.Table.Sectors.Count;
        var s = study.Coefficients[0].Point;
        var variance = Enumerable.Range(0, n).Sum(i => Math.Pow(s * study.Table.Flows[i, k] * errors.RelativeSd[i, k], 2));
        var point = s * study.Table.ValueAdded(k);
        DrawnSamples.Near(point, values[0]);
        DrawnSamples.Near(variance, [.. values[0].Select(z => (z - point) * (z - point))]);
    }

    [Fact]
    public void The_flows_of_a_draw_hang_on_the_names_of_their_sectors()
    {
        using var editor = new StudyEditor();
        var study = editor.Write("study.json", editor.Text("study-flows.json")).Read();
        editor.MapRows("sectors.csv", rows => rows.Reverse()).MapRows("flows.csv", rows => rows.Reverse());
        var reordered = editor.Read();
        var k = study.Coefficients[3].Sector;
        var code = study.Table.Sectors[k].Code;
        var other = reordered.Table.Sectors.TakeWhile(s => s.Code != code).Count();
        var (_, values) = DrawnSamples.Draw(study, UncertaintySources.Flows, m => [m.Sector(k, OutputMap.Direct)], 20);
        var (_, again) = DrawnSamples.Draw(reordered, UncertaintySources.Flows, m => [m.Sector(other, OutputMap.Direct)], 20);
        for (var d = 0; d < 20; d++) Assert.Equal(values[0][d], again[0][d], 1e-12 * Math.Abs(values[0][d]));
        Assert.True(values[0].Distinct().Count() == 20);
    }

    [Fact]
    public void Draws_without_a_solution_are_counted_and_have_no_figures()
    {
        var study = TestData.FlowDemonstration;
        var n = study.Table.Sectors.Count;
        var wild = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) wild[i, j] = study.Table.Flows[i, j] == 0 ? 0 : 1;
        var summary = UncertaintyRun.Execute(
            study with { Uncertainty = study.Uncertainty with { Flows = new(wild, FixedSectorAccount.Output) } },
            new(300, 1, 0.95), new SimdBackend(2), 2);
        var deficit = summary.FlaggedDraws["table-deficit"];
        Assert.Contains(new TableDeficitWarning(deficit), summary.Warnings);
        Assert.InRange(deficit, 1, 300);
        var unsolved = summary.FlaggedDraws.GetValueOrDefault("table-unsolved") + summary.FlaggedDraws.GetValueOrDefault("table-growth");
        var nation = summary.Estimates.First(e => e.Key.Kind == EntityKind.Nation);
        Assert.Equal(unsolved, nation.Statistics.Undefined);
    }

    [Fact]
    public void The_source_is_one_of_its_own()
    {
        var study = TestData.FlowDemonstration;
        var summary = UncertaintyRun.Execute(study, new(400, 1, 0.95), new SimdBackend(2), 2);
        Assert.Equal(UncertaintySources.Coefficients | UncertaintySources.Flows, summary.Sources);
        double Sd(UncertaintySources source, Component component) => summary.SourceTable.First(r =>
            r.Sources == source && r.Key.Component == component && r.Key.Year == study.BaseYear).Statistics.StandardDeviation;
        Assert.True(Sd(UncertaintySources.Flows, Component.Indirect) > 0);
        Assert.True(Sd(summary.Sources, Component.Indirect) > Sd(UncertaintySources.Flows, Component.Indirect));

        // A study whose table is certain draws what it always drew.
        var fixedTable = UncertaintyRun.Execute(study, new(400, 1, 0.95), new SimdBackend(2), 2, UncertaintySources.Coefficients);
        var known = UncertaintyRun.Execute(TestData.Demonstration, new(400, 1, 0.95), new SimdBackend(2), 2);
        Assert.Equal(known.Estimates.Select(e => e.Statistics.Upper), fixedTable.Estimates.Select(e => e.Statistics.Upper));
    }

    private static Study WithErrors(Study study, FixedSectorAccount account)
    {
        var n = study.Table.Sectors.Count;
        var sd = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) sd[i, j] = study.Table.Flows[i, j] == 0 || (i + j) % 5 == 0 ? 0 : 0.05 + 0.2 * (i % 3);
        return study with { Uncertainty = study.Uncertainty with { Flows = new(sd, account) } };
    }

    // The demonstration with an official table, its coefficients on sectors all over it.
    private static Study OfficialTable(string name)
    {
        var folder = TestData.OfficialData(name);
        var sectors = File.ReadAllLines(Path.Combine(folder, "sectors.csv")).Select(StudyEditor.Split).ToArray();
        var flows = File.ReadAllLines(Path.Combine(folder, "flows.csv")).Skip(1).Select(StudyEditor.Split).ToArray();
        var n = flows.Length;
        var output = Array.IndexOf(sectors[0], "total_output_X");
        var cells = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) cells[i, j] = TestData.Number(flows[i][j + 1]);
        var study = TestData.FlowDemonstration;
        var categories = study.Categories.Categories.Count;
        return study with
        {
            Table = study.Table with
            {
                Sectors = [.. Enumerable.Range(0, n).Select(i => new Sector(flows[i][0], flows[i][0], "", i % categories))],
                Flows = cells,
                TotalOutput = [.. Enumerable.Range(1, n).Select(i => TestData.Number(sectors[i][output]))],
                IntermediateInput = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => cells[i, j]))],
                ColumnSumTolerance = [],
                AllowsNegativeValueAdded = true,
            },
            Coefficients = [.. study.Coefficients.Select((c, k) => c with { Sector = 2 + k * (n - 4) / study.Coefficients.Count })],
        };
    }

    private static Study Balanced(Study study, FlowBalance balance) =>
        study with { Uncertainty = study.Uncertainty with { Flows = study.Uncertainty.Flows! with { Balance = balance } } };

    private static InputOutputTable OfSample(Study study, SamplePlan plan, long draw)
    {
        var (table, n, sectors) = (study.Table, plan.Flows.Count, plan.Flows.Sectors);
        var flows = (double[,])table.Flows.Clone();
        var drawn = new FlowSample(plan).Table(draw).Flows;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) flows[sectors[i], sectors[j]] = drawn[i * n + j];
        return table with { Flows = flows };
    }

    private static void SameWithoutErrors(Study study)
    {
        const int draws = 20;
        var compiled = new CompiledStudy(study);
        var plan = compiled.Plan(5);
        Assert.True(plan.Flows.Count > 0);
        Array.Clear(plan.Flows.Spreads);
        var known = compiled.Plan(5, UncertaintySources.All & ~UncertaintySources.Flows);
        Assert.Equal(0, known.Flows.Count);
        int[] outputs = [.. compiled.Keys.Select(k => k.Output)];
        var (values, expected) = (new double[outputs.Length * draws], new double[outputs.Length * draws]);
        using (var program = new SimdBackend(1).Load(plan)) program.Evaluate(0, draws, outputs, values);
        using (var program = new SimdBackend(1).Load(known)) program.Evaluate(0, draws, outputs, expected);
        for (var o = 0; o < outputs.Length; o++)
        {
            var scale = compiled.Keys[o].Measure == Measure.Value ? Math.Abs(compiled.Keys[0].Point) : 100;
            for (var d = 0; d < draws; d++)
                Assert.Equal(expected[o * draws + d], values[o * draws + d], 1e-12 * Math.Max(scale, Math.Abs(expected[o * draws + d])));
        }
    }

    // The augmented system of the drawn table, inverted whole, for some draws of the plan, whose flows are recomputed from the generator's
    // bits.
    private static void EqualsInverse(Study study)
    {
        const int draws = 3;
        var compiled = new CompiledStudy(study);
        var plan = compiled.Plan(9);
        int[] outputs = [.. compiled.Keys.Where(k => k.Kind == EntityKind.Sector).Select(k => k.Output),
            .. compiled.Keys.Where(k => k.Kind == EntityKind.Category && k.Year == study.BaseYear && k.Measure == Measure.Value)
                .Select(k => k.Output)];
        var keys = outputs.Select(o => compiled.Keys.First(k => k.Output == o)).ToArray();
        var values = new double[outputs.Length * draws];
        using (var program = new SimdBackend(1).Load(plan)) program.Evaluate(0, draws, outputs, values);
        var m = study.Coefficients.Count;
        var s = new double[draws * m];
        new InputSample(plan).Coefficients(0, draws, s);
        for (var d = 0; d < draws; d++)
        {
            var drawn = study with
            {
                Table = study.Uncertainty.Flows!.Balance == FlowBalance.None ? Drawn(study, plan.Seed, (ulong)d) : OfSample(study, plan, d),
                Coefficients = [.. study.Coefficients.Select((c, k) => c with { Point = s[d * m + k] })],
            };
            var point = PointModel.Estimate(drawn);
            var scale = point.SectorIndirect.Sum() + point.SectorDirect.Sum();
            for (var o = 0; o < outputs.Length; o++)
            {
                var key = keys[o];
                var expected = key.Kind == EntityKind.Sector
                    ? OfSector(point, study.Table.Sectors.TakeWhile(x => x.Code != key.Code).Count(), key.Component)
                    : OfCategory(point, 1 + study.Categories.Categories.TakeWhile(x => x.Code != key.Code).Count(), key.Component);
                var size = key.Kind == EntityKind.Sector ? scale : point.Direct[0, 0] + point.Indirect[0, 0];
                Assert.Equal(expected, values[o * draws + d], 1e-12 * size);
            }
        }
    }

    private static double OfSector(PointEstimate point, int i, Component component) => component switch
    {
        Component.Direct => point.SectorDirect[i],
        Component.Indirect => point.SectorIndirect[i],
        _ => point.SectorDirect[i] + point.SectorIndirect[i],
    };

    private static double OfCategory(PointEstimate point, int e, Component component) => component switch
    {
        Component.Direct => point.Direct[0, e],
        Component.Indirect => point.Indirect[0, e],
        _ => point.Direct[0, e] + point.Indirect[0, e],
    };

    // x_ij e^(σ z − σ²/2) with z from the generator's bits and the library's quantile; X or V follows.
    private static InputOutputTable Drawn(Study study, ulong seed, ulong draw)
    {
        var (table, errors) = (study.Table, study.Uncertainty.Flows!);
        var n = table.Sectors.Count;
        var (rows, columns) = Kernels.Random.CounterLayout.FlowKeys([.. table.Sectors.Select(x => x.Code)]);
        var flows = new double[n, n];
        var (output, inputs) = ((double[])table.TotalOutput.Clone(), (double[])table.IntermediateInput.Clone());
        for (var j = 0; j < n; j++)
        {
            for (var i = 0; i < n; i++)
            {
                uint[] x = [(uint)draw, (uint)(draw >> 32), rows[i], columns[j]];
                var words = Array.ConvertAll(x, w => new Kernels.Random.ScalarWord(w));
                Kernels.Random.Philox4x32.Encrypt(
                    ref words[0], ref words[1], ref words[2], ref words[3], (uint)seed, (uint)(seed >> 32), 10);
                var u = (((words[0].Value << 20) | (words[1].Value >> 12)) + 0.5) / Math.Pow(2, 52);
                var sigma = Math.Sqrt(Math.Log(1 + errors.RelativeSd[i, j] * errors.RelativeSd[i, j]));
                var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, u);
                flows[i, j] = table.Flows[i, j] * Math.Exp(sigma * z - sigma * sigma / 2);
                if (output[j] != 0) inputs[j] += flows[i, j] - table.Flows[i, j];
            }

            if (errors.Fixed == FixedSectorAccount.ValueAdded) output[j] = table.ValueAdded(j) + inputs[j];
        }

        return table with { Flows = flows, TotalOutput = output, IntermediateInput = inputs };
    }
}
