using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.RunVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Each setting of a model, of its training and of attacks changes the result; a value that makes no sense is refused in a sentence.</summary>
public sealed class ModelSettingsTests(RunVerbsTests.Trained trained) : IClassFixture<RunVerbsTests.Trained>, IDisposable
{
    private static readonly string[] Small = ["--shop-shoppers", "60", "--shop-products", "40", "--format", "csv"];
    private readonly RunVerbsTests.Trained _trained = trained;
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>Model, settings that all runs share, and the settings that each differ from the first run and from each other. (Between items
    /// BM25 is TF-IDF times a number for each row, which a cosine without shrinkage cancels.)</summary>
    public static TheoryData<string, string, string> Choices => new()
    {
        { "itemknn", "model.shrinkage=5", "model.similarity=adjusted-cosine model.similarity=pearson model.asymmetry=0.2 model.weighting=tf-idf model.weighting=bm25" },
        { "userknn", "", "model.similarity=adjusted-cosine model.similarity=pearson model.asymmetry=0.2 model.weighting=tf-idf model.weighting=bm25" },
        { "ials", "", "model.iterations=1 model.iterations=2" },
        { "lightgcn", "train.epochs=3 train.rate=0.01", "model.layers=1 model.layers=2 model.loss=ccl train.candidates=4" },
        { "lightgcn", "train.epochs=3 train.rate=0.01 model.loss=ccl", "model.layers=1 train.margin=-0.5 train.drawn=20 train.drawn-weight=1" },
        { "sasrec", "train.epochs=3 model.dimension=8", "model.blocks=1 model.heads=2 model.loss=full model.loss=bpr-max model.loss=binary train.drawn=20" },
        { "bert4rec", "train.epochs=3 model.dimension=8", "model.blocks=1 model.heads=1 model.loss=full model.loss=bpr-max train.drawn=20" },
        { "gru4rec", "train.epochs=3 model.dimension=8", "model.loss=full model.loss=bpr-max model.loss=binary train.drawn=20" },
        { "caser", "train.epochs=3 model.dimension=8", "model.loss=full model.loss=bpr-max model.loss=binary" },
        { "two-towers", "train.epochs=2", "train.drawn=20" },
        { "bpr", "train.epochs=8", "model.loss=ccl train.candidates=2 train.candidates=8 train.schedule=cosine train.warm-up=0.5 train.average=1 train.average=0.5" },
        { "bpr", "train.epochs=8 train.average=1", "train.average-after=4" },
        { "bpr", "train.epochs=8 model.loss=ccl", "train.margin=-0.5 train.drawn=20 train.drawn-weight=1 train.schedule=cosine" },
        { "fm", "train.epochs=3", "train.candidates=4" },
        { "vbpr", "train.epochs=3", "train.candidates=4 train.average=0.5" },
        { "mf", "train.epochs=3", "train.schedule=cosine train.average=1" },
        { "blend", "ensemble.members=ease,itemknn,userknn", "ensemble.scale=rank" },
        { "bagging", "ensemble.members=ease,bpr train.epochs=3", "ensemble.scale=range ensemble.scale=rank" },
    };

    [Theory, MemberData(nameof(Choices))]
    public void Every_choice_changes_the_result(string model, string shared, string choices)
    {
        var metric = model == "mf" ? "rmse" : "auc";
        string[] settings = ["", .. choices.Split(' ')];
        var figures = settings.Select(choice =>
        {
            string[] given = [.. $"{shared} {choice}".Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(one => (string[])["--set", one])];
            var (code, output, error) = Run(["train", "-m", model, .. Small, .. given, "--out", _run["runs"]]);
            Assert.True(code == 0, error);
            return (Choice: choice, Figure: Cells(output, $"{model},none,0,{metric},")[4]);
        }).ToArray();
        Assert.True(figures.DistinctBy(run => run.Figure).Count() == settings.Length, string.Join('\n', figures));
    }

    /// <summary>What decides the formula is saved with the model: the loss makes it compare cosines, ratings weigh its neighbors, scales join an ensemble.</summary>
    [Theory]
    [InlineData("bpr", "model.loss=ccl")]
    [InlineData("lightgcn", "model.layers=1")]
    [InlineData("bert4rec", "model.blocks=1")]
    [InlineData("itemknn", "model.similarity=pearson")]
    [InlineData("userknn", "model.weighting=bm25")]
    [InlineData("blend", "ensemble.scale=rank")]
    public void A_saved_model_has_its_settings(string model, string setting)
    {
        var (code, output, error) = Run(["train", "-m", model, "--epochs", "2", "--set", setting, "--out", _run["runs"], .. Small]);
        Assert.True(code == 0, error);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        Assert.Equal(Cells(output, $"{model},none,0,ndcg@10,")[4], Cells(Run("evaluate", folder, "--format", "csv").Out, "ndcg@10,")[1]);
    }

    [Theory]
    [InlineData("itemknn", "model.similarity=cosin", "'cosin'", "Did you mean 'cosine'?")]
    [InlineData("itemknn", "model.asymmetry=2", "model.asymmetry needs a number from 0 to 1", "'2'")]
    [InlineData("ials", "model.iterations=0", "model.iterations needs a whole number", "'0'")]
    [InlineData("sasrec", "model.loss=ccl", "sasrec is not learned by the loss 'ccl'", "full")]
    [InlineData("bert4rec", "model.loss=binary", "bert4rec is not learned by the loss 'binary'", "sampled, full, bpr-max")]
    [InlineData("bpr", "model.loss=full", "bpr is not learned by the loss 'full'", "bpr, ccl")]
    [InlineData("sasrec", "model.heads=5", "64", "5")]
    [InlineData("bpr", "train.candidates=0", "train.candidates needs a whole number", "'0'")]
    [InlineData("bpr", "train.schedule=cos", "'cos'", "cosine")]
    [InlineData("bpr", "train.average=2", "train.average needs a number from 0 to 1", "'2'")]
    [InlineData("blend", "ensemble.scale=ranks", "'ranks'", "Did you mean 'rank'?")]
    public void Values_that_make_no_sense_are_refused(string model, string setting, params string[] words) =>
        Refuses(1, words, ["train", "-m", model, "--set", setting, "--out", _run["runs"], .. Small]);

    [Fact]
    public void Private_training_draws_one_item_for_each_and_has_its_own_loss()
    {
        string[] args = ["train", "--privacy", "8", "--epochs", "1", "--out", _run["runs"], .. Small];
        Refuses(1, ["draws one item", "train.candidates"], [.. args, "--set", "train.candidates=4"]);
        Refuses(1, ["--privacy cannot protect it", "its own loss"], [.. args, "--set", "model.loss=ccl"]);
    }

    /// <summary>The worst of several runs is no better for the victim; where no run begins at random there is nothing to repeat.</summary>
    [Fact]
    public void Attacks_begin_again()
    {
        double[] shares = [.. new[] { "1", "20" }.Select(restarts =>
        {
            var (code, output, error) = Run(
                "attack", _trained.Folder, "--attack", "fgsm,pgd-3", "--epsilon", "1", "--restarts", restarts, "--out", _run[restarts], "--format", "csv");
            Assert.True(code == 0, error);
            return double.Parse(Cells(output, "bpr,pgd-3,1,auc,")[4], System.Globalization.CultureInfo.InvariantCulture);
        })];
        Assert.NotEqual(shares[0], shares[1]);
        Refuses(1, ["begins at random", "pgd-20"], "attack", _trained.Folder, "--attack", "fgsm,bim-3", "--restarts", "2", "--out", _run["runs"]);
    }
}
