using Bulwark.Evaluation;
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

    /// <summary>Beside the file: how like the real items those are, with half of the real ones as the control, and the game.</summary>
    [Fact]
    public void A_report_comes_beside_the_file()
    {
        Made("items", "made.item");
        var folder = Assert.Single(Directory.GetDirectories(_run.Folder, "made-feature-gan-*"));
        var report = Report.FromJson(File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal(["feature-gan", "half of the real ones"], report.Rows.Select(row => row.Model).Distinct());
        Assert.Equal(["coverage", "duplicates", "energy distance", "copies of real ones", "distance to the nearest real one"], report.Rows.Select(row => row.Metric).Distinct());
        Assert.Equal(3, Assert.Single(report.Games).Epochs.Count);
        Assert.Contains("Generator against critic", File.ReadAllText(Path.Combine(folder, "report.html")));
        Assert.Contains("Items", File.ReadAllText(Path.Combine(folder, "data.json")));
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

    /// <summary>A run gives the items of its data, and vectors as long as its model's.</summary>
    [Fact]
    public void A_run_gives_its_items_and_its_models_vectors()
    {
        var run = Trained("bpr", "model.dimension=5");
        var items = Made("items", "items.item", "--from", run);
        Assert.Equal("item_id:token\tcategory:token\tbrand:token\tprice:float\tsynthetic:float", items[0]);
        var features = Made("features", "features.item", "--from", run);
        Assert.Equal("item_id:token\tcategory:token\tvector:float_seq\tsynthetic:float", features[0]);
        Assert.All(features.Skip(1), line => Assert.Equal(5, line.Split('\t')[2].Split(' ').Length));
        Assert.NotEqual(features, Made("features", "other.item", "--from", Trained("bpr", "model.dimension=5", "--seed", "2")));
        Refuses(1, ["ease has no vectors of items"], "generate", "features", "--from", Trained("ease", "model.ridge=10"), "--out", _run["made.item"]);
        File.Delete(Path.Combine(run, "config.json"));
        Refuses(1, ["config.json"], "generate", "items", "--from", run, "--out", _run["made.item"]);
    }

    /// <summary>All of the category of both; nearer to the first at first.</summary>
    [Fact]
    public void Items_between_two_are_of_their_category()
    {
        var items = string.Concat(Enumerable.Range(0, 40).Select(n => $"hat{n}\thats\t{n}\ncap{n}\tcaps\t{n}\n"));
        _run.File("hats.item", "item_id:token\tkind:token\tprice:float\n" + items);
        _run.File("hats.inter", "user_id:token\titem_id:token\nu\that0\nv\tcap1\n");
        string[] generate =
            ["generate", "items", "--from", _run.Folder, "--category", "kind", "--epochs", "100", "--count", "5", "--out", _run["made.item"]];
        var (code, _, error) = Run([.. generate, "--between", "hat5, hat35"]);
        Assert.True(code == 0, error);
        var lines = File.ReadAllLines(_run["made.item"]).Skip(1).Select(line => line.Split('\t')).ToArray();
        Assert.All(lines, line => Assert.Equal("hats", line[1]));
        float[] prices = [.. lines.Select(line => float.Parse(line[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(5, prices.Length);
        Assert.True(prices[0] < prices[^1], string.Join(" ", prices));
        Refuses(1, ["two of one kind"], [.. generate, "--between", "hat5,cap5"]);
        Refuses(1, ["called 'hat99'"], [.. generate, "--between", "hat5,hat99"]);
        Refuses(1, ["needs two items"], [.. generate, "--between", "hat5"]);
        Refuses(1, ["needs two items"], [.. generate, "--between", "hat5,hat5"]);
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

    private string Trained(string model, string setting, params string[] more)
    {
        var runs = _run[Path.GetRandomFileName()];
        var (code, _, error) = Run(["train", .. Shop, "-m", model, "--set", setting, "--set", "train.epochs=1", .. more, "--out", runs]);
        Assert.True(code == 0, error);
        return Assert.Single(Directory.GetDirectories(runs));
    }

    private string[] Made(string what, string name, params string[] more)
    {
        var (code, output, error) = Run(["generate", what, .. Shop, "--count", "25", "--epochs", "3", .. more, "--out", _run[name]]);
        Assert.True(code == 0, error);
        Assert.Contains("coverage", output);
        Assert.Contains("Run folder", error);
        return File.ReadAllLines(_run[name]);
    }
}
