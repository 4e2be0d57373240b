using System.Globalization;
using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class PrivacyVerbTests : IDisposable
{
    private static readonly string[] Shop = ["--shop-shoppers", "60", "--shop-products", "40", "--set", "model.dimension=8"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Private_training_is_accounted_for_and_audited()
    {
        var run = Trained("private", "-m", "bpr", "--privacy", "4,1e-4", "--epochs", "5", "--set", "train.batch=20");
        var (code, output, error) = Run("privacy", run, "--out", _run["reports"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.InRange(Figure(output, "bpr,none,0,ε,"), 3.9, 4);
        Assert.Equal(1e-4, Figure(output, "bpr,none,0,δ,"), 1e-9);
        Assert.True(Figure(output, "bpr,none,0,noise σ,") > 0.5);
        Assert.InRange(Figure(output, "bpr,none,0,\"membership auc, likelihood\","), 0.2, 0.8);
        Assert.Contains("recall@10", output);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run["reports"])), "results.json")));
        Assert.Contains(report.Summary, sentence => sentence.Contains("ε 4, δ 0.0001"));
    }

    /// <summary>The settings of privacy reach training: other bounds and budgets, other weights.</summary>
    [Fact]
    public void Every_setting_of_privacy_changes_the_model()
    {
        string[] common = ["-m", "mult-dae", "--epochs", "2", "--set", "train.batch=20"];
        byte[][] weights =
        [
            Weights(Trained("none", common)), Weights(Trained("eight", [.. common, "--privacy", "8"])), Weights(Trained("two", [.. common, "--privacy", "2"])),
            Weights(Trained("delta", [.. common, "--privacy", "2,1e-3"])), Weights(Trained("clip", [.. common, "--privacy", "2", "--set", "privacy.clip=0.1"])),
        ];
        Assert.Equal(weights.Length, weights.Select(Convert.ToHexString).Distinct().Count());

        static byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(run, "model", "model.safetensors"));
    }

    [Fact]
    public void Synthetic_data_are_judged()
    {
        var run = Trained("plain", "-m", "itemknn");
        Write("made-up.inter", 0);
        Write("holdout.inter", 1);
        var (code, output, error) = Run(
            "privacy", run, "--shadows", "0", "--synthetic", _run["made-up.inter"], "--holdout", _run["holdout.inter"], "--out", _run["reports"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("likelihood", output);
        Assert.True(Figure(output, "synthetic,none,0,recall@10,") > 0);
        Assert.True(Figure(output, "synthetic,none,0,kept of real recall@10,") > 0);
        Assert.Equal(0, Figure(output, "synthetic,none,0,copies of training users,"));
        Assert.InRange(Figure(output, "synthetic,none,0,membership auc,"), 0, 1);

        void Write(string name, int shift) => File.WriteAllLines(_run[name],
        [
            "user_id:token\titem_id:token",
            .. from user in Enumerable.Range(0, 30) from n in Enumerable.Range(0, 8) select $"x{user}\tp{(user + n * (n + shift)) % 40 + 1:D5}",
        ]);
    }

    /// <summary>A generator is worth something, and what it gives away stands beside draws by popularity.</summary>
    [Theory]
    [InlineData("no", "behavior-gan")]
    [InlineData("yes", "history-gan")]
    public void A_generator_is_judged(string ordered, string name)
    {
        var run = Trained("plain", "-m", "itemknn");
        var (code, output, error) = Run(
            "privacy", run, "--shadows", "0", "--generator", "behavior-gan", "--set", $"behavior.ordered={ordered}", "--set", "behavior.epochs=2",
            "--out", _run["reports"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.True(Figure(output, $"{name},none,0,kept of real recall@10,") > 0);
        Assert.InRange(Figure(output, $"{name},none,0,membership auc,"), 0.2, 0.8);
        Assert.InRange(Figure(output, "popularity,none,0,membership auc,"), 0.2, 0.8);
        Assert.InRange(Figure(output, $"{name},none,0,distance to training over holdout,"), 0.8, 1.2);
        Refuses(1, ["Did you mean 'behavior-gan'?"], "privacy", run, "--generator", "behaviour-gan", "--out", _run["reports"]);
    }

    [Fact]
    public void What_cannot_be_private_is_refused()
    {
        string[] train = ["train", .. Shop, "--epochs", "1", "--out", _run["runs"], "-m"];
        Refuses(1, ["itemknn", "choose bpr"], [.. train, "itemknn", "--privacy", "8"]);
        Refuses(1, ["ease", "choose bpr"], [.. train, "ease", "--privacy", "8"]);
        Refuses(1, ["neumf", "choose bpr"], [.. train, "neumf", "--privacy", "8"]);
        Refuses(1, ["ε above 0"], [.. train, "bpr", "--privacy", "0"]);
        Refuses(1, ["ε above 0"], [.. train, "bpr", "--privacy", "8,2"]);
        Refuses(1, ["Early stopping"], [.. train, "bpr", "--privacy", "8", "--set", "train.patience=2"]);
        Refuses(1, ["Hardening"], ["harden", .. Shop, "--epochs", "1", "--privacy", "8", "--out", _run["runs"]]);
        Refuses(1, ["unknown to training"], "privacy", Trained("pairs", "-m", "neumf", "--epochs", "1"), "--out", _run["reports"]);
        Refuses(1, ["even number"], "privacy", Trained("plain", "-m", "itemknn"), "--shadows", "3", "--out", _run["reports"]);
    }

    private string Trained(string name, params string[] args)
    {
        var (code, _, error) = Run(["train", .. Shop, "--out", _run[name], .. args]);
        Assert.True(code == 0, error);
        return Assert.Single(Directory.GetDirectories(_run[name]));
    }

    private static double Figure(string csv, string start)
    {
        var line = csv.Split('\n').Single(line => line.StartsWith(start));
        return double.Parse(line[start.Length..].Split(',')[0], CultureInfo.InvariantCulture);
    }
}
