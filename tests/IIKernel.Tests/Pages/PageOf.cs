using IIKernel.Kernels;
using IIKernel.Reports.Pages;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Tests.Pages;

/// <summary>Reports of studies, drawn for tests.</summary>
internal static class PageOf
{
    private static readonly Lazy<ReportContent> Drawn = new(() => Content(TestData.FullDemonstration, 2000));

    /// <summary>The demonstration study's, drawn once.</summary>
    public static ReportContent Demonstration => Drawn.Value;

    /// <summary>Draws a study for a report.</summary>
    public static ReportContent Content(Study study, long draws)
    {
        var backend = BackendCatalog.Processor(1);
        var sampling = study.Sampling with { Draws = draws };
        var compiled = new CompiledStudy(study);
        using var program = compiled.Load(backend, sampling);
        return ReportContent.Of(compiled, program, UncertaintyRun.Execute(compiled, program, sampling, [], backend, 1), 1);
    }

    /// <summary>The bytes of a page.</summary>
    public static byte[] Bytes(ReportContent content)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(stream, content);
        return stream.ToArray();
    }
}
