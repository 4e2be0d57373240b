using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.RunVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>What a trained run is worth to whom, why it recommends what it does, and what an attack leaves of both.</summary>
public sealed class AnalysisVerbsTests(RunVerbsTests.Trained trained) : IClassFixture<RunVerbsTests.Trained>, IDisposable
{
    private readonly RunVerbsTests.Trained _trained = trained;
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>With no attack chosen: the strongest one's ε that halves the main metric, how far scores move, and who pays, also on the page.</summary>
    [Fact]
    public void Attack_with_no_choice_made_analyzes()
    {
        var (code, output, error) = Run("attack", _trained.Folder, "--epsilon", "0.5,1", "--out", _run["runs"], "--format", "table");
        Assert.True(code == 0, error);
        foreach (var words in new[] { "f1@10", "halve", "scores shift by", "users by activity", "items by popularity", "users who lose most" })
            Assert.Contains(words, output);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var report = Report.FromJson(File.ReadAllText(Path.Combine(folder, "results.json")));
        Assert.Equal([0.5, 1], report.Rows.Where(row => row.Metric == "prediction shift").Select(row => row.Epsilon));
        Assert.Equal(report.Rows.Count(row => row.Metric == "recall@10"), report.Rows.Count(row => row.Metric == "f1@10"));
        Assert.All(report.Groups, group => Assert.NotNull(group.Attacked));
        Assert.Contains("Who pays?", File.ReadAllText(Path.Combine(folder, "report.html")));
    }

    /// <summary>A model of neighbors has no loss to climb: it is poisoned.</summary>
    [Fact]
    public void Attack_with_no_choice_made_poisons_what_has_no_loss()
    {
        Assert.Equal(0, Run("train", "-m", "itemknn", "--shop-shoppers", "60", "--shop-products", "40", "--out", _run["runs"]).Code);
        var (code, output, error) = Run(
            "attack", Assert.Single(Directory.GetDirectories(_run["runs"])), "--accounts", "10", "--fillers", "12", "--out", _run["attacks"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains("fake accounts push", error);
        Assert.Contains("itemknn,bandwagon,10,target hr@10,", output);
    }

    /// <summary>The mean over groups, weighted by their users, is the figure of all; the shares of exposure are one in all.</summary>
    [Fact]
    public void Groups_are_compared()
    {
        var all = Cells(_trained.Output, "bpr,none,0,recall@10,")[4];
        foreach (var by in new[] { "activity", "segment" })
        {
            var (code, output, error) = Run("evaluate", _trained.Folder, "--groups", by, "--format", "csv");
            Assert.True(code == 0, error);
            var rows = output.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')).Where(row => row[1] != "gap").ToArray();
            var recall = rows.Where(row => row[3] == "recall@10").Select(row => (Of: double.Parse(row[2]), Value: double.Parse(row[4]))).ToArray();
            Assert.Equal(double.Parse(all), recall.Sum(row => row.Of * row.Value) / recall.Sum(row => row.Of), 3);
            Assert.Equal(1, rows.Where(row => row[3] == "exposure@10").Sum(row => double.Parse(row[4])), 3);
        }
        Refuses(1, ["segment"], "evaluate", _trained.Folder, "--groups", "segmnet");
    }

    /// <summary>The same groups under attack: by an attribute of users, with the gap clean and attacked.</summary>
    [Fact]
    public void Groups_are_compared_under_attack()
    {
        var (code, output, error) = Run(
            "attack", _trained.Folder, "--attack", "fgsm", "--groups", "segment", "--epsilon", "1", "--format", "table", "--out", _run["runs"]);
        Assert.True(code == 0, error);
        Assert.Contains("users by segment", output);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run["runs"])), "results.json")));
        var groups = report.Groups.Where(group => group.By == "users by segment").ToArray();
        var gap = Assert.Single(groups, group => group.Group == "gap");
        var others = groups.Where(group => group.Group != "gap").ToArray();
        Assert.Equal(others.Max(group => group.Attacked!.Value) - others.Min(group => group.Attacked!.Value), gap.Attacked!.Value, 9);
        Refuses(1, ["segment"], "attack", _trained.Folder, "--groups", "segmnet", "--out", _run["none"]);
    }

    /// <summary>
    /// A blend of two factorizations is attacked whole and by way of each member; whole, at least as much is lost as through one member, up to what a step gets
    /// wrong. Where no member has tables the sentence says so.
    /// </summary>
    [Fact]
    public void An_ensemble_is_attacked_through_its_members()
    {
        string[] small = ["--shop-shoppers", "60", "--shop-products", "40", "--set", "model.dimension=8"];
        foreach (var (kind, members) in new[] { ("blend", "bpr,puresvd,ials,ease"), ("stack", "bpr,itemknn"), ("bagging", "bpr") })
        {
            var runs = _run[$"{kind}-{members}"];
            Assert.Equal(0, Run(["train", "-m", kind, "--members", members, "--epochs", "5", "--out", runs, .. small]).Code);
            var (code, output, error) = Run(
                "attack", Assert.Single(Directory.GetDirectories(runs)), "--attack", "bim-5", "--epsilon", "1", "--format", "csv", "--out", _run["attacks"]);
            Assert.True(code == 0, error);
            Assert.Contains(kind == "blend" ? "the loss of the blended score" : "the members' own losses", error);
            var (clean, whole) = (Value("none,0"), Value("bim-5,1"));
            Assert.True(whole < clean && Value("noise,1") >= whole, output);
            Assert.Contains("bim-5 by way of ", output);

            double Value(string cell) => double.Parse(Cells(output, $"{kind},{cell},recall@10,")[4], System.Globalization.CultureInfo.InvariantCulture);
        }
        Assert.Equal(0, Run(["train", "-m", "blend", "--members", "itemknn,userknn", "--out", _run["still"], .. small]).Code);
        Refuses(1, ["No member with a say in this blend (itemknn, userknn) has tables"], "attack", Assert.Single(Directory.GetDirectories(_run["still"])), "--out", _run["none"]);
    }

    [Fact]
    public void Recommendations_say_why()
    {
        var items = File.ReadAllLines(Path.Combine(_trained.Folder, "recommendations.tsv")).Skip(1).Select(line => line.Split('\t')[2]).Distinct().Take(3).ToArray();
        var (code, output, error) = Run("recommend", _trained.Folder, "--history", string.Join(',', items), "--why", "1", "--format", "csv");
        Assert.Equal((0, ""), (code, error));
        var reasons = output.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')[4]).Where(why => why.Length > 0).ToArray();
        Assert.NotEmpty(reasons);
        Assert.All(reasons, why => Assert.Contains(why["because of ".Length..], items));
    }
}
