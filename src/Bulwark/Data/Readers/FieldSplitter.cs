namespace Bulwark.Data.Readers;

/// <summary>What stands between the fields of a line.</summary>
internal enum Separator : byte { Tab, Comma, Semicolon, DoubleColon, Spaces }

/// <summary>Fields of a line one after the other, without quoting. Spaces separate in runs; the others each time.</summary>
internal ref struct FieldSplitter(ReadOnlySpan<byte> line, Separator separator)
{
    private ReadOnlySpan<byte> _rest = line;
    private bool _ended;

    /// <summary>The separator of a line: the first of double colon, tab, comma, semicolon and space that it has.</summary>
    public static Separator Guess(ReadOnlySpan<byte> line) =>
        line.IndexOf("::"u8) >= 0 ? Separator.DoubleColon
        : line.Contains((byte)'\t') ? Separator.Tab
        : line.Contains((byte)',') ? Separator.Comma
        : line.Contains((byte)';') ? Separator.Semicolon
        : Separator.Spaces;

    /// <summary>Number of fields.</summary>
    public static int Count(ReadOnlySpan<byte> line, Separator separator)
    {
        var fields = new FieldSplitter(line, separator);
        var count = 0;
        while (fields.Next(out _)) count++;
        return count;
    }

    /// <summary>The next field; false after the last.</summary>
    public bool Next(out ReadOnlySpan<byte> field)
    {
        if (separator == Separator.Spaces) _rest = _rest.Trim(" \t"u8);
        if (_ended || separator == Separator.Spaces && _rest.IsEmpty)
        {
            field = default;
            return false;
        }
        var (at, width) = separator switch
        {
            Separator.Tab => (_rest.IndexOf((byte)'\t'), 1),
            Separator.Comma => (_rest.IndexOf((byte)','), 1),
            Separator.Semicolon => (_rest.IndexOf((byte)';'), 1),
            Separator.DoubleColon => (_rest.IndexOf("::"u8), 2),
            _ => (_rest.IndexOfAny((byte)' ', (byte)'\t'), 1),
        };
        if (at < 0)
        {
            field = _rest;
            _ended = true;
            return true;
        }
        field = _rest[..at];
        _rest = _rest[(at + width)..];
        return true;
    }
}
