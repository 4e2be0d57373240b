using System.Text;
using Bulwark.Data;

namespace Bulwark.Tests.Data;

/// <summary>Inputs that are bad, and inputs that only look so.</summary>
public sealed class DatasetReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Reads a file that cannot be read and checks that the message is one sentence with the file, the line and these words.</summary>
    private static void Fails(string path, int? line, params string[] words)
    {
        var error = Assert.Throws<DataException>(() => DatasetReader.Open(path));

        Assert.Equal(path, error.File);
        Assert.Equal(line, error.Line);
        Assert.StartsWith(line is null ? $"{path}: " : $"{path}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"; {error.Remedy}.", error.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    private static string[] Pairs(Interactions data) =>
        [.. Enumerable.Range(0, data.Count).Select(row => $"{data.Users[data.User[row]]}>{data.Items[data.Item[row]]}")];

    [Fact]
    public void Missing_file() => Fails(Path.Combine(_folder.Path, "none.csv"), null, "does not exist", "check the path");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("\uFEFF")]
    public void Empty_file(string text) => Fails(_folder.Write("a.csv", text), null, "is empty");

    [Fact]
    public void Empty_folder() => Fails(_folder.Path, null, "no data file");

    [Fact]
    public void Several_files_of_no_known_layout()
    {
        _folder.Write("a.csv", "user,item\n1,2\n");
        _folder.Write("b.csv", "user,item\n1,2\n");
        Fails(_folder.Path, null, "2 data files", "a.csv, b.csv", "name the file");
    }

    [Fact]
    public void Binary_file() => Fails(_folder.Write("a.csv", [1, 2, 0, 3, 4]), null, "binary");

    [Fact]
    public void Utf_16_file() =>
        Fails(_folder.Write("a.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("user,item\n1,2\n")]), null, "UTF-16", "UTF-8");

    [Fact]
    public void A_file_that_is_no_gzip_though_its_name_says_so()
    {
        var path = Path.Combine(_folder.Path, "a.csv.gz");
        File.WriteAllText(path, "user,item\n1,2\n");
        Fails(path, 1, "gzip");
    }

    [Fact]
    public void A_gzip_file_that_was_cut_short()
    {
        var path = _folder.Write("a.csv.gz", "user,item\n" + string.Concat(Enumerable.Range(0, 5000).Select(n => $"{n * 7919 % 5003},{n}\n")));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4000]);

        Assert.Contains("is cut short", Assert.Throws<DataException>(() => DatasetReader.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_column() => Fails(_folder.Write("a.csv", "customer,item_id\nann,2\n"), 1, "no user column, only customer, item_id", "user_id");

    [Fact]
    public void Missing_column() => Fails(_folder.Write("a.csv", "user_id,rating\n1,2\n"), 1, "no item column", "item_id");

    [Fact]
    public void No_known_column_at_all() => Fails(_folder.Write("a.csv", "who,what\nann,tea\n"), 1, "no user column");

    [Fact]
    public void Header_without_rows() => Fails(_folder.Write("a.csv", "user_id,item_id\n"), null, "no rows");

    [Fact]
    public void Text_where_a_number_belongs() =>
        Fails(_folder.Write("a.csv", "user_id,item_id,rating\n1,2,5\n1,3,good\n"), 3, "the rating 'good' is not a number", "skip");

    [Fact]
    public void Text_where_a_time_belongs() =>
        Fails(_folder.Write("a.csv", "user_id,item_id,timestamp\n1,2,yesterday\n"), 2, "the time 'yesterday'", "2024-01-31");

    [Fact]
    public void A_kind_that_is_none() =>
        Fails(_folder.Write("a.csv", "user_id,item_id,event\n1,2,sneeze\n"), 2, "'sneeze'", "view, cart, buy and rate");

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e99")]
    public void Rating_that_is_not_finite(string rating) =>
        Fails(_folder.Write("a.tsv", $"user\titem\trating\n1\t2\t{rating}\n"), 2, $"'{rating}' is not finite");

    [Fact]
    public void Wrong_number_of_fields() => Fails(_folder.Write("a.csv", "user,item\n1,2\n1,2,3\n"), 3, "has 3 fields instead of 2");

    [Fact]
    public void Empty_id() => Fails(_folder.Write("a.csv", "user,item\n1,2\n,3\n"), 3, "the user id is empty");

    [Fact]
    public void Invalid_utf_8() =>
        Fails(_folder.Write("a.csv", [.. "user,item\n1,2\n"u8, 0xE4, 0xB8, .. ",3\n"u8]), 3, "not valid UTF-8", "save the file as UTF-8");

    [Fact]
    public void Invalid_utf_8_in_the_header() => Fails(_folder.Write("a.csv", [.. "user,item,"u8, 0xFF, .. "\n1,2,3\n"u8]), 1, "header", "UTF-8");

    [Theory]
    [InlineData("a.txt", "1 2\n3 \n", InputFormat.Headerless)]
    [InlineData("a.jsonl", "{\"user\":1,\"item\":2}\n{\"user\":1}\n", InputFormat.JsonLines)]
    [InlineData("a.inter", "user_id:token\titem_id:token\n1\t2\n3\n", InputFormat.RecBole)]
    public void Row_without_an_item(string name, string text, InputFormat format)
    {
        var error = Assert.Throws<DataException>(() => DatasetReader.Open(_folder.Write(name, text), new(format)));

        Assert.Equal(name.EndsWith(".inter", StringComparison.Ordinal) ? 3 : 2, error.Line);
    }

    [Fact]
    public void Repeated_pairs_keep_the_latest_and_are_counted()
    {
        var data = DatasetReader.Open(_folder.Write("a.csv", "user,item,rating,time\na,x,1,30\na,y,2,5\na,x,3,20\na,y,4,6\n"));

        Assert.Equal(["a>x", "a>y"], Pairs(data.Interactions));
        Assert.Equal([1f, 4], data.Interactions.Value.ToArray());
        Assert.Equal(2, data.Report.Duplicates);
        Assert.Equal(4, data.Report.Lines);
    }

    [Theory]
    [InlineData("\uFEFFuser_id,item_id,rating\na,x,1\nb,y,2\n")]
    [InlineData("user_id,item_id,rating\r\na,x,1\r\nb,y,2\r\n")]
    [InlineData("\uFEFF\r\nuser_id,item_id,rating\r\n\r\na,x,1\r\nb,y,2")]
    public void Byte_order_mark_and_line_ends_do_not_matter(string text)
    {
        var data = DatasetReader.Open(_folder.Write("a.csv", text)).Interactions;

        Assert.Equal(["a>x", "b>y"], Pairs(data));
        Assert.Equal([1f, 2], data.Value.ToArray());
    }

    [Fact]
    public void Ids_with_spaces_and_in_chinese()
    {
        var data = DatasetReader.Open(_folder.Write("a.csv", "user_id,item_id\n李 小龙,红 茶\n Ann Lee ,\"tea, green\"\n")).Interactions;

        Assert.Equal(["李 小龙>红 茶", " Ann Lee >tea, green"], Pairs(data));
    }

    [Fact]
    public void A_line_of_a_million_characters()
    {
        var id = new string('x', 1_000_000);

        Assert.Equal(["a>1", $"a>{id}", "b>2"], Pairs(DatasetReader.Open(_folder.Write("a.csv", $"user,item\na,1\na,{id}\nb,2\n")).Interactions));
        var items = string.Join(' ', Enumerable.Range(0, 200_000));
        Assert.Equal(200_001, DatasetReader.Open(_folder.Write("b.txt", $"1 {items}\n2 5\n")).Interactions.Count);
        Fails(_folder.Write("c.csv", $"user,item\na,{id},3\n"), 2, "has 3 fields");
        Fails(_folder.Write("d.csv", $"user,item,rating\na,1,{id}\n"), 2, "'xxxx", "…' is not a number");
    }

    [Fact]
    public void One_user() => Assert.Equal(["a>x", "a>y"], Pairs(DatasetReader.Open(_folder.Write("a.csv", "user,item\na,x\na,y\n")).Interactions));

    [Fact]
    public void One_item() => Assert.Equal(["a>x", "b>x"], Pairs(DatasetReader.Open(_folder.Write("a.csv", "user,item\na,x\nb,x\n")).Interactions));

    [Fact]
    public void Skip_counts_bad_rows_and_quarantine_keeps_them()
    {
        var path = _folder.Write("a.csv", "user,item,rating\na,x,1\na,y,good\na,,3\nb,x,bad\nb,y,2\n");

        var skipped = DatasetReader.Open(path, new(OnError: OnError.Skip));
        Assert.Equal(["a>x", "b>y"], Pairs(skipped.Interactions));
        Assert.Equal((5, 3), (skipped.Report.Lines, skipped.Report.Bad));
        Assert.Equal(2, skipped.Report.Reasons["rating not a number"]);
        Assert.Equal(1, skipped.Report.Reasons["item missing"]);
        Assert.Equal([3, 4, 5], skipped.Report.Quarantine.Select(row => row.Line));
        Assert.All(skipped.Report.Quarantine, row => Assert.Null(row.Text));

        var kept = DatasetReader.Open(path, new(OnError: OnError.Quarantine)).Report.Quarantine;
        Assert.Equal(new BadRow(path, 5, "the rating 'bad' is not a number", "b,x,bad"), kept[2]);
    }

    [Fact]
    public void No_usable_row_is_an_error_whatever_the_policy()
    {
        var path = _folder.Write("a.csv", "user,item,rating\na,y,good\nb,x,bad\n");
        var error = Assert.Throws<DataException>(() => DatasetReader.Open(path, new(OnError: OnError.Skip)));

        Assert.Contains(
            "none of its 2 rows can be used, the first because on line 2 the rating 'good' is not a number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_file_may_be_compressed()
    {
        var plain = DatasetReader.Open(_folder.Write("a.csv", "user,item,rating\na,x,1\n"));
        var packed = DatasetReader.Open(_folder.Write("b.csv.gz", "user,item,rating\na,x,1\n"));

        Assert.Equal(plain.Interactions.Hash, packed.Interactions.Hash);
        Assert.Equal("b", packed.Name);
    }

    [Fact]
    public void Reading_reports_progress_and_can_be_canceled()
    {
        var path = _folder.Write("a.txt", string.Concat(Enumerable.Range(0, 140_000).Select(n => $"{n % 400} {n}\n")));
        var seen = new Collector();
        DatasetReader.Open(path, progress: seen);
        Assert.Equal([new(path, 65_536), new(path, 131_072)], seen.Reports);

        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => DatasetReader.Open(path, cancellation: source.Token));
    }

    private sealed class Collector : IProgress<ReadProgress>
    {
        public List<ReadProgress> Reports { get; } = [];

        public void Report(ReadProgress value) => Reports.Add(value);
    }
}
