using System.Text;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests;

/// <summary>Data that cannot be used: one sentence with the file, the line where there is one, exit code 2, and nothing written.</summary>
public sealed class BadDataTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    private void Bad(string name, byte[] content, params string[] words)
    {
        File.WriteAllBytes(_run[name], content);
        var before = Directory.GetFileSystemEntries(_run.Folder).Length;
        Refuses(2, [name, .. words], "data", "describe", _run[name]);
        Refuses(2, [name, .. words], "data", "split", _run[name], "--out", _run["parts"]);
        Assert.Equal(before, Directory.GetFileSystemEntries(_run.Folder).Length);
    }

    private void Bad(string name, string content, params string[] words) => Bad(name, Encoding.UTF8.GetBytes(content), words);

    [Fact]
    public void A_missing_file() => Refuses(2, ["nowhere.csv", "does not exist"], "data", "describe", _run["nowhere.csv"]);

    [Fact]
    public void An_empty_file() => Bad("empty.csv", "");

    [Fact]
    public void A_binary_file() => Bad("binary.csv", [0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 0, 255, 254, 10, 0, 0]);

    [Fact]
    public void A_missing_column() => Bad("columns.csv", "user_id,price\na,1\nb,2\n", "item");

    [Fact]
    public void A_header_without_rows() => Bad("header.csv", "user_id,item_id,rating\n");

    [Fact]
    public void Text_where_a_number_belongs() => Bad("text.csv", "user_id,item_id,rating\na,x,4\na,y,good\n", "line 3");

    [Theory]
    [InlineData("NaN")]
    [InlineData("inf")]
    public void Ratings_that_are_not_finite(string rating) => Bad("finite.csv", $"user_id,item_id,rating\na,x,{rating}\na,y,3\n", "line 2");

    [Fact]
    public void Invalid_utf8() => Bad("utf8.csv", [.. "user_id,item_id\na,x\n"u8, 0xff, 0xfe, .. ",y\n"u8], "line 3");

    [Fact]
    public void A_million_character_line() => Bad("long.csv", $"user_id,item_id,rating\na,{new string('x', 1_000_000)},bad\n", "line 2");

    [Fact]
    public void One_user_with_one_item()
    {
        var path = _run.File("one.csv", "user_id,item_id\na,x\n");
        Refuses(2, ["no test rows"], "data", "split", path, "--out", _run["parts"]);
        Assert.False(Directory.Exists(_run["parts"]));
        Assert.False(Directory.Exists(_run["parts.partial"]));
    }

    /// <summary>Whatever the model and the cutoff, the data are to blame, and the sentence says what would help.</summary>
    [Theory]
    [InlineData("train", "-m", "bpr")]
    [InlineData("train", "-m", "sasrec")]
    [InlineData("train", "-m", "itemknn", "--split", "random=80%")]
    [InlineData("train", "-m", "popularity", "--topk", "1")]
    [InlineData("harden")]
    [InlineData("tune")]
    public void One_item_of_many_users(params string[] args)
    {
        var rows = Enumerable.Range(0, 20).Select(row => $"u{row % 10},x,{row + 1}");
        var path = _run.File("one-item.csv", $"user_id,item_id,timestamp\n{string.Join('\n', rows)}\n");
        Refuses(2, ["one-item.csv", "one item", "at least two items"], [args[0], path, .. args[1..], "--out", _run["runs"]]);
        Assert.False(Directory.Exists(_run["runs"]));
    }

    [Theory]
    [InlineData("sasrec")]
    [InlineData("bert4rec")]
    [InlineData("gru4rec")]
    [InlineData("caser")]
    [InlineData("bagging")]
    public void No_history_of_two_events(string model)
    {
        var rows = Enumerable.Range(0, 20).Select(row => $"u{row % 10},{(row < 10 ? "x" : "y")}{row % 3},{row + 1}");
        var path = _run.File("short.csv", $"user_id,item_id,timestamp\n{string.Join('\n', rows)}\n");
        string[] args = ["--topk", "2", "--split", "leave-last", "--out", _run["runs"], "-m", model, .. model == "bagging" ? ["--members", "itemknn,caser"] : (string[])[]];
        Refuses(2, ["short.csv", "no user has 2 events", "bpr"], ["train", path, .. args]);
        if (model != "bagging") Refuses(2, ["short.csv", "no user has 2 events", "bpr"], ["harden", path, .. args]);
        Refuses(2, ["short.csv", "validation"], "train", path, "--set", "train.patience=2", "--topk", "2", "--split", "leave-last", "--out", _run["runs"]);
        Assert.False(Directory.Exists(_run["runs"]));
    }

    /// <summary>One user is enough to train and to harden, though two models cannot be compared user by user.</summary>
    [Fact]
    public void One_user_with_many_items_is_usable()
    {
        var rows = Enumerable.Range(0, 20).Select(row => $"a,i{row},{row + 1}");
        var path = _run.File("one-user.csv", $"user_id,item_id,timestamp\n{string.Join('\n', rows)}\n");
        string[] args = [path, "--split", "random=80%", "--topk", "2", "--epochs", "2", "--set", "model.dimension=4", "--format", "csv"];
        foreach (var verb in new[] { "train", "harden" })
        {
            var (code, output, error) = Run([verb, .. args, "--out", _run[verb]]);
            Assert.True(code == 0, error);
            Assert.Contains("bpr,none,0,recall@2,", output);
        }
    }

    [Fact]
    public void No_rows_left_after_the_filter() =>
        Refuses(2, ["5-core"], "data", "split", _run.File("few.csv", "user_id,item_id\na,x\na,y\nb,x\n"), "--min-interactions", "5", "--out", _run["parts"]);

    [Fact]
    public void Odd_but_usable_files_are_read()
    {
        // a BOM, CRLF, spaces and Chinese characters in ids, and a repeated pair
        var path = _run[" 数据 1.csv"];
        File.WriteAllText(path, "user_id,item_id,rating\r\n用户 一,商品 a,5\r\n用户 一,商品 b,3\r\n用户 一,商品 a,4\r\n", new UTF8Encoding(true));
        var (code, output, error) = Run("data", "describe", path, "--format", "csv");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Users,1\r\n", output);
        Assert.Contains("Items,2\r\n", output);
        Assert.Contains("Repeated rows left out,1\r\n", output);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_written()
    {
        var path = _run.File("ok.csv", "user_id,item_id\na,x\na,y\nb,x\nb,y\n");
        Refuses(2, [_run["ok.csv"]], "data", "split", path, "--split", "leave-last", "--out", Path.Combine(path, "parts"));
        Refuses(1, ["is a file"], "data", "split", path, "--split", "leave-last", "--out", path);
        Refuses(1, ["is not empty"], "data", "split", path, "--split", "leave-last", "--out", _run.Folder);
    }
}
