using Bulwark.Cli.Runs;
using Bulwark.Data.Writers;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.RunVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Models that read what is known of items, from the command line.</summary>
public sealed class ContentVerbsTests : IDisposable
{
    private static readonly string[] Small = ["--shop-shoppers", "60", "--shop-products", "40", "--format", "csv"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>Two tastes, tea and bolts, of which each has one item in <c>tastes.item</c> alone.</summary>
    private string Tastes()
    {
        Directory.CreateDirectory(_run["tastes"]);
        var rows = from user in Enumerable.Range(0, 12)
                   let taste = user % 2 == 0 ? "tea" : "bolt"
                   from item in Enumerable.Range(0, 6)
                   where (user / 2 + item) % 6 != 0
                   select $"{taste}-lover{user}\t{taste}{item}\t{100 + item}\n";
        _run.File("tastes/tastes.inter", "user_id:token\titem_id:token\ttimestamp:float\n" + string.Concat(rows));
        var items = from taste in new[] { ("tea", "green leaf tea", "kitchen", 3), ("bolt", "steel hex bolt", "workshop", 9) }
                    from item in Enumerable.Range(0, 7)
                    select $"{taste.Item1}{(item == 6 ? "-new" : $"{item}")}\t{taste.Item2} number {item}\t{taste.Item3}\t{taste.Item4}\t{taste.Item4 - 6} 0.{item}\n";
        var pixels = Enumerable.Range(0, 14 * 16).Select(p => (p / 16 < 7 ? 0.2f : 0.8f) + p % 5 * 0.03f);
        IdxWriter.Write(Tensor.Of((14, 4, 4, 1), [.. pixels]), _run["tastes/tastes.pictures-idx4-ubyte"]);
        _run.File("tastes/tastes.item", "item_id:token\ttitle:token_seq\tplace:token\tprice:float\tlooks:float_seq\n" + string.Concat(items));
        return _run["tastes"];
    }

    private string Train(string name, params string[] args)
    {
        var (code, _, error) = Run(["train", .. args, "--out", _run[name]]);
        Assert.True(code == 0, error);
        return Assert.Single(Directory.GetDirectories(_run[name]));
    }

    /// <summary>An item that nobody has touched stands before all of the other taste for whoever likes its kind, known or new; so it does after loading.</summary>
    [Theory]
    [InlineData("content")]
    [InlineData("content", "--item-vectors", "bm25")]
    [InlineData("content", "--item-vectors", "attributes")]
    [InlineData("attributes")]
    [InlineData("vbpr", "--epochs", "60")]
    [InlineData("vbpr", "--epochs", "60", "--item-vectors", "tf-idf")]
    [InlineData("vbpr", "--epochs", "60", "--item-vectors", "given")]
    [InlineData("content", "--item-vectors", "given", "--columns", "looks")]
    [InlineData("text-tower", "--epochs", "200", "--set", "content.encoder-epochs=5")]
    [InlineData("text-tower", "--epochs", "200", "--set", "content.fine-tune=no", "--set", "content.encoder-epochs=5", "--set", "content.width=4")]
    [InlineData("image-tower", "--epochs", "200")]
    [InlineData("image-tower", "--epochs", "200", "--set", "content.fine-tune=no")]
    public void An_item_that_nobody_touched_is_recommended(string model, params string[] more)
    {
        var folder = Train("runs", [Tastes(), "-m", model, "--split", "random=80%", "--topk", "3", .. more]);
        Assert.Equal(0, Run("evaluate", folder, "--format", "csv").Code);
        foreach (var whom in new[] { ("--user", "tea-lover0"), ("--history", "tea1,tea2") })
        {
            var list = Run("recommend", folder, whom.Item1, whom.Item2, "-k", "10", "--format", "csv").Out.Split("\r\n").Skip(1).Select(line => line.Split(',')).ToArray();
            var (fresh, strange) = (Array.FindIndex(list, line => line[1] == "tea-new"), Array.FindIndex(list, line => line.Length > 1 && line[1].StartsWith("bolt")));
            Assert.True(fresh >= 0 && fresh < strange, string.Join(' ', list.Select(line => string.Join(':', line))));
        }
    }

    /// <summary>Data that say too little are refused in a sentence that names the remedy.</summary>
    [Theory]
    [InlineData("image-tower", "", "no pictures of items")]
    [InlineData("text-tower", "tf-idf", "use --item-vectors text or the folder of a BERT")]
    public void A_tower_says_what_it_lacks(string model, string vectors, string complaint)
    {
        var tastes = Tastes();
        File.Delete(_run["tastes/tastes.pictures-idx4-ubyte"]);
        string[] way = ["--split", "random=80%", .. vectors.Length > 0 ? (string[])["--item-vectors", vectors] : []];
        var (code, _, error) = Run(["train", tastes, "-m", model, .. way, "--out", _run["none"]]);
        Assert.Equal(1, code);
        Assert.Contains(complaint, error);
    }

    /// <summary>The generated shop written and read again has the same pictures, and what learns from them learns the same.</summary>
    [Fact]
    public void Pictures_of_the_shop_go_to_disk_and_back()
    {
        Assert.Equal(0, Run("data", "generate", "--shop-shoppers", "60", "--shop-products", "40", "--out", _run["shop"]).Code);
        var read = Bulwark.Data.DatasetReader.Open(_run["shop"], new());
        var made = Bulwark.Data.GeneratedShop.Create(new(Shoppers: 60, Products: 40), 1);
        Assert.Equal(made.Dataset.Items!.Ids.Ids, read.Items!.Ids.Ids);
        Assert.Equal(made.Dataset.Pictures!.Values.ToArray(), read.Pictures!.Values.ToArray());
        Assert.Equal(made.Media.Pictures[7].ToArray(), read.Pictures.Values.Slice(7 * 192, 192).ToArray(), (x, y) => Math.Abs(x - y) < 0.5f / 255 + 1e-6f);
    }

    /// <summary>Attacks reach a tower's rows and what its encoder reads; a defense hardens it.</summary>
    [Theory]
    [InlineData("text-tower", "--set", "content.encoder-epochs=1")]
    [InlineData("image-tower")]
    public void A_tower_is_attacked_and_hardened(string model, params string[] more)
    {
        var folder = Train("attacked", [Tastes(), "-m", model, "--split", "random=80%", "--epochs", "3", .. more]);
        foreach (var on in new[] { "tables", "features" })
            Assert.Equal(0, Run("attack", folder, "--attack", "noise,pgd-2", "--format", "csv", "--attack-on", on).Code);
        Assert.Equal(0, Run(["harden", Tastes(), "-m", model, "--split", "random=80%", "--epochs", "2", "--out", _run["hard"], .. more]).Code);
    }

    /// <summary>Where the files bring a test part it is judged among the whole catalog; a filter of items keeps out what it filtered.</summary>
    [Fact]
    public void The_whole_catalog_is_ranked()
    {
        var tastes = Tastes();
        _run.File("tastes/tastes.test.inter", "user_id:token\titem_id:token\ttimestamp:float\ntea-lover0\ttea0\t200\nbolt-lover1\tbolt0\t200\n");
        var folder = Train("given", tastes, "-m", "content", "--topk", "3");
        Assert.Equal(14, SavedModel.Load(Path.Combine(folder, "model")).Items.Count);             // 2 tastes of 7 items
        Assert.Contains("14 items", File.ReadAllText(Path.Combine(folder, "results.json")));
        File.Delete(_run["tastes/tastes.test.inter"]);
        foreach (var (name, args) in new[] { ("bpr", (string[])["-m", "bpr", "--epochs", "1"]), ("filtered", ["-m", "content", "--min-interactions", "2"]) })
            Assert.Equal(12, SavedModel.Load(Path.Combine(Train(name, [tastes, "--split", "random=80%", "--topk", "3", .. args]), "model")).Items.Count);
    }

    /// <summary>
    /// In <see cref="Tastes"/> items 4 and 5 of each taste came last: a split by time leaves nothing to judge unless new items are kept. What a user has not
    /// touched of their taste are these two, the one of the catalog, and at most one that they left out: by attributes all alike, and before the other taste.
    /// By popularity the four that others touched come first.
    /// </summary>
    [Fact]
    public void New_items_are_judged_where_the_split_keeps_them()
    {
        string[] args = ["train", Tastes(), "-m", "content", "--item-vectors", "attributes", "--topk", "4", "--format", "csv", "--out", _run["runs"]];
        Refuses(2, ["no test rows are left"], [.. args, "--split", "time=80%"]);
        Refuses(1, ["data.split needs time before '+new'"], [.. args, "--split", "random=80%+new"]);
        var (code, output, error) = Run([.. args, "--split", "time=80%+new"]);
        Assert.True(code == 0, error);
        Assert.Equal("1", Cells(output, "content,none,0,recall@4,")[4]);
        Assert.Equal("0", Cells(output, "popularity,none,0,recall@4,")[4]);
    }

    /// <summary>With ratings, which weigh a profile, and validation, so that the tested model sees more than the trained one.</summary>
    [Theory]
    [InlineData("content")]
    [InlineData("attributes")]
    [InlineData("vbpr")]
    public void What_was_listed_is_listed_again_after_loading(string model)
    {
        var folder = Train("runs", ["-m", model, "--split", "random=70%", "--set", "train.patience=3", .. Small]);
        var listed = File.ReadAllLines(Path.Combine(folder, "recommendations.tsv")).Skip(1).Select(line => line.Split('\t')).GroupBy(line => line[0]).ToArray();
        foreach (var user in listed.Take(5))
        {
            var again = Run("recommend", folder, "--user", user.Key, "-k", "10", "--format", "csv").Out.TrimEnd().Split("\r\n").Skip(1);
            Assert.Equal(user.Select(line => line[2]), again.Select(line => line.Split(',')[1]));
        }
        Assert.True(SavedModel.Load(Path.Combine(folder, "model")).Recommender.ScoresNewItems);
    }

    [Fact]
    public void Every_setting_changes_the_result()
    {
        Assert.Equal(4, Distinct("content", [], ["--item-vectors", "bm25"], ["--item-vectors", "attributes"], ["--columns", "title"]));
        Assert.Equal(3, Distinct("attributes", [], ["--columns", "brand"], ["--columns", "brand,price"]));
        Assert.Equal(6, Distinct(
            "vbpr", [], ["--item-vectors", "tf-idf"], ["--item-vectors", "tf-idf", "--set", "content.width=4"], ["--columns", "brand"],
            ["--set", "model.shrinkage=50"], ["--set", "model.dimension=8"]));

        int Distinct(string model, params string[][] settings) =>
            settings.Select(given => Run(["train", "-m", model, "--out", _run["runs"], .. Small, .. given])).Select(run =>
            {
                Assert.True(run.Code == 0, run.Error);
                return Cells(run.Out, $"{model},none,0,auc,")[4];
            }).Distinct().Count();
    }

    /// <summary>
    /// A small encoder that learns the texts, or one of a folder, whose vectors a file keeps: with it nothing is asked again, and a file of something else is
    /// refused. The model has its vectors with it and does not need the folder any more.
    /// </summary>
    [Fact]
    public void Texts_are_read_by_an_encoder()
    {
        var tastes = Tastes();
        var pieces = WordPieceLearner.Learn(["green leaf tea number", "steel hex bolt 0 1 2 3 4 5 6"], 60);
        var bert = new Bert(new(pieces.Vocabulary.Count, 8, 1, 2, 16, MaxPositions: 16));
        new BertFolder(bert, bert.Start(new Rng(1)), pieces).Write(_run["bert"]);
        new BertFolder(bert, bert.Start(new Rng(2)), pieces).Write(_run["other"]);
        foreach (var model in new[] { "content", "vbpr" })
        {
            string[] args = [tastes, "-m", model, "--split", "random=80%", "--topk", "3", "--columns", "title"];
            var learned = Train($"{model}-learned", [.. args, "--item-vectors", "text", "--set", "content.encoder-epochs=2"]);
            var longer = Train($"{model}-longer", [.. args, "--item-vectors", "text", "--set", "content.encoder-epochs=4"]);
            var read = Train($"{model}-read", [.. args, "--item-vectors", _run["bert"], "--vector-cache", _run["cache"]]);
            var again = Train($"{model}-again", [.. args, "--item-vectors", _run["bert"], "--vector-cache", _run["cache"]]);
            Assert.Equal(3, new[] { learned, longer, read }.Select(List).Distinct().Count());
            Assert.Equal(List(read), List(again));
            Directory.Move(_run["bert"], _run["away"]);
            Assert.Equal(0, Run("evaluate", read).Code);
            Assert.Equal(List(read), List(again));
            Refuses(1, ["bert", "folder of a text encoder"], ["train", .. args, "--item-vectors", _run["bert"], "--out", _run["none"]]);
            Directory.Move(_run["away"], _run["bert"]);
            Assert.Contains("text encoder: epoch 3 of 3", Run(["train", .. args, "--item-vectors", "text", "--set", "content.encoder-epochs=3",
                "--out", _run["told"]]).Error);
            Refuses(2, ["cache", "it holds embeddings of"], ["train", .. args, "--item-vectors", _run["other"], "--vector-cache", _run["cache"], "--out", _run["none"]]);
        }

        static string List(string folder) => Run("recommend", folder, "--history", "tea1,tea2", "-k", "12", "--format", "csv").Out;
    }

    [Fact]
    public void What_cannot_be_read_is_refused_in_a_sentence()
    {
        var bare = _run.File("bare.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"u{n % 5},i{n % 7}\n")));
        foreach (var model in new[] { "content", "attributes", "vbpr" })
            Refuses(1, ["say nothing about items", "bpr"], "train", bare, "-m", model, "--topk", "3", "--out", _run["runs"]);
        string[] shop = ["--out", _run["runs"], .. Small];
        Refuses(1, ["'titel'", "Did you mean 'title'?"], ["train", "-m", "content", "--columns", "titel", .. shop]);
        Refuses(1, ["'price' of items holds no texts", "title"], ["train", "-m", "content", "--columns", "price", .. shop]);
        Refuses(1, ["'tfidf'", "Did you mean 'tf-idf'?"], ["train", "-m", "content", "--item-vectors", "tfidf", .. shop]);
        Refuses(1, ["no column of items that looks like vectors"], ["train", "-m", "vbpr", "--item-vectors", "given", .. shop]);
        foreach (var (vector, problem) in new[] { ("1 2 3", "'tea5' in column 'looks' has 3 numbers, and other items have 2"), ("1 x", "'tea5' in column 'looks' holds 'x'") })
        {
            var tastes = Tastes();
            _run.File("tastes/tastes.item", File.ReadAllText(_run["tastes/tastes.item"]).Replace("-3 0.5", vector));
            Refuses(1, [problem], "train", tastes, "-m", "content", "--item-vectors", "given", "--split", "random=80%", "--topk", "3", "--out", _run["runs"]);
        }
        Refuses(1, ["makes no vectors", "attributes"], ["train", "-m", "vbpr", "--item-vectors", "bm25", .. shop]);
        Refuses(1, ["bpr reads no features", "vbpr"], ["harden", "-m", "bpr", "--attack-on", "features", .. shop]);
        Refuses(1, ["msap"], ["harden", "-m", "vbpr", "--attack-on", "features", "--attack", "msap", .. shop]);
    }

    /// <summary>Features move under attack and in training against it (AMR); tables are another thing.</summary>
    [Fact]
    public void Features_are_attacked_and_hardened()
    {
        string[] args = ["harden", "-m", "vbpr", "--set", "harden.epochs=3", "--attack", "fgsm", "--epsilon", "0.5", .. Small];
        string[] figures = [.. new[] { "tables", "features" }.Select(moved =>
        {
            var (code, output, error) = Run([.. args, "--attack-on", moved, "--out", _run[moved]]);
            Assert.True(code == 0, error);
            return output;
        })];
        foreach (var row in new[] { "vbpr,fgsm,0.5,auc,", "vbpr-hardened,none,0,auc," }) Assert.NotEqual(Cells(figures[0], row)[4], Cells(figures[1], row)[4]);
        Assert.Equal(Cells(figures[0], "vbpr,none,0,auc,")[4], Cells(figures[1], "vbpr,none,0,auc,")[4]);
        Assert.True(Number(figures[1], "vbpr,fgsm,0.5,auc,") < Number(figures[1], "vbpr,none,0,auc,"));

        var attacked = Run("attack", Assert.Single(Directory.GetDirectories(_run["features"])), "--attack", "noise,bim-5", "--out", _run["attacks"], "--format", "csv");
        Assert.True(attacked.Code == 0, attacked.Error);
        Assert.True(Number(attacked.Out, "vbpr-hardened,bim-5,0.5,auc,") < Number(attacked.Out, "vbpr-hardened,noise,0.5,auc,"));

        static double Number(string output, string row) => double.Parse(Cells(output, row)[4], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Fake_accounts_and_ensembles_take_them()
    {
        var poisoned = Run(["attack", "-m", "vbpr", "--poison", "random", "--targets", "p00003", "--accounts", "5", "--fillers", "3", "--out", _run["poisoned"], .. Small]);
        Assert.True(poisoned.Code == 0, poisoned.Error);
        var blended = Train("blended", ["-m", "bagging", "--members", "content,vbpr,itemknn", .. Small]);
        Assert.Equal(0, Run("evaluate", blended).Code);
    }

    [Fact]
    public void The_list_of_models_says_that_new_items_are_ranked()
    {
        var lines = Run("models", "--format", "csv").Out.Split("\r\n");
        foreach (var model in new[] { "content", "attributes", "vbpr" })
            Assert.Contains("is ranked by its features", Assert.Single(lines, line => line.StartsWith($"{model},", StringComparison.Ordinal)));
    }
}
