using Bulwark.Evaluation;
using Bulwark.Tensors;
using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.RunVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Models of ratings: judged by errors and by likes, attacked, hardened and tuned.</summary>
public sealed class RatingVerbsTests : IDisposable
{
    private readonly CommandRun _run = new();
    private readonly string[] _small;

    /// <summary>30 users and 20 items of two kinds: own kind from 3 to 5, the other from 1 to 3, by chance; every third pair has no rating.</summary>
    public RatingVerbsTests()
    {
        var rng = new Rng(1);
        var rows = from user in Enumerable.Range(0, 30)
                   from item in Enumerable.Range(0, 20)
                   where (user + item) % 3 > 0
                   select $"u{user},i{item},{(user % 2 == item % 2 ? 3 : 1) + rng.Next(3)}";
        var data = _run.File("ratings.csv", $"user_id,item_id,rating\n{string.Join('\n', rows)}\n");
        _small = [data, "-m", "mf", "--set", "model.dimension=4", "--set", "train.rate=0.1", "--set", "train.batch=32", "--format", "csv"];
    }

    public void Dispose() => _run.Dispose();

    private string Only(string runs) => Assert.Single(Directory.GetDirectories(_run[runs]));

    private Report Results(string runs) => Report.FromJson(File.ReadAllText(Path.Combine(Only(runs), "results.json")));

    [Fact]
    public void Likes_are_judged_beside_errors()
    {
        var (code, output, error) = Run(["train", .. _small, "--epochs", "3", "--out", _run["runs"]]);
        Assert.True(code == 0, error);
        var report = Results("runs");
        string[] figures = ["rmse", "mae", "accuracy", "precision", "recall", "f1", "roc auc", "average precision"];
        Assert.Equal(figures, report.Rows.Select(row => row.Metric));
        Assert.Equal(["rmse", "mae"], report.LowerIsBetter);
        Assert.Contains("a rating of at least", report.Protocol);
        Assert.True(report.Separations.Single() is { Model: "mf", Roc.Count: > 2, PrecisionRecall.Count: > 2 });
        Assert.Contains("Likes and the rest", File.ReadAllText(Path.Combine(Only("runs"), "report.html")));
        var evaluated = Run("evaluate", Only("runs"), "--format", "csv").Out;
        foreach (var figure in figures) Assert.Equal(Cells(output, $"mf,none,0,{figure},")[4], Cells(evaluated, $"{figure},")[1]);
    }

    /// <summary>Early stopping keeps the epoch of the least validation error, after which there were as many epochs as patience lasted.</summary>
    [Fact]
    public void Training_stops_by_the_validation_error()
    {
        var (code, _, error) = Run(["train", .. _small, "--epochs", "60", "--set", "train.patience=2", "--out", _run["runs"]]);
        Assert.True(code == 0, error);
        double[] figures = [.. Results("runs").TrainingCurves.Single().Epochs.Select(epoch => epoch.Validation!.Value)];
        Assert.InRange(figures.Length, 3, 59);
        Assert.Equal(figures.Length - 2, Array.IndexOf(figures, figures.Min()) + 1);
        Assert.All(figures, figure => Assert.InRange(figure, 0.5, 4));                          // of 1 to 5, and so no NDCG
    }

    [Fact]
    public void Tables_are_attacked_and_hardened_by_squared_errors()
    {
        string[] attacked = ["--attack", "fgsm", "--epsilon", "1"];
        Assert.Equal(0, Run(["train", .. _small, "--epochs", "5", "--out", _run["runs"]]).Code);
        var (code, output, error) = Run(["attack", Only("runs"), .. attacked, "--out", _run["attacked"], "--format", "csv"]);
        Assert.True(code == 0, error);
        double Rmse(string cell) => double.Parse(Cells(output, $"{cell},rmse,")[4], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Rmse("mf,none,0") < Rmse("mf,fgsm,1") && Rmse("mf,noise,1") < Rmse("mf,fgsm,1"), output);
        var usual = Run("attack", Only("runs"), "--out", _run["usual"], "--format", "csv");
        Assert.True(usual.Code == 0, usual.Error);
        Assert.Contains("mf,pgd-10,", usual.Out);

        (code, output, error) = Run(["harden", .. _small, "--epochs", "5", "--set", "harden.epochs=3", .. attacked, "--out", _run["hardened"]]);
        Assert.True(code == 0, error);
        foreach (var model in new[] { "mf", "mf-long", "mf-hardened" })
            foreach (var cell in new[] { "none,0", "noise,1", "fgsm,1" })
                foreach (var metric in RatingTask.Errors) Assert.Contains($"{model},{cell},{metric},", output);
        Assert.DoesNotContain("recall", output);
        Assert.Equal(["rmse", "mae"], Results("hardened").LowerIsBetter);
        var evaluated = Run("evaluate", Only("hardened"), "--format", "csv");                   // the saved model is the hardened one, mean rating included
        Assert.Equal(Cells(output, "mf-hardened,none,0,rmse,")[4], Cells(evaluated.Out, "rmse,")[1]);
        Refuses(1, ["mf has no rankings", "bpr, neumf"], "gate", Only("runs"));
    }

    [Fact]
    public void Settings_are_chosen_by_the_validation_error()
    {
        var (code, output, error) = Run(["tune", .. _small, "--epochs", "3", "--trials", "2", "--tune", "rate=0.0001..0.3", "--out", _run["runs"]]);
        Assert.True(code == 0, error);
        Assert.Contains("mf,none,0,rmse,", output);
        var tuning = Results("runs").Tuning!;
        Assert.Equal("negative rmse on validation", tuning.Metric);
        Assert.All(tuning.Trials, trial => Assert.InRange(trial.Figure, -4, -0.5));
    }
}
