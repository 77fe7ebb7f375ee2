using System.Globalization;
using IIKernel.Kernels;
using IIKernel.Kernels.Plan;
using IIKernel.Kernels.Random;
using IIKernel.Model;
using IIKernel.Uncertainty;

namespace IIKernel.Gauge;

/// <summary>Known answers of the generator, the quantile functions and the two together.</summary>
internal static class GeneratorGauge
{
    private const string Frame = "three-sectors";

    /// <summary>The words of Philox4x32, as scalar code and in every element of a vector.</summary>
    public static IEnumerable<GaugeValue> Philox(GaugeSet set)
    {
        var seen = new HashSet<(string, string, string)>();
        foreach (var row in GaugeData.Rows(set.Files[0]))
        {
            var (rounds, counter, key) = (row.Text("rounds"), row.Text("counter_words_hex"), row.Text("key_words_hex"));
            if (row.Text("generator") != "philox4x32" || !seen.Add((rounds, counter, key))) continue;
            var expected = Words(row.Text("output_words_hex"));
            var scalar = Encrypt<ScalarWord>(rounds, counter, key);
            var vector = Encrypt<VectorWord>(rounds, counter, key);
            for (var w = 0; w < expected.Length; w++)
            {
                var item = $"{rounds} rounds, counter {counter}, key {key}, word {w}";
                yield return new(item, GaugeReplay.Host, scalar[w].Value, expected[w], 0);
                for (var e = 0; e < VectorWord.Count; e++)
                    yield return new($"{item}, element {e} of a vector", GaugeReplay.Host, vector[w].Value[e], expected[w], 0);
            }
        }
    }

    /// <summary>Sobol' points before scrambling, in Gray-code order.</summary>
    public static IEnumerable<GaugeValue> Sobol(GaugeSet set)
    {
        var rows = GaugeData.Rows(set.Files[0]);
        for (var d = 0; rows[0].Table.Has(Column(d)); d++)
        {
            var directions = DirectionNumbers.Of(d);
            foreach (var row in rows)
            {
                var index = uint.Parse(row.Text("index"), CultureInfo.InvariantCulture);
                var (gray, value) = (index ^ (index >> 1), 0u);
                for (var bit = 0; gray >> bit != 0; bit++)
                    if ((gray >> bit & 1) != 0) value ^= directions[bit];
                yield return new($"point {index}, dimension {d + 1}", GaugeReplay.Host, value, GaugeData.Number(row.Text(Column(d))), 0);
            }
        }

        static string Column(int dimension) => string.Create(CultureInfo.InvariantCulture, $"d{dimension + 1}_uint32");
    }

    /// <summary>Quantile functions at given probabilities.</summary>
    public static IEnumerable<GaugeValue> Quantiles(GaugeSet set)
    {
        var tables = new FittedTables();
        foreach (var row in GaugeData.Rows(set.Files[0]))
        {
            if (MarginalStudy.Parse(row.Text("distribution"), row.Text("parameters")) is not { } marginal) continue;
            var compiler = new MarginalCompiler(tables);
            compiler.Add("x", marginal, 0);
            var table = compiler.Build();
            var (p, expected) = (GaugeData.Number(row.Text("p")), GaugeData.Number(row.Text("quantile")));
            var value = MarginalDistribution.Quantile(table, 0, p);
            yield return new($"{row.Text("distribution")} {row.Text("parameters")}, p = {row.Text("p")}",
                GaugeReplay.Host, value, expected, set.Tolerance * Math.Abs(expected));
        }
    }

    /// <summary>Single draws on every backend, from the seed to the value of the input.</summary>
    public static IEnumerable<GaugeValue> Draws(GaugeSet set, IReadOnlyList<IBackend> backends)
    {
        var rows = GaugeData.Rows(set.Files[0]);
        var inputs = rows.DistinctBy(r => r.Text("sector"))
            .Select(r => (r.Text("sector"), MarginalStudy.Parse(r.Text("distribution"), r.Text("parameters"))!)).ToArray();
        var study = MarginalStudy.Of(GaugeData.Study(Frame), inputs);
        var compiled = new CompiledStudy(study);
        var outputs = compiled.Keys
            .Where(k => k.Kind == EntityKind.Sector && k.Component == Component.Direct).ToDictionary(k => k.Code, k => k.Output);
        foreach (var backend in backends)
        {
            foreach (var seed in rows.GroupBy(r => r.Text("seed")))
            {
                using var program = backend.Load(compiled.Plan(ulong.Parse(seed.Key, CultureInfo.InvariantCulture)));
                foreach (var row in seed)
                {
                    var value = new double[1];
                    program.Evaluate(long.Parse(row.Text("draw"), CultureInfo.InvariantCulture), 1, [outputs[row.Text("sector")]], value);
                    var expected = GaugeData.Number(row.Text("value"));
                    yield return new($"{row.Text("distribution")} {row.Text("parameters")}, seed {seed.Key}, draw {row.Text("draw")}",
                        backend.Info.Name, value[0], expected, GaugeData.Number(row.Text("tolerance")) * Math.Abs(expected));
                }
            }
        }
    }

    private static TWord[] Encrypt<TWord>(string rounds, string counter, string key)
        where TWord : unmanaged, IWord<TWord>
    {
        var c = Words(counter).Select(w => TWord.Broadcast(w)).ToArray();
        var k = Words(key);
        Philox4x32.Encrypt(ref c[0], ref c[1], ref c[2], ref c[3], k[0], k[1], int.Parse(rounds, CultureInfo.InvariantCulture));
        return c;
    }

    private static uint[] Words(string hex) =>
        [.. hex.Split(' ').Select(w => uint.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
