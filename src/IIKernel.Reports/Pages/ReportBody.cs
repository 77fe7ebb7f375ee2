using IIKernel.Balances;
using IIKernel.Claims;
using IIKernel.Kernels.Search;
using IIKernel.Model;
using IIKernel.Reports.Charts;
using IIKernel.Reports.Files;
using IIKernel.Reports.Tables;
using IIKernel.Reports.Words;
using IIKernel.Studies;
using IIKernel.Uncertainty;
using static System.FormattableString;

namespace IIKernel.Reports.Pages;

/// <summary>A report in one language: its sections in the order in which a reader asks.</summary>
internal sealed partial class ReportBody(ReportData data, ReportWords words)
{
    private readonly ReportFigures _figures = new(data, words);
    private readonly List<(string Id, string Title)> _sections = [];

    /// <summary>Adds it to a page.</summary>
    public void Add(Markup page)
    {
        var sections = new Markup();
        foreach (var (name, content) in Sections())
        {
            var inner = new Markup();
            content(inner);
            if (inner.ToString() is not { Length: > 0 } text) continue;
            var id = Id(name);
            var title = words.Say("section-" + name);
            _sections.Add((id, title));
            sections.Open("section", ("id", id), ("aria-labelledby", id + "-h")).Element("h2", title, ("id", id + "-h")).Raw(text).Close();
        }

        page.Open("div", ("class", "lang"), ("lang", words.Code == "zh" ? "zh-Hans" : "en"), ("data-lang", words.Code));
        page.Open("header");
        page.Open("div", ("class", "controls"));
        page.Element("button", words.Say("switch-language"), ("type", "button"), ("data-switch", "lang"));
        page.Element("button", words.Say("switch-theme"), ("type", "button"), ("data-switch", "theme"));
        page.Close();
        page.Element("h1", data.Study.Name);
        page.Element("p", words.Say("subtitle"), ("class", "subtitle")).Close();
        page.Open("nav", ("aria-label", words.Say("contents"))).Open("ul");
        foreach (var (id, title) in _sections) page.Open("li").Element("a", title, ("href", "#" + id)).Close();
        page.Close().Close();
        page.Open("main").Raw(sections.ToString()).Close();
        page.Open("footer").Element("p", words.Say("footer", ("version", Machine.ProductVersion))).Close();
        page.Close();
    }

    private IEnumerable<(string Name, Action<Markup> Content)> Sections() =>
    [
        ("headline", Headline), ("notes", Notes), ("nation", page => Add(page, _figures.Nation())), ("regions", Regions),
        ("industries", Industries), ("sectors", Sectors), ("drivers", Drivers), ("bias", Bias), ("claims", Claims),
        ("what-if", MoveCoefficients), ("balances", Balances), ("receipt", Receipt), ("reading", Reading),
    ];

    private string[] Sources() => [.. SourcesCsv.Words(data.Content.Summary.Sources).Select(s => words.Text(new SourceTerm(s)))];

    // Ids are those of one page, which holds both languages.
    private string Id(string name) => $"{words.Code}-{name}";

    private void Headline(Markup page)
    {
        Sentence(page, data.KnownYear, "headline");
        if (data.LastYear != data.KnownYear) Sentence(page, data.LastYear, "headline-extrapolated");
        var growth = data.Nation[data.KnownYear, Component.Total, Measure.Growth];
        page.Open("dl", ("class", "cards"));
        foreach (var figure in new[]
        {
            data.Nation[data.KnownYear, Component.Direct], data.Nation[data.KnownYear, Component.Indirect],
            data.Nation[data.KnownYear, Component.Total, Measure.Share], growth,
        }.OfType<Figure>())
        {
            var key = figure.Estimate.Key;
            page.Open("div").Element("dt", $"{_figures.Heading(key.Component, key.Measure)}, {key.Year}");
            page.Open("dd").Element("b", ReportFigures.Point(figure))
                .Element("span", $"{NumberFormat.Level(data.Levels[0])}: {ReportFigures.Interval(figure)}").Close().Close();
        }

        page.Close();
    }

