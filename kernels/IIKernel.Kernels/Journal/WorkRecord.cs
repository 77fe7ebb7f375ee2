using IIKernel.Kernels.Statistics;

namespace IIKernel.Kernels.Journal;

/// <summary>What was found of some work, as bytes; its text is the name of where they are.</summary>
public interface IWorkPayload
{
    /// <summary>Writes the bytes.</summary>
    void CopyTo(Stream stream);

    /// <summary>Opens them for reading: a stream that knows its length, and ends where they end.</summary>
    Stream Open();
}

/// <summary>What was found of adjacent segments of some work.</summary>
/// <param name="Key">The work.</param>
/// <param name="Range">The segments.</param>
/// <param name="Payload">What was found.</param>
public sealed record WorkRecord(WorkKey Key, SegmentRange Range, IWorkPayload Payload);

/// <summary>Found in this process, and not written yet.</summary>
/// <typeparam name="T">What was found.</typeparam>
/// <param name="work">The work.</param>
/// <param name="found">What was found; it must not change.</param>
internal sealed class FoundPayload<T>(DividedWork<T> work, T found) : IWorkPayload
    where T : class
{
    /// <summary>What was found.</summary>
    public T Found => found;

    /// <inheritdoc/>
    public void CopyTo(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        work.Write(writer, found);
    }

    /// <inheritdoc/>
    public Stream Open()
    {
        var bytes = new MemoryStream();
        CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }
}
