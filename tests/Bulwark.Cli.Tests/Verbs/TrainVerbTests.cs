using Bulwark.Cli.Models;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Training;
using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.RunVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Training of every kind of model, and from an earlier run.</summary>
public sealed class TrainVerbTests(RunVerbsTests.Trained trained) : IClassFixture<RunVerbsTests.Trained>, IDisposable
{
    private readonly RunVerbsTests.Trained _trained = trained;
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    public static TheoryData<string> Models => [.. ModelKinds.All.Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Models))]
    public void Every_model_is_trained_judged_and_saved(string model)
    {
        var (code, output, error) = Run(
            "train", "-m", model, "--shop-shoppers", "60", "--shop-products", "40", "--epochs", "2", "--out", _run["runs"], "--format", "csv");
        Assert.True(code == 0, error);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var metric = model == "mf" ? "rmse" : "recall@10";
        var evaluated = Run("evaluate", folder, "--format", "csv");
        Assert.True(evaluated.Code == 0, evaluated.Error);
        Assert.Equal(Cells(output, $"{model},none,0,{metric},")[4], Cells(evaluated.Out, $"{metric},")[1]);
        Assert.Equal(0, Run("recommend", folder, "--history", "").Code);
        var (listed, kind, loaded) = (Listed(folder), ModelKinds.Parse(model), SavedModel.Load(Path.Combine(folder, "model")));
        Assert.Equal(listed, Lists(loaded));
        Assert.Equal(kind.ScoresNewItems, loaded.Recommender.ScoresNewItems);
        var item = listed[0].Item;
        Assert.Contains(kind.FoldsIn ? ",fold-in" : ",popularity", Run("recommend", folder, "--history", item, "--format", "csv").Out);
    }

    /// <summary>Who is recommended what, as training wrote it.</summary>
    private static (string User, string Item)[] Listed(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "recommendations.tsv")).Skip(1).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[2]))];

    /// <summary>The same by a model that was read back.</summary>
    private static IEnumerable<(string User, string Item)> Lists(SavedModel model)
    {
        int[] users = [.. Enumerable.Range(0, model.Users.Count).Where(user => model.Seen[user].Length > 0)];
        var lists = FullRanking.Recommend(model.Recommender, users, model.Seen, 10);
        return users.SelectMany((user, n) => lists.Items(n).ToArray().Select(item => (model.Users[user], model.Items[item])));
    }

    [Fact]
    public void Early_stopping_uses_validation()
    {
        var (code, _, error) = Run(
            "train", "--shop-shoppers", "60", "--shop-products", "40", "--epochs", "40", "--set", "train.patience=1",
            "--set", "model.dimension=4", "--out", _run["runs"]);
        Assert.True(code == 0, error);
        var epochs = File.ReadAllLines(Path.Combine(Assert.Single(Directory.GetDirectories(_run["runs"])), "metrics.jsonl"));
        Assert.InRange(epochs.Length, 2, 39);
        Assert.All(epochs, epoch => Assert.DoesNotContain("\"validation\":null", epoch));
    }

    /// <summary>With times, so that histories have an order; with validation, so that the tested model sees more than the trained one.</summary>
    [Fact]
    public void A_model_of_histories_is_the_same_when_loaded()
    {
        string[] small = ["--shop-shoppers", "60", "--shop-products", "40", "--epochs", "3", "--set", "train.patience=2", "--set", "model.dimension=8"];
        var (code, output, error) = Run(["train", "-m", "sasrec", .. small, "--out", _run["runs"], "--format", "csv"]);
        Assert.True(code == 0, error);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        Assert.Equal(Cells(output, "sasrec,none,0,ndcg@10,")[4], Cells(Run("evaluate", folder, "--format", "csv").Out, "ndcg@10,")[1]);
        var listed = File.ReadAllLines(Path.Combine(folder, "recommendations.tsv")).Skip(1).Select(line => line.Split('\t')).ToArray();
        var again = Run("recommend", folder, "--user", listed[0][0], "-k", "10", "--format", "csv").Out.TrimEnd().Split("\r\n").Skip(1);
        Assert.Equal(listed.Where(line => line[0] == listed[0][0]).Select(line => line[2]), again.Select(line => line.Split(',')[1]));

        string[] items = [.. listed.Select(line => line[2]).Distinct().Take(3)];
        var forward = Run("recommend", folder, "--history", string.Join(',', items), "--format", "csv");
        var backward = Run("recommend", folder, "--history", string.Join(',', items.Reverse()), "--format", "csv");
        Assert.Contains(",fold-in", forward.Out);
        Assert.NotEqual(forward.Out, backward.Out);
        var attacked = Run("attack", folder, "--attack", "fgsm", "--epsilon", "0.5", "--out", _run["attacked"], "--format", "csv");
        Assert.True(attacked.Code == 0, attacked.Error);
        Assert.Equal(Cells(output, "sasrec,none,0,recall@10,")[4], Cells(attacked.Out, "sasrec,none,0,recall@10,")[4]);
    }

    [Fact]
    public void An_ensemble_keeps_its_members_and_is_refused_those_it_cannot_have()
    {
        string[] small = ["--shop-shoppers", "60", "--shop-products", "40", "--out", _run["runs"]];
        Assert.Equal(0, Run(["train", "-m", "bagging", "--members", "itemknn", "--set", "ensemble.bags=3", "--set", "ensemble.share=0.5", .. small]).Code);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        Assert.Equal(3, Directory.GetDirectories(Path.Combine(folder, "model", "members")).Length);
        Refuses(1, ["mf cannot be a member", "ease"], ["train", "-m", "blend", "--members", "ease,mf", .. small]);
        Refuses(1, ["stack cannot be a member"], ["train", "-m", "blend", "--members", "stack", .. small]);
    }

    /// <summary>A closed form says how far it is where it goes by rounds, and all stop when asked to, with nothing left behind.</summary>
    [Theory]
    [InlineData("itemknn")]
    [InlineData("rp3beta")]
    [InlineData("ease")]
    [InlineData("puresvd")]
    [InlineData("ials")]
    [InlineData("gf-cf")]
    public void What_is_worked_out_at_once_can_be_stopped(string model)
    {
        var kind = ModelKinds.Parse(model);
        var settings = new Resolved([.. SettingsOf.ModelShape, .. SettingsOf.Training], [new("", kind.Defaults)]);
        var train = GeneratedShop.Create(new(Shoppers: 30, Products: 30), 1).Dataset.Interactions.DistinctPairs();
        var (making, canceled, heard) = (new Making(settings, train, 0), new CancellationToken(canceled: true), new Heard());
        Action<CancellationToken> fit = kind.Learning is { } learning
            ? cancel => learning.Train(learning.Create(making), making, new(new(), 1, null, heard, cancel)) : cancel => kind.Remembers!(making, cancel);
        Assert.Throws<OperationCanceledException>(() => fit(canceled));
        Assert.Empty(heard.Rounds);
        fit(default);
        Assert.Equal(model == "ials" ? Enumerable.Range(1, 12).Select(round => (double)round) : [], heard.Rounds);
    }

    private sealed class Heard : IProgress<TrainingProgress>
    {
        public List<double> Rounds { get; } = [];

        public void Report(TrainingProgress value) => Rounds.Add(value.Epoch);
    }

    [Fact]
    public void A_stopped_ensemble_goes_on_to_the_same_results()
    {
        string[] args = ["train", "-m", "blend", "--members", "itemknn,bpr,neumf", "--shop-shoppers", "60", "--shop-products", "40", "--epochs", "3", "--format", "csv"];
        var whole = Run([.. args, "--out", _run["whole"]]);
        Assert.True(whole.Code == 0, whole.Error);
        using var stop = new CancellationTokenSource();
        using var error = new StopAt(stop, "neumf: epoch 3");                                     // after two members, without the validation part
        using var output = new StringWriter();
        Assert.Equal(130, Cli.Run([.. args, "--out", _run["runs"]], output, error, stop.Token));
        var stopped = Assert.Single(Directory.GetDirectories(_run["runs"]));
        Assert.Equal(2, Directory.GetFiles(stopped, "checkpoint*").Length);
        var resumed = Run("train", "--resume", stopped, "--format", "csv");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(whole.Out, resumed.Out);
        Assert.Empty(Directory.GetFiles(Assert.Single(Directory.GetDirectories(_run["runs"])), "checkpoint*"));
    }

    /// <summary>Without further training the model that starts from a run ranks as the run does; frozen, its item rows stay while it learns.</summary>
    [Fact]
    public void Training_can_start_from_a_run()
    {
        string[] same = ["--shop-shoppers", "60", "--shop-products", "40", "--set", "model.dimension=8", "--from", _trained.Folder, "--format", "csv"];
        var again = Run(["train", "--epochs", "0", "--out", _run["again"], .. same]);
        Assert.True(again.Code == 0, again.Error);
        Assert.Equal(Cells(_trained.Output, "bpr,none,0,auc,")[4], Cells(again.Out, "bpr,none,0,auc,")[4]);
        Assert.NotEqual(again.Out, Run(["train", "--epochs", "1", "--out", _run["tuned"], .. same]).Out);
        Assert.Equal(again.Out, Run(["train", "--epochs", "1", "--set", "transfer.freeze=yes", "--out", _run["frozen"], .. same]).Out);
        Refuses(1, ["a run of bpr", "ease"], ["train", "-m", "ease", "--out", _run["runs"], .. same]);
        Refuses(1, ["'users' has the shape", "same settings"], ["train", "--out", _run["runs"], .. same, "--set", "model.dimension=9"]);
    }

    [Fact]
    public void Ratings_are_needed_for_a_model_of_ratings()
    {
        var path = _run.File("clicks.csv", "user_id,item_id\na,x\na,y\nb,x\nb,y\n");
        Refuses(2, ["clicks.csv", "there are no ratings"], "train", path, "-m", "mf", "--out", _run["runs"]);
    }
}
