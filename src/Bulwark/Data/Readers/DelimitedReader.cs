namespace Bulwark.Data.Readers;

/// <summary>
/// CSV (RFC 4180) or TSV with a header that names users and items, and perhaps ratings, times and kinds, by one of their usual names. The delimiter
/// is the one of comma, tab, semicolon and bar that the header has most of.
/// </summary>
internal static class DelimitedReader
{
    public static Dataset Read(string path, Reading reading)
    {
        using var reader = new LineReader(path, reading);
        var header = reader.Header();
        var delimiter = Delimiter(header);
        var record = new CsvRecord(reader, delimiter);
        record.Parse(header);
        var columns = Columns.Of(record.ToArray(), path, record.Line);
        var context = new ContextColumns(reading.Context, record.ToArray(), path, record.Line);
        var sink = new RowSink(reading, columns.Value >= 0, columns.Time >= 0, columns.Kind >= 0);
        while (record.Next())
        {
            if (record.Problem is { } problem)
                reading.Bad(path, record.Line, record.Text, new("quotes", problem, "close the quote or read with on-error skip"));
            else if (record.Count != columns.Count) reading.Bad(path, record.Line, record.Text, RowSink.WrongCount(record.Count, columns.Count));
            else if (sink.Add(path, record.Line, record.Text, Fields(record, columns))) context.Add(record);
        }
        var format = delimiter == '\t' ? "TSV with a header" : "CSV with a header";
        return new(Files.NameOf(path), reading.Build(sink.Rows, path, context), null, null, null, null, format, reading.Report());
    }

    /// <summary>The fields that matter.</summary>
    public static RowFields Fields(CsvRecord record, Columns columns) => new()
    {
        User = record[columns.User],
        Item = record[columns.Item],
        Value = record[columns.Value],
        Time = record[columns.Time],
        Kind = record[columns.Kind],
    };

    /// <summary>The delimiter that a header has most of; on a tie the first of comma, tab, semicolon and bar.</summary>
    public static byte Delimiter(ReadOnlySpan<byte> header)
    {
        var best = (byte)',';
        var most = 0;
        foreach (var candidate in ",\t;|"u8)
        {
            var count = header.Count(candidate);
            if (count > most) (best, most) = (candidate, count);
        }
        return best;
    }
}
