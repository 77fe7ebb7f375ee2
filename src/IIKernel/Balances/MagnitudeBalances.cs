using IIKernel.Growth;
using IIKernel.Kernels.Lanes;
using IIKernel.Model;
using IIKernel.Regions;
using IIKernel.Studies;

namespace IIKernel.Balances;

/// <summary>
/// Amounts out of all proportion: a file in another unit than the study says, a cell or a total with a slipped digit, flows that do not
/// carry the inputs, shares above the whole. Each factor is one that no published accounts reach; see <see cref="StudyBalances"/> for how
/// far these lie apart.
/// </summary>
/// <param name="study">The study.</param>
/// <param name="point">Its point estimate.</param>
internal sealed class MagnitudeBalances(Study study, PointEstimate point)
{
    private const double Totals = 2;
    private const double TableTotal = 1.1;
    private const double Categories = 2;
    private const double YearOnYear = 5;
    private const double Published = 7;

    // Regional accounts of a whole nation have missed the national ones by a tenth or so, never by a quarter.
    private const double WholeSet = 1.25;

    // A part of the nation below this is rather a wrong unit; one above the whole by more than this is none.
    private const double LeastPart = 1e-3;
    private const double MostPart = 1.05;

    // Accounts below this part of the nation may jump: they are rounded, or hold a single firm.
    private const double Small = 1e-5;

    private readonly double[] _nation = [.. study.Years.Select((_, t) =>
        Enumerable.Range(0, study.Categories.Categories.Count).Sum(c => study.Categories.ValueAdded[c, t]))];

    // How many times too large the accounts are by their unit, as Units finds; every figure of the study is so many times too large with
    // them.
    private double _accountsSlip = 1;

    private MoneyFile Accounts => study.Sources.Categories!;

    // A set may have been added to a study after its reading.
    private MoneyFile Regional(int set) => set < study.Sources.Regions.Count
        ? study.Sources.Regions[set]
        : new(study.RegionSets[set].Name, "regions", study.Unit);

    /// <summary>All of them, in a fixed order.</summary>
    public IEnumerable<BalanceResult> All() =>
        [.. TableMagnitudes.All(study), Units(), TableByCategory(), Regions(), Series(), Shares(), PublishedFigures()];

    // National value added of the base year as each file gives it. What most agree on is taken for right.
    private BalanceResult Units()
    {
        var balance = new Balance("magnitude-units",
            "National value added of the base year by the table, the accounts and the regions against each other.",
            BalanceSeverity.Magnitude);
        var witnesses = new List<(Witness Words, MoneyFile? Source, double Total)>
        {
            (new(WitnessKind.Accounts), Accounts, _nation[0]),
            (new(WitnessKind.Table), study.Sources.Table, Enumerable.Range(0, study.Table.Sectors.Count).Sum(study.Table.ValueAdded)),
        };
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            var set = study.RegionSets[s];
            // A set that another one covers tells nothing of the nation; one that says that it is all of it may hold what it likes.
            if (set.Whole >= 0) continue;
            var total = Enumerable.Range(0, study.Groups.Count).Sum(j => set.Denominator(j, 0));
            if (set.NationalGdp is not null) witnesses.Add((new(WitnessKind.Nation, set.Name), study.Sources.Nations[s], total));
            else if (Agree(total, _nation[0]) || Magnitude.IsUnitSlip(total / _nation[0]))
                witnesses.Add((new(WitnessKind.Regions, set.Name), Regional(s), total));
        }

