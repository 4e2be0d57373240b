using System.Text.Unicode;

namespace Bulwark.Data.Readers;

/// <summary>
/// Lines <c>user item item …</c> in time order. A file <c>x_sample.txt</c> beside <c>x.txt</c> holds negatives for each user's last item, as in the
/// data of S3-Rec (Zhou et al. 2020).
/// </summary>
internal static class SequenceReader
{
    public static Dataset Read(string path, Reading reading)
    {
        var rows = ReadRows(path, reading);
        var sample = Files.Beside(path, "_sample");
        var negatives = sample is null ? null : NegativesReader.Read(sample, reading, Separator.Spaces, pairs: false);
        return new(Files.NameOf(path), reading.Build(rows, path), null, null, null, negatives, "lines of user and items in time order", reading.Report());
    }

    /// <summary>The rows of one file. A user without items is no fault.</summary>
    public static InteractionsBuilder ReadRows(string path, Reading reading)
    {
        using var reader = new LineReader(path, reading);
        var rows = new InteractionsBuilder(reading.Users.Vocabulary, reading.Items.Vocabulary);
        while (reader.NextRow(out var line))
        {
            if (!Utf8.IsValid(line))
            {
                reading.Bad(reader, line, RowSink.NotUtf8);
                continue;
            }
            var fields = new FieldSplitter(line, Separator.Spaces);
            fields.Next(out var field);
            var user = reading.Users.GetOrAdd(field);
            while (fields.Next(out field)) rows.Add(user, reading.Items.GetOrAdd(field));
        }
        return rows;
    }
}
