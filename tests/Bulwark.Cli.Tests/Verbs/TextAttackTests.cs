using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Editing what items say of themselves.</summary>
public sealed class TextAttackTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "80", "--shop-products", "60"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("title", "tf-idf")]
    [InlineData("description", "tf-idf")]
    [InlineData("title_zh", "tf-idf")]
    [InlineData("description_zh", "bm25")]
    [InlineData("description", "text", "encoder")]
    [InlineData("title_zh", "text", "encoder")]
    public void Edited_texts_lift_their_items(string column, string reader, string? name = null)
    {
        var (code, output, error) = Run(
            ["attack", .. Shop, "--text", column, "--reader", reader, "--targets", "p00059,p00058", "--words", "2", "--out", _run["runs"], "--format", "csv"]);
        Assert.True(code == 0, error);
        Assert.Contains($"{name ?? reader},none,0,target hr@10,", output);
        Assert.Contains("p00059: '", error);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run["runs"])), "results.json")));
        Assert.Contains("target hr@10", report.LowerIsBetter);
        double Rank(string attack) => report.Rows.Single(row => row.Attack == attack && row.Metric == "target rank").Value;
        Assert.True(Rank("greedy edits") < Rank("none"));
        Assert.InRange(report.Rows.Single(row => row is { Attack: "greedy edits", Metric: "words changed" }).Value, 1, 2);
    }

    [Fact]
    public void A_run_lends_its_data_and_no_words_change_nothing()
    {
        Assert.Equal(0, Run(["train", .. Shop, "-m", "popularity", "--out", _run["runs"]]).Code);
        var run = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var (code, output, error) = Run("attack", run, "--text", "title", "--targets", "p00059", "--words", "0", "--out", _run["edited"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains("tf-idf,greedy edits,0,standardized shift,0", output);
    }

    [Fact]
    public void What_cannot_be_edited_is_refused()
    {
        string[] attack = ["attack", .. Shop, "--text"];
        Refuses(1, ["--targets"], [.. attack, "title"]);
        Refuses(1, ["no item 'nothing'"], [.. attack, "title", "--targets", "nothing"]);
        Refuses(1, ["'title'"], [.. attack, "titel", "--targets", "p00001"]);
        Refuses(1, ["column of texts"], [.. attack, "price", "--targets", "p00001"]);
        Refuses(1, ["tf-idf"], [.. attack, "title", "--targets", "p00001", "--reader", "tfidf"]);
    }
}