        // Only ratios of the growth series are used, so it is a witness and never at fault.
        if (study.Growth.Output[study.BaseYear - study.Growth.Years[0]] is { } output)
            witnesses.Add((new(WitnessKind.Output), null, output));
        witnesses.RemoveAll(w => !(w.Total > 0));
        if (witnesses.Count < 2) return balance.Result("");
        int Supporters(double total) => witnesses.Count(w => Agree(w.Total, total));
        var reference = witnesses.MaxBy(w => Supporters(w.Total));
        Witness[] others = [.. witnesses.Where(w => Agree(w.Total, reference.Total)).Select(w => w.Words)];
        var undecided = witnesses.Any(w => !Agree(w.Total, reference.Total) && w.Source is not null
            && Supporters(w.Total) == Supporters(reference.Total));
        var rival = undecided ? reference.Source : null;
        foreach (var (words, source, total) in witnesses)
        {
            if (source is null) continue;
            var ratio = total / reference.Total;
            if (source == Accounts && Magnitude.IsUnitSlip(ratio)) _accountsSlip = ScalarMath.PowerOfTen(Magnitude.PowerOfTen(ratio));
            balance.AddRatio(source.Key, ratio, Totals, () => new MagnitudeUnitsWarning(
                source.File, words, study.BaseYear, total, study.Unit.Text, ratio, others, reference.Total, UnitThatFits.Of(source, ratio),
                rival?.File, rival is null ? null : UnitThatFits.Of(rival, 1 / ratio)));
        }

