using System.Text.Unicode;

namespace Bulwark.Data.Readers;

/// <summary>
/// Lines of a user, or of <c>(user,item)</c> with the test item, and of the negatives to rank it against. In the published data of NCF some lines name
/// the test item among its own negatives; it is left out there.
/// </summary>
internal static class NegativesReader
{
    public static Negatives Read(string path, Reading reading, Separator separator, bool pairs)
    {
        using var reader = new LineReader(path, reading);
        var lists = new List<int>?[reading.Users.Vocabulary.Count];
        while (reader.NextRow(out var line))
        {
            var fields = new FieldSplitter(line, separator);
            fields.Next(out var user);
            ReadOnlySpan<byte> item = default;
            if (pairs && user is [(byte)'(', .. var pair, (byte)')'] && pair.IndexOf((byte)',') is >= 0 and var comma)
            {
                user = pair[..comma];
                item = pair[(comma + 1)..];
            }
            if (!Utf8.IsValid(line)) reading.Bad(reader, line, RowSink.NotUtf8);
            else if (pairs && item.IsEmpty || !reading.Users.TryGet(user, out var index))
                reading.Bad(reader, line, new(
                    "negatives of an unknown user", $"'{Reading.Excerpt(user)}' is not {(pairs ? "(user,item) of " : "")}a user with interactions",
                    "correct it or read with on-error skip"));
            else
            {
                var list = lists[index] = [];
                while (fields.Next(out var field))
                    if (!field.IsEmpty && !field.SequenceEqual(item)) list.Add(reading.Items.GetOrAdd(field));
            }
        }
        return Negatives.From(lists, lists.Length);
    }
}
