using System.Globalization;
using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Classifiers of images: trained, saved, attacked, hardened; and what must be refused.</summary>
public sealed class ClassifierVerbsTests(ClassifierVerbsTests.Trained trained) : IClassFixture<ClassifierVerbsTests.Trained>, IDisposable
{
    internal static readonly string[] Quick = ["--attack", "fgsm,pgd-5", "--epsilon", "0.1", "--format", "csv"];
    private readonly Trained _trained = trained;
    private readonly CommandRun _run = new();

    /// <summary>One classifier for all tests.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly CommandRun _run = new();

        public Trained()
        {
            Data = ImageFolder.Write(_run["halves"]);
            var (code, output, error) = Run("train", Data, "-m", "mlp-classifier", "--epochs", "5", "--out", _run["runs"], "--format", "csv");
            Assert.True(code == 0, error);
            (Output, Folder) = (output, Assert.Single(Directory.GetDirectories(_run["runs"])));
        }

        public string Data { get; }

        public string Folder { get; }

        public string Output { get; }

        public void Dispose() => _run.Dispose();
    }

    public void Dispose() => _run.Dispose();

    /// <summary>Noise ≥ one step and ten ≥ the suite, part by part; a larger ε leaves no more; the saved model is as accurate as it was.</summary>
    [Fact]
    public void Attack_with_no_choice_made_prints_the_curve()
    {
        var (code, output, error) = Run("attack", _trained.Folder, "--epsilon", "0.05,0.2", "--out", _run["runs"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains("halves accuracy at an ε of 0.", error);
        var clean = Left(output, "none", "0");
        Assert.InRange(clean, 0.95, 1);
        Assert.Equal(Left(_trained.Output, "none", "0"), clean);
        double[] suite = [.. new[] { "0.05", "0.2" }.Select(epsilon => Left(output, "suite", epsilon))];
        Assert.Equal(suite.OrderDescending(), suite);
        Assert.True(suite[^1] < 0.1 && suite[0] < clean, output);
        foreach (var epsilon in new[] { "0.05", "0.2" })
        {
            string[] one = ["noise", "fgsm", "suite"], ten = ["noise", "pgd-10", "suite"], parts = ["suite to apgd-ce", "suite to apgd-t", "suite to fab", "suite"];
            foreach (var weaker in new[] { one, ten, parts })
                Assert.All(weaker.Zip(weaker.Skip(1)), pair => Assert.True(Left(output, pair.First, epsilon) >= Left(output, pair.Second, epsilon), pair + output));
        }
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        foreach (var file in new[] { "results.json", "report.html", "data.json", "config.json" }) Assert.True(File.Exists(Path.Combine(folder, file)));
        Assert.Contains("halves accuracy", File.ReadAllText(Path.Combine(folder, "report.html")));
    }

    /// <summary>
    /// Searches for the shortest move run once and fool nearly all; C&amp;W's moves are no longer than DeepFool's, JSMA changes a pair of pixels at most, and
    /// black boxes say what they asked. What is fooled is what is no longer right.
    /// </summary>
    [Fact]
    public void Single_attacks_tell_success_distortion_and_queries()
    {
        var (code, output, error) = Run(
            "attack", _trained.Folder, "--attack", "cw-200,deepfool,fab,jsma,hopskipjump-3,square-200,nes-2", "--epsilon", "0.1", "--sample", "30",
            "--out", _run["runs"], "--format", "csv");
        Assert.True(code == 0, error);
        foreach (var name in new[] { "cw-200", "deepfool", "fab", "hopskipjump-3" }) Assert.InRange(Figure(output, name, "0", "success"), 0.9, 1);
        Assert.InRange(Figure(output, "cw-200", "0", "L2"), 0.05, Figure(output, "deepfool", "0", "L2") * 1.01);
        Assert.True(Figure(output, "fab", "0", "L∞") < Figure(output, "cw-200", "0", "L2"), output);
        Assert.InRange(Figure(output, "jsma", "0", "L0"), 1, 2);                                 // a tenth of 36 pixels is a pair
        Assert.InRange(Figure(output, "hopskipjump-3", "0", "queries"), 300, 1000);
        Assert.InRange(Figure(output, "square-200", "0.1", "queries until fooled"), 2, 200);
        Assert.Equal(2 * 101 + 1, Figure(output, "nes-2", "0.1", "queries"));                    // 50 pairs and the point itself, twice, and the end
        var clean = Left(output, "none", "0");
        foreach (var (name, epsilon) in new[] { ("cw-200", "0"), ("square-200", "0.1") })
            Assert.Equal(clean * (1 - Figure(output, name, epsilon, "success")), Left(output, name, epsilon), 1e-6);
        Assert.DoesNotContain("cw-200,0.1", output);
        var shown = Run("attack", _trained.Folder, "--attack", "deepfool", "--sample", "10", "--out", _run["runs"]);
        Assert.Contains("success", shown.Out);
        Assert.DoesNotContain("halves accuracy", shown.Error);
    }

    /// <summary>
    /// At a radius where nearly all falls the gate is shut; at a tiny one of which little is asked it is open, and every check of single examples applies. The
    /// same model as its own undefended twin takes whatever is crafted on it.
    /// </summary>
    [Fact]
    public void Gate_judges_images_one_by_one()
    {
        string[] quick = ["--noise", "50", "--sample", "40", "--format", "csv", "--out", _run["runs"]];
        var (code, output, error) = Run(["gate", _trained.Folder, "--epsilon", "0.1", "--max-loss", "20%", .. quick]);
        Assert.True(code == 3, error);
        Assert.Contains("accuracy is ", error);
        Assert.Contains("The gate is shut.", error);
        Assert.Equal("pass", RunVerbsTests.Cells(output, "an attack by decisions does no more,")[1]);
        (code, output, error) = Run(["gate", _trained.Folder, _trained.Folder, "--epsilon", "0.01", "--max-loss", "0%", .. quick]);
        Assert.True(code == 3, output);                                                          // the twin, the same, does not break
        Assert.Equal("fail", RunVerbsTests.Cells(output, "the attack breaks the model without its defense,")[1]);
        Assert.Equal("pass", RunVerbsTests.Cells(output, "a transferred attack does no more,")[1]);
        (code, output, error) = Run(["gate", _trained.Folder, "--epsilon", "0.01", .. quick]);
        Assert.True(code == 0, output + error);
        Refuses(2, ["are not those of"], "gate", _trained.Folder, "--data", ImageFolder.Write(_run["one"], seed: 5));
    }

    /// <summary>Images are described by what they are; three classes share 300 and 60.</summary>
    [Fact]
    public void Describe_knows_images()
    {
        var (code, output, error) = Run("data", "describe", _trained.Data, "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains("Images to learn from,300", output);
        Assert.Contains("6 × 6", output);
        foreach (var (part, whole) in new[] { ("learn from", 300), ("judge on", 60) })
        {
            var counts = output.Split('\n').Single(line => line.StartsWith($"Of each class to {part}", StringComparison.Ordinal));
            Assert.Equal(whole, counts.Split('×')[1..].Sum(count => int.Parse(count.Split(',')[0].Trim(' ', '"', '\r'), CultureInfo.InvariantCulture)));
        }
        File.Delete(Path.Combine(ImageFolder.Write(_run["cut"]), "train-labels-idx1-ubyte"));
        Refuses(2, ["has no file train-labels-idx1-ubyte"], "data", "describe", _run["cut"]);
    }

    /// <summary>Where no attack is chosen the strongest is looked at closely: macro figures clean and attacked, the shift, and the classes that pay.</summary>
    [Fact]
    public void An_attack_that_nobody_chose_is_a_review()
    {
        var (code, output, error) = Run("attack", _trained.Folder, "--format", "table", "--out", _run["runs"]);
        Assert.True(code == 0, error);
        foreach (var word in new[] { "precision", "recall", "f1", "auc", "prediction shift", "success", "images by class" }) Assert.Contains(word, output);
        Assert.Contains("halve", error);
        Assert.Contains("probability falls by", error);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run["runs"])), "results.json")));
        Assert.Equal(3, report.Groups.Count);
        Assert.All(report.Groups, group => Assert.True(group.Attacked <= group.Clean));
    }

    /// <summary>A generator learned from the training part moves test images at least as well as noise, and no better than a search of twenty steps by much.</summary>
    [Fact]
    public void A_learned_attack_runs_by_command()
    {
        var (code, output, error) = Run(
            "attack", _trained.Folder, "--attack", "noise,pgd-20,advgan-30", "--epsilon", "0.05", "--format", "csv", "--out", _run["runs"]);
        Assert.True(code == 0, error);
        var (noise, pgd, learned) = (Left(output, "noise", "0.05"), Left(output, "pgd-20", "0.05"), Left(output, "advgan-30", "0.05"));
        Assert.True(learned < noise && learned >= pgd - 0.02, output);
        Assert.Equal(1 - learned / Left(output, "none", "0"), Figure(output, "advgan-30", "0.05", "success"), 1e-6);
    }

    [Fact]
    public void A_sample_and_seeds_are_heeded_and_nothing_else_decides()
    {
        string[] attack = ["attack", _trained.Folder, .. Quick, "--out", _run["runs"]];
        var first = Run(attack).Out;
        Assert.Equal(first, Run([.. attack, "--threads", "1"]).Out);
        var some = Left(Run([.. attack, "--sample", "7"]).Out, "none", "0") * 7;
        Assert.Equal(Math.Round(some), some, 1e-6);
        Assert.Contains(",2\r\n", Run([.. attack, "--seeds", "1,2"]).Out);
    }

    [Fact]
    public void Early_stopping_keeps_a_tenth_for_validation()
    {
        var (code, _, error) = Run("train", _trained.Data, "-m", "mlp-classifier", "--epochs", "60", "--set", "train.patience=2", "--out", _run["runs"]);
        Assert.True(code == 0, error);
        var epochs = File.ReadAllLines(Path.Combine(Assert.Single(Directory.GetDirectories(_run["runs"])), "metrics.jsonl"));
        Assert.InRange(epochs.Length, 3, 59);
        Assert.All(epochs, epoch => Assert.DoesNotContain("\"validation\":null", epoch));
    }

    [Fact]
    public void Images_that_cannot_be_used()
    {
        Bad(data => File.Delete(Path.Combine(data, "t10k-labels-idx1-ubyte")), "has no file t10k-labels-idx1-ubyte");
        Bad(data => Cut(Path.Combine(data, "train-images-idx3-ubyte")), "train-images-idx3-ubyte", "says 300 × 6 × 6");
        Bad(data => ImageFolder.Labels(data, "train-", new byte[299]), "has 299 classes for 300 images");
        Bad(data => ImageFolder.Part(data, "t10k-", 60, 2, size: 5), "of (6, 6, 1)", "of (5, 5, 1)");
        Bad(data => ImageFolder.Labels(data, "t10k-", [.. Enumerable.Repeat((byte)9, 60)]), "the class 9");
        Bad(data => ImageFolder.Labels(data, "train-", new byte[300]), "one class alone");
        Refuses(2, ["nowhere", "is not a folder"], "train", _run["nowhere"], "-m", "mlp-classifier", "--out", _run["runs"]);
        Refuses(1, ["folder of IDX files"], "train", "-m", "mlp-classifier", "--out", _run["runs"]);

        void Bad(Action<string> spoil, params string[] words)
        {
            var data = ImageFolder.Write(_run["spoiled"]);
            spoil(data);
            Refuses(2, words, "train", data, "-m", "mlp-classifier", "--out", _run["runs"]);
            Refuses(2, words, "harden", data, "-m", "conv-classifier", "--out", _run["runs"]);
            Assert.False(Directory.Exists(_run["runs"]));
            Directory.Delete(data, recursive: true);
        }

        static void Cut(string path) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
    }

    /// <summary>What is for rankings says so, and the other way round; nothing is ignored in silence.</summary>
    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refuses(1, ["ranks nothing"], "evaluate", _trained.Folder);
        Refuses(1, ["ranks nothing"], "recommend", _trained.Folder, "--history", "");
        Refuses(1, ["ranks nothing"], "tune", _trained.Data, "-m", "mlp-classifier", "--out", _run["runs"]);
        Refuses(1, ["ranks nothing"], "attack", _trained.Folder, "--history", "insert", "--out", _run["runs"]);
        Refuses(1, ["privacy.budget"], "train", _trained.Data, "-m", "mlp-classifier", "--privacy", "8", "--out", _run["runs"]);
        Refuses(1, ["'msap'", "suite"], "attack", _trained.Folder, "--attack", "msap", "--out", _run["runs"]);
        Refuses(1, ["'transfer'", "one model", "hopskipjump"], "attack", _trained.Folder, "--attack", "transfer", "--out", _run["runs"]);
        Refuses(1, ["Unknown attack 'deepfol'", "'deepfool'"], "attack", _trained.Folder, "--attack", "deepfol", "--out", _run["runs"]);
        Assert.Equal(0, Run("train", "--shop-shoppers", "60", "--shop-products", "40", "--epochs", "1", "--out", _run["shop"]).Code);
        var ranking = Assert.Single(Directory.GetDirectories(_run["shop"]));
        Refuses(1, ["'suite'", "pgd-10"], "attack", ranking, "--attack", "suite", "--out", _run["runs"]);
        Refuses(1, ["ranks nothing"], "train", "--shop-shoppers", "60", "--shop-products", "40", "--from", _trained.Folder, "--out", _run["runs"]);
        Refuses(1, ["cannot be a member"], "train", "-m", "blend", "--members", "ease,mlp-classifier", "--shop-shoppers", "60", "--shop-products", "40", "--out", _run["runs"]);
        Assert.False(Directory.Exists(_run["runs"]) && Directory.EnumerateFileSystemEntries(_run["runs"]).Any());
    }

    [Fact]
    public void Altered_runs_and_other_images_are_refused()
    {
        Refuses(2, ["are not those of"], "attack", _trained.Folder, "--data", Other(), "--out", _run["runs"]);
        var copy = Directory.CreateDirectory(_run["copy"]).FullName;
        foreach (var file in Directory.GetFiles(_trained.Folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(_trained.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        var (weights, card) = (Path.Combine(copy, "model", "model.safetensors"), Path.Combine(copy, "model", "model.json"));
        var (bytes, text) = (File.ReadAllBytes(weights), File.ReadAllText(card));
        File.WriteAllText(card, text.Replace("\"classes\":3", "\"classes\":4"));
        Refuses(2, ["head.weight", "restore it"], "attack", copy, "--out", _run["runs"]);
        foreach (var bad in new[] { text[..20], "{}", text.Replace("[6,6,1]", "[6,6]"), text.Replace("[6,6,1]", "[6,-6,1]") })
        {
            File.WriteAllText(card, bad);
            Refuses(2, ["model.json"], "attack", copy, "--out", _run["runs"]);
        }
        File.WriteAllText(card, text);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Refuses(2, ["model.safetensors", "altered"], "attack", copy, "--out", _run["runs"]);

        string Other()
        {
            var data = ImageFolder.Write(_run["other"]);
            ImageFolder.Part(data, "t10k-", 60, 3);
            return data;
        }
    }

    internal static double Left(string csv, string attack, string epsilon, string model = "mlp-classifier") => Figure(csv, attack, epsilon, "accuracy", model);

    private static double Figure(string csv, string attack, string epsilon, string metric, string model = "mlp-classifier") =>
        double.Parse(RunVerbsTests.Cells(csv, $"{model},{attack},{epsilon},{metric},")[4], CultureInfo.InvariantCulture);
}