        return balance.Result("");
    }

    // The table's value added against the accounts', units aside.
    private BalanceResult TableByCategory()
    {
        var balance = new Balance("magnitude-table",
            "Value added of the table by category and in total against the accounts of the base year, units aside.",
            BalanceSeverity.Magnitude);
        var sums = study.Table.ValueAddedByCategory(study.Categories.Categories.Count);
        var all = sums.Sum() / _nation[0];
        if (!(all > 0) || !double.IsFinite(all)) return balance.Result("");
        var unit = Magnitude.IsUnitSlip(all) ? ScalarMath.PowerOfTen(Magnitude.PowerOfTen(all)) : 1;
        var categories = study.Categories.Categories
            .Select((category, c) => (category.Code, Ratio: sums[c] / study.Categories.ValueAdded[c, 0] / unit))
            .Where(x => x.Ratio > 0 && double.IsFinite(x.Ratio)).ToArray();
        CategoryRatio Of(string code, double ratio) => new(code, ratio, study.BaseYear, Accounts.File);
        foreach (var (code, ratio) in categories)
            balance.AddRatio($"category {code}", ratio, Categories,
                () => new MagnitudeTableWarning(study.Sources.Table.File, Of(code, ratio)));
        var (worst, most) = categories.OrderByDescending(x => Math.Abs(ScalarMath.Log(x.Ratio))).FirstOrDefault();
        balance.AddRatio("all categories", all / unit, TableTotal, () => new MagnitudeTableTotalWarning(
            study.Sources.Table.File, all / unit, categories.Length == 0 ? null : Of(worst, most)));
        return balance.Result("");
    }

    // Regions by group against the accounts, what the set holds in total aside; a part of the nation against the whole. A set that is said
    // to be all of the nation is given all of its figures: one that holds much less, or more, in its middle year is not.
    private BalanceResult Regions()
    {
        var balance = new Balance("magnitude-regions", "GDP of the regions by group against the nation's.", BalanceSeverity.Magnitude);
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            var (set, source) = (study.RegionSets[s], Regional(s));
            var byPart = Enumerable.Range(0, study.Years.Count).Where(t => Total(set.Gdp, t) > 0 && _nation[t] > 0)
                .OrderBy(t => Total(set.Gdp, t) / _nation[t]).ToArray();
            if (set.NationalGdp is null && byPart.Length > 0)
            {
                var middle = byPart[byPart.Length / 2];
                var (year, held, key) = (study.Years[middle], Total(set.Gdp, middle) / _nation[middle], $"regions[{s}]");
                // A wrong unit is what magnitude-units finds.
                if (!Magnitude.IsUnitSlip(held))
                {
                    balance.AddRatio($"{set.Name}, all groups, year {year}", held, WholeSet, () =>
                        new MagnitudeRegionsWholeWarning(source.File, set.Name, 100 * held, year, held < 1, key));
                }
            }

            for (var t = 0; t < study.Years.Count; t++)
            {
                var total = Total(set.Gdp, t);
                if (set.NationalGdp is null)
                {
                    for (var j = 0; j < study.Groups.Count; j++)
                    {
                        var (regions, nation) = (RegionSet.Sum(set.Gdp, j, t) / total, Group(j, t) / _nation[t]);
                        if (!(regions > 0 && nation > 0)) continue;
                        var (group, year) = (study.Groups[j].Code, study.Years[t]);
                        balance.AddRatio($"{set.Name}, group {group}, year {year}", regions / nation, Totals, () =>
                            new MagnitudeRegionsWarning(source.File, set.Name, group, year, 100 * regions, 100 * nation));
                    }

                    continue;
                }

                var part = total / Enumerable.Range(0, study.Groups.Count).Sum(j => set.Denominator(j, t));
                var slip = part < LeastPart ? 1e-4 : 1e4;
                var partYear = study.Years[t];
                balance.Add($"{set.Name}, year {partYear}", part - 1, MostPart - 1, part < LeastPart ? 1 : part - MostPart, () =>
                    new MagnitudeRegionsPartWarning(source.File, set.Name, partYear, 100 * part,
                        part / slip is >= LeastPart and <= MostPart ? UnitThatFits.Of(source, slip) : null));
            }
        }

        return balance.Result("");
    }

    // Every series of accounts from year to year.
    private BalanceResult Series()
    {
        var balance = new Balance("magnitude-series", "Accounts, regional GDP and growth series from year to year.",
            BalanceSeverity.Magnitude);
        var (accounts, growth) = (study.Categories, study.Growth);
        for (var c = 0; c < accounts.Categories.Count; c++)
            Walk(Accounts.File, Accounts, new(SeriesKind.Category, accounts.Categories[c].Code), $"category {accounts.Categories[c].Code}",
                study.Years, t => Known(accounts.Filled[c], t, accounts.ValueAdded[c, t]), t => Small * _nation[t]);
        for (var s = 0; s < study.RegionSets.Count; s++)
        {
            var set = study.RegionSets[s];
            var totals = study.Years.Select((_, t) => Total(set.Gdp, t)).ToArray();
            for (var i = 0; i < set.Regions.Count; i++)
                for (var j = 0; j < study.Groups.Count; j++)
                {
                    var (region, group) = (set.Regions[i].Code, study.Groups[j].Code);
                    Walk(
                        Regional(s).File, Regional(s), new(SeriesKind.Region, region, set.Name, group),
                        $"{set.Name} {region}, group {group}", study.Years,
                        t => Known(set.Filled[i, j], t, set.Gdp[i, j, t]), t => Small * totals[t]);
                }
        }

        foreach (var (name, values) in new[] { ("output", growth.Output), ("capital", growth.Capital), ("labour", growth.Labour) })
            Walk(study.Sources.Growth, null, new(SeriesKind.Column, name), $"column {name}", growth.Years, t => values[t] ?? 0, _ => 0);
        return balance.Result("");

        // Amounts of 0 stand for those that are not known.
        void Walk(
            string file, MoneyFile? source, SeriesName series, string what, IReadOnlyList<int> years,
            Func<int, double> value, Func<int, double> least)
        {
            for (var t = 1; t < years.Count; t++)
            {
                var ratio = Ratio(t);
                if (ratio == 0) continue;
                // A jump and its return are one slip.
                var returns = t + 1 < years.Count && IsJump(ratio) && IsJump(Ratio(t + 1)) && !IsJump(ratio * Ratio(t + 1));
                var year = years[t];
                balance.AddRatio($"{file}, {what}, year {year}", ratio, YearOnYear, () => new MagnitudeSeriesWarning(
                    file, series, year, ratio, returns, source is not null && Magnitude.IsUnitSlip(ratio) ? source.Unit.Text : null));
                if (returns) t++;
            }

            double Ratio(int t)
            {
                var (now, before) = (value(t), value(t - 1));
                return now <= 0 || before <= 0 || Math.Max(now, before) < least(t) ? 0 : now / before;
            }
        }

        static bool IsJump(double ratio) => ratio > 0 && Math.Abs(ScalarMath.Log(ratio)) > ScalarMath.Log(YearOnYear);
    }

    private BalanceResult Shares()
    {
        var balance = new Balance("magnitude-shares",
            "Value added of the industrial internet below the value added, or GDP, of its nation, category, group or region.",
            BalanceSeverity.Magnitude);
        var entities = EntityList.Of(study);
        for (var t = 0; t < study.Years.Count; t++)
            for (var e = 0; e < entities.Count; e++)
            {
                var share = point.SharePercent(t, e) / 100;
                if (!double.IsFinite(share)) continue;
                var (entity, year) = (entities[e], study.Years[t]);
                var file = entity.Set < 0 ? Accounts : Regional(entity.Set);
                var item = $"{entity.Scope} {entity.Code}, year {year}".Replace(" ,", ",", StringComparison.Ordinal);
                balance.Add(item, Math.Abs(share) - 1, 0, Math.Abs(share) - 1, () => new MagnitudeSharesWarning(
                        file.File, entity.Scope, entity.Code, year, 100 * share, file.Key, file.Unit.Text));
            }

        return balance.Result("");
    }

    // Published amounts against the study's own, together and each among the others.
    private BalanceResult PublishedFigures()
    {
        var balance = new Balance("magnitude-published", "Published figures against the study's own, together and each among the others.",
            BalanceSeverity.Magnitude);
        var entities = EntityList.Of(study);
        var ratios = new List<(PublishedFigure Figure, double Ratio)>();
        foreach (var figure in study.Published.Where(f => f.Measure == Measure.Value))
        {
            var own = Own(figure, entities);
            if (own > 0 && double.IsFinite(own) && figure.Value > 0) ratios.Add((figure, figure.Value / own * _accountsSlip));
        }

        if (ratios.Count == 0 || study.Sources.Published is not { } source) return balance.Result("");
        var sorted = ratios.Select(r => r.Ratio).Order().ToArray();
        var median = sorted[(sorted.Length - 1) / 2];
        balance.AddRatio("all figures", median, Published,
            () => new MagnitudePublishedWarning(source.File, median, UnitThatFits.Of(source, median)));
        foreach (var (figure, ratio) in ratios)
        {
            // One figure alone has no others.
            if (ratios.Count < 3) break;
            var item = $"{figure.Scope} {figure.Code}, year {figure.Year}, {figure.Component.ToString().ToLowerInvariant()}"
                .Replace(" ,", ",", StringComparison.Ordinal);
            balance.AddRatio(item, ratio / median, Published, () => new MagnitudePublishedFigureWarning(
                source.File, figure.Scope, figure.Code, figure.Year, figure.Component, ratio, median));
        }

        return balance.Result("");
    }

    private static bool Agree(double a, double b) => Math.Abs(ScalarMath.Log(a / b)) <= ScalarMath.Log(Totals);

    private double Own(PublishedFigure figure, IReadOnlyList<Entity> entities)
    {
        var t = figure.Year - study.BaseYear;
        if (t < 0 || t >= study.Years.Count) return double.NaN;
        for (var e = 0; e < entities.Count; e++)
        {
            if (entities[e].Scope != figure.Scope || entities[e].Code != figure.Code) continue;
            return figure.Component switch
            {
                Component.Direct => point.Direct[t, e],
                Component.Indirect => point.Indirect[t, e],
                _ => point.Total(t, e),
            };
        }

        return double.NaN;
    }

    private double Known(FilledSeries? filled, int t, double value) => filled?.IsFilled(study.Years[t]) == true ? 0 : value;

    private double Group(int group, int t)
    {
        var sum = 0.0;
        for (var c = 0; c < study.Categories.Categories.Count; c++)
            if (study.Categories.Categories[c].Group == group) sum += study.Categories.ValueAdded[c, t];
        return sum;
    }

    private static double Total(double[,,] gdp, int t = 0)
    {
        var total = 0.0;
        for (var i = 0; i < gdp.GetLength(0); i++)
            for (var j = 0; j < gdp.GetLength(1); j++) total += gdp[i, j, t];
        return total;
    }
}
