using Bulwark.Data;
using Bulwark.Data.Writers;

namespace Bulwark.Tests.Data.Writers;

public sealed class RecBoleWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var rows = new InteractionsBuilder(hasValues: true, hasTimes: true, hasKinds: true);
        rows.Add("李 小龙", "green tea", 4.5f, 978300019, EventKind.Rate);
        rows.Add("\"a\"", "x", 0.1f, -3, EventKind.View);
        rows.Add("\"a\"", "x", 1, 1L << 33, EventKind.Buy);
        var train = rows.Build();
        var test = new Interactions(train.Users, train.Items, [0], [1], [2], [5], [EventKind.Cart]);
        var items = new AttributeTable(new(["x", "unknown"]),
        [
            new("title", ["Green 茶", null], AttributeKind.TokenSequence), new("price", [1 / 3f, float.NaN]),
            new("code", ["0 1", "1 2"], AttributeKind.FloatSequence),
        ]);
        var users = new AttributeTable(new(["\"a\""]), [new("age", ["30"])]);
        RecBoleWriter.Write(new Dataset("d", train, items, users, test, null, "memory", ReadReport.Empty), Path.Combine(_folder.Path, "out"));
        var read = DatasetReader.Open(Path.Combine(_folder.Path, "out"));

        Assert.Equal(train.Hash, read.Interactions.Hash);
        Assert.Equal(test.Hash, read.Test!.Hash);
        Assert.Equal(items.Ids.Ids, read.Items!.Ids.Ids);
        Assert.Equal(items.Columns.Select(column => (column.Name, column.Kind)), read.Items.Columns.Select(column => (column.Name, column.Kind)));
        Assert.Equal<IEnumerable<string?>>(items["title"].Texts.ToArray(), read.Items["title"].Texts.ToArray());
        Assert.Equal(items["price"].Numbers.ToArray(), read.Items["price"].Numbers.ToArray());
        Assert.Equal<IEnumerable<string?>>(items["code"].Texts.ToArray(), read.Items["code"].Texts.ToArray());
        Assert.Equal<IEnumerable<string?>>(["30"], read.Users!["age"].Texts.ToArray());
    }

    [Fact]
    public void Columns_that_the_data_lack_are_not_written()
    {
        var path = Path.Combine(_folder.Path, "d.inter");
        RecBoleWriter.Write(new Interactions(new(["a"]), new(["x"]), [0], [0]), path);

        Assert.Equal("user_id:token\titem_id:token\na\tx\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder.Write("d.inter", "old");
        var data = new Interactions(new(["a", "b\tc"]), new(["x"]), [0, 1], [0, 0]);

        Assert.Contains("'b c'", Assert.Throws<DataException>(() => RecBoleWriter.Write(data, path)).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }
}
