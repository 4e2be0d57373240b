using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class GenerateItemsVerbTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "20", "--shop-products", "150"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>Attributes of real items in new combinations, each marked; the same again, others with another seed.</summary>
    [Fact]
    public void Made_up_items_are_written_with_a_mark()
    {
        var lines = Made("items", "made.item");
        Assert.Equal("item_id:token\tcategory:token\tbrand:token\tprice:float\tsynthetic:float", lines[0]);
        Assert.Equal(25, lines.Length - 1);
        Assert.All(lines.Skip(1), line => Assert.Matches("^synthetic-[0-9]+\t.*\t1$", line));
        Assert.Equal(lines, Made("items", "again.item"));
        Assert.NotEqual(lines, Made("items", "other.item", "--seed", "2"));
        Assert.NotEqual(lines, Made("items", "longer.item", "--set", "features.epochs=9"));
        Assert.NotEqual(lines[0], Made("items", "brands.item", "--category", "brand")[0]);
    }

    /// <summary>A vector of 32 numbers for each.</summary>
    [Fact]
    public void Made_up_features_are_vectors()
    {
        var lines = Made("features", "made.item");
        Assert.Equal("item_id:token\tcategory:token\tvector:float_seq\tsynthetic:float", lines[0]);
        Assert.All(lines.Skip(1), line => Assert.Equal(32, line.Split('\t')[2].Split(' ').Length));
        Assert.Equal(25, lines.Skip(1).Select(line => line.Split('\t')[2]).Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_done_is_said_in_a_sentence()
    {
        Refuses(1, ["--out made-up.item"], ["generate", "items", .. Shop]);
        Refuses(1, ["no column 'color'", "brand"], ["generate", "items", .. Shop, "--category", "color", "--out", _run["made.item"]]);
        Refuses(1, ["name one of tokens"], ["generate", "features", .. Shop, "--category", "price", "--out", _run["made.item"]]);
        Refuses(1, ["from 1 to"], ["generate", "features", .. Shop, "--count", "0", "--out", _run["made.item"]]);
        var pairs = _run.File("pairs.csv", "user_id,item_id\nu,i\nv,j\n");
        Refuses(2, ["says nothing about items"], "generate", "items", "--from", pairs, "--out", _run["made.item"]);
        Refuses(2, ["does not exist"], "generate", "features", "--from", _run["nothing"], "--out", _run["made.item"]);
        Assert.False(File.Exists(_run["made.item"]));
    }

    private string[] Made(string what, string name, params string[] more)
    {
        var (code, output, error) = Run(["generate", what, .. Shop, "--count", "25", "--epochs", "3", .. more, "--out", _run[name]]);
        Assert.True(code == 0, error);
        Assert.Equal("", output);
        Assert.Contains("25 made-up items", error);
        return File.ReadAllLines(_run[name]);
    }
}