    private void Sentence(Markup page, int year, string name)
    {
        var total = data.Nation[year, Component.Total]!;
        var share = data.Nation[year, Component.Total, Measure.Share]!;
        page.Element("p", words.Say(name, ("year", year), ("value", NumberFormat.Point(total.Estimate.Key.Point)),
            ("unit", _figures.SentenceUnit), ("mark", total.IsExtrapolated ? "*" : ""),
            ("share", Wording.Fixed(share.Estimate.Key.Point, 2)), ("level", _figures.Level),
            ("interval", ReportFigures.Interval(total)),
            ("published", data.Published(total.Estimate.Key) is { } p ? NumberFormat.Published(p.Value) : null),
            ("kind", data.Published(total.Estimate.Key)?.Kind)), ("class", name == "headline" ? "headline" : null));
    }

    // What the reader must know before the figures.
    private void Notes(Markup page)
    {
        var summary = data.Content.Summary;
        page.Open("ul", ("class", "notes"));
        if (data.Study.Note is { } note) page.Open("li").Element("strong", note).Close();
        if (data.Study.Years.FirstOrDefault(y => data.Nation[y, Component.Total]!.IsExtrapolated) is var first and > 0)
            page.Element("li", words.Say("note-extrapolated", ("first", first), ("known", data.KnownYear)));
        page.Element("li", words.Say("note-sources",
            ("sources", Sources())));
        foreach (var warning in summary.Warnings)
            page.Open("li").Text(words.Text(warning)).Text(" ").Element("code", warning.Code).Close();
        page.Close();
    }

    private void Regions(Markup page)
    {
        foreach (var set in _figures.Sets())
        {
            var name = words.Name(set.Name);
            page.Element("h3", words.Say("regions-heading", ("set", name)));
            ReportFigure[] figures = [.. _figures.Regions(set)];
            foreach (var figure in figures.Take(2)) Add(page, figure);
            if (data.Content.Ranks.FirstOrDefault(j => j.Scope == set.Name) is { Ranks: { } ranks } joint) Ranked(page, joint, ranks, name);
            foreach (var figure in figures.Skip(2)) Add(page, figure);
        }
    }

    private void Ranked(Markup page, JointEstimate joint, RankDistribution ranks, string name)
    {
        var level = data.Levels[0];
        var entities = data.Of(EntityKind.Region).Where(e => e.Key.Scope == joint.Scope).ToDictionary(e => e.Key.Code);
        var table = new ReportTable("",
            [
                words.Column("code", false), words.Column("name", false), words.Column("point", true), words.Column("rank", true),
                words.Column("probability", true),
                new(words.Say("column-ranks", ("level", NumberFormat.Level(level))), true, Name: "ranks"),
            ],
            Enumerable.Range(0, joint.Keys.Count).OrderByDescending(e => joint.Keys[e].Point).Select(e => (IReadOnlyList<ReportCell>)
            [
                joint.Keys[e].Code, _figures.NameOf(entities[joint.Keys[e].Code]), ReportCell.Point(joint.Keys[e].Point),
                .. ReplyReport.RankCells(ranks, e, level),
            ]));
        var caption = words.Say("ranks-caption", ("set", name), ("year", joint.Year), ("draws", ranks.Draws), ("unit", _figures.Unit));
        Details(page, words.Say("ranks-title", ("set", name), ("year", joint.Year)), caption, table,
            Invariant($"ranks-{joint.Year}-{Slug(joint.Scope)}"));
    }

    private void Industries(Markup page)
    {
        Add(page, _figures.Groups());
        foreach (var figure in _figures.Categories()) Add(page, figure);
    }

