using Bulwark.Data;

namespace Bulwark.Tests.Data.Readers;

/// <summary>Each format read from a file or folder that is recognized.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows as <c>user item value time kind</c>, as far as known.</summary>
    private static string[] Rows(Interactions data) => [.. Enumerable.Range(0, data.Count).Select(row => string.Join(' ',
        new object?[]
        {
            data.Users[data.User[row]], data.Items[data.Item[row]], data.HasValues ? data.Value[row] : null, data.HasTimes ? data.Time[row] : null,
            data.HasKinds ? data.Kind[row] : null,
        }.Where(field => field is not null)))];

    private string[] Read(string name, string text, string? format = null)
    {
        var dataset = DatasetReader.Open(_folder.Write(name, text));
        if (format is not null) Assert.Equal(format, dataset.Format);
        return Rows(dataset.Interactions);
    }

    [Theory]
    [InlineData("user_id,item_id,rating,timestamp")]
    [InlineData("userId,movieId,rating,timestamp")]
    [InlineData("uid,iid,value,time")]
    [InlineData("UserId,ItemId,Score,Date")]
    [InlineData("user,item,rating,time")]
    [InlineData("\"USER_ID\",\"ITEM_ID\",\"Rating\",\"Timestamp\"")]
    public void Csv_by_the_usual_names(string header) =>
        Assert.Equal(["a x 4.5 978300019", "b y 3 978300020"], Read("r.csv", $"{header}\na,x,4.5,978300019\nb,y,3,978300020\n", "CSV with a header"));

    [Fact]
    public void Columns_in_any_order_with_others_between()
    {
        Assert.Equal(["a x 4", "b y 5"], Read("r.tsv", "rating\tcomment\titem\tuser\n4\tso \"so\tx\ta\n5\t\ty\tb\n", "TSV with a header"));
        Assert.Equal(["a x", "b y"], Read("r.csv", "item;user;note\nx;a;\ny;b;z\n"));
    }

    [Fact]
    public void Csv_quotes_as_in_rfc_4180() => Assert.Equal(
        ["a,b x", "say \"hi\" y", "two\nlines z", " w"],
        [.. Read("r.csv", "user,item\n\"a,b\",x\n\"say \"\"hi\"\"\",\"y\"\n\"two\r\nlines\",z\n\" \",w\n").Select(row => row == "  w" ? " w" : row)]);

    [Theory]
    [InlineData("user,item\n\"a,x\nb,y\n", 2, "never closed")]
    [InlineData("user,item\na,x\n\"b\"c,y\n", 3, "closing quote")]
    public void Csv_quotes_that_are_wrong(string text, int line, string problem)
    {
        var error = Assert.Throws<DataException>(() => Read("r.csv", text));

        Assert.Equal(line, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_by_their_usual_names() => Assert.Equal(
        ["a x View", "a y Cart", "a z Buy", "a w Rate", "a v View"],
        Read("r.csv", "user,item,event_type\na,x,view\na,y,addtocart\na,z,Purchase\na,w,rating\na,v,page_view\n"));

    [Theory]
    [InlineData("978300019", 978300019)]
    [InlineData("978300019.75", 978300019)]
    [InlineData("9.78300019E8", 978300019)]
    [InlineData("978300019000", 978300019)]                // milliseconds
    [InlineData("-5", -5)]
    [InlineData("2000-12-31T22:00:19Z", 978300019)]
    [InlineData("2000-12-31 22:00:19", 978300019)]         // UTC unless it says otherwise
    [InlineData("2001-01-01T00:00:19+02:00", 978300019)]
    [InlineData("2000/12/31", 978220800)]
    public void Times(string text, long seconds) => Assert.Equal([$"a x {seconds}"], Read("r.csv", $"user,item,time\na,x,{text}\n"));

    [Fact]
    public void A_day_before_its_month_is_not_guessed() => Assert.Throws<DataException>(() => Read("r.csv", "user,item,time\na,x,31/12/2000\n"));

    [Theory]
    [InlineData("r.txt", "1\t2\t3\t4\n5\t6\t4.5\t8\n")]
    [InlineData("r.dat", "1::2::3::4\n5::6::4.5::8\n")]
    [InlineData("r.csv", "1,2,3,4\n5,6,4.5,8\n")]
    [InlineData("r.txt", "1 2 3 4\n5 6 4.5 8\n")]
    public void Headerless_by_any_separator(string name, string text) =>
        Assert.Equal(["1 2 3 4", "5 6 4.5 8"], Read(name, text, "lines of user, item, rating, time"));

    [Fact]
    public void Headerless_pairs_and_triples()
    {
        Assert.Equal(["ann tea", "bob ice tea"], Read("r.txt.gz", "ann\ttea\nbob\tice tea\n"));
        Assert.Equal(["1 2 5", "3 4 1"], Read("r.txt", "1 2 5\n3 4 1\n"));
    }

    [Fact]
    public void Json_lines()
    {
        Assert.Equal(
            ["7 x 4.5 978300019 Buy", "李 y 3 978300019 View"],
            Read(
                "r.jsonl",
                """
                {"userId": 7, "itemId": "x", "rating": 4.5, "timestamp": "2000-12-31T22:00:19Z", "event": "buy", "extra": {"user": [1, 2]}}
                {"event": "view", "timestamp": 978300019, "rating": "3", "itemId": "y", "userId": "\u674e"}

                """, "JSON lines"));
        Assert.Contains("not JSON", Assert.Throws<DataException>(() => Read("s.jsonl", "{\"user\":1,\n")).Message, StringComparison.Ordinal);
        Assert.Contains("no user", Assert.Throws<DataException>(() => Read("s.jsonl", "{\"item\":1}\n")).Message, StringComparison.Ordinal);
        Assert.Contains("array", Assert.Throws<DataException>(() => Read("s.json", "[{\"item\":1}]\n")).Message, StringComparison.Ordinal);
        Assert.Contains("rating is missing", Assert.Throws<DataException>(
            () => Read("t.jsonl", "{\"user\":1,\"item\":2,\"rating\":3}\n{\"user\":1,\"item\":3}\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecBole_with_attributes_and_a_test_part()
    {
        _folder.Write("shop.inter", "user_id:token\titem_id:token\trating:float\ttimestamp:float\na b\tx\t4\t10\na b\ty\t5\t11\n");
        _folder.Write("shop.test.inter", "user_id:token\titem_id:token\nc\tx\n");
        _folder.Write("shop.item.gz", "item_id:token\ttitle:token_seq\tprice:float\ttags:token_seq\ny\tGreen Tea\t2.5\t\nz\t\t\tp q\n");
        _folder.Write("shop.user", "user_id:token\tage:token\na b\t30\n");
        var data = DatasetReader.Open(_folder.Path);

        Assert.Equal("shop", data.Name);
        Assert.Equal(["a b x 4 10", "a b y 5 11"], Rows(data.Interactions));
        Assert.Equal(["c x"], Rows(data.Test!));
        Assert.Same(data.Interactions.Users, data.Test!.Users);
        Assert.Equal(["y", "z"], data.Items!.Ids.Ids);
        Assert.Equal<IEnumerable<string?>>(["Green Tea", null], data.Items["title"].Texts.ToArray());
        Assert.Equal(AttributeKind.TokenSequence, data.Items["tags"].Kind);
        Assert.Equal([float.NaN, 2.5f], data.Items.Align(data.Interactions.Items)["price"].Numbers.ToArray());
        Assert.Equal<IEnumerable<string?>>(["30"], data.Users!["age"].Texts.ToArray());
    }

    [Fact]
    public void RecBole_headers_need_types()
    {
        var error = Assert.Throws<DataException>(() => Read("shop.inter", "user_id\titem_id\na\tb\n"));

        Assert.Contains("'user_id' has no type", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void RecBole_numbers_must_be_numbers()
    {
        _folder.Write("shop.inter", "user_id:token\titem_id:token\na\tx\n");
        _folder.Write("shop.item", "item_id:token\tprice:float\nx\tcheap\n");

        var error = Assert.Throws<DataException>(() => DatasetReader.Open(_folder.Path));
        Assert.Contains("the price 'cheap' is not a number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MovieLens_by_the_names_of_its_files()
    {
        _folder.Write("u.data", "1\t2\t3\t978300019\n");
        var data = DatasetReader.Open(_folder.Path);

        Assert.Equal((Path.GetFileName(_folder.Path), "MovieLens u.data"), (data.Name, data.Format));
        Assert.Equal(["1 2 3 978300019"], Rows(data.Interactions));
        Assert.Equal(["1 2 3 4"], Read("ratings.dat", "1::2::3::4\n", "MovieLens ratings.dat"));
    }

    [Fact]
    public void LightGcn_folder()
    {
        _folder.Write("train.txt", "0 10 11 12\n1 11 \n2\n");
        _folder.Write("test.txt", "0 13\n1\n2 10\n");
        var data = DatasetReader.Open(_folder.Path);

        Assert.Equal("LightGCN folder", data.Format);
        Assert.Equal(["0 10", "0 11", "0 12", "1 11"], Rows(data.Interactions));
        Assert.Equal(["0 13", "2 10"], Rows(data.Test!));
        Assert.Equal((3, 4), (data.Interactions.UserCount, data.Interactions.ItemCount));
    }

    [Theory]
    [InlineData("ml.train.rating", "0\t1\t5\t1\n0\t2\t4\t2\n", "0 1 5 1", "0 2 4 2")]
    [InlineData("ml.train.pairs.tsv", "0\t1\n0\t2\n", "0 1", "0 2")]
    public void Ncf_folder(string train, string text, params string[] rows)
    {
        _folder.Write(train, text);
        _folder.Write("ml.test.rating", "0\t3\t5\t3\n");
        _folder.Write("ml.test.negative", "(0,3)\t7\t3\t8\t1\n");          // 3 is the test item itself
        var data = DatasetReader.Open(_folder.Path);

        Assert.Equal(rows, Rows(data.Interactions));
        Assert.Equal(["0 3 5 3"], Rows(data.Test!));
        Assert.Equal(["7", "8", "1"], data.Negatives![0].ToArray().Select(item => data.Interactions.Items[item]));
    }

    [Fact]
    public void Ncf_negatives_need_their_pair()
    {
        _folder.Write("ml.train.rating", "0\t1\t5\t1\n");
        _folder.Write("ml.test.rating", "0\t3\t5\t3\n");
        var path = _folder.Write("ml.test.negative", "(0,3)\t7\n(9,3)\t7\n");
        var error = Assert.Throws<DataException>(() => DatasetReader.Open(_folder.Path));

        Assert.Equal((path, 2), (error.File, error.Line));
    }

    [Fact]
    public void Msap_folder()
    {
        _folder.Write("train.pairs.tsv", "0\t1\n0\t2\n");
        _folder.Write("testset.tsv", "0\t3\t5\t100\n");
        var data = DatasetReader.Open(_folder.Path);

        Assert.Equal("MSAP folder", data.Format);
        Assert.Equal((2, "0 3 5 100"), (data.Interactions.Count, Rows(data.Test!)[0]));
    }

    [Fact]
    public void Sequences_with_negatives_beside_them()
    {
        _folder.Write("s_sample.txt", "2 9 8\n1 7\n");
        var data = DatasetReader.Open(_folder.Write("s.txt", "1 5 6 7 8\n2 6 5\n"));

        Assert.Equal(["1 5", "1 6", "1 7", "1 8", "2 6", "2 5"], Rows(data.Interactions));
        Assert.Equal(["9", "8"], data.Negatives![1].ToArray().Select(item => data.Interactions.Items[item]));
        Assert.Equal(5, data.Interactions.ItemCount);
    }

    [Fact]
    public void The_given_format_overrides_the_recognized_one()
    {
        var path = _folder.Write("s.txt", "1 5 3\n2 6 4\n");

        Assert.True(DatasetReader.Open(path).Interactions.HasValues);
        Assert.Equal(["1 5", "1 3", "2 6", "2 4"], Rows(DatasetReader.Open(path, new(InputFormat.Sequences)).Interactions));
    }

    [Fact]
    public void A_folder_without_the_files_of_its_format_says_which()
    {
        var error = Assert.Throws<DataException>(() => DatasetReader.Open(_folder.Path, new(InputFormat.LightGcn)));

        Assert.Contains("has no file train.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InputFormat.LightGcn)]
    [InlineData(InputFormat.Ncf)]
    [InlineData(InputFormat.Msap)]
    public void A_file_where_the_format_is_a_folder_says_so(InputFormat format)
    {
        var error = Assert.Throws<DataException>(() => DatasetReader.Open(_folder.Write("a.txt", "1 2\n"), new(format)));

        Assert.Contains("is not a folder", error.Message, StringComparison.Ordinal);
    }
}
