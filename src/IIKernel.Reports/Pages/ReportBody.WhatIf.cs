using IIKernel.Model;
using IIKernel.Reports.Tables;
using static System.FormattableString;

namespace IIKernel.Reports.Pages;

/// <content>Sliders for the coefficients, and the totals that they move.</content>
internal sealed partial class ReportBody
{
    private void MoveCoefficients(Markup page)
    {
        page.Element("p", words.Say("what-if-caption"));
        page.Open("div", ("class", "what-if"), ("data-what-if", "")).Open("div", ("class", "sliders"));
        for (var k = 0; k < data.Study.Coefficients.Count; k++)
        {
            var (sector, id) = (_figures.SectorOf(k), Id(Invariant($"s-{k}")));
            var point = CsvOutput.Text(data.Study.Coefficients[k].Point);
            page.Open("div", ("class", "slider"))
                .Element("label", $"{sector.Code} {_figures.SectorName(sector)}", ("for", id))
                .Empty("input", ("type", "range"), ("id", id), ("min", "0"), ("max", "1"), ("step", "any"), ("value", point),
                    ("data-k", Invariant($"{k}")))
                .Element("output", Wording.Fixed(data.Study.Coefficients[k].Point, 3), ("for", id)).Close();
        }

        page.Open("p").Element("label", words.Say("year"), ("for", Id("what-if-year"))).Open("select", ("id", Id("what-if-year")));
        for (var t = 0; t < data.Study.Years.Count; t++)
        {
            page.Element("option", Invariant($"{data.Study.Years[t]}"), ("value", Invariant($"{t}")),
                ("selected", data.Study.Years[t] == data.KnownYear ? "selected" : null));
        }

        page.Close().Text(" ").Element("button", words.Say("reset"), ("type", "button"), ("data-reset", "")).Close().Close();
        page.Open("div", ("class", "scroll tall"), ("tabindex", "0"), ("role", "group"), ("aria-label", words.Say("what-if-table")));
        page.Open("table", ("class", "moved")).Open("thead").Open("tr");
        foreach (var heading in new[] { "name", "total", "at-point", "change" })
            page.Element("th", words.Say("column-" + heading), ("scope", "col"), ("class", heading == "name" ? null : "n"));
        page.Close().Close();
        var year = data.KnownYear;
        foreach (var kind in WhatIf.Moved(data).GroupBy(m => (m.Entity.Key.Kind, m.Entity.Key.Scope)))
        {
            page.Open("tbody").Open("tr").Element("th", kind.Key.Kind == EntityKind.Region ? words.Name(kind.Key.Scope)
                : words.Say("kind-" + kind.Key.Scope), ("colspan", "4"), ("scope", "rowgroup")).Close();
            foreach (var (entity, index) in kind)
            {
                var point = NumberFormat.Point(entity[year, Component.Total]!.Estimate.Key.Point);
                page.Open("tr", ("data-entity", Invariant($"{index}"))).Element("td", _figures.NameOf(entity))
                    .Element("td", point, ("class", "n")).Element("td", point, ("class", "n")).Element("td", "0.00 %", ("class", "n"))
                    .Close();
            }

            page.Close();
        }

        page.Close().Close().Close();
        page.Element("p", words.Say("what-if-unit", ("unit", _figures.Unit)), ("class", "note"));
    }
}
