using System.Text;
using IIKernel.Reports.Tables;

namespace IIKernel.Reports.Pages;

/// <summary>HTML as it grows: every text and attribute is escaped, every element is closed.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = [];

    /// <summary>Opens an element; attributes without a value are left out.</summary>
    public Markup Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(tag, attributes);
        _text.Append('>');
        _open.Push(tag);
        return this;
    }

    /// <summary>Adds an element that holds nothing.</summary>
    public Markup Empty(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(tag, attributes);
        _text.Append(" />");
        return this;
    }

    /// <summary>Adds an element that holds a text.</summary>
    public Markup Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Open(tag, attributes).Text(text).Close();

    /// <summary>Closes the element that was opened last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Adds a text.</summary>
    public Markup Text(string text)
    {
        _text.Append(Xml.Escaped(text));
        return this;
    }

    /// <summary>Adds what is markup already.</summary>
    public Markup Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _open.Count == 0 ? _text.ToString()
        : throw new InvalidOperationException($"{_open.Peek()} was not closed.");

    private void Begin(string tag, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
            if (value is not null) _text.Append(' ').Append(name).Append("=\"").Append(Xml.Escaped(value)).Append('"');
    }
}
