using System.Globalization;
using System.Text;

namespace Bulwark.Evaluation.Charts;

/// <summary>
/// Writes elements that are at once HTML and well-formed XML. All text and attribute values are encoded; there is no way round it but
/// <see cref="Style"/>, which takes constants.
/// </summary>
internal sealed class Markup(TextWriter writer)
{
    /// <summary>Opens an element; disposing the scope closes it.</summary>
    public Scope Element(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Open(name, attributes);
        writer.Write('>');
        return new Scope(writer, name);
    }

    /// <summary>An element with text in it.</summary>
    public void Leaf(string name, string text, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        using (Element(name, attributes)) Text(text);
    }

    /// <summary>An element with nothing in it: an SVG shape, or one of HTML's void elements.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Open(name, attributes);
        writer.Write("/>");
    }

    /// <summary>Text.</summary>
    public void Text(string text) => writer.Write(Encode(text));

    /// <summary>A new line in the source, for those who read it.</summary>
    public void Line() => writer.Write('\n');

    /// <summary>A style sheet.</summary>
    public void Style(string sheet) => writer.Write($"<style>\n{sheet}\n</style>\n");

    /// <summary>A chart.</summary>
    public void Chart(Action<TextWriter> write) => write(writer);

    /// <summary>A coordinate: two decimals at most.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Open(string name, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        writer.Write('<');
        writer.Write(name);
        foreach (var (key, value) in attributes)
            writer.Write($" {key}=\"{Encode(value is double number ? Number(number) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
    }

    private static string Encode(string text)
    {
        var safe = true;
        foreach (var c in text) safe &= c is >= ' ' and not ('<' or '>' or '&' or '"' or '\'') and < '\u007F' or > '\u009F' and < '\uD800';
        if (safe) return text;

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())                        // a lone surrogate becomes U+FFFD
            _ = rune.Value switch
            {
                '<' => encoded.Append("&lt;"),
                '>' => encoded.Append("&gt;"),
                '&' => encoded.Append("&amp;"),
                '"' => encoded.Append("&quot;"),
                '\'' => encoded.Append("&#39;"),
                '\n' or '\t' => encoded.Append((char)rune.Value),
                < 0x20 or >= 0x7F and <= 0x9F or 0xFFFE or 0xFFFF => encoded.Append('\uFFFD'),
                _ => encoded.Append(rune.ToString()),
            };
        return encoded.ToString();
    }

    /// <summary>An open element.</summary>
    public readonly struct Scope(TextWriter writer, string name) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => writer.Write($"</{name}>");
    }
}
