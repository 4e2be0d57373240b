using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.ClassifierVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Hardening of classifiers of images, by every defense that fits.</summary>
public sealed class ClassifierHardeningTests(ClassifierVerbsTests.Trained trained) : IClassFixture<ClassifierVerbsTests.Trained>, IDisposable
{
    private readonly Trained _trained = trained;
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("mlp-classifier")]
    [InlineData("conv-classifier")]
    public void Harden_compares_three_and_saves_the_hardened(string model)
    {
        var (code, output, error) = Run([
            "harden", _trained.Data, "-m", model, "--epochs", "5", "--set", "harden.epochs=8", "--set", "train.batch=20", "--set", "harden.epsilon=0.1",
            .. Quick, "--out", _run["runs"],
        ]);
        Assert.True(code == 0, error);
        var (longer, hardened) = (Left(output, "pgd-5", "0.1", $"{model}-long"), Left(output, "pgd-5", "0.1", $"{model}-hardened"));
        Assert.True(hardened > Math.Max(longer, Left(output, "pgd-5", "0.1", model)) + 0.05, output);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var attacked = Run(["attack", folder, .. Quick, "--out", _run["attacks"]]).Out;
        Assert.Equal(hardened, Left(attacked, "pgd-5", "0.1", $"{model}-hardened"));
        Assert.Equal(3 * 13 - 8, File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Count());
    }

    [Theory]
    [InlineData("min-max")]
    [InlineData("fast")]
    [InlineData("freelb")]
    [InlineData("gradient-penalty")]
    [InlineData("trades")]
    [InlineData("free")]
    [InlineData("iterated")]
    [InlineData("adaptive")]
    [InlineData("mixup")]
    [InlineData("label-smoothing")]
    [InlineData("distillation")]
    [InlineData("generative")]
    public void Every_defense_fits(string defense)
    {
        var (code, output, error) = Run(
            ["harden", _trained.Data, "-m", "mlp-classifier", "--epochs", "1", "--set", "harden.epochs=4", "--defense", defense, .. Quick, "--out", _run["runs"]]);
        Assert.True(code == 0, error);
        Assert.NotEqual(Left(output, "pgd-5", "0.1", "mlp-classifier-long"), Left(output, "pgd-5", "0.1", "mlp-classifier-hardened"));
        Refuses(1, ["stages of growing ε"], "harden", _trained.Data, "-m", "mlp-classifier", "--defense", "multi-stage");
        Refuses(1, ["reads none"], "harden", _trained.Data, "-m", "mlp-classifier", "--defense", "worst-replacements", "--out", _run["none"]);
    }

    [Fact]
    public void A_stopped_hardening_goes_on_to_the_same_end()
    {
        string[] args = ["harden", _trained.Data, "-m", "mlp-classifier", "--epochs", "3", "--set", "harden.epochs=4", .. Quick, "--out", _run["runs"]];
        var whole = Run(args).Out;
        Directory.Delete(_run["runs"], recursive: true);
        using var stop = new CancellationTokenSource();
        using var error = new StopAt(stop, "mlp-classifier: epoch 3");                           // after the first training, before the others
        using var output = new StringWriter();
        Assert.Equal(130, Cli.Run(args, output, error, stop.Token));
        var stopped = Assert.Single(Directory.GetDirectories(_run["runs"]));
        Assert.Contains($"bulwark harden --resume {stopped}", error.ToString());
        var (code, resumed, _) = Run("harden", "--resume", stopped, "--format", "csv");
        Assert.Equal((0, whole), (code, resumed));
    }
}
