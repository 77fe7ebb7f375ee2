using IIKernel.Studies;

namespace IIKernel.Reading;

/// <summary>A line is longer than what is read.</summary>
/// <param name="line">The line, from 1.</param>
internal sealed class LineLimitException(long line) : Exception
{
    /// <summary>The fault in a file.</summary>
    public StudyFault Of(string file) => new(file, $"line {line}",
        $"a line of more than {Wording.Count(InputLimits.LineLength, "character")}",
        $"at most {Wording.Count(InputLimits.LineLength, "character")}", "Check whether it is the right file.");
}

/// <summary>A text of which no line is longer than <see cref="InputLimits.LineLength"/>: its parser holds a line in memory.</summary>
/// <param name="inner">The text.</param>
internal sealed class LineLimitReader(TextReader inner) : TextReader
{
    private long _line = 1;
    private int _length;

    /// <exception cref="LineLimitException">A line is longer.</exception>
    public override int Read(Span<char> buffer)
    {
        var count = inner.Read(buffer);
        for (var rest = buffer[..count]; rest.Length > 0;)
        {
            var end = rest.IndexOf('\n');
            _length += end < 0 ? rest.Length : end;
            if (_length > InputLimits.LineLength) throw new LineLimitException(_line);
            if (end < 0) break;
            (_length, _line) = (0, _line + 1);
            rest = rest[(end + 1)..];
        }

        return count;
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
