namespace IIKernel.Reports.Files;

/// <summary>A part of a file, for reading.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where the part starts.</param>
/// <param name="length">Its bytes.</param>
/// <param name="owns">Whether the file is closed with it.</param>
internal sealed class FileSection(Stream file, long offset, long length, bool owns = false) : Stream
{
    private long _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int start, int count) => Read(buffer.AsSpan(start, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(length - _position, 0, buffer.Length);
        if (file.Position != offset + _position) file.Position = offset + _position;
        count = file.Read(buffer[..count]);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override long Seek(long by, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => by,
        SeekOrigin.Current => _position + by,
        _ => length + by,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int start, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && owns) file.Dispose();
        base.Dispose(disposing);
    }
}
