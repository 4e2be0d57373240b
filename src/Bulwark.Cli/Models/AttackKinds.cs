using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;

namespace Bulwark.Cli.Models;

/// <summary>The attacks that the command can run, by name.</summary>
internal static class AttackKinds
{
    private const float FewPixels = 0.1f;                    // the share that JSMA may change, as is usual for images

    /// <param name="Name">Before the dash.</param>
    /// <param name="Steps">How many steps there are where no number follows the name and a dash; 0 where one must follow, null where none may.</param>
    /// <param name="Search">The search alone, where tables and inputs are the same to it.</param>
    /// <param name="OnTables">The attack by its full name, at radii, relative or not.</param>
    /// <param name="OnInputs">The attack by its full name and number.</param>
    /// <param name="Why">Why one of them is missing.</param>
    private sealed record Entry(
        string Name, int? Steps, Func<int, IAttack>? Search, Func<string, int, IReadOnlyList<float>, bool, IReadOnlyList<StudyAttack>>? OnTables,
        Func<string, int, LabeledInputs, InputAttack>? OnInputs, string Why)
    {
        public bool OnMargin { get; init; }

        public string Example => Steps == 0 ? $"{Name}-10" : Name;
    }

    private static readonly L2Ball AnyL2 = new(float.PositiveInfinity);
    private static readonly LinfBall AnyLinf = new(float.PositiveInfinity);

    private static readonly Entry[] Known =
    [
        Both("noise", null, _ => new Noise()),
        Both("fgsm", null, _ => GradientAscent.Fgsm),
        Both("bim", 0, steps => GradientAscent.Bim(steps)),
        Both("pgd", 0, steps => GradientAscent.Pgd(steps)),
        Both("mi-fgsm", 0, steps => GradientAscent.MiFgsm(steps)),
        Both("apgd", 0, steps => new Apgd(steps)),
        new("apgd-margin", 0, steps => new Apgd(steps), (name, steps, radii, relative) => [new(name, new Apgd(steps), radii, StudyAttack.Tables, relative)], null,
            "climbs the margin of a list, and a classifier is attacked by margins with square and suite") { OnMargin = true },
        Both("nes", 0, steps => GradientAscent.Bim(steps) with { Slope = AntitheticSlope.Nes() }, FoolingMeasure.Success, FoolingMeasure.Queries),
        Both("spsa", 0, steps => GradientAscent.Bim(steps) with { Slope = AntitheticSlope.Spsa() }, FoolingMeasure.Success, FoolingMeasure.Queries),
        Inputs("cw", 1000, (name, steps) => SuiteAttack.Margin(name, new CarliniWagner(Steps: steps)), AnyL2, [FoolingMeasure.L2],
            "seeks the shortest move of one input, and all users share the tables that move"),
        Inputs("deepfool", 50, (name, steps) => SuiteAttack.Shortest(name, logits => new DeepFool(logits, steps)), AnyL2, [FoolingMeasure.L2],
            "steps over the borders between classes, and a ranking has none"),
        Inputs("fab", 100, (name, steps) => SuiteAttack.Shortest(name, logits => new Fab(logits, steps)), AnyLinf, [FoolingMeasure.Linf],
            "seeks the shortest move of one input to another class, and a ranking has none"),
        Inputs("jsma", null, (name, _) => SuiteAttack.Shortest(name, logits => new Jsma(logits, Share: FewPixels)), AnyLinf, [FoolingMeasure.L0],
            "moves pairs of features toward a class, and tables have neither"),
        Inputs("square", 5000, (name, queries) => SuiteAttack.Margin(name, new Square(queries)), null, [FoolingMeasure.L2, FoolingMeasure.QueriesUntilFooled],
            "moves blocks of an input in an L∞ ball, and tables move row by row in L2"),
        Inputs("hopskipjump", 20, (name, steps) => SuiteAttack.Margin(name, new HopSkipJump(steps)), AnyL2, [FoolingMeasure.L2, FoolingMeasure.Queries],
            "follows the border between right and wrong of one input, and a ranking has none"),
        new("suite", null, null, null, (name, _, _) => new(name, SuiteAttack.Standard()), "moves inputs one by one, and all users share tables"),
        new("advgan", 10, null, null, (name, epochs, train) => new(name)
        {
            Learned = (model, at, threat, rng) => new MoveLearning(epochs).Of(model, at, train, threat, rng),
            Measures = [FoolingMeasure.Success, FoolingMeasure.L2],
        }, "learns moves from examples that are given, and the rows of tables are learned; to train against a generator, take --defense generative"),
        new("msap", null, null, (_, _, _, _) => StudyAttack.Msap, null, "is a protocol for embedding tables, and a classifier has none"),
        new("transfer", null, null, null, null, "carries a move from a model of the attacker's own to another, and a run holds one model"),
    ];

