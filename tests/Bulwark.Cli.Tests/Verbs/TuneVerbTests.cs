using System.Text.Json;
using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class TuneVerbTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "60", "--shop-products", "40"];

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    private string[] Args(params string[] more) =>
        ["tune", .. Shop, "--epochs", "4", "--trials", "5", "--tune", "rate,dimension=4|8", "--out", _run["runs"], "--format", "csv", .. more];

    private string OnlyRun() => Assert.Single(Directory.GetDirectories(_run["runs"]));

    private static string Rows(string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.True(code == 0, error);
        return output;
    }

    private static JsonElement[] Trials(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "trials.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Trials without how long they took.</summary>
    private static string[] Timeless(string folder) => [.. Trials(folder).Select(trial => string.Join(
        ' ', trial.EnumerateObject().Where(field => field.Name != "seconds").Select(field => $"{field.Name} {field.Value.GetRawText()}")))];

    [Fact]
    public void A_search_writes_a_whole_run_folder()
    {
        var rows = Rows(Args());
        var folder = OnlyRun();
        Assert.Matches(@"shop-bpr-tune-\d{8}T\d{6}Z-[0-9a-f]{8}$", folder);
        Assert.Equal(
            ["config.json", "data.json", "environment.json", "metrics.jsonl", "model", "recommendations.tsv", "report.html", "results.json", "run.log", "trials.jsonl"],
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var trials = Trials(folder);
        Assert.Equal([1, 2, 3, 4, 5], trials.Select(trial => trial.GetProperty("trial").GetInt32()));
        Assert.All(trials, trial => Assert.Equal(
            ["train.rate", "model.dimension"], trial.GetProperty("settings").EnumerateObject().Select(setting => setting.Name)));
        Assert.All(trials, trial => Assert.Contains(trial.GetProperty("settings").GetProperty("model.dimension").GetString(), new[] { "4", "8" }));
        Assert.All(trials, trial => Assert.Equal("done", trial.GetProperty("state").GetString()));

        var report = Report.FromJson(File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal(5, report.Tuning!.Trials.Count);
        Assert.Equal(["bpr", "popularity"], report.Rows.Select(row => row.Model).Distinct());
        Assert.Contains("What mattered", File.ReadAllText(Path.Combine(folder, "report.html")));

        // The settings of the best trial, which the run's configuration has, train the same model on all training data.
        var config = Path.Combine(folder, "config.json");
        Assert.Equal(rows, Rows(["train", "-c", config, "--out", _run["again"], "--format", "csv"]));
        var best = trials.MaxBy(trial => trial.GetProperty("figure").GetDouble());
        var printed = Rows(["train", "-c", config, "--print-config", "--format", "csv"]);
        Assert.Contains($"train.rate,{best.GetProperty("settings").GetProperty("train.rate").GetString()},", printed);
        Assert.Contains($"train.epochs,{best.GetProperty("epochs").GetInt32()},", printed);
        Assert.Contains("recall@10,", Rows(["evaluate", folder, "--format", "csv"]));
    }

    [Fact]
    public void The_best_trials_and_what_mattered_are_shown()
    {
        var (code, output, error) = Run([.. Args()[..^2], "--format", "table"]);
        Assert.True(code == 0, error);
        foreach (var words in new[] { "The best trials", "What mattered", "train.rate", "ndcg@10", "popularity" }) Assert.Contains(words, output);
        for (var trial = 1; trial <= 5; trial++) Assert.Contains($"trial {trial} of 5: ", error);
        Assert.Contains("left", error);
        Assert.Contains(", best ", error);
    }

    [Theory]
    [InlineData("tpe")]
    [InlineData("halving")]
    public void A_stopped_search_goes_on_to_the_same_trials_and_results(string search)
    {
        var whole = Rows(Args("--search", search));
        var trials = Timeless(OnlyRun());
        Directory.Delete(_run["runs"], recursive: true);

        using var stop = new CancellationTokenSource();
        using StringWriter error = new StopAt(stop, "trial 2 of "), output = new();
        Assert.Equal(130, Cli.Run(Args("--search", search), output, error, stop.Token));
        var stopped = OnlyRun();
        Assert.EndsWith(".partial", stopped);
        Assert.Equal(trials.Take(2), Timeless(stopped));
        Assert.Contains($"bulwark tune --resume {stopped}", error.ToString());
        Refuses(1, ["leave --trials out"], "tune", "--resume", stopped, "--trials", "9");

        Assert.Equal(whole, Rows(["tune", "--resume", stopped, "--format", "csv"]));
        Assert.Equal(stopped[..^".partial".Length], OnlyRun());
        Assert.Equal(trials, Timeless(OnlyRun()));
    }

    [Fact]
    public void A_damaged_trial_is_named()
    {
        using var stop = new CancellationTokenSource();
        using StringWriter error = new StopAt(stop, "trial 2 of "), output = new();
        Assert.Equal(130, Cli.Run(Args(), output, error, stop.Token));
        var file = Path.Combine(OnlyRun(), "trials.jsonl");
        var lines = File.ReadAllLines(file);
        foreach (var damaged in new[] { lines[1][..20], lines[0], lines[1].Replace("\"model.dimension\":\"", "\"model.dimension\":\"9") })
        {
            File.WriteAllLines(file, [lines[0], damaged]);
            Refuses(2, ["trials.jsonl, line 2"], "tune", "--resume", OnlyRun());
        }
    }

    /// <summary>n = 5 and η = 3: five trials with a third of the 6 epochs, then one with all.</summary>
    [Fact]
    public void Halving_begins_with_few_epochs()
    {
        Rows(
        [
            "tune", .. Shop, "--trials", "5", "--search", "halving", "--epochs", "6", "--set", "train.patience=0", "--out", _run["runs"], "--format", "csv",
        ]);
        var trials = Trials(OnlyRun());
        Assert.Equal([2, 2, 2, 2, 2, 6], trials.Select(trial => trial.GetProperty("epochs").GetInt32()));
        Assert.Equal(
            trials.Take(5).MaxBy(trial => trial.GetProperty("figure").GetDouble()).GetProperty("settings").GetRawText(),
            trials[5].GetProperty("settings").GetRawText());
    }

    [Theory]
    [InlineData("itemknn", "model.neighbors,model.shrinkage")]
    [InlineData("ease", "model.ridge")]
    [InlineData("rp3beta", "model.neighbors,model.alpha,model.beta")]
    [InlineData("bpr", "model.dimension,model.biases,train.rate,train.negatives,train.l2")]
    [InlineData("mult-dae", "model.dimension,model.dropout,train.rate,train.l2")]
    public void What_the_model_reads_is_tuned(string model, string settings)
    {
        Rows(["tune", .. Shop, "-m", model, "--trials", "2", "--epochs", "1", "--out", _run["runs"], "--format", "csv"]);
        Assert.Equal(settings.Split(','), Trials(OnlyRun())[0].GetProperty("settings").EnumerateObject().Select(setting => setting.Name));
    }

    [Fact]
    public void A_training_that_explodes_is_a_failed_trial()
    {
        string[] Tune(string rates) =>
            ["tune", .. Shop, "--epochs", "20", "--set", "train.optimizer=sgd", "--tune", $"rate={rates}", "--out", _run["runs"], "--format", "csv"];
        var (code, _, error) = Run(Tune("900|1000"));
        Assert.Equal(1, code);
        Assert.Contains("All 2 trials failed", error);
        Directory.Delete(_run["runs"], recursive: true);

        (code, _, error) = Run(Tune("0.1|1000"));
        Assert.True(code == 0, error);
        Assert.Equal(["done", "failed"], Trials(OnlyRun()).Select(trial => trial.GetProperty("state").GetString()).Order());
        Assert.Contains(": failed", error);
    }

    [Fact]
    public void Test_rows_take_no_part_in_the_search()
    {
        Directory.CreateDirectory(_run["data"]);
        string Lines(int skip, int take) => string.Join('\n', Enumerable.Range(0, 30).Select(
            user => $"{user} {string.Join(' ', Enumerable.Range(skip, take).Select(n => (user % 3 * 7 + n * (1 + user % 2)) % 20).Distinct())}"));
        _run.File("data/train.txt", Lines(0, 6));
        string Tune(string test, string runs)
        {
            _run.File("data/test.txt", test);
            var rows = Rows(["tune", _run["data"], "--trials", "3", "--epochs", "2", "--set", "evaluate.topk=5", "--out", _run[runs], "--format", "csv"]);
            return $"{rows}\n{string.Join('\n', Timeless(Assert.Single(Directory.GetDirectories(_run[runs]))))}";
        }

        string[] one = Tune(Lines(6, 2), "a").Split("\n\n"), other = Tune(Lines(8, 2), "b").Split("\n\n");
        Assert.NotEqual(one[0], other[0]);
        Assert.Equal(one[^1], other[^1]);
    }

    [Fact]
    public void What_cannot_be_tuned_is_refused_and_leaves_nothing()
    {
        string[] args = ["tune", .. Shop, "--out", _run["runs"]];
        Refuses(1, ["Unknown search 'tpa'. Did you mean 'tpe'?"], [.. args, "--search", "tpa"]);
        Refuses(1, ["tune.trials needs a whole number from 1", "--trials gives '0'"], [.. args, "--trials", "0"]);
        Refuses(1, ["Unknown setting to tune 'rat'. Did you mean 'rate'?"], [.. args, "--tune", "rat=0.1..1"]);
        Refuses(1, ["train.rate", "0.1..0.001", "lower bound first"], [.. args, "--tune", "rate=0.1..0.001"]);
        Refuses(1, ["train.rate needs a range such as", "--tune gives ''"], [.. args, "--tune", "rate="]);
        Refuses(1, ["train.rate needs a range such as", "--tune gives '0.1'"], [.. args, "--tune", "rate=0.1"]);
        Refuses(1, ["train.rate needs a number from 0", "--tune gives '..0.1'"], [.. args, "--tune", "rate=..0.1"]);
        Refuses(1, ["train.rate", "above 0"], [.. args, "--tune", "rate=0..0.1"]);
        Refuses(1, ["model.dimension needs a whole number from 1 to 4096"], [.. args, "--tune", "dimension=0|8"]);
        Refuses(1, ["model.biases needs choices such as yes|no"], [.. args, "--tune", "biases=1..2"]);
        Refuses(1, ["'rate' twice"], [.. args, "--tune", "rate,train.rate=0.1..1"]);
        Refuses(1, ["popularity has nothing to tune"], [.. args, "-m", "popularity"]);
        Refuses(1, ["itemknn does not read train.rate", "neighbors"], [.. args, "-m", "itemknn", "--tune", "rate"]);
        Refuses(1, ["ease has no epochs", "--search tpe"], [.. args, "-m", "ease", "--search", "halving"]);
        Refuses(1, ["train.rate is 0", "--tune rate="], [.. args, "--set", "train.rate=0"]);
        Refuses(1, ["there is no such configuration file"], "tune", "--resume", _run["nothing.partial"]);
        Directory.CreateDirectory(_run["other.partial"]);
        _run.File("other.partial/config.json", "{}");
        Refuses(1, ["is not the folder of a stopped tuning", "trials.jsonl"], "tune", "--resume", _run["other.partial"]);
        Assert.False(Directory.Exists(_run["runs"]));
    }

    /// <summary>Each trial is told in every goal; those printed are what the front of the file's figures is, and a search that was stopped knows them again.</summary>
    [Fact]
    public void A_front_of_goals_is_printed_and_kept()
    {
        var output = Rows(
        [
            "tune", .. Shop, "--epochs", "4", "--trials", "6", "--tune", "propensity=0..1,correlation=0|3", "--front", "yes", "--out", _run["runs"],
        ]);
        var folder = OnlyRun();
        var trials = Trials(folder).Select(trial => trial.GetProperty("goals")).ToArray();
        Assert.All(trials, goals => Assert.Equal(
            ["ndcg@10", "coverage@10", "novelty@10", "diversity@10"], goals.EnumerateObject().Select(goal => goal.Name)));
        var front = ParetoFront.Of([.. trials.Select(goals => goals.EnumerateObject().Select(goal => goal.Value.GetDouble()).ToArray())]);
        Assert.Contains($"On the front: {front.Count(on => on)} of 6 trials", output);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal(front, report.TradeOffs.Select(off => off.OnFront));
        Assert.Contains("goal.propensity", report.TradeOffs[0].Choice);
        Assert.True(trials.Select(goals => goals.GetProperty("novelty@10").GetDouble()).Distinct().Count() > 1, "goals change the lists");
        Refuses(1, ["mf predicts ratings", "--front"], ["tune", "-m", "mf", .. Shop, "--front", "yes", "--out", _run["ratings"]]);
    }
}
