using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IIKernel.Kernels;
using IIKernel.Kernels.Search;
using IIKernel.Kernels.Statistics;
using IIKernel.Studies;

namespace IIKernel.Uncertainty;

/// <summary>What one run of a sweep finds, as a piece of work.</summary>
/// <param name="program">The study of the run.</param>
/// <param name="sampling">Draws and level.</param>
/// <param name="outputs">Indices of the outputs that are described, each at most once.</param>
/// <param name="threads">Threads for the statistics.</param>
/// <param name="piece">Index of the run, and number of runs.</param>
internal sealed class SweepRunWork(StudyProgram program, SamplingOptions sampling, int[] outputs, int threads, (int Index, int Count) piece)
    : DividedWork<OutputStatistics[]>
{
    /// <summary>The order statistics that are asked for.</summary>
    public QuantileRanks Ranks { get; } = CoverageRanks.For(sampling.Draws, sampling.Level);

    /// <inheritdoc/>
    public override (int Index, int Count)? Piece => piece;

    /// <summary>The whole in one.</summary>
    public override SampleSegments Segments => new(1);

    /// <inheritdoc/>
    public override void Identify(BinaryWriter writer)
    {
        IdentityWriter.Write(writer, sampling.Draws);
        IdentityWriter.Write(writer, sampling.Level);
        IdentityWriter.Write(writer, outputs);
    }

    /// <inheritdoc/>
    public override OutputStatistics[] Do(
        SegmentRange range, OutputStatistics[]? before, IProgress<double>? progress, CancellationToken cancellation) =>
        program.Describe(Ranks, outputs, threads, progress, cancellation);

    /// <inheritdoc/>
    public override OutputStatistics[] Merge(IReadOnlyList<OutputStatistics[]> parts) => parts[0];

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer, OutputStatistics[] found) => writer.Write(MemoryMarshal.AsBytes(found.AsSpan()));

    /// <inheritdoc/>
    public override OutputStatistics[] Read(BinaryReader reader, SegmentRange range)
    {
        var found = new OutputStatistics[outputs.Length];
        if (reader.BaseStream.Length - reader.BaseStream.Position != found.Length * (long)Unsafe.SizeOf<OutputStatistics>())
            throw new FormatException("Another number of figures.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(found.AsSpan()));
        return found;
    }
}
