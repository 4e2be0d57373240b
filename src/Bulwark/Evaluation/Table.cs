using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation;

/// <summary>A table of text that knows how to be printed. Every row has as many cells as the header.</summary>
/// <param name="Header">The columns' names.</param>
/// <param name="Rows">The cells; an empty cell is a missing one.</param>
/// <param name="Numeric">Which columns hold numbers: they are set flush right, and are numbers in JSON.</param>
public sealed record Table(string[] Header, string[][] Rows, bool[] Numeric)
{
    private const string Gap = "  ";

    private static readonly JsonWriterOptions Json = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Plain text with aligned columns. Chinese characters count two columns, combining marks none.</summary>
    public void WriteText(TextWriter writer)
    {
        var widths = Header.Select((name, column) => Rows.Select(row => TextWidth.Columns(row[column])).Append(TextWidth.Columns(name)).Max()).ToArray();
        WriteLine(Header);
        writer.Write(string.Join(Gap, widths.Select(width => new string('-', width))) + "\n");
        foreach (var row in Rows) WriteLine(row);

        void WriteLine(string[] cells)
        {
            var line = new StringBuilder();
            for (var column = 0; column < cells.Length; column++)
            {
                var text = TextWidth.Printable(cells[column]);
                var padding = new string(' ', widths[column] - TextWidth.Columns(text));
                line.Append(column > 0 ? Gap : "").Append(Numeric[column] ? padding + text : text + padding);
            }
            writer.Write(line.ToString().TrimEnd() + "\n");
        }
    }

    /// <summary>Comma-separated values as RFC 4180 has them: CRLF, and quotes where they are needed.</summary>
    public void WriteCsv(TextWriter writer)
    {
        foreach (var row in Rows.Prepend(Header)) writer.Write(string.Join(',', row.Select(Quote)) + "\r\n");

        static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
    }

    /// <summary>A Markdown table (GitHub's).</summary>
    public void WriteMarkdown(TextWriter writer)
    {
        WriteLine(Header.Select(Escape));
        WriteLine(Numeric.Select(number => number ? "---:" : "---"));
        foreach (var row in Rows) WriteLine(row.Select(Escape));

        void WriteLine(IEnumerable<string> cells) => writer.Write($"| {string.Join(" | ", cells)} |\n");
        static string Escape(string cell) => TextWidth.Printable(cell).Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;");
    }

    /// <summary>A JSON array of objects, one a row: numbers of numeric columns as numbers, missing cells as null.</summary>
    public void WriteJson(TextWriter writer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartArray();
            foreach (var row in Rows)
            {
                json.WriteStartObject();
                for (var column = 0; column < Header.Length; column++) WriteCell(json, column, row[column]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        writer.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
    }

    private void WriteCell(Utf8JsonWriter json, int column, string cell)
    {
        if (cell.Length == 0) json.WriteNull(Header[column]);
        else if (Numeric[column] && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            json.WriteNumber(Header[column], number);
        else json.WriteString(Header[column], cell);
    }
}
