using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Models;

/// <summary>An attack that the command can run.</summary>
/// <param name="Name">As after <c>--attack</c>.</param>
/// <param name="At">The attack on embedding tables at given radii, relative to row norms or not.</param>
/// <param name="OnInputs">The attack on the inputs of a classifier.</param>
internal sealed record AttackKind(string Name, Func<IReadOnlyList<float>, bool, IReadOnlyList<StudyAttack>> At, Func<IReadOnlyList<SuiteAttack>> OnInputs)
{
    /// <summary>The same run several times; null where every run finds the same, or the protocol says how many.</summary>
    public Func<int, AttackKind>? Again { get; init; }
}

/// <summary>The attacks that the command can run.</summary>
internal static class AttackKinds
{
    private const string Preset = "msap", Whole = "suite";

    /// <summary>Attacks by name; the number behind a dash is the number of steps.</summary>
    private static readonly (string Name, Func<int, IAttack> Attack, bool Steps)[] Known =
    [
        ("noise", _ => new Noise(), false),
        ("fgsm", _ => GradientAscent.Fgsm, false),
        ("bim", steps => GradientAscent.Bim(steps), true),
        ("pgd", steps => GradientAscent.Pgd(steps), true),
        ("mi-fgsm", steps => GradientAscent.MiFgsm(steps), true),
        ("apgd", steps => new Apgd(steps), true),
        ("nes", steps => GradientAscent.Bim(steps) with { Slope = AntitheticSlope.Nes() }, true),
        ("spsa", steps => GradientAscent.Bim(steps) with { Slope = AntitheticSlope.Spsa() }, true),
    ];

    /// <summary>Attacks that move inputs, and why the embedding tables of a recommender are none.</summary>
    private static readonly (string Name, string Why)[] OfInputs =
    [
        ("cw", "seeks the shortest move of one input, and all users share the tables that move"),
        ("deepfool", "steps over the borders between classes, and a ranking has none"),
        ("jsma", "moves pairs of features toward a class, and tables have neither"),
        ("square", "moves blocks of an input in an L∞ ball, and tables move row by row in L2"),
        ("hopskipjump", "follows the border between right and wrong of one input, and a ranking has none"),
        ("transfer", "carries a move of inputs from one model to another, and tables of two models have nothing in common"),
    ];

    private static readonly string[] Names = [.. Known.Select(known => known.Steps ? $"{known.Name}-10" : known.Name), Preset, Whole];

    /// <summary>A list with commas.</summary>
    public static AttackKind[] Parse(string text) => Settings.Parse.List(One)(text);

    /// <summary>One attack with steps, for any number of them, and the number that was given.</summary>
    public static (string Name, Func<int, IAttack> Attack, int Steps) Iterative(string text)
    {
        var (name, attack, steps) = Read(text);
        return steps is { } given ? (name, attack, given) : throw new FormatException("an attack with a number of steps, as pgd-20");
    }

    private static AttackKind One(string text)
    {
        if (text == Preset)
            return new(text, static (_, _) => StudyAttack.Msap, static () => throw Misfit(Preset, "is a protocol for embedding tables, and a classifier has none"));
        if (text == Whole)
            return new(text, static (_, _) => throw Misfit(Whole, "moves inputs one by one, and all users share tables"), static () => SuiteAttack.Standard());
        var (name, attack, steps) = Read(text);
        return Of(name, attack(steps ?? 1));
    }

    /// <summary>The attacks of the settings, with their restarts.</summary>
    /// <exception cref="UsageException">No attack begins at random.</exception>
    public static AttackKind[] Of(Resolved settings)
    {
        var (kinds, restarts) = (settings.Get(Settings.Known.Attacks), settings.Get(Settings.Known.Restarts));
        return restarts == 1 || kinds.Any(kind => kind.Again is not null) ? [.. kinds.Select(kind => kind.Again?.Invoke(restarts) ?? kind)]
            : throw new UsageException("None of these attacks begins at random, so that restarts find the same again; choose one such as pgd-20, or leave --restarts out.");
    }

    private static AttackKind Of(string name, IAttack search) =>
        new(name, (radii, relative) => [new(name, search, radii, StudyAttack.Tables, relative)], () => [SuiteAttack.CrossEntropy(name, search)])
        {
            Again = search switch
            {
                Apgd apgd => restarts => Of(name, apgd with { Restarts = restarts }),
                GradientAscent { RandomStart: true } ascent => restarts => Of(name, ascent with { Restarts = restarts }),
                GradientAscent { Slope: AntitheticSlope } ascent => restarts => Of(name, ascent with { Restarts = restarts }),
                _ => null,
            },
        };

    private static (string Name, Func<int, IAttack> Attack, int? Steps) Read(string text)
    {
        var dash = text.LastIndexOf('-');
        var (name, count) = dash > 0 && char.IsAsciiDigit(text[^1]) ? (text[..dash], text[(dash + 1)..]) : (text, null);
        foreach (var (of, why) in OfInputs)
            if (of == name) throw Misfit(of, why);
        var (known, attack, counts) = Array.Find(Known, known => known.Name == name);
        if (known is null || !counts && count is not null) throw new UsageException(Suggest.Unknown("attack", text, Names));
        if (counts && count is null) throw new FormatException($"the number of steps behind '{name}', as in {name}-10");
        if (!counts) return (name, attack, null);
        var steps = Settings.Parse.Whole(1, 100_000)(count!);
        return (string.Create(CultureInfo.InvariantCulture, $"{name}-{steps}"), attack, steps);
    }

    private static UsageException Misfit(string name, string why) =>
        new($"'{name}' {why}; use one of {string.Join(", ", Names.Where(other => other != name))}.");
}
