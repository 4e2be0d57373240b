using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>
/// A folder as in the data of neural collaborative filtering (He et al. 2017): <c>x.train.rating</c> or <c>x.train.pairs.tsv</c>,
/// <c>x.test.rating</c>, and <c>x.test.negative</c> with lines <c>(user,item) negative negative …</c>. Some lines of the published file name the item
/// among its own negatives; it is left out there, so that such a user has 98.
/// </summary>
internal static class NcfReader
{
    public static Dataset Read(string folder, Reading reading)
    {
        var trainPath = Files.Find(folder, ".train.rating", suffix: true) ?? Files.Need(folder, ".train.pairs.tsv", suffix: true);
        var testPath = Files.Need(folder, ".test.rating", suffix: true);
        var negativePath = Files.Find(folder, ".test.negative", suffix: true);
        Vocabulary users = new(), items = new();
        var train = HeaderlessReader.ReadRows(trainPath, reading, users, items);
        var test = HeaderlessReader.ReadRows(testPath, reading, users, items);
        var negatives = negativePath is null ? null : ReadNegatives(negativePath, reading, users, items);
        return new(Files.NameOf(folder), reading.Build(train, trainPath), null, null, reading.Build(test, testPath), negatives, "NCF folder", reading.Report());
    }

    private static Negatives ReadNegatives(string path, Reading reading, Vocabulary users, Vocabulary items)
    {
        using var reader = new LineReader(path, reading);
        var lists = new List<int>?[users.Count];
        while (reader.NextRow(out var line))
        {
            var fields = new FieldSplitter(line, Separator.Tab);
            fields.Next(out var pair);
            var comma = pair.IndexOf((byte)',');
            if (comma < 1 || pair[0] != '(' || pair[^1] != ')' || !users.TryGet(Encoding.UTF8.GetString(pair[1..comma]), out var user))
            {
                reading.Bad(reader, line, new(
                    "negatives without a test pair", $"'{Reading.Excerpt(pair)}' is not (user,item) of a known user", "correct it or read with on-error skip"));
                continue;
            }
            var list = lists[user] = new(99);
            while (fields.Next(out var field))
                if (!field.IsEmpty && !field.SequenceEqual(pair[(comma + 1)..^1])) list.Add(Texts.Intern(items, field));
        }
        return Negatives.From(lists, users.Count);
    }
}
