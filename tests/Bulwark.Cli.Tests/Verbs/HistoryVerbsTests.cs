using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Edits of shoppers' histories.</summary>
public sealed class HistoryVerbsTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "80", "--shop-products", "60"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Histories_of_a_sequence_model_are_edited_by_its_gradients()
    {
        var run = Trained("sasrec", "--epochs", "2", "--set", "model.dimension=8");
        var (code, output, error) = Run("attack", run, "--history", "insert,replace", "--edits", "2", "--sample", "20", "--out", _run["attacks"], "--format", "csv");
        Assert.True(code == 0, error);
        foreach (var attack in (string[])["none,0", "random,1", "greedy,2", "guided,2"]) Assert.Contains($"sasrec,{attack},hr@10,", output);
        Assert.DoesNotContain("target", output);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run["attacks"])), "results.json")));
        Assert.Contains("of 20 shoppers were edited (insert,replace)", report.Summary[0]);
        Assert.True(Hits("guided", 2) <= Hits("guided", 1) && Hits("guided", 1) <= Hits("none", 0));

        double Hits(string attack, int edits) => report.Rows.Single(row => row.Attack == attack && row.Epsilon == edits && row.Metric == "hr@10").Value;
    }

    [Fact]
    public void A_target_is_pushed_on_a_model_that_shows_its_scores_alone()
    {
        var (code, output, error) = Run(
            "attack", Trained("itemknn"), "--history", "insert", "--edits", "1", "--target", "p00059", "--sample", "20", "--out", _run["attacks"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains("itemknn,greedy,1,target hr@10,", output);
        Assert.DoesNotContain("guided", output);
    }

    /// <summary>Both ways name items of the history; that they are two ways shows in what they name.</summary>
    [Fact]
    public void Reasons_are_found_by_gradients_too()
    {
        var run = Trained("sasrec", "--epochs", "2", "--set", "model.dimension=8");
        var (left, slopes) = (Reasons(), Reasons("--by", "gradients"));
        Assert.NotEqual(left, slopes);
        Assert.All(slopes, why => Assert.StartsWith("because of p0000", why));
        Refuses(1, ["--why"], "recommend", run, "--history", "p00001", "--by", "gradients");
        Refuses(1, ["itemknn has no slopes"], "recommend", Trained("itemknn"), "--history", "p00001", "--why", "1", "--by", "gradients");

        string[] Reasons(params string[] by)
        {
            var (code, output, error) = Run(["recommend", run, "--history", "p00001,p00002,p00003,p00004", "--why", "4", "--format", "csv", .. by]);
            Assert.True(code == 0, error);
            return [.. output.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',', 5)[4].Trim('"')).Where(why => why.Length > 0)];
        }
    }

    [Fact]
    public void Who_has_touched_everything_gets_an_empty_list()
    {
        var all = string.Join(',', Enumerable.Range(0, 61).Select(item => $"p{item:D5}"));
        foreach (var by in (string[][])[[], ["--why", "2"]])
        {
            var (code, output, error) = Run(["recommend", Trained("itemknn"), "--history", all, "--format", "csv", .. by]);
            Assert.True(code == 0, error);
            Assert.Single(output.TrimEnd().Split("\r\n"));
            Directory.Delete(_run["itemknn"], recursive: true);
        }
    }

    [Fact]
    public void What_cannot_be_attacked_is_refused()
    {
        var run = Trained("itemknn");
        Refuses(1, ["folder of a run"], "attack", "--history", "insert");
        Refuses(1, ["'insret'", "insert"], "attack", run, "--history", "insret");
        Refuses(1, ["--edits", "from 1"], "attack", run, "--history", "insert", "--edits", "0");
        Refuses(1, ["no item 'nothing'"], "attack", run, "--history", "insert", "--target", "nothing");
        Refuses(1, ["does not look at histories"], "attack", Trained("popularity"), "--history", "insert");
    }

    private string Trained(string model, params string[] more)
    {
        var (code, _, error) = Run(["train", .. Shop, "-m", model, .. more, "--out", _run[model]]);
        Assert.True(code == 0, error);
        return Assert.Single(Directory.GetDirectories(_run[model]));
    }
}
