using System.Text.Json;
using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class HardenVerbTests : IDisposable
{
    private static readonly string[] Small =
        ["--shop-shoppers", "60", "--shop-products", "40", "--epochs", "3", "--set", "harden.epochs=2", "--set", "model.dimension=8", "--epsilon", "0.5"];

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    private string[] Args(params string[] more) => ["harden", .. Small, "--out", _run["runs"], .. more];

    private string OnlyRun() => Assert.Single(Directory.GetDirectories(_run["runs"]));

    [Fact]
    public void The_main_job_writes_a_whole_run_folder()
    {
        var (code, output, error) = Run(Args());
        Assert.True(code == 0, error);
        var folder = OnlyRun();
        Assert.Matches(@"shop-bpr-\d{8}T\d{6}Z-[0-9a-f]{8}$", folder);
        Assert.Equal(
            ["config.json", "data.json", "environment.json", "metrics.jsonl", "model", "recommendations.tsv", "report.html", "results.json", "run.log", "undefended"],
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var model in new[] { "model", "undefended" })
            Assert.Equal(["model.json", "model.safetensors"], Directory.GetFiles(Path.Combine(folder, model)).Select(Path.GetFileName).Order());

        var report = Report.FromJson(File.ReadAllText(Path.Combine(folder, "results.json")));
        var attacked = report.Rows.Where(row => row.Attack != "none").ToArray();
        Assert.Equal(["bpr", "bpr-long", "apr"], attacked.Select(row => row.Model).Distinct());
        Assert.Equal(["noise", "fgsm", "bim-10", "pgd-10"], attacked.Select(row => row.Attack).Distinct());
        Assert.Equal(["bpr", "bpr-long", "apr", "popularity", "oracle"], report.Rows.Where(row => row.Attack == "none").Select(row => row.Model).Distinct());
        Assert.Equal("recall@10", report.Rows[0].Metric);
        Assert.Equal("bpr", report.Baseline);
        Assert.All(report.Rows, row => Assert.InRange(row.Value, 0, 1));
        Assert.Equal([3, 5, 5], report.TrainingCurves.Select(curve => curve.Epochs.Count));
        Assert.Equal(13, File.ReadAllLines(Path.Combine(folder, "metrics.jsonl")).Length);             // 3 + 5 + 5 epochs

        Assert.Contains("bpr-long", output);
        Assert.Contains("pgd-10", output);
        Assert.Contains(folder, error);
        Assert.DoesNotContain('\u001b', output + error);
    }

    /// <summary>The model that was trained as long without the defense lies beside the hardened one, and the gate holds it against that.</summary>
    [Fact]
    public void The_gate_finds_the_undefended_twin_of_a_hardening()
    {
        Assert.Equal(0, Run(Args("--attack", "fgsm")).Code);
        var (_, output, error) = Run(
            "gate", OnlyRun(), "--attack", "pgd-3", "--epsilon", "0.5", "--max-loss", "0.01", "--noise", "5", "--format", "csv", "--out", _run["gates"]);
        var lines = output.Split("\r\n").Select(line => line.Split(',')).ToArray();
        foreach (var check in new[] { "the attack breaks the model without its defense", "a transferred attack does no more" })
            Assert.NotEqual("not applicable", Assert.Single(lines, line => line[0] == check)[1]);

        var gate = Assert.Single(Directory.GetDirectories(_run["gates"]));
        Assert.Contains(gate, error);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(gate, "results.json")));
        Assert.Equal(13, report.Checks.Count);
        Assert.Equal([0.125, 0.25, 0.5, 0.75, 1], report.Rows.Where(row => row is { Model: "apr", Attack: "pgd-3" }).Select(row => row.Epsilon));
        Assert.Equal(6, report.Rows.Count(row => row.Model == "undefended"));
        Assert.Contains("many steps do at least what one does", File.ReadAllText(Path.Combine(gate, "report.html")));
    }

    /// <summary>Each defense trains another model from the same start; those that do not fit, and settings that a defense lacks, are refused.</summary>
    [Fact]
    public void The_defense_is_a_choice()
    {
        string[][] choices =
        [
            ["adversarial"], ["min-max"], ["fast"], ["freelb"], ["gradient-penalty"], ["multi-stage"], ["iterated"], ["free"], ["trades"],
            ["adaptive", "--set", "harden.target=0"],
            ["adversarial", "--harden-attack", "pgd-3"], ["min-max", "--harden-attack", "pgd-3"], ["adversarial", "--harden-attack", "fgsm,pgd-3"],
        ];
        var figures = choices.Select(choice => CleanAuc(choice is ["adversarial"] ? "apr" : "bpr-hardened", ["--defense", .. choice])).ToArray();
        Assert.Equal(choices.Length, figures.Distinct().Count());
        foreach (var other in new[] { "label-smoothing", "mixup", "distillation", "worst-replacements", "generative" })
            Refuses(1, [$"'{other}'", "bpr", "freelb"], Args("--defense", other));
        Refuses(1, ["has no λ"], Args("--defense", "fast", "--set", "harden.weight=2"));
        Refuses(1, ["moves nothing by ε"], Args("--defense", "label-smoothing", "--set", "harden.epsilon=2"));
        Refuses(1, ["makes its moves itself", "min-max"], Args("--defense", "freelb", "--harden-attack", "pgd-3"));
        Refuses(1, ["has no rounds", "iterated"], Args("--defense", "free", "--set", "harden.rounds=3"));
        Refuses(1, ["pdg-3", "pgd-10"], Args("--harden-attack", "pdg-3"));
    }

    /// <summary>What a model has beside an objective decides which defenses fit it.</summary>
    [Theory]
    [InlineData("neumf", "label-smoothing")]
    [InlineData("deepfm", "trades")]
    [InlineData("mult-vae", "trades")]
    [InlineData("sasrec", "worst-replacements")]
    [InlineData("sasrec", "label-smoothing", "--set", "model.loss=full")]
    [InlineData("bert4rec", "worst-replacements")]
    [InlineData("vbpr", "generative", "--attack-on", "features")]
    public void A_defense_fits_what_has_what_it_needs(string model, string defense, params string[] more) => Assert.NotEqual(
        CleanAuc($"{model}-long", ["-m", model, "--defense", defense, .. more]), CleanAuc($"{model}-hardened", ["-m", model, "--defense", defense, .. more]));

    /// <summary>Rounds share the epochs, are told with what they came to, and end where the target holds: at once, if everything may be lost.</summary>
    [Fact]
    public void Rounds_end_where_the_target_holds()
    {
        string[] iterated = ["--defense", "iterated", "--attack", "fgsm", "--set", "harden.rounds=2"];
        Assert.Equal(0, Run(Args([.. iterated, "--set", "harden.target=0"])).Code);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(OnlyRun(), "results.json")));
        Assert.Equal(3, report.Summary.Count(sentence => sentence.StartsWith("Validation after round", StringComparison.Ordinal)));
        Assert.Equal(5, report.TrainingCurves[2].Epochs.Count);
        Directory.Delete(_run["runs"], recursive: true);
        Assert.Equal(0, Run(Args([.. iterated, "--set", "harden.target=1"])).Code);
        report = Report.FromJson(File.ReadAllText(Path.Combine(OnlyRun(), "results.json")));
        Assert.Equal(3, report.TrainingCurves[2].Epochs.Count);
    }

    [Theory]
    [InlineData("neumf")]
    [InlineData("sasrec")]
    [InlineData("caser")]
    [InlineData("deepfm")]
    [InlineData("two-towers")]
    public void A_model_is_hardened_against_attacks_on_its_own_objective(string model)
    {
        var (code, output, error) = Run(Args("-m", model, "--attack", "fgsm", "--format", "csv"));
        Assert.True(code == 0, error);
        foreach (var name in new[] { model, $"{model}-long", $"{model}-hardened" }) Assert.Contains($"{name},fgsm,0.5,recall@10,", output);
    }

    [Theory]
    [InlineData("itemknn")]
    [InlineData("ease")]
    public void What_is_worked_out_at_once_has_no_training_to_harden(string model) => Refuses(1, [model, "bpr"], Args("-m", model));

    [Fact]
    public void The_page_needs_no_other_file()
    {
        Assert.Equal(0, Run(Args()).Code);
        var page = File.ReadAllText(Path.Combine(OnlyRun(), "report.html"));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("src=\"http", page);
        Assert.DoesNotContain("href=\"http", page);
        Assert.Contains("apr", page);
    }

    [Fact]
    public void Results_are_the_same_with_one_thread_and_with_two()
    {
        Assert.Equal(Rows(Args("--threads", "1", "--format", "csv")), Rows(Args("--threads", "2", "--format", "csv")));
    }

    [Fact]
    public void Results_depend_on_the_seed_and_several_seeds_have_a_spread()
    {
        var one = Rows(Args("--format", "csv", "--seed", "1"));
        Assert.NotEqual(one, Rows(Args("--format", "csv", "--seed", "2")));
        var both = Rows(Args("--format", "json", "--seeds", "1,2"));
        using var json = JsonDocument.Parse(both);
        Assert.Equal(2, json.RootElement[0].GetProperty("seeds").GetInt32());
        Assert.Equal(JsonValueKind.Number, json.RootElement[0].GetProperty("std").ValueKind);
    }

    [Fact]
    public void A_stopped_run_goes_on_to_the_same_results()
    {
        var whole = Rows(Args("--format", "csv"));
        Directory.Delete(_run["runs"], recursive: true);

        using var stop = new CancellationTokenSource();
        using var error = new StopAt(stop, "bpr: epoch 3");                     // after the first training, before the others
        using var output = new StringWriter();
        Assert.Equal(130, Cli.Run(Args("--format", "csv"), output, error, stop.Token));
        var stopped = OnlyRun();
        Assert.EndsWith(".partial", stopped);
        Assert.Contains($"bulwark harden --resume {stopped}", error.ToString());

        Refuses(1, ["leave --epochs out"], "harden", "--resume", stopped, "--epochs", "9");
        var (code, resumed, _) = Run("harden", "--resume", stopped, "--format", "csv");
        Assert.Equal((0, whole), (code, resumed));
        Assert.Equal(stopped[..^".partial".Length], OnlyRun());
        Assert.Empty(Directory.GetFiles(OnlyRun(), "checkpoint*"));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_and_leaves_nothing()
    {
        Refuses(1, ["'brp'", "Did you mean 'bpr'?"], Args("-m", "brp"));
        Refuses(1, ["'fgms'", "Did you mean 'fgsm'?"], Args("--attack", "fgms"));
        Refuses(1, ["the number of steps behind 'pgd'"], Args("--attack", "pgd"));
        Refuses(1, ["attack.epsilon needs a number from 0", "--epsilon gives '-1'"], [.. Args()[..^4], "--epsilon", "-1"]);
        Refuses(1, ["--topk 500 is more than the 40 items"], Args("--topk", "500"));
        Refuses(1, ["popularity has no training", "bpr, mf, neumf"], Args("-m", "popularity"));
        Refuses(1, ["is not the folder of a stopped run"], "harden", "--resume", _run.File("config.json", "{}")[..^"/config.json".Length]);
        Refuses(2, ["does not exist"], "harden", _run["none.csv"], "--out", _run["runs"]);
        Assert.False(Directory.Exists(_run["runs"]));
        var file = _run.File("file", "");
        Refuses(2, ["file"], [.. Args()[..^1], Path.Combine(file, "runs")]);
        Assert.Equal("", File.ReadAllText(file));
    }

    [Fact]
    public void A_training_that_explodes_is_refused_and_leaves_nothing()
    {
        var (code, output, error) = Run(Args("--set", "train.rate=1000", "--set", "train.optimizer=sgd", "--set", "harden.epochs=50"));
        Assert.Equal((1, ""), (code, output));
        Assert.Matches("bulwark: The loss became .* Lower the learning rate", error.TrimEnd().Split('\n')[^1]);
        Assert.Empty(Directory.GetFileSystemEntries(_run["runs"]));
    }

    private string CleanAuc(string model, string[] args)
    {
        var (code, output, error) = Run(Args([.. args, "--attack", "fgsm", "--format", "csv"]));
        Assert.True(code == 0, error);
        return output.Split("\r\n").Single(line => line.StartsWith($"{model},none,0,auc,", StringComparison.Ordinal)).Split(',')[4];
    }

    private static string Rows(string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.True(code == 0, error);
        return output;
    }
}
