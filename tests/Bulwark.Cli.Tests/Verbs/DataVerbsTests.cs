using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class DataVerbsTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_generated_shop_is_written_whole_and_read_back_with_the_same_hash()
    {
        string[] shop = ["--shop-shoppers", "30", "--shop-products", "20", "--seed", "7"];
        var (code, output, _) = Run(["data", "generate", .. shop, "--out", _run["shop"]]);
        Assert.Equal((0, ""), (code, output));
        Assert.Equal(["shop.inter", "shop.item", "shop.pictures-idx4-ubyte", "shop.user"], Directory.GetFiles(_run["shop"]).Select(Path.GetFileName).Order());
        Assert.Equal(Hash(["data", "describe", .. shop]), Hash(["data", "describe", _run["shop"]]));
        Assert.NotEqual(Hash(["data", "describe", .. shop]), Hash(["data", "describe", .. shop, "--set", "shop.noise=1"]));
    }

    [Fact]
    public void A_fraud_ring_comes_with_labels()
    {
        Assert.Equal(0, Run("data", "generate", "--shop-shoppers", "30", "--shop-products", "20", "--fraud-accounts", "4", "--out", _run["shop"]).Code);
        Assert.Equal(4, File.ReadAllLines(_run["shop/fraud-accounts.txt"]).Length);
        Assert.Equal(3, File.ReadAllLines(_run["shop/fraud-targets.txt"]).Length);
    }

    [Fact]
    public void A_split_is_written_and_read_back_as_given_parts()
    {
        var path = _run.File("r.csv", "user_id,item_id,rating,timestamp\n" + string.Concat(Enumerable.Range(0, 40).Select(n => $"u{n % 4},i{n / 4},3,{n}\n")));
        // 40 rows in time order, users 0..3 with 10 items each: leave-last-out takes one of each
        var (code, _, error) = Run("data", "split", path, "--split", "leave-last", "--out", _run["parts"]);
        Assert.Equal(0, code);
        Assert.Contains("36 rows for training, 4 for testing", error);
        var (_, output, _) = Run("data", "describe", _run["parts"], "--format", "csv");
        Assert.Contains("Of these in the given test part,4\r\n", output);
    }

    [Theory]
    [InlineData("random=0.5", "20 rows for training, 20 for testing")]
    [InlineData("random=80%", "32 rows for training, 8 for testing")]
    public void Shares_are_read_as_numbers_and_percentages(string rule, string expected)
    {
        var path = _run.File("r.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(0, 40).Select(n => $"u{n % 4},i{n / 4}\n")));
        Assert.Contains(expected, Run("data", "split", path, "--split", rule, "--out", _run["parts"]).Error);
    }

    [Theory]
    [InlineData("random=80", "above 0% and below 100%")]
    [InlineData("random=", "a training share")]
    [InlineData("leave-last=2", "no share")]
    [InlineData("leave-lst", "Did you mean 'leave-last'?")]
    public void A_split_rule_that_makes_no_sense_is_refused(string rule, string words) =>
        Refuses(1, [words], "data", "split", "--split", rule, "--out", _run["parts"]);

    [Fact]
    public void Validate_lists_bad_rows_and_returns_2()
    {
        var path = _run.File("bad.csv", "user_id,item_id,rating\na,x,4\na,y,good\nb,x,5\n");
        var (code, output, error) = Run("data", "validate", path, "--format", "csv");
        Assert.Equal(2, code);
        Assert.Contains(",3,", output);
        Assert.Contains("3 rows, 1 cannot be used", error);
        Assert.Equal(0, Run("data", "validate", _run.File("good.csv", "user_id,item_id\na,x\n")).Code);
    }

    [Fact]
    public void Bad_rows_can_be_skipped()
    {
        var path = _run.File("bad.csv", "user_id,item_id,rating\na,x,4\na,y,good\nb,x,5\n");
        var (code, output, _) = Run("data", "describe", path, "--on-error", "skip", "--format", "csv");
        Assert.Equal(0, code);
        Assert.Contains("Interactions,2\r\n", output);
        Assert.Contains("Bad rows left out", output);
    }

    private static string Hash(string[] args) => Run([.. args, "--format", "csv"]).Out.Split("\r\n").Single(line => line.StartsWith("SHA-256,"));
}
