using IIKernel.Kernels.Plan;
using IIKernel.Model;
using IIKernel.Reading;
using IIKernel.Studies;
using IIKernel.Uncertainty;

namespace IIKernel.Bench;

/// <summary>The demonstration study with coefficient uncertainty, ready to be drawn.</summary>
internal static class Demonstration
{
    public static Study Study { get; } = StudyReader.Read(EmbeddedStudyFiles.CoefficientDemonstration);

    public static PointEstimate Point { get; } = PointModel.Estimate(Study);

    public static SamplePlan Plan { get; } = new CompiledStudy(Study).Plan(Study.Sampling.Seed);

    /// <summary>Every figure of estimates.csv.</summary>
    public static int[] AllOutputs { get; } = [.. EstimateCatalog.Of(Study, Point).Select(k => k.Output)];

    /// <summary>The base year without sectors.</summary>
    public static int[] OneYear { get; } =
        [.. EstimateCatalog.Of(Study, Point).Where(k => k.Scope != "sector" && k.Year == Study.BaseYear).Select(k => k.Output)];
}
