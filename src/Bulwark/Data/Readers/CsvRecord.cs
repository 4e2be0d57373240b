using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>
/// One record of RFC 4180 at a time: fields may be quoted, a quote inside is doubled, a quoted field may hold line ends. Tab-separated values
/// know no quoting.
/// </summary>
internal sealed class CsvRecord(LineReader reader, byte delimiter)
{
    private readonly List<(int Start, int End)> _fields = [];
    private byte[] _text = new byte[256];
    private int _length;

    /// <summary>Number of fields.</summary>
    public int Count => _fields.Count;

    /// <summary>The line that the record starts on.</summary>
    public int Line { get; private set; }

    /// <summary>What is wrong with the record's quotes; null if nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>The record without its quotes, for checks and reports.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>A field without its quotes; empty for −1.</summary>
    public ReadOnlySpan<byte> this[int field] => field < 0 ? default : _text.AsSpan(_fields[field].Start.._fields[field].End);

    /// <summary>Reads the next record; false at the end of the file.</summary>
    public bool Next()
    {
        if (!reader.NextRow(out var line)) return false;
        Parse(line);
        return true;
    }

    /// <summary>Takes the fields from a line, and from those that follow while a quote is open.</summary>
    public void Parse(ReadOnlySpan<byte> line)
    {
        (Line, Problem, _length) = (reader.Line, null, 0);
        _fields.Clear();
        var quoting = delimiter != '\t' && line.Contains((byte)'"');
        while (true)
        {
            var start = _length;
            if (quoting && line is [(byte)'"', ..]) line = Quoted(line[1..]);
            var end = line.IndexOf(delimiter);
            if (end > 0 || end < 0 && line.Length > 0)
            {
                var tail = end < 0 ? line : line[..end];
                if (_length > start) Problem ??= "has text behind a closing quote";
                Append(tail);
            }
            _fields.Add((start, _length));
            if (end < 0) return;
            Append([delimiter]);
            line = line[(end + 1)..];
        }
    }

    /// <summary>The fields as strings.</summary>
    public string[] ToArray()
    {
        var fields = new string[Count];
        for (var i = 0; i < fields.Length; i++) fields[i] = Encoding.UTF8.GetString(this[i]);
        return fields;
    }

    /// <summary>Appends a field up to its closing quote; gives what is behind the quote.</summary>
    private ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var quote = line.IndexOf((byte)'"');
            if (quote < 0)
            {
                Append(line);
                if (!reader.Next(out line))
                {
                    Problem = "opens a quote that is never closed";
                    return default;
                }
                Append("\n"u8);
                continue;
            }
            Append(line[..quote]);
            line = line[(quote + 1)..];
            if (line is not [(byte)'"', ..]) return line;
            Append("\""u8);
            line = line[1..];
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