    /// <summary>A list with commas.</summary>
    public static AttackKind[] Parse(string text) => Settings.Parse.List(One)(text);

    /// <summary>One search with steps, for any number of them, and the number that was given.</summary>
    public static (string Name, Func<int, IAttack> Attack, int Steps) Iterative(string text)
    {
        var (name, entry, steps) = Read(text);
        return entry is { Steps: 0, Search: { } search, OnMargin: false } ? (name, search, steps) : throw new FormatException("an attack with a number of steps, as pgd-20");
    }

    /// <summary>What moves training examples: one search, or several with commas of which each batch draws one; null for an empty text.</summary>
    public static IAttack? Training(string text)
    {
        if (text.Length == 0) return null;
        var searches = Settings.Parse.List(Search)(text);
        return searches.Length == 1 ? searches[0] : new OneOf(searches);

        static IAttack Search(string one)
        {
            var (_, entry, steps) = Read(one);
            return entry is { Search: { } search, OnMargin: false } ? search(steps) : throw Misfit(entry, other => other is { Search: not null, OnMargin: false });
        }
    }

    private static AttackKind One(string text)
    {
        var (name, entry, steps) = Read(text);
        return new(
            name, (radii, relative) => entry.OnTables is { } of ? of(name, steps, radii, relative) : throw Misfit(entry, other => other.OnTables is not null),
            train => entry.OnInputs is { } of ? of(name, steps, train) : throw Misfit(entry, other => other.OnInputs is not null))
        {
            OnMargin = entry.OnMargin,
            BeginsAtRandom = entry.Search is { } search && Restarting.Again(search(steps), 1) is not null,
        };
    }

    /// <summary>A search that takes tables and inputs as they come.</summary>
    private static Entry Both(string name, int? steps, Func<int, IAttack> search, params IReadOnlyList<FoolingMeasure> measures) => new(
        name, steps, search, (full, number, radii, relative) => [new(full, search(number), radii, StudyAttack.Tables, relative)],
        (full, number, _) => new(full, SuiteAttack.CrossEntropy(full, search(number))) { Measures = measures }, "");

    /// <summary>A search that moves inputs alone, anywhere within reach or, without one, within ε.</summary>
    private static Entry Inputs(
        string name, int? steps, Func<string, int, SuiteAttack> attack, Ball? reach, IReadOnlyList<FoolingMeasure> measures, string why) => new(
        name, steps, null, null, (full, number, _) => new(full, attack(full, number)) { Reach = reach, Measures = [FoolingMeasure.Success, .. measures] }, why);

    private static (string Name, Entry Entry, int Steps) Read(string text)
    {
        var dash = text.LastIndexOf('-');
        var (name, count) = dash > 0 && char.IsAsciiDigit(text[^1]) ? (text[..dash], text[(dash + 1)..]) : (text, null);
        var entry = Array.Find(Known, known => known.Name == name);
        if (entry is null || entry.Steps is null && count is not null)
            throw new UsageException(Suggest.Unknown("attack", text, Known.Select(known => known.Example)));
        if (count is null && entry.Steps == 0) throw new FormatException($"the number of steps behind '{name}', as in {name}-10");
        if (count is null) return (name, entry, entry.Steps ?? 1);
        var steps = Settings.Parse.Whole(1, 100_000)(count);
        return (string.Create(CultureInfo.InvariantCulture, $"{name}-{steps}"), entry, steps);
    }

    private static UsageException Misfit(Entry entry, Func<Entry, bool> fits) => new(
        $"'{entry.Name}' {entry.Why}; use one of {string.Join(", ", Known.Where(fits).Select(other => other.Example))}.");
}
