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

    /// <summary>An SVG path with a class; numbers in the data are written as coordinates.</summary>
    public void Path(string kind, FormattableString data, string dash = "")
    {
        var d = data.ToString(Coordinates.Instance);
        if (dash.Length == 0) Void("path", ("class", kind), ("d", d));
        else Void("path", ("class", kind), ("stroke-dasharray", dash), ("d", d));
    }

    /// <summary>SVG text; the anchor is "start", "middle" or "end".</summary>
    public void Label(string kind, double x, double y, string anchor, string text) =>
        Leaf("text", text, ("class", kind), ("x", x), ("y", y), ("text-anchor", anchor));

    /// <summary>The root of an SVG drawing that reads as one image.</summary>
    public Scope Drawing(double width, double height, string label) => Element("svg",
        ("class", "chart"), ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("role", "img"), ("aria-label", label));

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

    /// <summary>Points joined by straight lines, from a move to the first.</summary>
    public static string Polyline(IEnumerable<(double X, double Y)> points) => "M" + string.Join('L', points.Select(at => $"{Number(at.X)} {Number(at.Y)}"));

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

    /// <summary>Formats the numbers of an interpolated string as coordinates.</summary>
    private sealed class Coordinates : IFormatProvider, ICustomFormatter
    {
        public static readonly Coordinates Instance = new();

        public object? GetFormat(Type? type) => type == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? value, IFormatProvider? provider) => value is double number ? Number(number) : $"{value}";
    }

    /// <summary>An open element.</summary>
    public readonly struct Scope(TextWriter writer, string name) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => writer.Write($"</{name}>");
    }
}
