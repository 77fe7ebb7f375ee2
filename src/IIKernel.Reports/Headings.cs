using IIKernel.Reports.Tables;
using IIKernel.Studies;

namespace IIKernel.Reports;

/// <summary>Headings that several reports share.</summary>
internal static class Headings
{
    /// <summary>Of a table of the nation.</summary>
    public static string Nation(Study study) => $"Nation, value added of the industrial internet, {study.Unit.Text}";

    /// <summary>Of a column of coverage intervals.</summary>
    public static ReportColumn Interval(SamplingOptions sampling) => ReportColumn.Number($"{NumberFormat.Level(sampling.Level)} interval");
}
