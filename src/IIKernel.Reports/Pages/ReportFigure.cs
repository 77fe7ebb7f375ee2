using IIKernel.Reports.Charts;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports.Pages;

/// <summary>One of the charts of a figure.</summary>
/// <param name="Heading">What it shows where the figure has several; empty for one alone.</param>
/// <param name="Chart">The chart.</param>
public sealed record ReportPanel(string Heading, Chart Chart);

/// <summary>A figure of a report in a language: charts, what they show, and their numbers.</summary>
/// <param name="Id">Its name within the page and within files.</param>
/// <param name="Title">What it shows, with unit, year and level.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Description">What it shows for those who do not see it.</param>
/// <param name="Panels">The charts.</param>
/// <param name="Data">The numbers.</param>
public sealed record ReportFigure(
    string Id, string Title, string Caption, string Description, IReadOnlyList<ReportPanel> Panels, ReportTable Data);