    private void Sectors(Markup page)
    {
        var year = data.Study.BaseYear;
        page.Element("p", words.Say("sectors-caption", ("year", year), ("unit", _figures.Unit), ("level", _figures.Level)));
        var table = new ReportTable("",
            [
                words.Column("code", false), words.Column("name", false), words.Column("category", false), words.Column("direct", true),
                words.Column("indirect", true), words.Column("total", true), words.Column("sd", true), words.Column("interval", true),
            ],
            data.Of(EntityKind.Sector).Select((entity, i) =>
            {
                var total = entity[year, Component.Total]!;
                var s = total.Estimate.Statistics;
                return (IReadOnlyList<ReportCell>)
                [
                    entity.Key.Code, _figures.NameOf(entity), data.Study.Categories.Categories[data.Study.Table.Sectors[i].Category].Code,
                    ReportCell.Point(entity[year, Component.Direct]!.Estimate.Key.Point),
                    ReportCell.Point(entity[year, Component.Indirect]!.Estimate.Key.Point), ReportCell.Point(total.Estimate.Key.Point),
                    ReportCell.Statistic(s.StandardDeviation, s.StandardDeviationError), ReportFigures.Interval(total),
                ];
            }));
        page.Open("p").Element("label", words.Say("search"), ("for", Id("search")))
            .Empty("input", ("type", "search"), ("id", Id("search")), ("data-search", Id("sector-rows")), ("autocomplete", "off"))
            .Element("span", "", ("class", "note"), ("aria-live", "polite"), ("data-found", words.Say("found"))).Close();
        page.Open("div", ("id", Id("sector-rows")), ("class", "tall"));
        HtmlTable.Add(page, table, words.Say("section-sectors"), words);
        page.Close();
        HtmlTable.AddLink(page, table, "sectors.csv", words);
    }

    private void Drivers(Markup page)
    {
        foreach (var figure in _figures.Drivers()) Add(page, figure);
        page.Element("p", words.Say("drivers-more"), ("class", "note"));
    }

    private void Claims(Markup page)
    {
        if (data.Content.Claims is not { } claims) return;
        var table = new ReportTable("",
            [
                words.Column("claim", false), words.Column("at-point-claim", false), words.Column("probability-percent", true),
                words.Column("error", true),
            ],
            claims.Claims.Select(c => Row(c.Claim.Id, Sentence(c.Claim), EstimatesCsv.Word(c.AtPoint), c.Share)).Concat(
                claims.Joint.Select(j => Row(j.Group, Together(j), j.HoldsAtPoint ? "holds" : "fails", j.Share))));
        page.Element("p", words.Say("claims-caption", ("draws", claims.Claims[0].Share.Draws)));
        HtmlTable.Add(page, table, words.Say("section-claims"), words);
        HtmlTable.AddLink(page, table, ClaimsCsv.FileName, words);

        IReadOnlyList<ReportCell> Row(string id, string sentence, string atPoint, DrawShare share) =>
        [
            new(id, sentence), new(atPoint, words.Say("verdict-" + atPoint)),
            share.StandardError > 0 ? ReportCell.Statistic(100 * share.Probability, 100 * share.StandardError)
                : ReportCell.Fixed(100 * share.Probability, 0),
            new(100 * share.StandardError, share.StandardError > 0 ? Wording.Significant(100 * share.StandardError, 1) : ""),
        ];

        string Together(JointClaims joint) => joint.Group.Length == 0 ? words.Say("claims-all", ("count", joint.Claims))
            : words.Say("claims-together", ("group", joint.Group), ("count", joint.Claims));

        string Sentence(Claim claim) => words.Language == Language.English && claim.TextEnglish.Length > 0 ? claim.TextEnglish : claim.Text;
    }

