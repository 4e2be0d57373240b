using System.Globalization;
using Bulwark.Cli.Runs;
using Bulwark.Evaluation;
using Bulwark.Generative;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class BehaviorVerbsTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "40", "--shop-products", "30"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>As many users as asked for, of items of the shop, each row marked; readable as data, and the same again.</summary>
    [Fact]
    public void Made_up_users_are_written_with_a_mark()
    {
        var made = Made("made.inter");
        var lines = File.ReadAllLines(made);
        Assert.Equal("user_id:token\titem_id:token\tsynthetic:float", lines[0]);
        Assert.All(lines.Skip(1), line => Assert.Matches("^synthetic-[0-9]+\tp?[^\t]+\t1$", line));
        Assert.Equal(25, lines.Skip(1).Select(line => line.Split('\t')[0]).Distinct().Count());
        Assert.Contains("Users,25", Run("data", "describe", made, "--format", "csv").Out);
        Assert.Equal(lines, File.ReadAllLines(Made("again.inter")));
        Assert.NotEqual(lines, File.ReadAllLines(Made("other.inter", "--seed", "2")));
        Assert.NotEqual(lines, File.ReadAllLines(Made("longer.inter", "--set", "behavior.epochs=3")));
    }

    /// <summary>Beside the file: how like the real users those are, with half of the real ones as the control, and the game of each generator.</summary>
    [Fact]
    public void A_report_comes_beside_the_file()
    {
        var data = _run.File("r.csv", "user_id,item_id,rating\n" + string.Concat(Enumerable.Range(0, 60).Select(n => $"u{n % 12},i{n / 12},{1 + n * n % 5}\n")));
        var (code, output, error) = Run(
            "generate", "behavior", "--from", data, "--count", "20", "--epochs", "2", "--ordered", "yes", "--out", _run["made.inter"], "--format", "csv");
        Assert.True(code == 0, error);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run.Folder, "made-history-gan-*")), "results.json")));
        string[] metrics = [.. report.Rows.Where(row => row.Model == "history-gan").Select(row => row.Metric)];
        Assert.Equal(13, metrics.Length);
        Assert.Equal(metrics, report.Rows.Where(row => row.Model == "half of the real ones").Select(row => row.Metric));
        Assert.Equal(["history-gan", "rating-gan"], report.Games.Select(game => game.Model));
        Assert.Contains("history-gan,none,0,ks activity,0", output);                             // everybody has five items
        Assert.Contains("history-gan,none,0,copies of real ones,1", output);                     // all five that there are
        Assert.Contains("ks ratings", report.LowerIsBetter);
    }

    /// <summary>What private generation gives away is in the report; orders and segments are refused.</summary>
    [Fact]
    public void People_are_made_up_privately()
    {
        Made("private.inter", "--privacy", "8,1e-4");
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run.Folder, "private-behavior-gan-*")), "results.json")));
        double Said(string metric) => report.Rows.Single(row => row.Model == "behavior-gan" && row.Metric == metric).Value;
        Assert.InRange(Said("ε"), 7.8, 8);
        Assert.Equal(1e-4, Said("δ"));
        Assert.True(Said("noise σ") > 0.5);
        Refuses(1, ["not made privately"], ["generate", "behavior", .. Shop, "--ordered", "yes", "--privacy", "8", "--out", _run["made.inter"]]);
    }

    /// <summary>Histories in order: everybody's times go up, and nobody has an item twice where nobody real has.</summary>
    [Fact]
    public void Ordered_histories_have_times_in_order()
    {
        var lines = File.ReadAllLines(Made("ordered.inter", "--ordered", "yes"));
        Assert.Equal("user_id:token\titem_id:token\ttimestamp:float\tsynthetic:float", lines[0]);
        foreach (var user in lines.Skip(1).Select(line => line.Split('\t')).GroupBy(row => row[0]))
        {
            long[] times = [.. user.Select(row => long.Parse(row[2], CultureInfo.InvariantCulture))];
            Assert.Equal(times.Order(), times);
        }
        Assert.Equal(25, lines.Skip(1).Select(line => line.Split('\t')[0]).Distinct().Count());
        Assert.Equal(lines, File.ReadAllLines(Made("again.inter", "--ordered", "yes")));
    }

    /// <summary>Ratings come where the data are ratings, on their scale.</summary>
    [Fact]
    public void Ratings_are_made_up_where_there_are_ratings()
    {
        var data = _run.File("r.csv", "user_id,item_id,rating\n" + string.Concat(Enumerable.Range(0, 60).Select(n => $"u{n % 12},i{n / 12},{1 + n * n % 5}\n")));
        foreach (var ordered in new[] { "no", "yes" })
        {
            Assert.Equal(0, Run("generate", "behavior", "--from", data, "--count", "20", "--epochs", "1", "--ordered", ordered, "--out", _run["made.inter"]).Code);
            var lines = File.ReadAllLines(_run["made.inter"]);
            Assert.StartsWith("user_id:token\titem_id:token\trating:float\t", lines[0], StringComparison.Ordinal);
            Assert.All(lines.Skip(1), line => Assert.Contains(line.Split('\t')[2], new[] { "1", "2", "5" }.Concat(["3", "4"])));
        }
    }

    /// <summary>Those in the segment have two items, the others four; no one else is asked for.</summary>
    [Fact]
    public void A_segment_is_made_up_like_its_people()
    {
        var folder = Directory.CreateDirectory(_run["people"]).FullName;
        File.WriteAllLines(Path.Combine(folder, "people.inter"),
            ["user_id:token\titem_id:token", .. from user in Enumerable.Range(0, 20) from item in Enumerable.Range(0, user < 8 ? 2 : 4) select $"u{user}\ti{(user + item) % 7}"]);
        File.WriteAllLines(Path.Combine(folder, "people.user"),
            ["user_id:token\tage:token\tgender:token", .. Enumerable.Range(0, 20).Select(user => $"u{user}\t{20 + user}\t{(user < 10 ? "F" : "M")}")]);
        string[] generate = ["generate", "behavior", "--from", folder, "--count", "20", "--epochs", "1", "--out", _run["made.inter"], "--segment"];
        var (code, _, error) = Run([.. generate, "gender=F,age=10..27"]);
        Assert.True(code == 0, error);
        Assert.Equal(40, File.ReadAllLines(_run["made.inter"]).Length - 1);
        Refuses(1, ["It has: age, gender"], [.. generate, "sex=F"]);
        Refuses(1, ["Nobody is in the segment"], [.. generate, "gender=X"]);
        Refuses(1, ["as gender=F"], [.. generate, "gender"]);
        Refuses(1, ["leave --ordered or --segment out"], [.. generate, "gender=F", "--ordered", "yes"]);
        Refuses(1, ["yes or no"], [.. generate, "gender=F", "--ordered", "perhaps"]);
        var pairs = _run.File("pairs.csv", "user_id,item_id\nu,i\nv,j\n");
        Refuses(1, ["says nothing about people"], "generate", "behavior", "--from", pairs, "--segment", "gender=F", "--out", _run["made.inter"]);
    }

    /// <summary>A run's generator sees what the run was trained on: items of the test part alone are unknown to it.</summary>
    [Fact]
    public void A_run_gives_what_it_was_trained_on()
    {
        var data = _run.File("r.csv", "user_id,item_id,timestamp\n" + string.Concat(Enumerable.Range(0, 60).Select(n => $"u{n % 12},i{n / 12},{n}\n")));
        Assert.Equal(0, Run("train", data, "-m", "ials", "--split", "leave-last", "--topk", "5", "--set", "model.dimension=4", "--out", _run["runs"]).Code);
        var (code, _, error) = Run(
            "generate", "behavior", "--from", Assert.Single(Directory.GetDirectories(_run["runs"])), "--count", "50", "--epochs", "1", "--out", _run["made.inter"]);
        Assert.True(code == 0, error);
        var items = File.ReadAllLines(_run["made.inter"]).Skip(1).Select(line => line.Split('\t')[1]).ToArray();
        Assert.Equal(4 * 50, items.Length);                  // every user of the training part has 4 of the 5 items
        Refuses(1, ["give its data"], "generate", "behavior", "--from", Assert.Single(Directory.GetDirectories(_run["runs"])), "--segment", "a=b", "--out", _run["made.inter"]);
    }

    [Fact]
    public void Augmented_training_changes_the_model_and_not_what_it_is_judged_on()
    {
        string[] train = ["train", .. Shop, "--epochs", "3", "--set", "model.dimension=4", "--set", "behavior.epochs=1", "--set", "augment.below=30", "--format", "csv"];
        foreach (var model in new[] { "bpr", "mult-vae", "lightgcn", "ease" })
        {
            var (_, plain, _) = Run([.. train, "-m", model, "--out", _run["plain"]]);
            var (code, output, error) = Run([.. train, "-m", model, "--augment", "behavior-gan", "--set", "augment.length=30", "--out", _run[model]]);
            Assert.True(code == 0, error);
            Assert.NotEqual(Line(plain, model), Line(output, model));
            Assert.Equal(Line(plain, "popularity"), Line(output, "popularity"));
            var folder = Assert.Single(Directory.GetDirectories(_run[model]));
            Assert.Equal(Line(output, model).Split(',')[4], Line(Run("evaluate", folder, "--format", "csv").Out, "ndcg@10", "").Split(',')[1]);
        }

        static string Line(string output, string start, string rest = ",none,0,ndcg@10") => output.Split('\n').Single(line => line.StartsWith(start + rest + ",")).TrimEnd('\r');
    }

    [Fact]
    public void The_generators_game_is_in_the_report_of_the_run()
    {
        string[] train = ["train", .. Shop, "-m", "bpr", "--epochs", "1", "--set", "model.dimension=4", "--set", "behavior.epochs=2", "--set", "augment.below=30"];
        Assert.Empty(Report("plain").Games);
        var game = Assert.Single(Report("augmented", "--augment", "behavior-gan", "--set", "augment.length=30").Games);
        Assert.Equal(("behavior-gan", 2), (game.Model, game.Epochs.Count));
        Assert.All(game.Epochs, epoch => Assert.True(epoch is { CriticGradient: > 0, Quality.Distances.Count: 3 }));
        Assert.Contains("Generator against critic", File.ReadAllText(Path.Combine(Folder("augmented"), "report.html")));

        string Folder(string name) => Assert.Single(Directory.GetDirectories(_run[name]));

        Report Report(string name, params string[] more)
        {
            var (code, _, error) = Run([.. train, .. more, "--out", _run[name]]);
            Assert.True(code == 0, error);
            return Bulwark.Evaluation.Report.FromJson(File.ReadAllText(Path.Combine(Folder(name), "results.json")));
        }
    }

    /// <summary>A collapse is called by its name; a game that went well leaves no doubt.</summary>
    [Fact]
    public void A_collapse_is_a_reason_for_doubt()
    {
        ReportGame Game(GameWarning warning) => new("behavior-gan", [new(1, 1, 1, 1, 1, 1, null, warning)]);
        Assert.Empty(Augmentation.Doubts(Game(GameWarning.None)));
        Assert.Contains("has collapsed", Assert.Single(Augmentation.Doubts(Game(GameWarning.Collapse))));
        Assert.Contains("gradient has vanished", Assert.Single(new Report { Warnings = [] }.With([Game(GameWarning.VanishingGradient)]).Warnings));
    }

    [Theory]
    [InlineData("itemknn", "", "itemknn has no use for them")]
    [InlineData("mf", "", "mf has no use for them")]
    [InlineData("bpr", "augment.length=3", "make it larger")]
    [InlineData("bpr", "augment.length=5000", "more than the 30 items")]
    [InlineData("bpr", "privacy.budget=8", "leave one of them out")]
    public void Augmentation_that_makes_no_sense_is_refused(string model, string set, string words) =>
        Refuses(1, [words], ["train", .. Shop, "-m", model, "--augment", "behavior-gan", .. set.Length > 0 ? (string[])["--set", set] : [], "--out", _run["runs"]]);

    [Fact]
    public void What_cannot_be_done_is_said_in_a_sentence()
    {
        Refuses(1, ["--out made-up.inter"], ["generate", "behavior", .. Shop]);
        Refuses(1, ["Did you mean 'behavior-gan'?"], "train", "--augment", "behaviour-gan");
        Refuses(2, ["does not exist"], "generate", "behavior", "--from", _run["nothing"], "--out", _run["made.inter"]);
        var one = _run.File("one.csv", "user_id,item_id\nu,i\nv,i\n");
        Refuses(2, ["fewer than two items"], "generate", "behavior", "--from", one, "--out", _run["made.inter"]);
        Refuses(1, ["from 1 to"], ["generate", "behavior", .. Shop, "--count", "0", "--out", _run["made.inter"]]);
    }

    private string Made(string name, params string[] more)
    {
        var (code, output, error) = Run(["generate", "behavior", .. Shop, "--count", "25", "--epochs", "1", .. more, "--out", _run[name]]);
        Assert.True(code == 0, error);
        Assert.Contains("ks popularity", output);
        Assert.Contains("Run folder", error);
        return _run[name];
    }
}
