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
        Vocabulary users = new(), items = new();
        var rows = ReadRows(path, reading, users, items);
        var sample = Files.Beside(path, "_sample");
        var negatives = sample is null ? null : ReadNegatives(sample, reading, users, items);
        return new(Files.NameOf(path), reading.Build(rows, path), null, null, null, negatives, "lines of user and items in time order", reading.Report());
    }

    /// <summary>The rows of one file, with ids numbered on from these vocabularies. A user without items is no fault.</summary>
    public static InteractionsBuilder ReadRows(string path, Reading reading, Vocabulary users, Vocabulary items)
    {
        using var reader = new LineReader(path, reading);
        var rows = new InteractionsBuilder(users, items);
        while (reader.NextRow(out var line))
        {
            if (!Utf8.IsValid(line))
            {
                reading.Bad(reader, line, RowSink.NotUtf8);
                continue;
            }
            var fields = new FieldSplitter(line, Separator.Spaces);
            fields.Next(out var field);
            var user = Texts.Intern(users, field);
            while (fields.Next(out field)) rows.Add(user, Texts.Intern(items, field));
        }
        return rows;
    }

    private static Negatives ReadNegatives(string path, Reading reading, Vocabulary users, Vocabulary items)
    {
        using var reader = new LineReader(path, reading);
        var lists = new List<int>?[users.Count];
        while (reader.NextRow(out var line))
        {
            var fields = new FieldSplitter(line, Separator.Spaces);
            fields.Next(out var field);
            if (!users.TryGet(System.Text.Encoding.UTF8.GetString(field), out var user))
            {
                reading.Bad(reader, line, new(
                    "negatives of an unknown user", $"the user '{Reading.Excerpt(field)}' has no sequence", "remove the line or read with on-error skip"));
                continue;
            }
            var list = lists[user] = [];
            while (fields.Next(out field)) list.Add(Texts.Intern(items, field));
        }
        return Negatives.From(lists, users.Count);
    }
}
