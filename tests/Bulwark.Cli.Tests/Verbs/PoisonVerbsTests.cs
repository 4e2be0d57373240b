using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Fake accounts: putting them in, finding them, leaving them out.</summary>
public sealed class PoisonVerbsTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "80", "--shop-products", "60"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Poison_trains_measures_and_reports()
    {
        var (code, output, error) = Run(
            ["attack", .. Shop, "-m", "itemknn", "--poison", "bandwagon", "--targets", "p00059,p00058", "--accounts", "40", "--fillers", "10", "--out", _run["runs"], "--format", "csv"]);
        Assert.True(code == 0, error);
        Assert.Contains("itemknn,none,0,target hr@10,", output);
        Assert.Contains("itemknn,bandwagon,40,prediction shift,", output);
        Assert.Contains("itemknn,bandwagon,40,recall@10,", output);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var report = Report.FromJson(File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal("target hr@10", report.Rows[0].Metric);
        Assert.Contains("target hr@10", report.LowerIsBetter);
        Assert.True(report.Rows.Single(row => row is { Attack: "bandwagon", Metric: "standardized shift" }).Value > 0);
        Assert.Contains("</html>", File.ReadAllText(Path.Combine(folder, "report.html")));
    }

    [Fact]
    public void The_price_of_success_is_searched()
    {
        string[] attack = ["attack", .. Shop, "-m", "popularity", "--poison", "random", "--targets", "p00059", "--fillers", "5", "--out", _run["runs"]];
        var (code, _, error) = Run([.. attack, "--goal", "0.9"]);
        Assert.True(code == 0, error);
        Assert.Matches(@"Seed 1: \d+ accounts put the targets into the top 10 of 90", error);
    }

    [Fact]
    public void A_model_with_weights_is_trained_on_the_settings_of_a_run()
    {
        Assert.Equal(0, Run(["train", .. Shop, "--epochs", "2", "--set", "model.dimension=8", "--out", _run["runs"]]).Code);
        var run = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var (code, output, error) = Run("attack", run, "--poison", "segment", "--targets", "p00059", "--selected", "p00001,p00002", "--accounts", "5", "--fillers", "8", "--out", _run["poisoned"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains("bpr,segment,5,target hr@10,", output);
    }

    [Fact]
    public void What_cannot_be_attacked_is_refused()
    {
        string[] attack = ["attack", .. Shop, "-m", "itemknn", "--poison"];
        Refuses(1, ["--targets"], [.. attack, "random"]);
        Refuses(1, ["no item 'nothing'"], [.. attack, "random", "--targets", "nothing"]);
        Refuses(1, ["--selected"], [.. attack, "segment", "--targets", "p00001"]);
        Refuses(1, ["more than the 60 items"], [.. attack, "random", "--targets", "p00001", "--fillers", "60"]);
        Refuses(1, ["'bandwagon'"], [.. attack, "bandwagom", "--targets", "p00001"]);
        Refuses(1, ["made of other models"], "attack", "-m", "blend", "--poison", "random", "--targets", "p00001");
        Refuses(1, ["folder of a run", "--poison"], "attack");
    }

    [Fact]
    public void A_ring_is_detected_and_left_out_of_training()
    {
        string[] shop = ["--shop-shoppers", "400", "--shop-products", "200", "--fraud-accounts", "30"];
        var (code, output, error) = Run(["detect", .. shop, "--out", _run["suspects.tsv"], "--format", "csv"]);
        Assert.True(code == 0, error);
        Assert.Contains(",this account ", output.Replace("\"", ""));
        Assert.Contains("accounts are suspect", error);
        var suspects = File.ReadAllLines(_run["suspects.tsv"]);
        Assert.Equal("user_id\tweight\twhy", suspects[0]);
        Assert.InRange(suspects.Length - 1, 25, 36);

        string[] train = ["train", .. shop, "-m", "itemknn", "--format", "csv", "--out"];
        var (all, rest) = (Run([.. train, _run["all"]]), Run([.. train, _run["rest"], "--quarantine", _run["suspects.tsv"]]));
        Assert.True(rest.Code == 0, rest.Error);
        Assert.NotEqual(all.Out, rest.Out);
        var evaluated = Run("evaluate", Assert.Single(Directory.GetDirectories(_run["rest"])), "--format", "csv");
        Assert.True(evaluated.Code == 0, evaluated.Error);
    }

    [Fact]
    public void Honest_shoppers_are_not_suspect()
    {
        var (code, output, error) = Run("detect", "--shop-shoppers", "400", "--shop-products", "200", "--format", "json");
        Assert.Equal((0, "[]"), (code, output.Trim()));
        Assert.StartsWith("0 of 400 accounts are suspect", error);
    }

    [Fact]
    public void A_quarantine_that_does_not_fit_is_refused()
    {
        string[] train = ["train", .. Shop, "--out", _run["runs"], "--quarantine"];
        Refuses(2, ["does not exist"], [.. train, _run["none.tsv"]]);
        Refuses(2, ["line 2", "no user 'x'"], [.. train, _run.File("unknown.tsv", "user_id\tweight\nx\t0.1\n")]);
        Refuses(2, ["line 2", "weight from 0 to 1"], [.. train, _run.File("bad.tsv", "user_id\tweight\nu1\theavy\n")]);
    }
}
