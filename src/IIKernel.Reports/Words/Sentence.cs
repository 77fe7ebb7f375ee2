using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace IIKernel.Reports.Words;

/// <summary>
/// An interpolated string whose format and arguments stay apart, so that <see cref="Translation"/> can put another language's format in the
/// place of its own: <c>$"{rows} of {entities:N0} rows"</c> is the format "{0} of {1:N0} rows".
/// </summary>
/// <param name="literalLength">Length of its literal text, as the compiler counts it.</param>
/// <param name="formattedCount">Number of its arguments.</param>
[InterpolatedStringHandler]
public sealed class Sentence(int literalLength, int formattedCount)
{
    private readonly StringBuilder _format = new(literalLength + 4 * formattedCount);
    private readonly List<object?> _arguments = new(formattedCount);

    /// <summary>The format in English, by which translations are found.</summary>
    public string Format => _format.ToString();

    /// <summary>Adds text; the compiler calls it.</summary>
    public void AppendLiteral(string text) =>
        _format.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Adds an argument; the compiler calls it.</summary>
    public void AppendFormatted<T>(T value, string? format = null) => Append(value, "", format);

    /// <summary>Likewise, one with a least width.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format = null) =>
        Append(value, string.Create(CultureInfo.InvariantCulture, $",{alignment}"), format);

    /// <summary>The arguments in a format, numbers as they are written everywhere.</summary>
    internal string In(string format) => string.Format(CultureInfo.InvariantCulture, format, [.. _arguments]);

    private void Append<T>(T value, string alignment, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_arguments.Count}{alignment}{(format is null ? "" : ":" + format)}}}");
        _arguments.Add(value);
    }
}