    private void Balances(Markup page)
    {
        var table = new ReportTable("",
            [
                words.Column("balance", false), words.Column("outcome", false), words.Column("passed", true), words.Column("failed", true),
                words.Column("worst", false), words.Column("gap", true), words.Column("tolerance", true),
            ],
            data.Content.Summary.Balances.Select(b => (IReadOnlyList<ReportCell>)
            [
                new ReportCell(b.Name, words.Balance(b)), new ReportCell(b.Outcome.ToString(), words.Say("outcome-" + b.Outcome
                    switch { BalanceOutcome.Passed => "passed", BalanceOutcome.Failed => b.IsFailure ? "failed" : "remark", _ => "none" })),
                new ReportCell(b.Passed), new ReportCell(b.Failed), b.WorstItem,
                new ReportCell(b.WorstGap, $"{Wording.Significant(100 * b.WorstGap, 3)} %"),
                new ReportCell(b.Tolerance, $"{Wording.Significant(100 * b.Tolerance, 3)} %"),
            ]));
        page.Element("p", words.Say("balances-caption"));
        HtmlTable.Add(page, table, words.Say("section-balances"), words);
    }

    private void Receipt(Markup page)
    {
        var summary = data.Content.Summary;
        page.Open("dl", ("class", "facts"));
        Fact("study", data.Study.Name);
        Fact("origin", data.Study.Origin);
        Fact("draws", Invariant($"{summary.Sampling.Draws:N0}"));
        Fact("seed", Invariant($"{summary.Sampling.Seed}"));
        Fact("sequence", SamplingOptions.Word(summary.Sampling.Sequence));
        Fact("level", _figures.Level);
        Fact("sources", string.Join(words.Say("comma"), Sources()));
        Fact("point-distance", Wording.Significant(summary.PointDistance, 2));
        Fact("version", Machine.ProductVersion);
        page.Close();
        var table = new ReportTable("", [words.Column("file", false), new("SHA-256", false)],
            data.Study.Files.Select(f => (IReadOnlyList<ReportCell>)[f.Path, f.Sha256]));
        page.Element("p", words.Say("receipt-caption"));
        HtmlTable.Add(page, table, words.Say("receipt-files"), words);

        void Fact(string name, string value) =>
            page.Open("div").Element("dt", words.Say("fact-" + name)).Element("dd", value).Close();
    }

    private void Reading(Markup page)
    {
        foreach (var name in new[] { "what", "interval", "levels", "extrapolated", "joint", "digits", "what-if", "cite" })
        {
            page.Element("p", words.Say("reading-" + name, ("level", _figures.Level),
                ("draws", Math.Min(data.Content.Summary.Sampling.Draws, ReportContent.MostCountedDraws))));
        }
    }

    private void Add(Markup page, ReportFigure figure)
    {
        var (caption, description) = (Id(figure.Id + "-title"), Id(figure.Id + "-text"));
        page.Open("figure", ("id", Id("figure-" + figure.Id))).Element("figcaption", figure.Title, ("id", caption));
        page.Open("div", ("class", figure.Panels.Count > 1 ? "panels" : "scroll"), ("tabindex", figure.Panels.Count > 1 ? null : "0"),
            ("role", "group"), ("aria-labelledby", caption));
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            var panel = figure.Panels[i];
            if (panel.Heading.Length == 0)
            {
                page.Raw(SvgChart.InPage(panel.Chart, caption, description));
                continue;
            }

            var id = Id(Invariant($"{figure.Id}-panel-{i + 1}"));
            page.Open("div", ("class", "panel")).Element("h4", panel.Heading, ("id", id))
                .Raw(SvgChart.InPage(panel.Chart, id, description)).Close();
        }

        page.Close();
        page.Element("p", figure.Caption, ("class", "note"));
        page.Element("p", figure.Description, ("class", "note"), ("id", description));
        page.Open("details").Element("summary", words.Say("data"));
        HtmlTable.Add(page, figure.Data, figure.Title, words);
        HtmlTable.AddLink(page, figure.Data, figure.Id + ".csv", words);
        page.Close().Close();
    }

    private void Details(Markup page, string title, string caption, ReportTable table, string file)
    {
        page.Element("h4", title).Element("p", caption, ("class", "note")).Open("div", ("class", "tall"));
        HtmlTable.Add(page, table, title, words);
        page.Close();
        HtmlTable.AddLink(page, table, file + ".csv", words);
    }

    // What a name of a file may hold.
    private static string Slug(string text) => string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : '-'));
}
