namespace Bulwark.Data.Readers;

/// <summary>
/// Lines <c>user item</c>, <c>user item rating</c> or <c>user item rating time</c> without a header, separated by tabs, commas, semicolons,
/// <c>::</c> or spaces. The first line says how many fields each has.
/// </summary>
internal static class HeaderlessReader
{
    public static Dataset Read(string path, Reading reading)
    {
        var rows = ReadRows(path, reading);
        return new(Files.NameOf(path), reading.Build(rows, path), null, null, null, null, "lines of user, item, rating, time", reading.Report());
    }

    /// <summary>The rows of one file.</summary>
    public static InteractionsBuilder ReadRows(string path, Reading reading)
    {
        using var reader = new LineReader(path, reading);
        RowSink? sink = null;
        var (separator, expected) = (default(Separator), 0);
        while (reader.NextRow(out var line))
        {
            if (sink is null)
            {
                separator = FieldSplitter.Guess(line);
                expected = FieldSplitter.Count(line, separator);
                if (expected is < 2 or > 4)
                    throw new DataException(
                        path, reader.Line, $"has {expected} fields where user, item and perhaps rating and time belong", "name the format of the file");
                sink = new(reading, hasValues: expected > 2, hasTimes: expected > 3);
            }
            var fields = new FieldSplitter(line, separator);
            var row = new RowFields();
            var count = 0;
            for (; fields.Next(out var field); count++)
            {
                if (count == 0) row.User = field;
                else if (count == 1) row.Item = field;
                else if (count == 2) row.Value = field;
                else if (count == 3) row.Time = field;
            }
            if (count == expected) sink.Add(path, reader.Line, line, row);
            else reading.Bad(reader, line, RowSink.WrongCount(count, expected));
        }
        return sink?.Rows ?? new();
    }
}
