using Bulwark.Cli.Runs;
using static Bulwark.Cli.Tests.CommandRun;
using static Bulwark.Cli.Tests.Verbs.RunVerbsTests;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>Models of fields read what is known of users and items.</summary>
public sealed class FieldVerbsTests : IDisposable
{
    private static readonly string[] Small = ["--shop-shoppers", "60", "--shop-products", "40", "--epochs", "2", "--format", "csv"];
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>All attributes, some of them, or ids alone: five different models, each the same after loading, with histories kept for validation and without.</summary>
    [Theory]
    [InlineData("fm")]
    [InlineData("deepfm")]
    [InlineData("wide-deep")]
    [InlineData("dcn")]
    [InlineData("two-towers")]
    public void Attributes_count_and_are_saved(string model)
    {
        string[][] choices = [[], ["--columns", "none", "--user-columns", "none"], ["--columns", "brand,price"], ["--user-columns", "none"], ["--set", "train.patience=3"]];
        var figures = choices.Select((choice, n) =>
        {
            var (code, output, error) = Run(["train", "-m", model, .. Small, .. choice, "--out", _run[$"{n}"]]);
            Assert.True(code == 0, error);
            var folder = Assert.Single(Directory.GetDirectories(_run[$"{n}"]));
            var auc = Cells(output, $"{model},none,0,auc,")[4];
            Assert.Equal(auc, Cells(Run("evaluate", folder, "--format", "csv").Out, "auc,")[1]);
            return auc;
        }).ToArray();
        Assert.Equal(choices.Length, figures.Distinct().Count());

        var at = SavedModel.Load(Path.Combine(Assert.Single(Directory.GetDirectories(_run["0"])), "model")).At!;
        var names = string.Join('\n', at.Variables.ToArray().Select(variable => variable.Name));
        foreach (var field in new[] { "item.category", "item.brand", "user.segment", "item-numbers", "user-numbers" }) Assert.Contains(field, names);
        Assert.DoesNotContain("title", names);
    }

    [Fact]
    public void Data_without_attributes_have_ids_alone()
    {
        var bare = _run.File("bare.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"u{n % 5},i{n % 7}\n")));
        string[] args = ["train", bare, "-m", "deepfm", "--epochs", "1", "--topk", "3", "--out", _run["runs"]];
        Assert.Equal(0, Run(args).Code);
        Refuses(1, ["say nothing about users", "--user-columns"], [.. args, "--user-columns", "age"]);
        Refuses(1, ["'aeg'", "Did you mean 'age'?"], ["train", "-m", "fm", "--user-columns", "aeg", "--out", _run["runs"], .. Small]);
    }

    /// <summary>Fake accounts have no attributes, and hardening moves the rows of attributes like others.</summary>
    [Fact]
    public void They_are_poisoned_and_hardened()
    {
        var poisoned = Run(["attack", "-m", "fm", "--poison", "random", "--targets", "p00003", "--accounts", "5", "--fillers", "3", "--out", _run["poisoned"], .. Small]);
        Assert.True(poisoned.Code == 0, poisoned.Error);
        var hardened = Run(["harden", "-m", "two-towers", "--set", "harden.epochs=1", "--attack", "fgsm", "--epsilon", "0.5", "--out", _run["hardened"], .. Small]);
        Assert.True(hardened.Code == 0, hardened.Error);
    }
}
