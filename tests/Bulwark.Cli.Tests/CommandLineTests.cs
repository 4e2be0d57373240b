using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests;

public class CommandLineTests
{
    public static TheoryData<string> VerbNames => [.. Cli.Verbs.Select(verb => verb.Name)];

    [Theory, MemberData(nameof(VerbNames))]
    public void Each_verb_has_help(string name)
    {
        var (code, output, error) = Run([.. name.Split(' '), "--help"]);
        Assert.Equal((0, ""), (code, error));
        var verb = Cli.Verbs.Single(verb => verb.Name == name);
        Assert.Contains(verb.Summary, output);
        foreach (var setting in verb.Settings)
            if (setting.Flag is { } flag) Assert.Contains(flag, output);
    }

    [Theory, MemberData(nameof(VerbNames))]
    public void Each_default_makes_sense(string name)
    {
        foreach (var setting in Cli.Verbs.Single(verb => verb.Name == name).Settings) setting.Check(setting.Default);
    }

    [Fact]
    public void Keys_and_flags_are_unique_within_a_verb()
    {
        foreach (var verb in Cli.Verbs)
        {
            Assert.Equal(verb.Settings.Length, verb.Settings.Select(setting => setting.Key).Distinct().Count());
            var flags = verb.Settings.SelectMany(setting => new[] { setting.Flag, setting.Short }).OfType<string>().ToArray();
            Assert.Equal(flags.Length, flags.Distinct().Count());
        }
    }

    [Fact]
    public void Nothing_shows_help()
    {
        var (code, output, error) = Run();
        Assert.Equal((0, ""), (code, error));
        foreach (var verb in Cli.Verbs) Assert.Contains(verb.Name.Split(' ')[0], output);
    }

    [Fact]
    public void An_unknown_verb_is_refused_with_a_suggestion() => Refuses(1, ["'dta'", "Did you mean 'data'?"], "dta");

    [Fact]
    public void An_unknown_flag_is_refused_with_a_suggestion() =>
        Refuses(1, ["'--on-eror'", "Did you mean '--on-error'?"], "data", "describe", "--on-eror", "skip");

    [Fact]
    public void A_flag_without_its_value_is_refused() => Refuses(1, ["--seed"], "data", "describe", "--seed");

    [Fact]
    public void A_value_that_makes_no_sense_is_refused_with_its_origin() =>
        Refuses(1, ["shop.shoppers needs a whole number", "--shop-shoppers gives 'many'"], "data", "describe", "--shop-shoppers", "many");

    [Fact]
    public void An_unknown_key_is_refused_with_a_suggestion() =>
        Refuses(1, ["'shop.shopers'", "Did you mean 'shop.shoppers'?"], "data", "describe", "--set", "shop.shopers=3");

    [Fact]
    public void Set_without_an_equals_sign_is_refused() => Refuses(1, ["key=value"], "data", "describe", "--set", "seed");

    [Fact]
    public void Layers_win_in_order_and_are_named()
    {
        using var folder = new CommandRun();
        // shoppers: file < flag < --set; products: file < flag; noise: file; events: default
        var file = folder.File("c.json", """{ "shop": { "shoppers": 10, "products": 20, "noise": 0.5 } }""");
        var (code, output, _) = Run(
            "data", "describe", "--set", "shop.shoppers=30", "-c", file, "--shop-products", "21", "--shop-shoppers", "11", "--print-config", "--format", "csv");
        Assert.Equal(0, code);
        var lines = output.Split("\r\n");
        Assert.Contains("shop.shoppers,30,--set", lines);
        Assert.Contains("shop.products,21,--shop-products", lines);
        Assert.Contains($"shop.noise,0.5,{file}", lines);
        Assert.Contains("shop.events,40,default", lines);
    }

    [Fact]
    public void A_configuration_may_hold_comments_and_lists_but_no_unknown_key()
    {
        using var folder = new CommandRun();
        Refuses(
            1, ["c.json", "'shp.shoppers'", "Did you mean 'shop.shoppers'?"],
            "data", "describe", "-c", folder.File("c.json", """{ /* x */ "shp": { "shoppers": 1 } }"""));
        Refuses(1, ["d.json, line 2"], "data", "describe", "-c", folder.File("d.json", "{\n \"seed\": }"));
        Refuses(1, ["e.json", "one JSON object"], "data", "describe", "-c", folder.File("e.json", "[]"));
        Refuses(1, ["f.json", "no such"], "data", "describe", "-c", folder["f.json"]);
        Refuses(1, ["g.json", "no value"], "data", "describe", "-c", folder.File("g.json", """{ "seed": null }"""));
    }
}
