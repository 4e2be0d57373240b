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

    /// <summary>
    /// At a phone everybody buys tea, at a desk bolts. The last event of half of the users is at a phone: with the device as context these get tea that they
    /// have not bought and the others bolts, after loading too; a list of someone's by another column or without any is refused or another.
    /// </summary>
    [Theory]
    [InlineData("fm")]
    [InlineData("deepfm")]
    [InlineData("wide-deep")]
    [InlineData("dcn")]
    [InlineData("two-towers")]
    public void Context_of_events_decides(string model)
    {
        var rows = from user in Enumerable.Range(0, 60)
                   from turn in Enumerable.Range(0, 2)
                   let thing = (user + turn) % 2 == 0 ? "tea" : "bolt"
                   from item in Enumerable.Range(0, 20)
                   where (7 * item + 3 * user) % 20 < 6
                   select $"u{user},{thing}{item},{86_400 * turn + 600 * item},{(thing == "tea" ? "phone" : "desk")}\n";
        var file = _run.File("events.csv", "user_id,item_id,timestamp,device\n" + string.Concat(rows));
        string[] args =
            ["train", file, "-m", model, "--epochs", "15", "--split", "random=90%", "--topk", "3", "--out", _run["runs"], "--set", "train.batch=64", "--set", "train.rate=0.02"];
        var (code, _, error) = Run([.. args, "--context", "device"]);
        Assert.True(code == 0, error);
        var folder = Assert.Single(Directory.GetDirectories(_run["runs"]));
        Assert.Equal(0, Run("evaluate", folder, "--format", "csv").Code);
        foreach (var (user, thing) in new[] { ("u0", "bolt"), ("u1", "tea"), ("u6", "bolt"), ("u9", "tea") })       // turn 1: even users at a desk
            Assert.StartsWith(thing, Cells(Run("recommend", folder, "--user", user, "-k", "1", "--format", "csv").Out.Split("\r\n")[1], "1,")[1]);
        Assert.Equal(0, Run("attack", folder, "--attack", "fgsm", "--epsilon", "0.5", "--format", "csv").Code);
    }

    [Fact]
    public void Context_that_is_not_there_is_refused()
    {
        var bare = _run.File("bare.csv", "user_id,item_id\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"u{n % 5},i{n % 7}\n")));
        string[] args = ["train", bare, "--epochs", "1", "--topk", "3", "--out", _run["runs"]];
        Refuses(2, ["no times", "leave them out of --context"], [.. args, "-m", "fm", "--context", "hour"]);
        Refuses(2, ["no column 'device'"], [.. args, "-m", "fm", "--context", "device"]);
        Refuses(1, ["bpr does not read what is known of events"], ["train", "-m", "bpr", "--context", "hour", "--out", _run["runs"], .. Small]);
        Assert.Equal(0, Run(["train", "-m", "fm", "--context", "hour,weekday", "--out", _run["runs"], .. Small]).Code);
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
